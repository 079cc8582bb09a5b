"""What is chased, what is celebrated, and what is left alone (PF-04, PF-09)."""

from dataclasses import replace

import pytest

from domain.exceptions import Kind, judge
from domain.indicators import Every, Indicator, Polarity

TIMELY = Indicator(1, "visits", "Visits in time", "", Polarity.HIGHER, "%", 90.0, 2.0, "")
STEADY = (91.0, 93.0) * 6
LOW = (80.0, 82.0) * 6


@pytest.mark.rule("PF-09")
@pytest.mark.parametrize(
    ("polarity", "value", "off"),
    [
        (Polarity.HIGHER, 88.0, False),
        (Polarity.HIGHER, 87.9, True),
        (Polarity.HIGHER, 100.0, False),
        (Polarity.LOWER, 92.0, False),
        (Polarity.LOWER, 92.1, True),
        (Polarity.LOWER, 0.0, False),
        (Polarity.NEITHER, 88.0, False),
        (Polarity.NEITHER, 87.9, True),
        (Polarity.NEITHER, 92.1, True),
    ],
)
def test_a_figure_is_off_target_beyond_the_tolerance_on_the_bad_side(
    polarity: Polarity, value: float, *, off: bool
) -> None:
    found = judge(replace(TIMELY, polarity=polarity), Every.MONTH, (value,), points=12)

    assert found.off_target is off
    assert (found.exception is Kind.TARGET) is off


@pytest.mark.rule("PF-09")
@pytest.mark.parametrize(
    ("values", "exception", "celebrates", "says"),
    [
        (STEADY, None, False, "On target and steady: nothing to chase."),
        ((*STEADY, 93.5, 91.5), None, False, "On target and steady: nothing to chase."),
        (
            (*LOW, 81.0),
            Kind.TARGET,
            False,
            "Off target, and steady: one more month will not change that, another way of working may.",
        ),
        (
            (*STEADY, 70.0, 71.0),
            Kind.LIMIT,
            False,
            "Off target. Two months worse than its normal range: find out what changed.",
        ),
        (
            (*LOW, 95.0),
            None,
            True,
            "On target. Better than its normal range: say well done, and learn how.",
        ),
        (
            (*STEADY, *(90.9, 91.5) * 4),
            Kind.RUN,
            False,
            "On target. Eight months in a row on the worse side of its average: something has shifted, "
            "find out what.",
        ),
        (
            (*STEADY, 92.9, 92.8, 92.7, 92.6, 92.5),
            Kind.TREND,
            False,
            "On target. Worse five times in a row: an early warning.",
        ),
        (STEADY[:3], None, False, "On target. Too few months yet to say what is normal."),
    ],
)
def test_each_series_has_its_sentence(
    values: tuple[float, ...], exception: Kind | None, says: str, *, celebrates: bool
) -> None:
    found = judge(TIMELY, Every.MONTH, values, points=12)

    assert (found.exception, found.celebrates, found.says) == (exception, celebrates, says)


@pytest.mark.rule("PF-09")
def test_which_side_is_bad_follows_the_polarity() -> None:
    values = (*STEADY, 70.0)
    waiting = replace(TIMELY, polarity=Polarity.LOWER, target=100.0)
    mixed = replace(TIMELY, polarity=Polarity.NEITHER, target=None)

    assert judge(TIMELY, Every.WEEK, values, points=12).exception is Kind.LIMIT
    assert judge(waiting, Every.WEEK, values, points=12).celebrates
    assert judge(mixed, Every.WEEK, values, points=12).says == (
        "One week outside its normal range: find out what changed."
    )


def test_without_a_good_way_a_trend_is_nobodys_business() -> None:
    mixed = replace(TIMELY, polarity=Polarity.NEITHER, target=None)

    found = judge(mixed, Every.MONTH, (*STEADY, 92.9, 92.8, 92.7, 92.6, 92.5), points=12)

    assert (found.exception, found.celebrates) == (None, False)
    assert found.says == "Within its normal range and steady: nothing to chase."


@pytest.mark.rule("Q27", "PR-03")
def test_no_timescale_is_checked_until_the_council_says_what_it_is() -> None:
    """The framework cites Practice Standards and holds none: a target is the council's to supply."""
    late = (12.0,)
    unsaid, said = replace(TIMELY, target=None, tolerance=None), TIMELY

    assert judge(unsaid, Every.MONTH, late, points=12).exception is None
    assert judge(said, Every.MONTH, late, points=12).exception is Kind.TARGET
