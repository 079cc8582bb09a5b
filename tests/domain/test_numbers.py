"""Figures without small numbers, whoever adds up what is shown (PF-08)."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.indicators import Every, Indicator, Measured, Polarity, Value
from domain.numbers import Look, NumberLine, hidden_scopes, in_reading_order, parts_of_council

COUNTED = Indicator(1, "missing", "Missing episodes", "", Polarity.LOWER, "", None, None, "")
SHARE = Indicator(2, "visits", "Visits in time", "", Polarity.HIGHER, "%", 90.0, None, "")
PARTS = parts_of_council({1: (11, 12), 2: (21,)})
SERVICES = ("council", "service:1", "service:2")
ALL = (*SERVICES, "team:11", "team:12", "team:21")


def a_value(value: float, numerator: float | None = None, denominator: float | None = None) -> Value:
    return Value(1, Every.MONTH, date(2026, 5, 1), Measured(), value, numerator, denominator)


def hidden(indicator: Indicator, values: Mapping[str, Value], shown: tuple[str, ...] = ALL) -> set[str]:
    return set(hidden_scopes(indicator, values, PARTS, shown, 5))


@pytest.mark.rule("PF-08", "SG-03")
def test_a_small_count_is_hidden_and_so_is_what_would_give_it_away() -> None:
    values = {"council": a_value(23), "service:1": a_value(3), "service:2": a_value(20)}

    # One service is what the council's figure and the other's leave over.
    assert hidden(COUNTED, values, SERVICES) == {"service:1", "service:2"}


@pytest.mark.rule("PF-08", "SG-03")
def test_what_is_left_of_a_whole_is_looked_at_as_well() -> None:
    """Two services are shown and their sum is three short of the council's: a third one's."""
    values = {"council": a_value(43), "service:1": a_value(20), "service:2": a_value(20)}

    assert hidden(COUNTED, values, SERVICES) == {"service:1"}


@pytest.mark.rule("PF-08", "SG-03")
@pytest.mark.parametrize(
    ("numerator", "denominator", "is_hidden"),
    [(3, 40, True), (37, 40, True), (20, 40, False), (0, 40, False), (40, 40, False), (0, 4, True)],
)
def test_a_share_is_hidden_with_few_people_on_either_side(
    numerator: float, denominator: float, *, is_hidden: bool
) -> None:
    values = {"service:1": a_value(numerator / denominator * 100, numerator, denominator)}

    assert hidden(SHARE, values, SERVICES) == ({"service:1"} if is_hidden else set())


def test_an_average_is_no_count() -> None:
    values = {"service:1": a_value(3.4), "service:2": a_value(2.0)}

    assert hidden(COUNTED, values) == {"service:2"}


@given(st.lists(st.integers(0, 30), min_size=3, max_size=3))
def test_no_single_hidden_count_is_what_the_shown_ones_leave_over(teams: list[int]) -> None:
    values = {f"team:{n}": a_value(count) for n, count in zip((11, 12, 21), teams, strict=True)}
    values |= {
        "service:1": a_value(teams[0] + teams[1]),
        "service:2": a_value(teams[2]),
        "council": a_value(sum(teams)),
    }

    found = hidden(COUNTED, values)

    for whole, parts in PARTS.items():
        unseen = [part for part in parts if part in found]
        if whole not in found and len(unseen) == 1:
            assert not 0 < values[unseen[0]].value < 5


def test_what_needs_a_look_is_read_first() -> None:
    lines = [NumberLine(look.value, "", "1", "", "", "", "", "", look) for look in reversed(Look)]

    ordered = in_reading_order(lines)

    assert [line.look for line in ordered] == list(Look)
    assert all(before.look != after.look for before, after in pairwise(ordered))
