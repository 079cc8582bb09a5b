"""Which nudge falls on which day, for whom, and at what time of day; dates either side of each boundary."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.framework import Framework
from domain.nudges import (
    OVERTAKEN,
    About,
    NudgeLine,
    Tells,
    Thing,
    day_at_work,
    falling,
    key_of_line,
    may_be_told,
    next_day_at_work,
    planned_on,
    snooze_ends,
)
from domain.people import Leave, Person

HOLIDAYS = frozenset({date(2026, 5, 4), date(2026, 5, 25)})
MAY = Thing(About.AUDIT, 7, date(2026, 5, 1), date(2026, 5, 31))
"""Allocated on a Friday and due on a Sunday, so the last working day for it is Friday the 29th."""


def a_person(*leave: tuple[date, date], days: str = "01234") -> Person:
    spans = tuple(Leave(first, last) for first, last in leave)
    return Person(
        1, "Somebody", "s@council.example", frozenset(), working_days=frozenset(map(int, days)), leave=spans
    )


FULL_TIME = a_person()


def line(framework: Framework, key: str) -> NudgeLine:
    return next(found for found in framework.nudges if found.key == key)


def own(framework: Framework) -> tuple[NudgeLine, ...]:
    return tuple(found for found in framework.nudges if found.tells is Tells.OWN)


@pytest.mark.rule("CA-06", "CA-22", "Q2")
@pytest.mark.parametrize(
    ("key", "on"),
    [
        ("allocated", date(2026, 5, 1)),
        # The 16th is a Saturday.
        ("half_way", date(2026, 5, 15)),
        # Spring bank holiday on the 25th is no working day.
        ("due_in_7", date(2026, 5, 19)),
        ("due_in_3", date(2026, 5, 26)),
        ("due_in_1", date(2026, 5, 28)),
        ("due_today", date(2026, 5, 29)),
        ("overdue_1", date(2026, 6, 1)),
        ("overdue_3", date(2026, 6, 3)),
        ("overdue_told", date(2026, 6, 3)),
    ],
)
def test_each_line_of_an_audit_falls_on_its_working_day(framework: Framework, key: str, on: date) -> None:
    assert planned_on(line(framework, key), MAY, FULL_TIME, HOLIDAYS) == on


@pytest.mark.rule("CA-06")
@pytest.mark.parametrize(
    ("person", "key", "on"),
    [
        # Monday to Wednesday: what would fall on a Thursday or Friday comes before it.
        (a_person(days="012"), "due_in_1", date(2026, 5, 27)),
        (a_person(days="012"), "due_today", date(2026, 5, 27)),
        # What chases comes after: before the due day there is nothing to chase.
        (a_person(days="34"), "overdue_1", date(2026, 6, 4)),
        (a_person(days="34"), "allocated", date(2026, 5, 1)),
        (a_person(days="0"), "allocated", date(2026, 5, 11)),
        # Leave up to the due day: said on the last day before it.
        (a_person((date(2026, 5, 27), date(2026, 6, 5))), "due_today", date(2026, 5, 26)),
        (a_person((date(2026, 5, 27), date(2026, 6, 5))), "overdue_1", date(2026, 6, 8)),
    ],
)
def test_a_day_off_moves_the_line_to_the_persons_own_working_day(
    framework: Framework, person: Person, key: str, on: date
) -> None:
    assert planned_on(line(framework, key), MAY, person, HOLIDAYS) == on


@pytest.mark.rule("CA-06")
def test_whoever_is_away_all_the_time_is_never_told_before_the_due_day(framework: Framework) -> None:
    away = a_person((date(2026, 5, 1), date(2026, 5, 31)))

    planned = {
        found.key: planned_on(found, MAY, away, HOLIDAYS)
        for found in own(framework)
        if found.about is About.AUDIT
    }

    assert [key for key, on in planned.items() if on is not None and on <= date(2026, 5, 31)] == []
    assert planned["overdue_1"] == date(2026, 6, 1)


@pytest.mark.rule("CA-06")
@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 5, 18), ""),
        (date(2026, 5, 19), "due_in_7"),
        (date(2026, 5, 26), "due_in_3"),
        (date(2026, 5, 28), "due_in_1"),
        (date(2026, 5, 29), "due_today"),
        (date(2026, 6, 1), "overdue_1"),
        (date(2026, 6, 3), "overdue_3"),
    ],
)
def test_day_by_day_each_line_is_said_once_and_on_its_day(
    framework: Framework, today: date, said: str
) -> None:
    earlier = {
        found.key
        for found in own(framework)
        if found.about is About.AUDIT and (planned_on(found, MAY, FULL_TIME, HOLIDAYS) or today) < today
    }

    found = falling(own(framework), MAY, FULL_TIME, known=earlier, today=today, bank_holidays=HOLIDAYS)

    assert [(one.line.key, one.late, one.skipped) for one in found] == ([(said, False, "")] if said else [])


@pytest.mark.rule("CA-06")
def test_after_a_gap_only_the_nearest_is_said_and_marked_late(framework: Framework) -> None:
    known = {"allocated", "half_way"}

    found = falling(
        own(framework), MAY, FULL_TIME, known=known, today=date(2026, 5, 27), bank_holidays=HOLIDAYS
    )

    assert [(one.line.key, one.on, one.late, one.skipped) for one in found] == [
        ("due_in_7", date(2026, 5, 19), True, OVERTAKEN),
        ("due_in_3", date(2026, 5, 26), True, ""),
    ]


def test_what_is_known_is_not_said_again(framework: Framework) -> None:
    every = {found.key for found in framework.nudges}

    assert (
        falling(own(framework), MAY, FULL_TIME, known=every, today=date(2026, 7, 1), bank_holidays=HOLIDAYS)
        == ()
    )


def test_a_line_about_something_else_never_falls(framework: Framework) -> None:
    action = Thing(About.ACTION, 3, date(2026, 5, 1), date(2026, 5, 29))

    found = falling(
        own(framework), action, FULL_TIME, known=(), today=date(2026, 5, 29), bank_holidays=HOLIDAYS
    )

    assert [one.line.key for one in found if not one.skipped] == ["action_due"]


@pytest.mark.rule("CA-17", "Q26")
def test_a_comment_is_invited_before_its_day_and_never_chased_after(framework: Framework) -> None:
    comment = Thing(About.COMMENT, 7, date(2026, 5, 20), date(2026, 5, 28))

    days = [
        planned_on(found, comment, FULL_TIME, HOLIDAYS)
        for found in framework.nudges
        if found.about is About.COMMENT
    ]

    assert days == [date(2026, 5, 27)]


@pytest.mark.rule("CA-06")
@pytest.mark.parametrize(
    ("now", "then"),
    [
        # British Summer Time: half past eight in London is half past seven in UTC.
        (datetime(2026, 5, 1, 7, 29, 59, tzinfo=UTC), datetime(2026, 5, 1, 7, 30, tzinfo=UTC)),
        (datetime(2026, 5, 1, 7, 30, tzinfo=UTC), datetime(2026, 5, 1, 7, 30, tzinfo=UTC)),
        (datetime(2026, 5, 1, 16, 30, tzinfo=UTC), datetime(2026, 5, 1, 16, 30, tzinfo=UTC)),
        # Friday evening, then a weekend and the May bank holiday.
        (datetime(2026, 5, 1, 16, 30, 1, tzinfo=UTC), datetime(2026, 5, 5, 7, 30, tzinfo=UTC)),
        (datetime(2026, 5, 2, 10, 0, tzinfo=UTC), datetime(2026, 5, 5, 7, 30, tzinfo=UTC)),
        # Past midnight in London while it is still the day before in UTC.
        (datetime(2026, 5, 5, 23, 30, tzinfo=UTC), datetime(2026, 5, 6, 7, 30, tzinfo=UTC)),
        # Greenwich Mean Time, and across the change of the clocks on 25 October.
        (datetime(2026, 11, 2, 8, 29, tzinfo=UTC), datetime(2026, 11, 2, 8, 30, tzinfo=UTC)),
        (datetime(2026, 10, 23, 17, 0, tzinfo=UTC), datetime(2026, 10, 26, 8, 30, tzinfo=UTC)),
    ],
)
def test_nobody_is_reminded_outside_working_hours_in_london(now: datetime, then: datetime) -> None:
    assert may_be_told(FULL_TIME, now, HOLIDAYS) == then


@pytest.mark.rule("CA-06")
@pytest.mark.parametrize(
    ("person", "then"),
    [
        (a_person(days="12"), datetime(2026, 5, 5, 7, 30, tzinfo=UTC)),
        (a_person((date(2026, 5, 1), date(2026, 5, 12))), datetime(2026, 5, 13, 7, 30, tzinfo=UTC)),
    ],
)
def test_nobody_is_reminded_on_a_day_off_or_on_leave(person: Person, then: datetime) -> None:
    assert may_be_told(person, datetime(2026, 5, 1, 9, 0, tzinfo=UTC), HOLIDAYS) == then


def test_somebody_who_is_away_for_years_has_no_next_day_at_work_yet() -> None:
    gone = a_person((date(2026, 1, 1), date(2029, 1, 1)))
    now = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)

    assert next_day_at_work(gone, date(2026, 5, 1), HOLIDAYS) is None
    assert may_be_told(gone, now, HOLIDAYS) > now + timedelta(days=365)


@pytest.mark.rule("CA-06")
@pytest.mark.parametrize(
    ("chosen", "due", "back"),
    [
        (date(2026, 5, 20), date(2026, 5, 31), date(2026, 5, 20)),
        # A Saturday comes back on Monday; a bank holiday on the day after.
        (date(2026, 5, 16), date(2026, 5, 31), date(2026, 5, 18)),
        (date(2026, 5, 25), date(2026, 5, 31), date(2026, 5, 26)),
        # No working day is left between the day chosen and the due day.
        (date(2026, 5, 30), date(2026, 5, 31), date(2026, 5, 29)),
        (date(2026, 5, 31), date(2026, 5, 31), date(2026, 5, 29)),
        (date(2026, 6, 1), date(2026, 5, 31), None),
    ],
)
def test_what_is_put_off_comes_back_on_a_working_day_and_never_after_it_is_due(
    chosen: date, due: date, back: date | None
) -> None:
    assert day_at_work(chosen, due, FULL_TIME, HOLIDAYS) == back


@pytest.mark.rule("MO-07", "Q7")
@pytest.mark.parametrize(
    ("submitted", "by"),
    [
        (date(2026, 5, 29), date(2026, 6, 12)),
        # A late audit never waits for the others of its round.
        (date(2026, 6, 3), date(2026, 6, 17)),
    ],
)
def test_each_audit_has_its_own_fortnight_for_moderation(
    framework: Framework, submitted: date, by: date
) -> None:
    from domain.deadlines import moderate_by

    assert moderate_by(submitted, framework.numbers) == by


@pytest.mark.rule("CA-06")
@pytest.mark.parametrize(
    ("today", "leave", "ends"),
    [
        # Put off until Friday the 29th.
        (date(2026, 5, 28), (), False),
        (date(2026, 5, 29), (), True),
        # Leave entered afterwards, from Thursday the 28th: Wednesday is the last day before it.
        (date(2026, 5, 26), (date(2026, 5, 28), date(2026, 6, 5)), False),
        (date(2026, 5, 27), (date(2026, 5, 28), date(2026, 6, 5)), True),
        # Back before the day chosen.
        (date(2026, 5, 26), (date(2026, 5, 27), date(2026, 5, 28)), False),
        # Leave after a weekend and a bank holiday, from Tuesday the 26th.
        (date(2026, 5, 22), (date(2026, 5, 26), date(2026, 6, 5)), True),
    ],
)
def test_a_snooze_ends_on_its_day_or_on_the_last_day_at_work_before_leave_over_it(
    today: date, leave: tuple[date, ...], ends: bool
) -> None:
    person = a_person((leave[0], leave[1])) if leave else FULL_TIME

    assert snooze_ends(date(2026, 5, 29), person, today, HOLIDAYS) is ends


TALK = Thing(About.TALK, 9, date(2026, 5, 5), date(2026, 5, 12))


@pytest.mark.rule("MO-16", "Q14")
def test_a_talk_is_chased_every_second_working_day_until_it_is_held(framework: Framework) -> None:
    known: set[str] = set()
    said: list[date] = []
    day = date(2026, 5, 12)
    while day <= date(2026, 6, 12):
        found = falling(own(framework), TALK, FULL_TIME, known=known, today=day, bank_holidays=HOLIDAYS)
        known |= {one.line.key for one in found}
        said += [one.on for one in found if not one.skipped and one.line.chases]
        day += timedelta(days=1)

    assert said == [
        date(2026, 5, 13),
        date(2026, 5, 15),
        date(2026, 5, 19),
        date(2026, 5, 21),
        # The 25th is a bank holiday.
        date(2026, 5, 26),
        date(2026, 5, 28),
        date(2026, 6, 1),
        date(2026, 6, 3),
        date(2026, 6, 5),
        date(2026, 6, 9),
        date(2026, 6, 11),
    ]
    assert {key_of_line(key) for key in known} >= {"talk_overdue_1"}


def test_after_a_gap_what_is_said_again_is_said_once(framework: Framework) -> None:
    known = {"talk_asked", "talk_due_in_1", "talk_due", "talk_overdue_1"}

    (found,) = falling(
        own(framework), TALK, FULL_TIME, known=known, today=date(2026, 6, 2), bank_holidays=HOLIDAYS
    )

    assert (found.on, found.late, found.skipped) == (date(2026, 6, 1), True, "")
    assert key_of_line(found.line.key) == "talk_overdue_1"
    assert (
        falling(
            own(framework),
            TALK,
            FULL_TIME,
            known={*known, found.line.key},
            today=date(2026, 6, 2),
            bank_holidays=HOLIDAYS,
        )
        == ()
    )
