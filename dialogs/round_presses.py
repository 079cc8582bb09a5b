"""The QA office's presses on a round: look, change a pair, plan again, approve, reallocate."""

from collections.abc import Callable

from cards.payloads import Payload
from cards.payloads_round import (
    ApproveRound,
    BringBack,
    ChangePlace,
    ExcludeFromRound,
    PlanRound,
    ReallocateAudit,
    ReplanRound,
    ShowRound,
    SwapCase,
)
from cards.round import round_card
from cards.round_pairs import place_form
from cards.views import HintView, PlaceFormView
from dialogs.press import Handler, Outcome, Press
from dialogs.round_pictures import pair_row, round_view
from dialogs.turn import Reply
from domain.days import month_numbered, uk_date
from domain.errors import NotFound, RuleBroken, Stale
from domain.permissions import Verb, require
from workflows import planning
from workflows.allocating import reallocate
from workflows.sampling import is_other_half
from workflows.sharing import TextWanted


def show_round(press: Press, round_id: int, part: str, *, start: int = 0, message: str = "") -> Reply:
    """The round as it stands, for the QA office only."""
    require(Verb.PLAN, press.person, today=press.today)
    view = round_view(
        press.council,
        press.work,
        round_id,
        part=part,
        start=start,
        nonce=press.turn.nonce,
        today=press.today,
        message=message,
    )
    return Reply(round_card(view), title="Round")


def _look(press: Press, _: Outcome) -> Reply:
    payload: ShowRound = press.payload
    return show_round(press, payload.round_id, payload.part, start=payload.start)


def _open_place(press: Press, _: Outcome) -> Reply:
    payload: ChangePlace = press.payload
    return _place_form(press, payload.round_id, payload.place_id, {})


def _place_form(press: Press, round_id: int, place_id: int, errors: dict[str, str]) -> Reply:
    require(Verb.PLAN, press.person, today=press.today)
    chosen = planning.require_round(press.work, round_id)
    place = press.work.rounds.place(place_id)
    if place is None or place.round_id != round_id:
        return show_round(press, round_id, "pairs", message="That pair is no longer part of the proposal.")
    view = PlaceFormView(
        round_id=round_id,
        version=chosen.version,
        month=chosen.month,
        pair=pair_row(press.work, (place,))[0],
        nonce=press.turn.nonce,
        typed=press.typed_texts or None,
        errors=tuple(HintView(f, m, blocking=True) for f, m in errors.items()),
    )
    return Reply(place_form(view), title="Change a pair")


def _plan(press: Press) -> Outcome:
    """Draws a sample once; a proposal that someone has worked on meanwhile is never drawn over."""
    require(Verb.PLAN, press.person, today=press.today)
    month = month_numbered(press.payload.month)
    if month is None:
        raise NotFound(
            "I cannot tell which month that is. Type “status” and I will show you the latest round."
        )
    known = press.work.rounds.of_month(month)
    if known is not None:
        return {"round": known.id, "message": "The sample had been drawn already. Here it is."}
    planned = planning.propose_round(
        press.work,
        press.council,
        by=press.person,
        month=month,
        seed=None,
        now=press.now,
        half_pool=is_other_half(press.work, press.council, month),
    )
    return {"round": planned.id, "message": "Here is the proposal. Nothing is sent before you approve it."}


def _show_planned(press: Press, outcome: Outcome) -> Reply:
    return show_round(press, outcome["round"], "progress", message=outcome["message"])


def _swap(press: Press) -> Outcome:
    payload: SwapCase = press.payload
    planning.swap_case(
        press.work,
        press.council,
        by=press.person,
        round_id=payload.round_id,
        version=payload.version,
        place_id=payload.place_id,
        now=press.now,
    )
    return {"message": "Another case is proposed for this auditor; every other pair stayed."}


def _exclude(press: Press) -> Outcome:
    payload: ExcludeFromRound = press.payload
    planning.exclude(
        press.work,
        press.council,
        by=press.person,
        round_id=payload.round_id,
        version=payload.version,
        place_id=payload.place_id,
        what=payload.what,
        reason=press.typed("exclude_reason"),
        now=press.now,
    )
    return {"message": f"The {payload.what} is left out of this round; your reason is kept with it."}


def _bring_back(press: Press) -> Outcome:
    payload: BringBack = press.payload
    planning.bring_back(
        press.work,
        press.council,
        by=press.person,
        round_id=payload.round_id,
        version=payload.version,
        what=payload.what,
        subject_id=payload.subject_id,
        now=press.now,
    )
    said = {
        "case": "The case may be drawn again.",
        "auditor": "The auditor is in the round again.",
    }.get(payload.what, "The case may go to this auditor again.")
    return {"message": f"{said} Every pair stayed; plan again if you want another proposal."}


def _replan(press: Press) -> Outcome:
    payload: ReplanRound = press.payload
    planning.replan(
        press.work,
        press.council,
        by=press.person,
        round_id=payload.round_id,
        version=payload.version,
        keep=payload.keep,
        now=press.now,
    )
    other = " The other half's round, in the month after, is planned on its own."
    return {"message": "Here is a fresh proposal." + (other if payload.keep == "half" else "")}


def _approve(press: Press) -> Outcome:
    payload: ApproveRound = press.payload
    approved = planning.approve_round(
        press.work,
        press.council,
        by=press.person,
        round_id=payload.round_id,
        version=payload.version,
        now=press.now,
    )
    if approved.state == "allocated":
        return {"message": "Approved. The auditors are getting their cards now."}
    return {"message": f"Approved. The auditors will get their cards on {uk_date(approved.month)}."}


def _reallocate(press: Press) -> Outcome:
    fresh = reallocate(
        press.work, press.council, by=press.person, audit_id=press.payload.audit_id, now=press.now
    )
    return {
        "round": fresh.round_id,
        "message": f"Reallocated. The new audit is due on {uk_date(fresh.due_on)}.",
    }


def _show_reallocated(press: Press, outcome: Outcome) -> Reply:
    return show_round(press, outcome["round"], "returned", message=outcome["message"])


def _then(part: str) -> Callable[[Press, Outcome], Reply]:
    def show(press: Press, outcome: Outcome) -> Reply:
        return show_round(press, press.payload.round_id, part, message=outcome["message"])

    return show


def _refuse(press: Press, broken: RuleBroken) -> Reply | None:
    payload = press.payload
    if isinstance(broken, TextWanted):
        return _place_form(press, payload.round_id, payload.place_id, {broken.field: str(broken)})
    if isinstance(broken, Stale) or not isinstance(payload, ReallocateAudit):
        return show_round(press, payload.round_id, "pairs", message=str(broken))
    return None


HANDLERS: dict[type[Payload], Handler] = {
    ShowRound: Handler(_look),
    ChangePlace: Handler(_open_place),
    PlanRound: Handler(_show_planned, act=_plan),
    SwapCase: Handler(_then("pairs"), act=_swap, refuse=_refuse),
    ExcludeFromRound: Handler(_then("pairs"), act=_exclude, refuse=_refuse),
    BringBack: Handler(_then("progress"), act=_bring_back, refuse=_refuse),
    ReplanRound: Handler(_then("mix"), act=_replan, refuse=_refuse),
    ApproveRound: Handler(_then("progress"), act=_approve, refuse=_refuse),
    ReallocateAudit: Handler(_show_reallocated, act=_reallocate),
}
