"""Copies of figures and reports: which there are, what they are called, and who may have them.

Each is made anew when it is taken, so that nothing outlives the right to it; what was locked is made from
what was kept. Source: PF-05, PF-08, SG-05.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.errors import NotAllowed
from domain.narratives import TITLES, period_of
from domain.people import Person
from storage.work import View
from workflows.clinic_packs import pack_of_subject, require_pack
from workflows.council import Council
from workflows.lead_summary import SENT as LEAD_SUMMARY
from workflows.lead_summary import require_summary
from workflows.narrating import report_of_subject
from workflows.performance import Level, Place, require_place
from workflows.performance_reports import require_performance_report

CLINIC_PACK, PERFORMANCE_REPORT = "clinic_pack", "performance_report"
PERFORMANCE_BOOK = "performance_book"
NUMBERS: Mapping[Level, str] = {level: f"numbers_{level.value}" for level in Level}
"""Level to the kind of its copy; its subject is the place."""

May = Callable[[View, Council, Person, int, datetime], None]


@dataclass(frozen=True, slots=True)
class NumbersFile:
    """A kind of copy."""

    says: str
    name: Callable[[View, int], str]
    may: May
    is_workbook: bool = False


def _numbers_name(level: Level) -> Callable[[View, int], str]:
    def name(view: View, place_id: int) -> str:
        # The question stands in the chat for good, so it says how far down the figures go and of whom not.
        teams, services = view.people.teams(), view.people.services()
        match level:
            case Level.SERVICE if place_id in services:
                return f"Figures of {services[place_id].name}.docx"
            case Level.TEAM if place_id in teams:
                return f"Figures of {teams[place_id].name}.docx"
            case Level.PEOPLE:
                return "Figures by person.docx"
            case Level.CASES:
                return "Figures by case.docx"
            case _:
                return "Figures of the council.docx"

    return name


def _may_see(level: Level) -> May:
    def may(view: View, council: Council, by: Person, place_id: int, now: datetime) -> None:
        require_place(view, council, by=by, place=Place(level, place_id), now=now)

    return may


def _pack_name(view: View, subject_id: int) -> str:
    found = pack_of_subject(subject_id)
    services = view.people.services()
    if found is None or found[0] not in services:
        return "Performance Clinic.docx"
    return f"Performance Clinic, {services[found[0]].name}, {found[1]:%Y-%m}.docx"


def _may_have_pack(view: View, council: Council, by: Person, subject_id: int, now: datetime) -> None:
    found = pack_of_subject(subject_id)
    if found is None:
        raise NotAllowed("There is no such pack.")
    require_pack(view, council, by=by, service_id=found[0], now=now)


def _report_name(ending: str) -> Callable[[View, int], str]:
    def name(_view: View, subject_id: int) -> str:
        report, period_on = report_of_subject(subject_id)
        return f"{TITLES[report]}, {period_of(report, period_on).replace('/', '-')}.{ending}"

    return name


def _may_have_report(view: View, council: Council, by: Person, subject_id: int, now: datetime) -> None:
    report, period_on = report_of_subject(subject_id)
    require_performance_report(view, council, by=by, report=report, period_on=period_on, now=now)


def _lead_name(_view: View, subject_id: int) -> str:
    return f"Summary for the Lead Member, {subject_id // 100}-{subject_id % 100:02}.docx"


def _may_have_summary(view: View, council: Council, by: Person, subject_id: int, now: datetime) -> None:
    require_summary(view, council, by=by, subject=subject_id, now=now)


_SAYS: Mapping[Level, str] = {
    Level.COUNCIL: "Figures of the council and its services, in Word, without small numbers.",
    Level.SERVICE: "Figures of a service and its teams, in Word.",
    Level.TEAM: "Figures of a team, in Word.",
    Level.PEOPLE: "Figures by person, in Word. For you alone: keep it where nobody else reads it.",
    Level.CASES: "Figures by case, in Word. For you alone: keep it where nobody else reads it.",
}

FILES: Mapping[str, NumbersFile] = {
    **{NUMBERS[level]: NumbersFile(_SAYS[level], _numbers_name(level), _may_see(level)) for level in Level},
    CLINIC_PACK: NumbersFile("What the Performance Clinic looks at, in Word.", _pack_name, _may_have_pack),
    PERFORMANCE_REPORT: NumbersFile(
        "The report with its figures and what managers say, in Word.", _report_name("docx"), _may_have_report
    ),
    PERFORMANCE_BOOK: NumbersFile(
        "The report's dataset, exceptions and words, in Excel.",
        _report_name("xlsx"),
        _may_have_report,
        is_workbook=True,
    ),
    LEAD_SUMMARY: NumbersFile(
        "The quarter in figures, in Word. It names nobody and no case; small numbers are left out.",
        _lead_name,
        _may_have_summary,
    ),
}
"""Kind to what is offered."""
