"""The dates an allocation turns on: rounds, who is due when, the look-back window.

Source: Q1, Q18, Q19, CA-03, CA-07.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day so many months on (back when negative), or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole_months(since: date, until: date) -> int:
    """How many whole months lie between the two days; 0 when `until` comes first."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return max(0, months - (months_after(since, months) > until))


def due_on(last_audited_on: date | None, cover_months: int) -> date | None:
    """The day by which the practitioner's next audit falls; None when there never was one. Source: CA-03."""
    return None if last_audited_on is None else months_after(last_audited_on, cover_months)


def next_rounds(month_on: date, round_months: Iterable[int], *, within_months: int) -> tuple[date, ...]:
    """First days of the rounds after this one that start within so many months of it. Source: Q1.

    When the round months name none in that time, the next round is taken to be two months away.
    """
    wanted = frozenset(round_months)
    starts = (months_after(month_on.replace(day=1), ahead) for ahead in range(1, within_months + 1))
    found = tuple(day for day in starts if day.month in wanted)
    return found or (months_after(month_on.replace(day=1), 2),)


def is_repeat(audited_on: date, month_on: date, repeat_months: int) -> bool:
    """Whether an earlier audit by the same auditor is too recent for another in this round. Source: Q8.

    An audit of exactly `repeat_months` ago no longer counts.
    """
    return audited_on > months_after(month_on, -repeat_months)


def recent_pairs(
    history: Iterable[tuple[int, int, date]], month_on: date, repeat_months: int
) -> frozenset[tuple[int, int]]:
    """The (auditor, practitioner) pairs to avoid, from (auditor, practitioner, audited on). Source: Q8."""
    return frozenset(
        (auditor_id, practitioner_id)
        for auditor_id, practitioner_id, audited_on in history
        if is_repeat(audited_on, month_on, repeat_months)
    )


def lookback_from(allocated_on: date, lookback_months: int) -> date:
    """First day of the window the auditor reads; it ends on the allocation date. Source: CA-07, Q19."""
    return months_after(allocated_on, -lookback_months)


def has_contact_section(opening_contact_on: date | None, allocated_on: date, lookback_months: int) -> bool:
    """Whether the contact that opened this episode falls within the look-back window. Source: Q18."""
    if opening_contact_on is None:
        return False
    return lookback_from(allocated_on, lookback_months) <= opening_contact_on <= allocated_on
