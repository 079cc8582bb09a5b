"""Alpha against Krippendorff's own worked examples and somebody else's library; what is told, and what not.

The examples are those of "Computing Krippendorff's Alpha-Reliability" (2011), parts A, B and C.
"""

import random
from collections.abc import Sequence
from typing import Any

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.agreement import (
    Agreement,
    Compared,
    Direction,
    Firmness,
    Pair,
    Reading,
    _interval,
    agreement,
    alpha,
    firmness_of,
    interval,
)
from domain.grades import Grade

BINARY = ("0100000010", "1110010000")
TWO_OBSERVERS = ("aabbdcccedda", "babbbccceddd")
FOUR_OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def units_of(rows: Sequence[str]) -> list[list[int]]:
    """What each unit was given; a dot is nothing."""
    return [[ord(letter) for letter in column if letter != "."] for column in zip(*rows, strict=True)]


def nominal(_low: int, _high: int, _used: Any) -> float:
    return 1.0


def squared(low: int, high: int, _used: Any) -> float:
    return float((high - low) ** 2)


@pytest.mark.rule("MO-21")
@pytest.mark.parametrize(
    ("rows", "distance", "published"),
    [
        (BINARY, None, 0.095),
        (TWO_OBSERVERS, nominal, 0.692),
        (FOUR_OBSERVERS, nominal, 0.743),
        (FOUR_OBSERVERS, None, 0.815),
        (FOUR_OBSERVERS, squared, 0.849),
    ],
    ids=["binary", "two-nominal", "four-nominal", "four-ordinal", "four-interval"],
)
def test_alpha_is_what_krippendorff_published(rows: Sequence[str], distance: Any, published: float) -> None:
    units = units_of(rows)

    found = alpha(units, distance) if distance else alpha(units)

    assert found == pytest.approx(published, abs=0.0005)


grades = st.integers(1, 4)
tables = st.integers(2, 5).flatmap(
    lambda coders: st.lists(
        st.lists(st.none() | grades, min_size=coders, max_size=coders), min_size=1, max_size=12
    )
)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_alpha_is_what_another_library_says(table: list[list[int | None]]) -> None:
    ours = alpha([[value for value in row if value is not None] for row in table])

    if ours is not None:
        data = np.array([[np.nan if v is None else v for v in row] for row in table], dtype=float).T
        theirs = krippendorff.alpha(reliability_data=data, level_of_measurement="ordinal")
        assert ours == pytest.approx(theirs, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(grades, min_size=2, max_size=5), min_size=1, max_size=12), st.randoms())
def test_neither_the_order_of_people_nor_of_things_matters(units: list[list[int]], chance: Any) -> None:
    shuffled = [chance.sample(unit, len(unit)) for unit in chance.sample(units, len(units))]

    assert alpha(shuffled) == pytest.approx(alpha(units))


@settings(max_examples=40, deadline=None)
@given(st.lists(grades, min_size=2, max_size=12).filter(lambda found: len(set(found)) > 1), st.integers(2, 6))
def test_who_agree_on_everything_have_alpha_one(agreed: list[int], coders: int) -> None:
    assert alpha([[grade] * coders for grade in agreed]) == 1.0


def test_two_grades_apart_count_as_worse_than_one() -> None:
    agreed = [[4, 4], [3, 3], [2, 2], [1, 1]] * 5

    one_apart, two_apart = alpha([*agreed, [3, 2]]), alpha([*agreed, [4, 2]])

    assert one_apart is not None
    assert two_apart is not None
    assert one_apart > two_apart


@pytest.mark.parametrize("units", [[], [[3]], [[3, 3], [3, 3], [2]]], ids=["none", "alone", "one-grade"])
def test_where_nothing_can_differ_there_is_no_figure(units: list[list[int]]) -> None:
    assert alpha(units) is None
    assert interval(units) is None


def pairs_of(chance: random.Random, number: int) -> list[list[int]]:
    """As auditors and a Panel grade: mostly alike, now and then a grade apart."""
    found = []
    for _ in range(number):
        original = chance.choice((1, 2, 2, 3, 3, 3, 4))
        found.append([original, min(4, max(1, original + chance.choice((-1, 0, 0, 0, 0, 1))))])
    return found


def test_the_interval_is_the_same_whoever_asks_in_whatever_order() -> None:
    units = pairs_of(random.Random(1), 30)
    interval_before = interval(units)

    _interval.cache_clear()

    assert interval(units[::-1]) == interval_before


def test_more_audits_narrow_the_interval_around_the_same_figure() -> None:
    few = pairs_of(random.Random(2), 25)

    (low, high), (closer_low, closer_high) = interval(few) or (0, 0), interval(few * 6) or (0, 0)

    assert low < closer_low < (alpha(few) or 0) < closer_high < high


def test_nearly_every_interval_holds_the_figure_of_the_whole_population() -> None:
    truth = alpha(pairs_of(random.Random(3), 20_000))
    assert truth is not None

    chance = random.Random(4)
    found = [interval(pairs_of(chance, 30)) for _ in range(8)]

    assert sum(one is not None and one[0] <= truth <= one[1] for one in found) >= 7


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (1.0, Firmness.FIRM),
        (0.8, Firmness.FIRM),
        (0.7996, Firmness.FIRM),
        (0.7994, Firmness.TENTATIVE),
        (0.667, Firmness.TENTATIVE),
        (0.666, Firmness.NOT_RELIABLE),
        (-0.4, Firmness.NOT_RELIABLE),
    ],
)
def test_a_figure_is_judged_as_it_is_shown(figure: float, expected: Firmness) -> None:
    assert firmness_of(figure) is expected


def compared(original: Grade, moderated: Grade, *, is_random: bool = False) -> Compared:
    pair = Pair(original, moderated)
    return Compared(pair, {"planning": Pair(moderated, moderated)}, is_random)


KINDER = compared(Grade.GOOD, Grade.REQUIRES_IMPROVEMENT)
ALIKE = compared(Grade.GOOD, Grade.GOOD, is_random=True)
OTHER_ALIKE = compared(Grade.INADEQUATE, Grade.INADEQUATE, is_random=True)
HARSHER = compared(Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT)


def of(*audits: Compared, least: int = 20, smallest: int = 5) -> Agreement:
    return agreement(audits, (), section_keys=("planning", "review"), least=least, smallest=smallest)


@pytest.mark.rule("MO-21", "SG-03")
def test_below_the_least_number_of_audits_nothing_is_told() -> None:
    found = of(*[KINDER] * 10, *[ALIKE] * 9)

    assert found.every == Reading(19, is_enough=False)
    assert found.direction is None
    assert found.sections == {"planning": Reading(19, False), "review": Reading(0, False)}


def test_the_random_part_stands_apart_from_what_was_chosen() -> None:
    found = of(*[ALIKE] * 12, *[OTHER_ALIKE] * 10, *[KINDER] * 12, *[HARSHER] * 9)

    assert (found.every.counted, found.random.counted, found.chosen.counted) == (43, 22, 21)
    assert found.random.alpha == 1.0
    assert found.random.interval is None, "that nobody differed is no measure of how sure that is"
    assert found.random.firmness is Firmness.FIRM
    assert found.chosen.firmness is Firmness.NOT_RELIABLE


@pytest.mark.rule("SG-03")
def test_direction_counts_kinder_alike_and_harsher_and_keeps_small_numbers_back() -> None:
    whole = of(*[KINDER] * 6, *[ALIKE] * 20, *[HARSHER] * 5).direction
    small = of(*[KINDER] * 6, *[ALIKE] * 20, *[HARSHER] * 4).direction

    assert whole is not None
    assert (whole.kinder, whole.alike, whole.harsher) == (6, 20, 5)
    assert small is not None
    assert (small.kinder, small.alike, small.harsher) == (None, 20, None)


@pytest.mark.rule("MO-21", "SG-03")
def test_direction_is_told_by_section_from_the_least_number_on_and_keeps_small_numbers_back() -> None:
    def audit(planning: Grade, review: Grade | None = None) -> Compared:
        sections = {"planning": Pair(planning, Grade.GOOD)}
        sections |= {"review": Pair(review, Grade.GOOD)} if review else {}
        return Compared(Pair(Grade.GOOD, Grade.GOOD), sections, is_random=False)

    better, worse = Grade.OUTSTANDING, Grade.INADEQUATE
    found = of(
        *[audit(better, worse)] * 6, *[audit(Grade.GOOD, better)] * 20, *[audit(worse)] * 5, least=26
    ).directions
    fewer = of(*[audit(better, worse)] * 4, *[audit(Grade.GOOD)] * 20).directions

    assert found == {"planning": Direction(6, 20, 5), "review": Direction(20, 0, 6)}
    # Of four the number is not shown, nor the other one that would give it away.
    assert fewer == {"planning": Direction(None, None, 0)}
