"""What managers are asked to write beside the figures: for which report, in which boxes, until when.

Source: PF-04, PF-05, PF-07, PF-10, PF-13.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.governance import quarter_name
from domain.indicators import Every, period_name


class Report(StrEnum):
    """The report that the words stand in."""

    CLINIC = "clinic"
    """A team manager's part of a Performance Clinic (PF-04)."""
    WHOLE_SERVICE = "whole_service"
    """A service manager's part of the monthly report (PF-05)."""
    QUARTERLY = "quarterly"
    """A service manager's part of the quarterly report (PF-07)."""
    PSW_ANALYSIS = "psw_analysis"
    """The principal social worker's, beside the quarterly report (PF-10)."""
    SELF_CHECK = "self_check"
    """Once a year: the five marks of good performance management (PF-13)."""


class NarrativeState(StrEnum):
    """Where a narrative stands. What is locked stays as it is and goes out."""

    ASKED = "asked"
    WRITTEN = "written"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Box:
    """One thing to write."""

    key: str
    label: str
    required: bool = False


BOXES: Mapping[Report, tuple[Box, ...]] = {
    Report.CLINIC: (
        Box("celebration", "Something to celebrate", required=True),
        Box("learning", "What we have learned"),
    ),
    Report.WHOLE_SERVICE: (
        Box("analysis", "What the figures say", required=True),
        Box("action", "What we are doing about it", required=True),
        Box("celebration", "Something to celebrate"),
    ),
    Report.QUARTERLY: (
        Box("analysis", "What the data of the quarter says", required=True),
        Box("learning", "What audits have taught us", required=True),
        Box("action", "What we are doing about both", required=True),
    ),
    Report.PSW_ANALYSIS: (
        Box("analysis", "What practice looks like behind the figures", required=True),
        Box("action", "What should be done, and by whom", required=True),
    ),
    Report.SELF_CHECK: (
        Box("accurate", "Reports are accurate and come regularly", required=True),
        Box("monitoring", "We watch clearly whether things get better", required=True),
        Box("evidence", "What we improve rests on evidence", required=True),
        Box("ownership", "Everyone owns it, at every level", required=True),
        Box("children", "It makes a difference to children", required=True),
    ),
}
"""The boxes of each report, in order."""

TITLES: Mapping[Report, str] = {
    Report.CLINIC: "Performance Clinic",
    Report.WHOLE_SERVICE: "Whole-service report",
    Report.QUARTERLY: "Quarterly report",
    Report.PSW_ANALYSIS: "Analysis of practice",
    Report.SELF_CHECK: "Self-check of performance management",
}


@dataclass(frozen=True, slots=True)
class Narrative:
    """One person's words for one report and period."""

    id: int
    report: Report
    period_on: date
    """The first day of the month or quarter it is about."""
    service_id: int | None
    slot: str
    owner_id: int | None
    due_on: date
    texts: Mapping[str, str]
    state: NarrativeState
    written_by: int | None
    written_at: datetime | None
    locked_at: datetime | None
    version: int

    @property
    def title(self) -> str:
        """The report and its time: "Whole-service report, May 2026"."""
        return f"{TITLES[self.report]}, {period_of(self.report, self.period_on)}"


def period_of(report: Report, on: date) -> str:
    """The time a report is about, as people call it."""
    match report:
        case Report.CLINIC | Report.WHOLE_SERVICE:
            return period_name(Every.MONTH, on)
        case Report.QUARTERLY | Report.PSW_ANALYSIS:
            return quarter_name(on)
        case Report.SELF_CHECK:
            return str(on.year)


def missing(report: Report, texts: Mapping[str, str]) -> tuple[Box, ...]:
    """The boxes that may not be empty and are."""
    return tuple(box for box in BOXES[report] if box.required and not texts.get(box.key, "").strip())
