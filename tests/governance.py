"""Builders of meetings, tracked rows and plans, written through the repositories."""

from datetime import date, datetime
from typing import Any

from domain.forward_plan import PlanItem, PlanState, plan_year
from domain.governance import CLINIC, QA_BOARD, QA_GROUP, ActivityKind
from domain.meetings import Meeting
from domain.people import Person, Post
from domain.plan_drafting import Drafted
from domain.tracking import Source, Tracked, TrackedKind
from storage.work import Work
from tests.builders import NOW, a_person

WEDNESDAY = date(2026, 5, 20)
"""The Group's day in May 2026."""

TERMS = {
    "why": "Neglect rises in three rounds.",
    "scope": "Neglect, in two services.",
    "method": "Case reading and talks with families.",
    "dates": "Done by July, reported in September.",
}


def a_meeting(
    work: Work, *, body: str = QA_GROUP, on: date = WEDNESDAY, service_id: int | None = None, slot: str = ""
) -> Meeting:
    """A planned meeting; nobody has been told of it."""
    name = slot or f"{body}:{service_id or ''}:{on.isoformat()}"
    work.meetings.plan(slot=name, body=body, service_id=service_id, on=on, starts_at="10:00")
    return next(one for one in work.meetings.between(on, on) if one.slot == name)


def a_clinic(work: Work, service_id: int, *, on: date = date(2026, 5, 12)) -> Meeting:
    """A service's clinic."""
    return a_meeting(work, body=CLINIC, on=on, service_id=service_id)


def a_board(work: Work, *, on: date = date(2026, 7, 23)) -> Meeting:
    """A meeting of the Board."""
    return a_meeting(work, body=QA_BOARD, on=on)


def a_chair(work: Work) -> Person:
    """Whoever chairs the Group."""
    return a_person(work, "Sasha Quality", Post.SM_QA)


def a_row(
    work: Work,
    owner: Person | None,
    *,
    title: str = "Write a guide to chronologies",
    kind: TrackedKind = TrackedKind.ACTION,
    due_on: date | None = date(2026, 5, 29),
    now: datetime = NOW,
    **columns: Any,
) -> Tracked:
    """A row of the tracker; nobody has been told of it."""
    tracked_id = work.tracking.add(
        kind=kind,
        title=title,
        source=columns.pop("source", Source.HAND),
        by=None,
        now=now,
        owner_id=owner.id if owner else None,
        due_on=due_on,
        **columns,
    )
    return the_row(work, tracked_id)


def the_row(work: Work, tracked_id: int) -> Tracked:
    """The row as it stands."""
    found = work.tracking.get(tracked_id)
    assert found is not None
    return found


def an_item(
    work: Work,
    *,
    title: str = "Neglect",
    kind: ActivityKind = ActivityKind.THEMATIC,
    starts_on: date = date(2026, 6, 15),
    ends_on: date = date(2026, 7, 10),
    owner: Post = Post.PSW,
    hours: int = 120,
    state: PlanState = PlanState.PLANNED,
    **columns: Any,
) -> PlanItem:
    """An activity of the plan."""
    one = Drafted(kind, title, starts_on, ends_on, owner, hours)
    item_id = work.plan.add(one, year=plan_year(starts_on), state=state)
    if columns:
        assert work.plan.change(the_item(work, item_id), columns)
    return the_item(work, item_id)


def the_item(work: Work, item_id: int) -> PlanItem:
    """The activity as it stands."""
    found = work.plan.get(item_id)
    assert found is not None
    return found


def the_meeting(work: Work, meeting_id: int) -> Meeting:
    """The meeting as it stands."""
    found = work.meetings.get(meeting_id)
    assert found is not None
    return found
