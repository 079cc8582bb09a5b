"""Cards for the QA office about the sample of the coming round."""

from datetime import date

from cards.payloads_round import PlanRound, ShowRound
from cards.wording import count, day
from domain.days import month_numbered
from scheduler.drawing import Drawing, Drawn, Needless, note
from storage.rounds import RoundRow
from workflows.sampling import broken_count


def wanted(drawing: Drawing) -> Drawn | Needless:
    """The sample is to be drawn."""
    month = month_numbered(drawing.notice.subject_id)
    if month is None or drawing.view.rounds.of_month(month) is not None:
        return Needless("the sample has been drawn")
    return _to_draw(drawing, month)


def check(drawing: Drawing) -> Drawn | Needless:
    """The proposal is to be looked over, or whatever else its round still needs by now."""
    month = month_numbered(drawing.notice.subject_id)
    if month is None:
        return Needless("there is no such month")
    chosen = drawing.view.rounds.of_month(month)
    if chosen is None:
        return _to_draw(drawing, month)
    broken = broken_count(drawing.view, month)
    if chosen.state == "planned":
        return _to_approve(drawing, chosen, broken)
    if not broken:
        return Needless("the round is approved and every pair holds")
    text = (
        f"{_broken(broken, 'approved pair')} in the {month:%B %Y} round: a case closed, someone left or a "
        "conflict came up. What does not hold is left out when the audits are given out on "
        f"{day(month)}, and the round will say so."
    )
    return note("An approved round has changed", text, ("See the round", ShowRound(chosen.id, "pairs", 0)))


def _to_draw(drawing: Drawing, month: date) -> Drawn:
    text = (
        f"The {month:%B %Y} round begins on {day(month)}, and its sample has not been drawn. Please see that "
        "the staff list and the case list are up to date, then draw it.\n"
        "You get a proposal with its reasons to look over and change. Nothing is sent to anyone before you "
        "approve it."
    )
    draw = ("Draw the sample", PlanRound(drawing.notice.subject_id, drawing.nonce))
    return note("An audit round to plan", text, draw)


def _to_approve(drawing: Drawing, chosen: RoundRow, broken: int) -> Drawn:
    places = len(drawing.view.rounds.places(chosen.id))
    lines = [
        f"The {chosen.month:%B %Y} round begins on {day(chosen.month)} and is not approved yet: "
        f"{count(places, 'audit')}. Please look over the mix and the pairs, then approve it."
    ]
    if broken:
        lines.append(f"{_broken(broken, 'pair')} since the latest lists, so another case is needed there.")
    look = ("Look at the mix", ShowRound(chosen.id, "mix", 0))
    return note("An audit round to check", "\n".join(lines), look)


def _broken(number: int, noun: str) -> str:
    return f"{count(number, noun)} no longer {'holds' if number == 1 else 'hold'}"
