"""What falls due between two moments, each thing exactly once, whatever clocks and calendars do."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cadence import DayOff, Every, Line, Occurrence, falls_on, next_after, occurrences
from domain.days import LONDON, is_working_day, local_day
from domain.framework import Framework

ROUND_MONTHS = (5, 7, 9, 11, 1, 3)
HOLIDAYS = frozenset(
    date.fromisoformat(day)
    for day in ("2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-12-25", "2026-12-28")
)
NONE: frozenset[date] = frozenset()


def a_line(every: Every = Every.DAY, at: time = time(8, 30), **changes: object) -> Line:
    return Line(key="line", title="A line", rules=("CA-05",), every=every, at=at, **changes)  # type: ignore[arg-type]


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def due(line: Line, since: datetime, until: datetime, holidays: frozenset[date] = HOLIDAYS) -> list[datetime]:
    found = occurrences([line], since, until, round_months=ROUND_MONTHS, bank_holidays=holidays)
    return [one.at for one in found]


def days(line: Line, first: str, last: str, holidays: frozenset[date] = HOLIDAYS) -> list[str]:
    """The days among these on which the line falls."""
    day, found = date.fromisoformat(first), []
    while day <= date.fromisoformat(last):
        if falls_on(line, day, round_months=ROUND_MONTHS, bank_holidays=holidays):
            found.append(day.isoformat())
        day += timedelta(days=1)
    return found


@pytest.mark.parametrize(
    ("line", "first", "last", "expected"),
    [
        pytest.param(
            a_line(Every.WORKING_DAY),
            "2026-05-01",
            "2026-05-06",
            ["2026-05-01", "2026-05-05", "2026-05-06"],
            id="working days leave out the weekend and the bank holiday",
        ),
        pytest.param(
            a_line(Every.WEEK, day_off=DayOff.AFTER),
            "2026-04-27",
            "2026-05-12",
            ["2026-04-27", "2026-05-05", "2026-05-11"],
            id="a Monday that is a bank holiday goes to Tuesday",
        ),
        pytest.param(
            a_line(Every.WEEK, weekday=4, day_off=DayOff.BEFORE),
            "2026-03-27",
            "2026-04-10",
            ["2026-03-27", "2026-04-02", "2026-04-10"],
            id="Good Friday goes to Thursday",
        ),
        pytest.param(
            a_line(Every.WEEK, weekday=4, day_off=DayOff.AFTER),
            "2026-04-03",
            "2026-04-10",
            ["2026-04-07", "2026-04-10"],
            id="Good Friday goes beyond Easter Monday",
        ),
        pytest.param(
            a_line(Every.MONTH, day=1), "2026-02-27", "2026-03-02", ["2026-03-01"], id="the 1st is a Sunday"
        ),
        pytest.param(
            a_line(Every.MONTH, day=31),
            "2024-01-30",
            "2024-05-01",
            ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"],
            id="the 31st is the last day of shorter months, leap years among them",
        ),
        pytest.param(
            a_line(Every.MONTH, day=29),
            "2026-02-27",
            "2026-03-30",
            ["2026-02-28", "2026-03-29"],
            id="the 29th in an ordinary February",
        ),
        pytest.param(
            a_line(Every.MONTH, day=31, day_off=DayOff.BEFORE),
            "2026-05-28",
            "2026-06-01",
            ["2026-05-29"],
            id="a month end on Sunday goes to Friday",
        ),
        pytest.param(
            a_line(Every.ROUND, offset_days=-14, day_off=DayOff.BEFORE),
            "2026-04-01",
            "2026-07-31",
            ["2026-04-17", "2026-05-18", "2026-06-17", "2026-07-17"],
            id="fourteen days before each round month and the month after, for the other half",
        ),
        pytest.param(
            a_line(Every.ROUND, offset_days=-7),
            "2026-04-20",
            "2026-05-20",
            ["2026-04-24"],
            id="seven days before",
        ),
        pytest.param(
            a_line(Every.ROUND, offset_days=-7),
            "2026-05-20",
            "2026-05-31",
            ["2026-05-25"],
            id="seven days before the other half's month, a bank holiday that stays",
        ),
        pytest.param(
            a_line(Every.ROUND, offset_days=3),
            "2026-03-01",
            "2026-05-31",
            ["2026-03-04", "2026-04-04", "2026-05-04"],
            id="days after",
        ),
    ],
)
@pytest.mark.rule("CA-05", "CA-01", "Q1")
def test_a_line_falls_on_its_days(line: Line, first: str, last: str, expected: list[str]) -> None:
    found = days(line, first, last)

    assert found == expected


@pytest.mark.parametrize(
    ("day", "in_london", "expected"),
    [
        pytest.param(date(2026, 3, 28), time(1, 30), at(2026, 3, 28, 1, 30), id="the night before spring"),
        pytest.param(date(2026, 3, 29), time(0, 59), at(2026, 3, 29, 0, 59), id="before the gap"),
        pytest.param(date(2026, 3, 29), time(1, 30), at(2026, 3, 29, 1, 30), id="in the gap: half past two"),
        pytest.param(date(2026, 3, 29), time(2, 0), at(2026, 3, 29, 1, 0), id="after the gap"),
        pytest.param(date(2026, 10, 25), time(0, 59), at(2026, 10, 24, 23, 59), id="before the repeat"),
        pytest.param(date(2026, 10, 25), time(1, 30), at(2026, 10, 25, 0, 30), id="repeated: the first"),
        pytest.param(date(2026, 10, 25), time(2, 0), at(2026, 10, 25, 2, 0), id="after the repeat"),
    ],
)
def test_a_time_that_is_skipped_or_repeated_comes_once(
    day: date, in_london: time, expected: datetime
) -> None:
    line = a_line(at=in_london)

    found = due(line, expected - timedelta(hours=12), expected + timedelta(hours=11))

    assert found == [expected]
    assert local_day(expected) == day


def test_a_span_leaves_out_its_beginning_and_takes_in_its_end() -> None:
    line = a_line()
    moment = at(2026, 5, 1, 7, 30)
    second = timedelta(seconds=1)

    found = [
        due(line, since, until)
        for since, until in (
            (moment - second, moment - second / 2),
            (moment - second, moment),
            (moment, moment + second),
        )
    ]

    assert found == [[], [moment], []]


def test_a_clock_that_went_back_finds_nothing_due() -> None:
    now = at(2026, 5, 1, 8)

    assert due(a_line(), now, now - timedelta(days=40)) == []


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        due(a_line(), datetime(2026, 5, 1), at(2026, 5, 2))  # noqa: DTZ001 - what is refused


def test_lines_of_one_minute_come_as_they_stand_and_others_by_their_time() -> None:
    lines = [
        Line("late", "Late", (), Every.DAY, time(9)),
        Line("second", "Second", (), Every.DAY, time(8)),
        Line("third", "Third", (), Every.DAY, time(8)),
    ]

    found = occurrences(
        lines, at(2026, 5, 1), at(2026, 5, 1, 12), round_months=ROUND_MONTHS, bank_holidays=NONE
    )

    assert [one.line for one in found] == ["second", "third", "late"]


def test_without_lines_nothing_comes_next() -> None:
    assert next_after([], at(2026, 5, 1), round_months=ROUND_MONTHS, bank_holidays=NONE) is None


def test_a_round_month_once_a_year_is_found_from_the_day_after_the_last() -> None:
    line = a_line(Every.ROUND, offset_days=-14)

    found = next_after([line], at(2026, 5, 19), round_months=(5,), bank_holidays=NONE)

    assert found == Occurrence("line", date(2027, 4, 17), at(2027, 4, 17, 7, 30))


@pytest.mark.rule("CA-05", "SG-05", "PR-06", "Q1")
@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("allocate", ["2026-05-01 08:30", "2026-06-01 08:30"]),
        ("draw_sample", ["2026-04-17 08:30", "2026-05-18 08:30", "2026-06-17 08:30"]),
        ("check_sample", ["2026-04-24 08:30", "2026-05-22 08:30", "2026-06-24 08:30"]),
    ],
)
def test_the_shipped_calendar(framework: Framework, key: str, expected: list[str]) -> None:
    (line,) = (line for line in framework.cadence if line.key == key)

    found = due(line, at(2026, 4, 2), at(2026, 6, 30))

    assert [moment.astimezone(LONDON).strftime("%Y-%m-%d %H:%M") for moment in found] == expected


def test_every_shipped_line_names_rules_of_the_framework(framework: Framework) -> None:
    assert {rule for line in framework.cadence for rule in line.rules} <= set(framework.rules)
    assert all(line.rules for line in framework.cadence)


_times = st.times().map(lambda t: t.replace(microsecond=0, second=0))
_near_changes = st.sampled_from([time(0, 59), time(1, 0), time(1, 30), time(1, 59), time(2, 0)])
_lines = st.builds(
    Line,
    key=st.just("line"),
    title=st.just("A line"),
    rules=st.just(("CA-05",)),
    every=st.sampled_from(Every),
    at=_times | _near_changes,
    weekday=st.integers(0, 6),
    day=st.integers(1, 31),
    offset_days=st.integers(-60, 60),
    day_off=st.sampled_from(DayOff),
)
_calendars = st.lists(_lines, min_size=1, max_size=3).map(
    lambda lines: [
        Line(f"line{n}", o.title, o.rules, o.every, o.at, o.weekday, o.day, o.offset_days, o.day_off)
        for n, o in enumerate(lines)
    ]
)
_days = st.dates(date(2023, 12, 1), date(2026, 12, 31))
_holidays = st.frozensets(_days, max_size=20) | _days.map(
    # A long closure, so that whole weeks hold no working day.
    lambda first: frozenset(first + timedelta(days=n) for n in range(25))
)
_moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 6, 30), timezones=st.just(UTC))  # noqa: DTZ001
_spans = st.timedeltas(timedelta(0), timedelta(days=120))


@given(
    lines=_calendars,
    since=_moments,
    span=_spans,
    cuts=st.lists(st.floats(0, 1), max_size=6),
    holidays=_holidays,
)
def test_a_span_cut_anywhere_gives_the_same_occurrences_once_each(
    lines: list[Line], since: datetime, span: timedelta, cuts: list[float], holidays: frozenset[date]
) -> None:
    def found(a: datetime, b: datetime) -> tuple[Occurrence, ...]:
        return occurrences(lines, a, b, round_months=ROUND_MONTHS, bank_holidays=holidays)

    moments = [since, *sorted(since + span * cut for cut in cuts), since + span]
    in_parts = [one for a, b in pairwise(moments) for one in found(a, b)]
    whole = found(since, since + span)

    assert in_parts == list(whole)
    assert [n for n in Counter((one.line, one.on) for one in whole).values() if n > 1] == []
    assert [one.at for one in whole] == sorted(one.at for one in whole)


@given(lines=_calendars, since=_moments, holidays=_holidays)
def test_going_from_each_occurrence_to_the_next_misses_none(
    lines: list[Line], since: datetime, holidays: frozenset[date]
) -> None:
    until = since + timedelta(days=40)
    whole = occurrences(lines, since, until, round_months=ROUND_MONTHS, bank_holidays=holidays)

    moment, walked = since, []
    while True:
        following = next_after(lines, moment, round_months=ROUND_MONTHS, bank_holidays=holidays)
        if following is None or following.at > until:
            break
        walked.append(following.at)
        moment = following.at

    assert walked == sorted({one.at for one in whole})


@given(line=_lines, day=_days, holidays=_holidays)
def test_what_is_moved_off_days_off_never_lands_on_one(
    line: Line, day: date, holidays: frozenset[date]
) -> None:
    on = falls_on(line, day, round_months=ROUND_MONTHS, bank_holidays=holidays)

    if on and (line.day_off is not DayOff.STAYS or line.every is Every.WORKING_DAY):
        assert is_working_day(day, holidays)


@given(at_time=_times | _near_changes, year=st.integers(2024, 2035))
def test_a_daily_line_comes_once_on_every_day_of_any_year(at_time: time, year: int) -> None:
    since, until = at(year - 1, 12, 31, 12), at(year + 1, 1, 1, 12)

    found = occurrences([a_line(at=at_time)], since, until, round_months=ROUND_MONTHS, bank_holidays=NONE)

    in_year = [one.on for one in found if one.on.year == year]
    assert len(in_year) == len(set(in_year)) == (date(year + 1, 1, 1) - date(year, 1, 1)).days
