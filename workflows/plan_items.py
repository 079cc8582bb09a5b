"""What the verbs of the forward plan share: an activity found, changed with its reason, kept in the tracker.

Source: OG-06, OG-07, SG-05.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.errors import NotAllowed, Stale
from domain.forward_plan import PlanItem, PlanState
from domain.governance import QA_BOARD, QA_GROUP
from domain.people import Person
from domain.permissions import TABLE, Verb, capacities, require
from domain.tracking import STANDING, Source, Tracked, TrackedKind, TrackedState
from storage.work import View, Work
from workflows.bodies import council_seat, covers_chair
from workflows.council import Council
from workflows.tracked_rows import change_row
from workflows.tracked_telling import tell_owner
from workflows.tracking import add_row, end_dropped

NOT_THEIRS = "I cannot find that for you. Type “forward plan” to see what is yours."
_CHANGED = "This activity was changed from somewhere else since you opened it."
BEGUN_LATELY = timedelta(days=31)
"""An activity that ended longer ago than this is history, and joins the tracker no more."""
_SEATS = {Verb.CHANGE_PLAN: (QA_GROUP,), Verb.SIGN_TERMS: (QA_BOARD,)}
"""Whose chair may do it; anything else asks for a seat on either."""
_COMES_FROM = {"title": "title", "owner_id": "owner_post", "due_on": "ends_on"}
"""Column of the tracker's row to what of the activity it follows."""


def require_plan(council: Council, verb: Verb, *, by: Person, now: datetime) -> None:
    """Raise NotAllowed unless the person may do this with the plan."""
    seat = council_seat(council, by, *_SEATS.get(verb, ()))
    require(verb, by, today=council.today(now), seat=seat)


def may_sign(view: View, council: Council, *, by: Person, now: datetime) -> bool:
    """Whether the person signs terms of reference: a chair of the Board, or who covers one today (QB-02)."""
    return may_plan(council, Verb.SIGN_TERMS, by) or _signs_for_chair(view, council, by, now)


def _signs_for_chair(view: View, council: Council, by: Person, now: datetime) -> bool:
    line = council.framework.meeting(QA_BOARD)
    return line is not None and covers_chair(view, council, line, None, by, council.today(now))


def may_plan(council: Council, verb: Verb, by: Person) -> bool:
    """Whether the person may do this with the plan."""
    return bool(capacities(by, seat=council_seat(council, by, *_SEATS.get(verb, ()))) & TABLE[verb])


def find_item(
    view: View, council: Council, verb: Verb, *, by: Person, item_id: int, now: datetime
) -> PlanItem:
    """The activity, for somebody who may do this; NotAllowed alike when there is none.

    Whoever covers the Board's chair reads it and signs its terms, and changes nothing else of the plan.
    """
    if verb not in {Verb.SEE_PLAN, Verb.SIGN_TERMS} or not _signs_for_chair(view, council, by, now):
        require_plan(council, verb, by=by, now=now)
    item = view.plan.get(item_id)
    if item is None:
        raise NotAllowed(NOT_THEIRS)
    return item


def change_item(
    work: Work,
    council: Council,
    item: PlanItem,
    version: int,
    values: Mapping[str, Any],
    *,
    by: int | None,
    reason: str,
    now: datetime,
) -> PlanItem:
    """The activity with these columns set, what changed and why kept, and its row of the tracker with it.

    Raises Stale when it was another version.
    """
    if version != item.version or not work.plan.change(item, values):
        current = work.plan.get(item.id) or item
        raise Stale(_CHANGED, current=current, version=current.version)
    before = {name: plain_value(getattr(item, name)) for name in values}
    after = {name: plain_value(value) for name, value in values.items()}
    differ = [name for name in values if before[name] != after[name]]
    work.plan.add_change(
        item.id,
        by=by,
        at=now,
        reason=reason,
        before={name: before[name] for name in differ},
        after={name: after[name] for name in differ},
    )
    work.trail.add(
        now=now,
        actor=by,
        verb="changed the forward plan",
        subject=f"plan item {item.id}",
        fields={"reason": reason, **{name: after[name] for name in differ}},
    )
    changed = work.plan.get(item.id)
    if changed is None:
        raise AssertionError("an activity is never taken away")
    keep_tracked(work, council, changed, was=item, by=by, now=now, reason=reason)
    return changed


def keep_tracked(
    work: Work,
    council: Council,
    item: PlanItem,
    *,
    by: int | None,
    now: datetime,
    reason: str = "",
    was: PlanItem | None = None,
) -> None:
    """Let the tracker hold an agreed activity as the plan has it: owner, day, or that it was cancelled.

    `was` is the activity before a change. The row follows what changed of it, and nothing else: whoever the
    QA office gave the row to keeps it. An activity that is done stays open there until somebody says what
    changed (OG-06).
    """
    row = row_of(work, item)
    if item.state is PlanState.CANCELLED:
        if row is not None and row.state in STANDING:
            end_dropped(work, row, by=by, version=row.version, reason=reason, now=now)
        return
    if item.state is PlanState.DRAFT:
        return
    owners = work.people.holding(item.owner_post)
    values = {
        "title": item.title,
        "owner_id": owners[0].id if owners else None,
        "due_on": item.ends_on,
    }
    if row is None:
        add_row(
            work,
            council,
            by=by,
            kind=TrackedKind.ACTIVITY,
            source=Source.PLAN,
            source_id=item.id,
            now=now,
            **values,
        )
        return
    follows = {
        name: value
        for name, value in values.items()
        if value != getattr(row, name)
        and (was is None or getattr(was, _COMES_FROM[name]) != getattr(item, _COMES_FROM[name]))
    }
    if follows and row.state in STANDING:
        tell_owner(work, council, change_row(work, row, row.version, follows), now=now, by=by)


def keep_begun(work: Work, council: Council, *, now: datetime) -> int:
    """Let the tracker hold what of the plan has begun, with whoever leads it; returns how many rows changed.

    People leave between a year's agreement and the day on which an activity begins. A row whose owner is here
    stays as whoever keeps the tracker has it. Source: OG-06, OG-07.
    """
    today = council.today(now)
    kept = 0
    for item in work.plan.begun(today, ended_since=today - BEGUN_LATELY):
        row = row_of(work, item)
        if row is None or (row.state is TrackedState.OPEN and not _is_here(work, row.owner_id)):
            keep_tracked(work, council, item, by=None, now=now)
            changed = row_of(work, item)
            kept += changed != row
    return kept


def _is_here(view: View, person_id: int | None) -> bool:
    found = view.people.many((person_id,)) if person_id is not None else {}
    return any(person.left_on is None for person in found.values())


def row_of(view: View, item: PlanItem) -> Tracked | None:
    """The tracker's row of the activity itself, beside what was recommended from it."""
    rows = view.tracking.of_source(Source.PLAN, item.id)
    return next((row for row in rows if row.kind is TrackedKind.ACTIVITY), None)


def plain_value(value: object) -> Any:
    """A column's value as JSON."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case StrEnum():
            return value.value
        case Mapping():
            return dict(value)
        case _:
            return value
