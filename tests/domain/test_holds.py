"""Times for the steps: on days aimed at and worked, one after another, never in the past."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from domain.audits import Audit, AuditState
from domain.days import LONDON, local_day
from domain.framework import Framework
from domain.holds import Hold, holds
from domain.people import Leave, Person, Post

HOLIDAYS = frozenset({date(2026, 5, 4), date(2026, 5, 25)})
ALLOCATED = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
AUDIT = Audit(
    id=7,
    round_id=1,
    case_id=1,
    case_reference="EX-1",
    auditor_id=1,
    practitioner_id=2,
    team_id=1,
    state=AuditState.ACCEPTED,
    framework_version="1",
    allocated_on=date(2026, 5, 1),
    due_on=date(2026, 5, 31),
    lookback_from=date(2025, 11, 1),
    has_contact_section=False,
)
AUDITOR = Person(1, "Alex Auditor", "a@exampleshire.example", frozenset({Post.TM}))


def away(first: date, last: date) -> Person:
    return replace(AUDITOR, leave=(Leave(first, last),))


def made(
    framework: Framework, person: Person = AUDITOR, *, now: datetime = ALLOCATED, audit: Audit = AUDIT
) -> tuple[Hold, ...]:
    return holds(audit, framework.steps, person, HOLIDAYS, now=now)


def days(found: tuple[Hold, ...]) -> list[str]:
    return [f"{local_day(hold.starts_at):%m-%d}" for hold in found]


def clock_times(found: tuple[Hold, ...]) -> list[str]:
    return [
        f"{hold.starts_at.astimezone(LONDON):%H:%M}-{hold.ends_at.astimezone(LONDON):%H:%M}" for hold in found
    ]


def overlaps(found: tuple[Hold, ...]) -> bool:
    ordered = sorted(found, key=lambda hold: hold.starts_at)
    return any(a.ends_at > b.starts_at for a, b in pairwise(ordered))


@pytest.mark.rule("CA-22")
def test_each_step_has_its_own_morning_where_the_month_has_room(framework: Framework) -> None:
    found = made(framework)

    # Weekends and the holiday on the 25th move on; what is due on Sunday the 31st moves back to Friday.
    assert days(found) == ["05-07", "05-11", "05-18", "05-26", "05-27", "05-28", "05-29"]
    assert set(clock_times(found)) == {"10:00-11:30"}
    assert [hold.key for hold in found] == [step.key for step in framework.steps]


@pytest.mark.rule("CA-22")
def test_steps_that_leave_pushes_onto_one_day_follow_one_another_and_flow_on(framework: Framework) -> None:
    found = made(framework, away(date(2026, 5, 1), date(2026, 5, 27)))

    assert days(found) == ["05-28"] * 4 + ["05-29"] * 3
    assert clock_times(found)[:4] == ["10:00-11:30", "11:30-13:00", "13:00-14:30", "14:30-16:00"]
    assert clock_times(found)[4:] == ["10:00-11:30", "11:30-13:00", "13:00-14:30"]


@pytest.mark.rule("CA-22")
def test_on_the_only_day_left_each_is_shorter_and_all_end_within_the_working_day(
    framework: Framework,
) -> None:
    found = made(framework, away(date(2026, 5, 1), date(2026, 5, 28)))

    assert days(found) == ["05-29"] * 7
    assert clock_times(found)[0] == "10:00-11:00"
    assert clock_times(found)[-1] == "16:00-17:00"
    assert not overlaps(found)


@pytest.mark.rule("CA-22")
@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2026, 5, 1), date(2026, 5, 31)), (date(2026, 4, 1), date(2026, 6, 30))],
)
def test_leave_over_the_whole_span_leaves_no_time_and_none_before_allocation(
    framework: Framework, first: date, last: date
) -> None:
    assert made(framework, away(first, last)) == ()


def test_a_step_that_moves_back_stays_on_this_side_of_allocation_and_of_today(framework: Framework) -> None:
    late = away(date(2026, 5, 20), date(2026, 5, 31))

    before = made(framework, late)
    after = made(framework, late, now=datetime(2026, 5, 20, 8, tzinfo=UTC))

    assert days(before) == ["05-07", "05-11", "05-18", "05-19", "05-19", "05-19", "05-19"]
    assert not overlaps(before)
    assert after == ()


@pytest.mark.rule("CA-22")
@pytest.mark.parametrize(
    ("today", "left", "first"),
    [(7, 7, "05-07"), (8, 6, "05-11"), (27, 3, "05-27"), (29, 1, "05-29")],
)
def test_days_that_have_passed_are_left_out(framework: Framework, today: int, left: int, first: str) -> None:
    found = made(framework, now=datetime(2026, 5, today, 8, tzinfo=UTC))

    assert len(found) == left
    assert days(found)[0] == first


def test_nothing_is_left_once_the_last_day_at_work_has_passed(framework: Framework) -> None:
    assert made(framework, now=datetime(2026, 5, 30, 8, tzinfo=UTC)) == ()


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (time(9, 0), "05-27 10:00"),
        (time(10, 0), "05-27 10:00"),
        (time(10, 1), "05-27 10:30"),
        (time(15, 30), "05-27 15:30"),
        (time(15, 31), "05-28 10:00"),
        (time(23, 59), "05-28 10:00"),
    ],
)
def test_today_begins_no_earlier_than_now_and_late_in_the_day_tomorrow_does(
    framework: Framework, at: time, expected: str
) -> None:
    now = datetime.combine(date(2026, 5, 27), at, LONDON)

    found = made(framework, now=now)

    assert f"{found[0].starts_at.astimezone(LONDON):%m-%d %H:%M}" == expected
    assert [hold.key for hold in found] == ["judge", "actions", "submit"]
    assert not overlaps(found)


def test_too_little_of_the_last_day_is_no_time_at_all(framework: Framework) -> None:
    last = datetime.combine(date(2026, 5, 29), time(15, 31), LONDON)

    assert made(framework, now=last) == ()


@pytest.mark.rule("CA-22")
def test_more_time_moves_every_step_and_not_the_last_alone(framework: Framework) -> None:
    longer = replace(AUDIT, due_on=date(2026, 7, 15))

    found = made(framework, audit=longer, now=datetime(2026, 5, 20, 8, tzinfo=UTC))

    assert days(found) == ["05-22", "06-08", "06-25", "07-02", "07-06", "07-15"]


@pytest.mark.parametrize("month", [1, 3, 7, 10, 11])
@pytest.mark.parametrize("weekdays", [{0, 1, 2, 3, 4}, {0, 1}, {4}])
def test_whatever_the_month_and_the_days_worked_nobody_is_double_booked(
    framework: Framework, month: int, weekdays: set[int]
) -> None:
    start = date(2026, month, 1)
    audit = replace(AUDIT, allocated_on=start, due_on=start + timedelta(days=29))
    person = replace(AUDITOR, working_days=frozenset(weekdays))

    found = holds(audit, framework.steps, person, frozenset(), now=datetime(2026, 1, 1, tzinfo=UTC))

    assert len(found) == len(framework.steps)
    assert not overlaps(found)
    for hold in found:
        starts, ends = hold.starts_at.astimezone(LONDON), hold.ends_at.astimezone(LONDON)
        assert starts.weekday() in weekdays
        assert audit.allocated_on <= starts.date() <= audit.due_on
        assert time(10) <= starts.time() < ends.time() <= time(17)
    assert max(Counter(local_day(hold.starts_at) for hold in found).values()) <= 7
