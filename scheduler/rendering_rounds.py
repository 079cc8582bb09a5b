"""Cards for the QA office about a round."""

from cards.payloads_round import ShowRound
from cards.wording import count
from scheduler.drawing import Drawing, Drawn, Needless, note


def proposed(drawing: Drawing) -> Drawn | Needless:
    """A proposal waits for the office; it is opened fresh, as it may change until it is approved."""
    chosen = drawing.view.rounds.get(drawing.notice.subject_id)
    if chosen is None or chosen.state != "planned":
        return Needless("the round is no longer a proposal")
    places = len(drawing.view.rounds.places(chosen.id))
    text = (
        f"The sample for {chosen.month:%B %Y} is ready for you to look at: {count(places, 'audit')}, each "
        "with its reasons. You can change it, and nothing is sent to anyone before you approve it."
    )
    return note("An audit round to approve", text, ("Open the proposal", ShowRound(chosen.id, "progress", 0)))


def allocated(drawing: Drawing) -> Drawn | Needless:
    """The round's audits have gone out."""
    chosen = drawing.view.rounds.get(drawing.notice.subject_id)
    if chosen is None or chosen.state != "allocated":
        return Needless("the round has not been allocated")
    # Audits that replace others were given out since, and are no news about the approved pairs.
    made = sum(audit.replaces_id is None for audit in drawing.view.audits.of_round(chosen.id))
    text = f"{count(made, 'audit')} of the {chosen.month:%B %Y} round went to {count(made, 'auditor')}."
    if (fell_out := len(drawing.view.rounds.places(chosen.id)) - made) > 0:
        text += (
            f"\n\n{count(fell_out, 'approved pair')} fell out since the approval: a case closed, someone "
            "left or a conflict came up. The round says who has no audit and why."
        )
    return note("The round has been allocated", text, ("See the round", ShowRound(chosen.id, "progress", 0)))
