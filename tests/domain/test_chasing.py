"""When what is late is asked for again."""

from datetime import date

import pytest

from domain.chasing import chase_day

HOLIDAYS = frozenset({date(2026, 5, 25)})


@pytest.mark.rule("PF-09", "PF-12")
@pytest.mark.parametrize(
    ("today", "on"),
    [
        (date(2026, 5, 8), None),
        (date(2026, 5, 10), None),
        (date(2026, 5, 11), date(2026, 5, 11)),
        (date(2026, 5, 15), date(2026, 5, 11)),
        (date(2026, 5, 18), date(2026, 5, 18)),
        (date(2026, 5, 25), date(2026, 5, 18)),
        (date(2026, 5, 26), date(2026, 5, 26)),
    ],
)
def test_late_things_are_chased_the_working_day_after_and_then_every_five(
    today: date, on: date | None
) -> None:
    """Due on Friday 8 May; Monday the 25th is a bank holiday."""
    assert chase_day(date(2026, 5, 8), today, every=5, bank_holidays=HOLIDAYS) == on
