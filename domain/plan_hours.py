"""Whether there are hours enough for a plan: what each month asks, and what the auditors can give.

Source: PR-06, OG-07, MO-02.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.days import month_end
from domain.forward_plan import PlanItem, PlanState, months_of
from domain.governance import ActivityKind


@dataclass(frozen=True, slots=True)
class MonthLoad:
    """What a month asks of the auditors and what they can give (PR-06)."""

    month: date
    hours: int
    able: int
    """Hours that all auditors together can give."""

    @property
    def is_over(self) -> bool:
        """Whether more is asked than can be given."""
        return self.hours > self.able


def capacity(
    items: Iterable[PlanItem],
    year: int,
    *,
    auditors: int,
    audit_hours: int,
    moderation_hours: int,
    moderated_percent: int,
    auditor_month_hours: int,
) -> tuple[MonthLoad, ...]:
    """Each month's hours beside what the auditors can give (PR-06, OG-07).

    A core activity asks one audit of every auditor; a panel fortnight asks that share of them to be moderated
    (MO-02), rounded up. The hours of an activity are spread over its days.
    """
    standing = [item for item in items if item.state is not PlanState.CANCELLED]
    loads = []
    for month in months_of(year):
        hours = 0.0
        for item in standing:
            hours += _share(item, month) * _hours(
                item,
                auditors=auditors,
                audit_hours=audit_hours,
                moderation_hours=moderation_hours,
                moderated_percent=moderated_percent,
            )
        loads.append(MonthLoad(month, round(hours), auditors * auditor_month_hours))
    return tuple(loads)


def _share(item: PlanItem, month: date) -> float:
    """How much of the activity lies in the month, by its days."""
    first, last = max(item.starts_on, month), min(item.ends_on, month_end(month))
    days = (item.ends_on - item.starts_on).days + 1
    return max(0, (last - first).days + 1) / days


def _hours(
    item: PlanItem, *, auditors: int, audit_hours: int, moderation_hours: int, moderated_percent: int
) -> int:
    match item.kind:
        case ActivityKind.CORE:
            return item.hours + auditors * audit_hours
        case ActivityKind.MODERATION:
            moderated = -(-auditors * moderated_percent // 100)
            return item.hours + moderated * moderation_hours
        case _:
            return item.hours
