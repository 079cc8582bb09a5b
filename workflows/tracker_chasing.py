"""The week's chase of the tracker: what is overdue stands in its owner's card of the day until it is done.

An owner hears of a day that passed on the working day after it. From then on they are reminded once a week,
in the one card that says everything else of their day; the QA office is told there of what nobody sees to,
what has no day, and what waits to be closed. Chairs read what is overdue on the body's next agenda.

Source: OG-06, OG-08, PR-02.
"""

from datetime import date, datetime

from domain.day import TrackerWeek
from domain.days import add_working_days
from domain.people import Person
from domain.tracking import Tracked, TrackedKind, TrackedState
from storage.nudges import NudgeRow
from storage.work import View, Work
from workflows.council import Council
from workflows.day_cards import card_day, queue_day_card
from workflows.telling import qa_office

TRACKER_WEEK = "tracker_week"
"""The line under which somebody's week of the tracker is kept."""


def chase_tracker(work: Work, council: Council, *, on: date, now: datetime) -> int:
    """Remind owners and the QA office in their card of that day; returns how many are told."""
    late = _chased(work, council, on)
    owners = work.people.many({row.owner_id for row in late if row.owner_id is not None})
    office = {one.id: one for one in qa_office(work)} if any(_for_office(work)) else {}
    told = 0
    for person in {**owners, **office}.values():
        day = card_day(work, council, person, now) if person.left_on is None else None
        if day is None:
            continue
        row = NudgeRow(TRACKER_WEEK, "tracker", person.id, on, person.id, day, False, "open", "")
        if work.nudges.add(row):
            queue_day_card(work, council, person, now=now)
            told += 1
    return told


def tracker_week(view: View, council: Council, *, of: Person, today: date) -> TrackerWeek | None:
    """What somebody's card says of the tracker as it stands now; None when there is nothing to say."""
    late = tuple(row for row in _chased(view, council, today) if row.owner_id == of.id)
    in_office = any(one.id == of.id for one in qa_office(view))
    lacking, to_close = _for_office(view) if in_office else (0, 0)
    if not late and not lacking and not to_close:
        return None
    return TrackerWeek(late, lacking, to_close)


def _chased(view: View, council: Council, today: date) -> tuple[Tracked, ...]:
    """Rows whose owner was told before today that the day has passed, the longest overdue first.

    What follows the learning log is done there, and its own card reminds of it.
    """
    return tuple(
        row
        for row in view.tracking.in_states({TrackedState.OPEN})
        if row.needs_doing
        and row.due_on is not None
        and add_working_days(row.due_on, 1, council.bank_holidays) < today
    )


def _for_office(view: View) -> tuple[int, int]:
    """(how many rows lack an owner or a day, how many wait to be closed); what follows the log has both."""
    rows = view.tracking.in_states({TrackedState.OPEN, TrackedState.DONE})
    lacking = sum(
        row.state is TrackedState.OPEN
        and row.kind is not TrackedKind.DECISION
        and (row.owner_id is None or row.due_on is None)
        for row in rows
    )
    return lacking, sum(row.state is TrackedState.DONE and not row.follows for row in rows)
