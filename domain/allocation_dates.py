"""Which rounds lie ahead, how long someone has waited, and which pairs are too recent to repeat.

Source: Q1, Q8, CA-03.
"""

from collections.abc import Collection, Iterable
from datetime import date

from domain.days import add_months
from domain.deadlines import is_round_month


def whole_months(since: date, until: date) -> int:
    """How many whole months lie between the two days; 0 when `until` comes first."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return max(0, months - (add_months(since, months) > until))


def next_rounds(month_on: date, round_months: Collection[int], *, within_months: int) -> tuple[date, ...]:
    """First days of the rounds after this one that start within so many months of it. Source: Q1."""
    starts = (add_months(month_on.replace(day=1), ahead) for ahead in range(1, within_months + 1))
    return tuple(day for day in starts if is_round_month(day, round_months))


def is_repeat(audited_on: date, month_on: date, repeat_months: int) -> bool:
    """Whether an earlier audit by the same auditor is too recent for another in this round. Source: Q8.

    An audit of exactly `repeat_months` ago no longer counts.
    """
    return audited_on > add_months(month_on, -repeat_months)


def recent_pairs(
    history: Iterable[tuple[int, int, date]], month_on: date, repeat_months: int
) -> frozenset[tuple[int, int]]:
    """The (auditor, practitioner) pairs to avoid, from (auditor, practitioner, audited on). Source: Q8."""
    return frozenset(
        (auditor_id, practitioner_id)
        for auditor_id, practitioner_id, audited_on in history
        if is_repeat(audited_on, month_on, repeat_months)
    )
