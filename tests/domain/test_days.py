from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from domain.days import (
    add_months,
    add_working_days,
    end_of_local_day,
    is_working_day,
    local_day,
    local_midnight,
    month_end,
    parse_uk_date,
    uk_date,
    whole_months,
)

EASTER_2026 = frozenset({date(2026, 4, 3), date(2026, 4, 6)})


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 1, 15, 23, 59, 59, tzinfo=UTC), date(2026, 1, 15)),
        (datetime(2026, 1, 16, 0, 0, tzinfo=UTC), date(2026, 1, 16)),
        (datetime(2026, 7, 15, 22, 59, 59, tzinfo=UTC), date(2026, 7, 15)),
        (datetime(2026, 7, 15, 23, 0, tzinfo=UTC), date(2026, 7, 16)),
        # The night summer time begins: 29 March 2026.
        (datetime(2026, 3, 28, 23, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 0, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 23, 0, tzinfo=UTC), date(2026, 3, 30)),
        # The night it ends: 25 October 2026.
        (datetime(2026, 10, 24, 22, 59, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 26, 0, 0, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2026, 1, 16, 1, 30, tzinfo=timezone(timedelta(hours=2))), date(2026, 1, 15)),
    ],
)
def test_the_day_is_londons(instant: datetime, day: date) -> None:
    assert local_day(instant) == day


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        local_day(datetime(2026, 5, 1, 9, 0))  # noqa: DTZ001 -- the mistake under test


@pytest.mark.parametrize(
    ("day", "begins", "hours"),
    [
        (date(2026, 1, 15), datetime(2026, 1, 15, 0, tzinfo=UTC), 24),
        (date(2026, 7, 15), datetime(2026, 7, 14, 23, tzinfo=UTC), 24),
        (date(2026, 3, 29), datetime(2026, 3, 29, 0, tzinfo=UTC), 23),
        (date(2026, 10, 25), datetime(2026, 10, 24, 23, tzinfo=UTC), 25),
    ],
)
def test_a_day_runs_from_midnight_to_midnight_in_london(day: date, begins: datetime, hours: int) -> None:
    assert local_midnight(day) == begins
    assert local_midnight(day).tzinfo is UTC
    assert end_of_local_day(day) - local_midnight(day) == timedelta(hours=hours)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 31)])
def test_the_end_of_a_day_is_its_first_instant_no_more(day: date) -> None:
    end = end_of_local_day(day)

    assert local_day(end - timedelta(microseconds=1)) == day
    assert local_day(end) == day + timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 5, 2), 1, date(2026, 6, 2)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 2, 28), 12, date(2028, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 5, 1), -6, date(2025, 11, 1)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 8, 31), -6, date(2026, 2, 28)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
    ],
)
def test_months_keep_the_day_or_take_the_months_last(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        (date(2025, 5, 1), date(2026, 5, 1), 12),
        (date(2025, 5, 2), date(2026, 5, 1), 11),
        (date(2024, 11, 30), date(2026, 5, 1), 17),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 4, 30), date(2026, 5, 1), 0),
        (date(2026, 6, 1), date(2026, 5, 1), 0),
    ],
)
def test_months_are_counted_whole(since: date, until: date, months: int) -> None:
    assert whole_months(since, until) == months


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 5, 1), date(2026, 5, 31)),
        (date(2026, 4, 30), date(2026, 4, 30)),
        (date(2026, 2, 10), date(2026, 2, 28)),
        (date(2028, 2, 10), date(2028, 2, 29)),
        (date(2026, 12, 5), date(2026, 12, 31)),
    ],
)
def test_a_months_last_day(day: date, end: date) -> None:
    assert month_end(day) == end


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 4, 2), True),
        (date(2026, 4, 3), False),
        (date(2026, 4, 4), False),
        (date(2026, 4, 5), False),
        (date(2026, 4, 6), False),
        (date(2026, 4, 7), True),
        (date(2026, 4, 10), True),
    ],
)
def test_weekends_and_bank_holidays_are_no_working_days(day: date, works: bool) -> None:
    assert is_working_day(day, EASTER_2026) is works


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 4, 1), 1, date(2026, 4, 2)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 4, 4), 1, date(2026, 4, 7)),
        (date(2026, 4, 1), 5, date(2026, 4, 10)),
        (date(2026, 4, 3), 0, date(2026, 4, 3)),
        (date(2026, 4, 7), -1, date(2026, 4, 2)),
        (date(2026, 4, 13), -2, date(2026, 4, 9)),
    ],
)
def test_working_days_pass_over_days_off(day: date, count: int, expected: date) -> None:
    assert add_working_days(day, count, EASTER_2026) == expected


def test_a_date_is_written_as_people_write_it() -> None:
    assert uk_date(date(2026, 5, 3)) == "3 May 2026"
    assert uk_date(date(2026, 12, 31)) == "31 December 2026"


@pytest.mark.parametrize(
    "text",
    [
        "03/05/2026",
        "3/5/2026",
        "3.5.26",
        "03-05-2026",
        "3 5 2026",
        "3 May 2026",
        "3rd May 2026",
        "03-May-26",
        "3 MAY 26",
        "  3   May  2026 ",
        "2026-05-03",
        "2026-5-3",
        "2026-05-03 00:00:00",
        "2026-05-03T00:00:00",
        "03/05/2026 00:00",
    ],
)
def test_a_date_is_read_day_first(text: str) -> None:
    assert parse_uk_date(text) == date(2026, 5, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 Sept 2026", date(2026, 9, 1)),
        ("1 Sep. 2026", date(2026, 9, 1)),
        ("22nd December, 2025", date(2025, 12, 22)),
        ("29/02/2028", date(2028, 2, 29)),
        ("1.1.69", date(2069, 1, 1)),
        ("1.1.70", date(1970, 1, 1)),
        ("31/12/1900", date(1900, 12, 31)),
        ("31/12/2199", date(2199, 12, 31)),
    ],
)
def test_other_dates_that_can_be_read(text: str, day: date) -> None:
    assert parse_uk_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "05/13/2026",
        "31/02/2026",
        "29/02/2026",
        "3/5",
        "3.5/2026",
        "3 Mai 2026",
        "3 Mayor 2026",
        "3 Ma 2026",
        "03/05/206",
        "31/12/1899",
        "01/01/2200",
        "2026-05-03 09:30",
        "2026/13/01",
        "46145",
    ],
)
def test_text_that_is_no_date_is_refused_with_advice(text: str) -> None:
    with pytest.raises(ValueError, match="Write the day first"):
        parse_uk_date(text)
