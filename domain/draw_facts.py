"""A draw in numbers, as the Panel sees it: counts by reason and by class, nobody named (SG-03)."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.draw import AuditorClass
from domain.moderation import Reason


@dataclass(frozen=True, slots=True)
class Running:
    """What has come since the last draw (MO-02)."""

    submitted: int
    chosen: int


@dataclass(frozen=True, slots=True)
class DrawFacts:
    """One draw."""

    draw_id: int
    month: date
    """First day of the month it closes."""
    drawn_at: datetime
    total: int
    """How many audits it was drawn from."""
    moderated: int
    top_ups: int
    by_reason: tuple[tuple[Reason, int], ...]
    """What chose audits before the lot; one audit may count under several."""
    by_class: tuple[tuple[AuditorClass, int, int], ...]
    """(class, audits, of these moderated)."""
    least_percent: int
    most_percent: int
    seed: int
    population_hash: str
    rule_version: str
    framework_version: str
    state: str
    """A state of `domain.draw`."""
    passed_by: str
    passed_at: datetime | None
    passed_because: str
    may_pass: bool
    earlier_id: int | None
    later_id: int | None

    @property
    def percent(self) -> int:
        """The share moderated, in whole per cent, rounded down so that it never claims more than there is."""
        return self.moderated * 100 // self.total if self.total else 0
