"""What is shown of the forward plan: a year by its months, and one activity.

Source: OG-07, PR-06, QB-02.
"""

from dataclasses import dataclass
from datetime import datetime

from domain.forward_plan import PlanItem, PlanState
from domain.plan_hours import MonthLoad
from domain.plan_warnings import PlanWarning


@dataclass(frozen=True, slots=True)
class PlanMonth:
    """A month of the year view."""

    items: tuple[PlanItem, ...]
    """What begins in it, cancelled activities left out."""
    load: MonthLoad


@dataclass(frozen=True, slots=True)
class PlanYear:
    """A year's plan as one reader sees it."""

    year: int
    months: tuple[PlanMonth, ...]
    gaps: tuple[PlanWarning, ...]
    clashes: tuple[PlanWarning, ...]
    auditors: int
    version: int
    """Of the plan as a whole: how often its activities were changed; a press says which it saw."""
    may_change: bool
    years: tuple[int, ...]
    """The years that have a plan."""

    @property
    def drafts(self) -> int:
        """Activities that the Group has not agreed yet."""
        return sum(item.state is PlanState.DRAFT for month in self.months for item in month.items)

    @property
    def over(self) -> int:
        """Months that ask for more hours than there are."""
        return sum(month.load.is_over for month in self.months)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is planned."""
        return not any(month.items for month in self.months)


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One change of an activity, in words."""

    at: datetime
    by_name: str
    reason: str
    lines: tuple[str, ...]
    """What became what."""


@dataclass(frozen=True, slots=True)
class OpenedItem:
    """An activity as one reader sees it."""

    item: PlanItem
    owner: str
    """The post, with the names of whoever holds it."""
    changes: tuple[ItemChange, ...]
    warnings: tuple[PlanWarning, ...]
    signed_by_name: str
    tracked_id: int
    """Its row of the tracker; 0 when it has none."""
    may_change: bool
    may_write_terms: bool
    may_sign: bool
    may_track: bool
