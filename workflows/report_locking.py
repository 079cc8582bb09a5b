"""A performance report as it stands, and kept as it stood once all of it is locked.

Source: PF-05, PF-07, PF-08, PF-09, PF-10, SG-05.
"""

from collections.abc import Iterable
from datetime import date, datetime

from domain.days import add_months
from domain.narratives import BOXES, Narrative, NarrativeState, Report
from domain.numbers import ExceptionLine, furthest_off_first
from domain.performance import ExceptionState, Raised
from domain.performance_report import LockedReport, ReportContent, Written, hash_of, to_body
from storage.work import View, Work
from workflows.council import Council
from workflows.explaining import exception_lines
from workflows.performance import Level, Place, figures


def parts_of(view: View, report: Report, period_on: date) -> tuple[Narrative, ...]:
    """Everything written for a report; the analysis of practice goes with the quarter's (PF-10)."""
    parts = view.narratives.of_report(report, period_on)
    if report is not Report.QUARTERLY:
        return parts
    return (*parts, *view.narratives.of_report(Report.PSW_ANALYSIS, period_on))


def keep_locked(work: Work, council: Council, report: Report, period_on: date, *, now: datetime) -> bool:
    """Keep the report as it stands once all of it is locked; whether it was kept just now."""
    if not work.narratives.of_report(report, period_on):
        return False
    if any(one.state is not NarrativeState.LOCKED for one in parts_of(work, report, period_on)):
        return False
    body = to_body(content_now(work, council, report, period_on, now=now))
    version = council.framework.version
    mark = hash_of(report, period_on, body, version, now)
    kept = work.locked_reports.keep(LockedReport(report, period_on, body, version, now, mark))
    if kept:
        work.trail.add(
            now=now,
            actor=None,
            verb="kept a locked report",
            subject=f"{report.value} {period_on.isoformat()}",
            fields={"hash": mark},
        )
    return kept


def content_now(
    view: View, council: Council, report: Report, period_on: date, *, now: datetime
) -> ReportContent:
    """The report counted at this moment."""
    last_on = add_months(period_on, 2 if report is Report.QUARTERLY else 0)
    found = None
    exceptions: tuple[ExceptionLine, ...] = ()
    if report is not Report.SELF_CHECK:
        # Nobody but managers of their own sees small numbers, and this goes to many.
        found = figures(
            view,
            council,
            place=Place(Level.COUNCIL, 0),
            in_full=False,
            now=now,
            until=last_on,
            every_part=report is Report.QUARTERLY,
        )
        raised = view.exceptions.between(period_on, last_on)
        lines = exception_lines(view, council, _standing(raised), in_full=False)
        exceptions = furthest_off_first(lines)
    quarterly = report is Report.QUARTERLY
    analysis = view.narratives.of_report(Report.PSW_ANALYSIS, period_on) if quarterly else ()
    return ReportContent(
        numbers=found,
        exceptions=exceptions,
        written=_written(view, view.narratives.of_report(report, period_on)),
        analysis=_written(view, analysis),
    )


def _standing(raised: Iterable[Raised]) -> tuple[Raised, ...]:
    """The council's and services' exceptions, one for each figure: the newest that stands (PF-09).

    Newer figures close older exceptions. One that was answered before is still part of the period; one that
    nobody answered was overtaken or put right, and there is nothing more to ask about it.
    """
    found: dict[tuple[int, str], Raised] = {}
    for one in sorted(raised, key=lambda one: one.state is ExceptionState.CLOSED):
        if one.measured.team_id is None and (one.state is not ExceptionState.CLOSED or one.reply):
            found.setdefault((one.indicator_id, one.measured.scope), one)
    return tuple(found.values())


def _written(view: View, parts: tuple[Narrative, ...]) -> tuple[Written, ...]:
    services = view.people.services()
    people = view.people.many(one.owner_id for one in parts if one.owner_id is not None)
    made = []
    for one in parts:
        owner = people[one.owner_id].name if one.owner_id is not None else ""
        whose = services[one.service_id].name if one.service_id is not None else owner
        boxes = tuple((box.label, one.texts[box.key]) for box in BOXES[one.report] if one.texts.get(box.key))
        made.append(Written(whose, owner, boxes, one.state is NarrativeState.LOCKED))
    return tuple(sorted(made, key=lambda one: one.whose.casefold()))
