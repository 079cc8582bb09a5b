"""The whole-service report of a month, the dataset with exceptions of a quarter, the yearly self-check.

Source: PF-05, PF-06, PF-07, PF-08, PF-09, PF-10, PF-13.
"""

from dataclasses import dataclass
from datetime import date, datetime

from domain.errors import NotAllowed, NotFound
from domain.narratives import NarrativeState, Report
from domain.people import Person
from domain.performance_report import LockedReport, ReportContent
from domain.permissions import TABLE, Capacity, Verb, capacities, require
from storage.work import View
from workflows.council import Council
from workflows.report_locking import content_now, parts_of

_NOT_YOURS = "That report is not yours to open. If you think it should be, please ask the QA office."


@dataclass(frozen=True, slots=True)
class PerformanceReport:
    """A report as its readers see it."""

    report: Report
    period_on: date
    content: ReportContent
    locked: LockedReport | None
    """As it was locked; None while figures are counted at each opening."""
    may_lock: bool
    """Whether the reader may lock it before its day, and there is anything left to lock."""


def open_report(
    view: View, council: Council, *, by: Person, report: Report, period_on: date, now: datetime
) -> PerformanceReport:
    """The report as it was locked, or as it stands. Raises NotAllowed, NotFound where nobody was asked."""
    require_performance_report(view, council, by=by, report=report, period_on=period_on, now=now)
    locked = view.locked_reports.of(report, period_on)
    if locked is not None:
        return PerformanceReport(report, period_on, locked.content, locked, may_lock=False)
    waiting = any(one.state is not NarrativeState.LOCKED for one in parts_of(view, report, period_on))
    return PerformanceReport(
        report=report,
        period_on=period_on,
        content=content_now(view, council, report, period_on, now=now),
        locked=None,
        may_lock=waiting and bool(capacities(by) & TABLE[Verb.LOCK_NARRATIVES]),
    )


def require_performance_report(
    view: View, council: Council, *, by: Person, report: Report, period_on: date, now: datetime
) -> None:
    """Raise NotAllowed for whoever may not read it, and NotFound where nobody was asked for it.

    Whoever looks across services may, service managers among them, who write it; a team manager reads the
    pack of their own clinic. The self-check is for the AD for QA and the QA office.
    """
    granted = require(Verb.SEE_NUMBERS, by, today=council.today(now)) - {Capacity.A_TEAM_MANAGER}
    if report is Report.SELF_CHECK:
        granted &= {Capacity.AD_QA, Capacity.QA_OFFICE}
    if not granted or report in (Report.CLINIC, Report.PSW_ANALYSIS):
        raise NotAllowed(_NOT_YOURS)
    if not view.narratives.of_report(report, period_on):
        raise NotFound(
            "There is no such report yet. It begins once the figures for its month or quarter have come in."
        )
