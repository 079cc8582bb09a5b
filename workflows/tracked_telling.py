"""Owners of the tracker's rows hear of them at once, shortly before their day, and on the working day after.

The first has a card of its own, the others come in their day's. Each is looked up when its card leaves, and
falls away when the row is done, somebody else's or moved. From then on `tracker_chasing` reminds once a week.
Overdue rows stand on the agenda of the body that decided them, which is how whoever chairs sees them.
Source: OG-06.
"""

from datetime import datetime

from domain.days import add_working_days
from domain.tracking import Source, Tracked, TrackedKind, TrackedState
from storage.work import Work
from workflows.council import Council
from workflows.reminding import remind
from workflows.telling import qa_office

SOON, OVERDUE = "tracked_soon", "tracked_overdue"
KINDS = frozenset({SOON, OVERDUE})
"""The kinds of reminder; their subject is the row."""
AHEAD_WORKING_DAYS = 3
"""How long before its day an owner is reminded."""


def tell_owner(work: Work, council: Council, row: Tracked, *, now: datetime, by: int | None) -> None:
    """Queue what the owner is to hear; nothing for a row without owner or that is not open."""
    if not row.needs_doing or row.owner_id is None:
        return
    until = row.due_on.isoformat() if row.due_on else "no day"
    # A year's plan gives its owners a dozen rows at once; the plan itself tells them of those.
    of_the_plan = row.source is Source.PLAN and row.kind is TrackedKind.ACTIVITY
    if row.owner_id != by and not of_the_plan:
        work.notices.queue(
            kind="tracked_given", subject_id=row.id, person_id=row.owner_id, now=now, again=until
        )
    if row.due_on is None:
        return
    today, holidays = council.today(now), council.bank_holidays
    owner = work.people.get(row.owner_id)
    for kind, on in (
        (SOON, add_working_days(row.due_on, -AHEAD_WORKING_DAYS, holidays)),
        (OVERDUE, add_working_days(row.due_on, 1, holidays)),
    ):
        if on > today:
            remind(work, council, owner, kind=kind, subject_id=row.id, about_on=row.due_on, on=on, now=now)


def tell_of_done(work: Work, row: Tracked, *, now: datetime, by: int | None) -> None:
    """The QA office hears that an owner calls a row done, so that it is closed."""
    if row.state is not TrackedState.DONE:
        return
    for person in qa_office(work):
        if person.id != by:
            work.notices.queue(
                kind="tracked_done",
                subject_id=row.id,
                person_id=person.id,
                now=now,
                again=str(row.version),
            )
