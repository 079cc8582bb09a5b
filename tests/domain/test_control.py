"""Natural limits, runs and trends: checked against a published example, and against what noise does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.control import RUN, TREND, Sign, control, limits_of

NIST = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)
"""Flow rates of ten batches: NIST/SEMATECH e-Handbook, section 6.3.2.2."""

STEADY = (50.0, 52.0) * 6
"""Twelve values: mean 51, mean step 2, so limits of 45.68 and 56.32."""


def signs(values: tuple[float, ...], points: int = 12) -> dict[Sign, tuple[bool, int]]:
    return {seen.sign: (seen.up, seen.periods) for seen in control(values, points).seen}


@pytest.mark.rule("PF-09")
def test_the_limits_are_those_of_the_published_example() -> None:
    """It divides by 1.128, we multiply by 2.66: the same to three figures."""
    found = limits_of(NIST)

    assert found.mean == pytest.approx(50.81)
    assert found.moving_range == pytest.approx(1.8778, abs=5e-5)
    assert found.upper == pytest.approx(55.8041, abs=1e-3)
    assert found.lower == pytest.approx(45.8159, abs=1e-3)
    assert control(NIST, 10).seen == ()


@pytest.mark.rule("PF-09")
@pytest.mark.parametrize(
    ("newest", "expected"),
    [
        (56.3, {}),
        (56.4, {Sign.LIMIT: (True, 1)}),
        (45.7, {}),
        (45.6, {Sign.LIMIT: (False, 1)}),
    ],
)
def test_a_value_is_a_sign_only_beyond_the_natural_limits(
    newest: float, expected: dict[Sign, tuple[bool, int]]
) -> None:
    assert signs((*STEADY, newest)) == expected


def test_values_beyond_the_limits_are_counted_back_from_the_newest() -> None:
    assert signs((*STEADY, 60.0, 51.0, 61.0, 60.0))[Sign.LIMIT] == (True, 2)


@pytest.mark.rule("PF-09")
@pytest.mark.parametrize(("many", "found"), [(RUN - 1, False), (RUN, True)])
def test_eight_on_one_side_of_the_mean_are_a_sign(many: int, *, found: bool) -> None:
    # The baseline ends above its mean, so the run below it begins after it.
    values = (*STEADY, *(50.0, 50.5) * 4)[: 12 + many]

    assert (signs(values).get(Sign.RUN) == (False, many)) is found


@pytest.mark.rule("PF-09")
@pytest.mark.parametrize(("many", "found"), [(TREND - 1, False), (TREND, True)])
def test_six_each_further_than_the_one_before_are_an_early_sign(many: int, *, found: bool) -> None:
    values = (*STEADY, *(50.1 + n / 10 for n in range(many)))

    assert (Sign.TREND in signs(values)) is found


def test_a_value_that_stands_still_ends_a_trend() -> None:
    assert Sign.TREND not in signs((1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 6.0))


def test_before_there_is_a_baseline_only_a_trend_shows() -> None:
    found = control((1.0, 2.0, 3.0, 4.0, 5.0, 60.0), 12)

    assert found.limits is None
    assert [seen.sign for seen in found.seen] == [Sign.TREND]


@pytest.mark.rule("PF-09")
def test_a_shift_that_lasted_as_long_as_a_baseline_is_the_new_baseline() -> None:
    # The baseline ends below its mean, so that the run begins after it.
    shifted = (*reversed(STEADY), *(60.0, 62.0) * 6)

    before, after = control(shifted[:-1], 12), control(shifted, 12)

    assert before.limits is not None
    assert after.limits is not None
    assert (before.limits.mean, before.since) == (51.0, 0)
    assert [seen.sign for seen in before.seen] == [Sign.LIMIT, Sign.RUN]
    assert (after.limits.mean, after.since) == (61.0, 12)
    assert after.seen == ()


def test_what_never_varied_and_then_did_is_a_sign() -> None:
    assert signs((100.0,) * 12) == {}
    assert signs((*(100.0,) * 12, 99.0))[Sign.LIMIT] == (False, 1)


def test_no_limits_are_told_from_a_single_value() -> None:
    with pytest.raises(ValueError, match="two values"):
        limits_of((1.0,))


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=60), st.integers(6, 15))
def test_a_mirrored_series_shows_the_same_signs_the_other_way(values: list[float], points: int) -> None:
    # Whole numbers: a hair between two floats may be there on one side of the mirror alone.
    whole = [float(round(value)) for value in values]

    seen = control(whole, points).seen
    mirrored = control([-value for value in whole], points).seen

    assert [(s.sign, s.up, s.periods) for s in seen] == [(s.sign, not s.up, s.periods) for s in mirrored]


@given(st.lists(st.integers(0, 1000), min_size=12, max_size=60))
def test_the_limits_never_come_from_values_after_the_newest(values: list[int]) -> None:
    """What was said of a month stays said of it, whatever comes later."""
    found = control([float(value) for value in values], 12)

    assert found.limits is not None
    assert found.since + 12 <= len(values)
