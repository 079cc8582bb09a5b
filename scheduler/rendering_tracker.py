"""Cards of the tracker and the forward plan: a row given to somebody, its day, what to close or sign.

Source: OG-06, OG-07, QB-02.
"""

from collections.abc import Mapping

from cards.governance_words import full_day
from cards.payloads_plan import ShowPlan, ShowPlanItem
from cards.payloads_tracker import ShowTracked, ShowTracker
from cards.wording import count
from domain.forward_plan import PlanItem, year_name
from domain.intake import listed
from domain.narratives import NarrativeState
from domain.permissions import Verb
from domain.tracking import Tracked, TrackedKind, TrackedState, counts_of
from scheduler.drawing import Draw, Drawing, Drawn, Needless, Write, note
from scheduler.rendering_office import for_office
from workflows.left_behind import NOBODY
from workflows.plan_items import may_plan, may_sign

_MOVED = Needless("it is done, somebody else's, or moved to another day")
_MINE = ("My items", ShowTracker("mine", 0))


def given(drawing: Drawing) -> Drawn | Needless:
    """Tells an owner of a row of theirs, and where it came from."""
    row = _row(drawing)
    if row is None:
        return _MOVED
    by = f"\nBy {full_day(row.due_on)}, please." if row.due_on else ""
    title = (
        "Learning for you to act on" if row.kind is TrackedKind.LEARNING_NEED else "Something for you to do"
    )
    return note(title, f"{row.title}{by}", ("Open", ShowTracked(row.id)), _MINE)


def done(drawing: Drawing) -> Drawn | Needless:
    """Tells the QA office what an owner calls done, so that it is closed."""
    row = drawing.view.tracking.get(drawing.notice.subject_id)
    if row is None or row.state is not TrackedState.DONE:
        return Needless("it is closed already, or open again")
    text = f"{row.title}\nIts owner says what changed. Please read it and close it."
    return note("Something is done, to be closed", text, ("Open", ShowTracked(row.id)))


def plan_agreed(drawing: Drawing) -> Drawn | Needless:
    """Tells the Group's members that a year's plan stands."""
    year = drawing.notice.subject_id
    if not may_plan(drawing.council, Verb.SEE_PLAN, drawing.person) or not drawing.view.plan.of_year(year):
        return Needless("it is not theirs to see, or is gone")
    text = (
        f"The forward plan for {year_name(year)} is agreed. What you lead comes to you as its days come near."
    )
    return note("The forward plan is agreed", text, ("See the year", ShowPlan(year, "year")))


def terms_to_sign(drawing: Drawing) -> Drawn | Needless:
    """Asks the Board's chair to sign terms of reference (QB-02)."""
    item = _item(drawing)
    whole = item is not None and item.needs_terms and item.has_all_terms
    if item is None or not whole or not _signs(drawing):
        return Needless("they are signed, changed, or not theirs to sign")
    text = (
        f"{item.title}, from {full_day(item.starts_on)}: its terms of reference are written. Fieldwork "
        "begins once you have signed for the QA Board; that may be between meetings."
    )
    return note("Terms of reference to sign", text, ("Read and sign", ShowPlanItem(item.id)))


def terms_signed(drawing: Drawing) -> Drawn | Needless:
    """Tells whoever leads thematic work that it may begin."""
    item = _item(drawing)
    if item is None or item.signed_at is None:
        return Needless("the terms were changed since, and are to be signed anew")
    text = f"{item.title}: the Board's chair has signed its terms. It begins on {full_day(item.starts_on)}."
    return note("Terms of reference are signed", text, ("Open", ShowPlanItem(item.id)))


def nobody_sees(drawing: Drawing) -> Drawn | Needless:
    """Tells the QA office what nobody sees to since its owner left."""
    view = drawing.view
    rows = counts_of(view.tracking.in_states({TrackedState.OPEN}), drawing.today).unowned
    figures = sum(one.owner_id is None for one in view.exceptions.open())
    words = sum(
        one.owner_id is None and one.state is NarrativeState.ASKED for one in view.narratives.unlocked()
    )
    left = [
        count(number, one, many)
        for number, one, many in (
            (rows, "thing on the tracker", "things on the tracker"),
            (figures, "figure to explain", "figures to explain"),
            (words, "text for a report", "texts for a report"),
        )
        if number
    ]
    if not left:
        return Needless("somebody sees to all of it again")
    text = (
        f"Somebody left, and nobody on the staff list has their post. Without an owner now: {listed(left)}."
    )
    if rows:
        text += "\nWhat is on the tracker you can give to somebody there."
    if figures or words:
        text += "\nFigures and texts go to whoever has the post, once the staff list names them."
    return note("Nobody sees to this", text, ("Open the tracker", ShowTracker("open", 0)))


CARDS: Mapping[str, Draw] = {
    "tracked_given": given,
    "tracked_done": for_office(done),
    "plan_agreed": plan_agreed,
    "terms_to_sign": terms_to_sign,
    "terms_signed": terms_signed,
    NOBODY: for_office(nobody_sees),
}
"""Kind to the card posted in the person's chat."""

MAILS: Mapping[str, Write] = {}
"""Kind to the mail sent to the person."""


def _signs(drawing: Drawing) -> bool:
    return may_sign(drawing.view, drawing.council, by=drawing.person, now=drawing.now)


def _row(drawing: Drawing) -> Tracked | None:
    """The row, while it is this person's to do by the day the notice was written for."""
    row = drawing.view.tracking.get(drawing.notice.subject_id)
    if row is None or not row.needs_doing or row.owner_id != drawing.person.id:
        return None
    until = row.due_on.isoformat() if row.due_on else "no day"
    return row if drawing.notice.key.endswith(f":{until}") else None


def _item(drawing: Drawing) -> PlanItem | None:
    return drawing.view.plan.get(drawing.notice.subject_id)
