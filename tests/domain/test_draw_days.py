"""The days of selection: the draw, the answer to a nomination, the fortnight of what was chosen."""

from datetime import date

import pytest

from domain.draw_days import answer_by, chosen_due_on, drawn_on, top_up_due_on
from domain.framework import Framework

HOLIDAYS = frozenset({date(2026, 5, 4), date(2026, 5, 25)})


@pytest.mark.rule("Q7")
@pytest.mark.parametrize(
    ("month", "day"),
    [
        (date(2026, 3, 1), date(2026, 4, 2)),
        # The month ends on a Thursday, and the Monday after is a bank holiday.
        (date(2026, 4, 1), date(2026, 5, 5)),
        (date(2026, 5, 1), date(2026, 6, 2)),
    ],
)
def test_the_draw_is_two_working_days_after_the_months_end(
    month: date, day: date, framework: Framework
) -> None:
    assert drawn_on(month, framework.numbers, HOLIDAYS) == day


@pytest.mark.rule("Q6")
@pytest.mark.parametrize(
    ("nominated_on", "day"),
    [
        (date(2026, 5, 18), date(2026, 5, 27)),
        # Five working days from submission are over on 26 May; the Panel has one more.
        (date(2026, 5, 26), date(2026, 5, 27)),
        (date(2026, 6, 4), date(2026, 6, 5)),
    ],
)
def test_a_nomination_is_answered_six_working_days_from_submission_and_a_late_one_the_day_after(
    nominated_on: date, day: date, framework: Framework
) -> None:
    assert answer_by(date(2026, 5, 18), nominated_on, framework.numbers, HOLIDAYS) == day


@pytest.mark.rule("MO-07", "Q7")
@pytest.mark.parametrize(
    ("chosen_on", "day"),
    [
        (date(2026, 5, 18), date(2026, 6, 1)),
        (date(2026, 5, 27), date(2026, 6, 1)),
        (date(2026, 5, 28), date(2026, 6, 11)),
    ],
)
def test_an_audit_has_its_own_clock_and_one_chosen_late_a_fortnight_from_then(
    chosen_on: date, day: date, framework: Framework
) -> None:
    assert chosen_due_on(date(2026, 5, 18), chosen_on, framework.numbers, HOLIDAYS) == day


@pytest.mark.rule("Q7")
def test_a_top_up_has_a_fortnight_from_its_selection(framework: Framework) -> None:
    assert top_up_due_on(date(2026, 6, 2), framework.numbers) == date(2026, 6, 16)
