"""Figures and periods as councils write them."""

from datetime import date

import pytest

from domain.indicator_reading import bare_day, read_number, read_period
from domain.indicators import (
    Every,
    Indicator,
    Measured,
    Polarity,
    newest_run,
    period_after,
    period_name,
    says,
    spark,
    target_in_words,
)


@pytest.mark.rule("PF-09")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("87%", (87.0, "%")),
        ("87.5 %", (87.5, "%")),
        ("87 per cent", (87.0, "%")),
        ("1,204", (1204.0, "")),
        ("12 345", (12345.0, "")),
        ("-3", (-3.0, "")),
        ("−3", (-3.0, "")),
        (".5", (0.5, "")),
        ("£1,000.50", (1000.5, "")),
        ("0", (0.0, "")),
        ("", None),
        ("-", None),
        ("–", None),
        ("n/a", None),
        ("N/A", None),
        ("Suppressed", None),
        ("[c]", None),
        ("*", None),
        ("< 5", None),
    ],
)
def test_a_number_is_read_as_councils_write_it(text: str, expected: tuple[float, str] | None) -> None:
    assert read_number(text) == expected


@pytest.mark.parametrize("text", ["about 5", "1,2", "5-6", "%", "1e9", "12,34", "9999999999999"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        read_number(text)


@pytest.mark.rule("Q33")
@pytest.mark.parametrize(
    ("text", "every", "on"),
    [
        ("2026-05", Every.MONTH, date(2026, 5, 1)),
        ("May 2026", Every.MONTH, date(2026, 5, 1)),
        ("sept-26", Every.MONTH, date(2026, 9, 1)),
        ("05/2026", Every.MONTH, date(2026, 5, 1)),
        ("2026-W19", Every.WEEK, date(2026, 5, 4)),
        ("week 2026-W01", Every.WEEK, date(2025, 12, 29)),
        ("Week 19 2026", Every.WEEK, date(2026, 5, 4)),
        ("w/c 1 June 2026", Every.WEEK, date(2026, 6, 1)),
        ("06/05/2026", Every.WEEK, date(2026, 5, 4)),
        ("Q1 2026/27", Every.QUARTER, date(2026, 4, 1)),
        ("Q4 2026/27", Every.QUARTER, date(2027, 1, 1)),
        ("2026/2027 Q3", Every.QUARTER, date(2026, 10, 1)),
    ],
)
def test_a_period_is_read_as_councils_write_it(text: str, every: Every, on: date) -> None:
    assert read_period(text) == (every, on)


def test_a_bare_day_stands_for_what_its_list_is_about() -> None:
    first = date(2026, 6, 1)

    assert read_period(first) == (Every.WEEK, first)
    assert read_period(first, days_are=Every.MONTH) == (Every.MONTH, first)
    assert read_period("w/c 01/06/2026", days_are=Every.MONTH) == (Every.WEEK, first)
    assert (bare_day("01/06/2026"), bare_day("2026-06"), bare_day(first)) == (first, None, first)


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-W60", "Q5 2026/27", "Q1 2026/28", "spring", "00/2026", "1/1/1900"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_period(text)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (87.0, "%", "87%"),
        (1204.0, "", "1,204"),
        (3.46, "days", "3.5 days"),
        (-0.04, "", "0"),
        (0.96, "%", "1%"),
    ],
)
def test_a_figure_is_said_as_people_write_it(value: float, unit: str, expected: str) -> None:
    assert says(value, unit) == expected


def test_periods_and_targets_have_names() -> None:
    timely = Indicator(1, "visits", "Visits in time", "", Polarity.HIGHER, "%", 90.0, None, "")

    assert period_name(Every.WEEK, date(2026, 5, 4)) == "week from 4 May 2026"
    assert period_name(Every.MONTH, date(2026, 5, 1)) == "May 2026"
    assert period_name(Every.QUARTER, date(2027, 1, 1)) == "Q4 2026/27"
    assert target_in_words(timely) == "90% or more"


@pytest.mark.parametrize(
    ("every", "on", "expected"),
    [
        (Every.WEEK, date(2026, 12, 28), date(2027, 1, 4)),
        (Every.MONTH, date(2026, 2, 1), date(2026, 3, 1)),
        (Every.MONTH, date(2026, 12, 1), date(2027, 1, 1)),
        (Every.QUARTER, date(2027, 1, 1), date(2027, 4, 1)),
    ],
)
def test_each_period_is_followed_by_the_next(every: Every, on: date, expected: date) -> None:
    assert period_after(every, on) == expected


def test_a_series_goes_back_to_its_last_gap_of_more_than_one_period() -> None:
    months = [(date(2026, n, 1), float(n)) for n in (1, 2, 5, 7, 8)]

    assert newest_run(months, Every.MONTH) == tuple(months[2:])


def test_a_spark_spans_its_own_range() -> None:
    assert spark((1.0, 4.5, 8.0)) == "▁▅█"
    assert spark((3.0, 3.0)) == "▄▄"
    assert spark((3.0,)) == ""


def test_a_scope_tells_apart_what_was_measured() -> None:
    scopes = {
        Measured().scope,
        Measured(service_id=1).scope,
        Measured(service_id=1, team_id=1).scope,
        Measured(team_id=1, practitioner_id=1).scope,
        Measured(team_id=1, case_ref="1").scope,
    }

    assert len(scopes) == 5
