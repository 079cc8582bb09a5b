"""Which pairs of auditor and practitioner are too recent to repeat.

Source: Q8.
"""

from collections.abc import Iterable
from datetime import date

from domain.days import add_months


def recent_pairs(
    history: Iterable[tuple[int, int, date]], month_on: date, repeat_months: int
) -> frozenset[tuple[int, int]]:
    """The (auditor, practitioner) pairs to avoid, from (auditor, practitioner, audited on).

    An audit of exactly `repeat_months` before this day no longer counts. Source: Q8.
    """
    last = add_months(month_on, -repeat_months)
    return frozenset((auditor, practitioner) for auditor, practitioner, on in history if on > last)
