"""The whole-service report of a month, the dataset with exceptions of a quarter, the yearly self-check.

Source: PF-05, PF-06, PF-07, PF-08, PF-09, PF-10, PF-13.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.days import add_months
from domain.errors import NotAllowed, NotFound
from domain.narratives import BOXES, Narrative, NarrativeState, Report
from domain.numbers import ExceptionLine, Numbers
from domain.people import Person
from domain.performance import ExceptionState, Raised
from domain.permissions import TABLE, Capacity, Verb, capacities, require
from storage.work import View
from workflows.council import Council
from workflows.explaining import exception_lines
from workflows.performance import Level, Place, figures

_NOT_YOURS = "That report is not yours to open. If you think it should be, please ask the QA office."


@dataclass(frozen=True, slots=True)
class Written:
    """One person's words, or that they have not come yet."""

    whose: str
    """The service; the writer where it is of no service."""
    by: str
    boxes: tuple[tuple[str, str], ...]
    """(label, text); empty while nothing is written."""
    locked: bool


@dataclass(frozen=True, slots=True)
class PerformanceReport:
    """A report as its readers see it."""

    report: Report
    period_on: date
    numbers: Numbers | None
    """None for a report of words alone."""
    exceptions: tuple[ExceptionLine, ...]
    written: tuple[Written, ...]
    analysis: tuple[Written, ...]
    """The principal social worker's, with the quarter's report (PF-10)."""
    may_lock: bool
    """Whether the reader may lock it before its day, and there is anything left to lock."""


def open_report(
    view: View, council: Council, *, by: Person, report: Report, period_on: date, now: datetime
) -> PerformanceReport:
    """The report as it stands. Raises NotAllowed, and NotFound where nobody was asked for it."""
    require_performance_report(view, council, by=by, report=report, period_on=period_on, now=now)
    parts = view.narratives.of_report(report, period_on)
    months = 3 if report is Report.QUARTERLY else 1
    last_on = add_months(period_on, months - 1)
    found = None
    exceptions: tuple[ExceptionLine, ...] = ()
    if report is not Report.SELF_CHECK:
        place = Place(Level.COUNCIL, 0)
        every_part = report is Report.QUARTERLY
        # Nobody but managers of their own sees small numbers, and this goes to many.
        found = figures(
            view, council, place=place, in_full=False, now=now, until=last_on, every_part=every_part
        )
        raised = view.exceptions.between(period_on, last_on)
        exceptions = exception_lines(view, council, _standing(raised), in_full=False)
    may_lock = bool(capacities(by) & TABLE[Verb.LOCK_NARRATIVES])
    return PerformanceReport(
        report=report,
        period_on=period_on,
        numbers=found,
        exceptions=exceptions,
        written=_written(view, parts),
        analysis=_written(view, view.narratives.of_report(Report.PSW_ANALYSIS, period_on))
        if report is Report.QUARTERLY
        else (),
        may_lock=may_lock and any(one.state is not NarrativeState.LOCKED for one in parts),
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
        raise NotFound("There is no such report yet. It begins once the figures of its time have come.")


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
