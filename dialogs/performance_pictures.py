"""Gathers figures and performance reports for their one reader, in the words of card and copy alike."""

from datetime import datetime

from cards.clinic_words import clinic_report
from cards.numbers_words import numbers_report
from cards.payloads import PayloadInvalid
from cards.performance_words import performance_report, standing
from domain.narratives import Report as Kind
from domain.numbers import NumberLine, Numbers
from domain.people import Person
from domain.reporting import Report
from workflows.clinic_packs import open_pack, pack_of_subject
from workflows.council import Council, View
from workflows.narrating import report_of_subject
from workflows.performance import Level, Place, numbers
from workflows.performance_reports import PerformanceReport, open_report

_TITLES = {
    Level.COUNCIL: "Our figures",
    Level.SERVICE: "Figures of a service",
    Level.TEAM: "Figures of a team",
    Level.PEOPLE: "Figures by person",
    Level.CASES: "Figures by case",
}
_FOR_MANAGERS = "For whoever manages this team alone."


def level_of(text: str) -> Level:
    """The level a payload names. Raises PayloadInvalid."""
    try:
        return Level(text)
    except ValueError:
        raise PayloadInvalid from None


def gathered(view: View, council: Council, person: Person, place: Place, now: datetime) -> Numbers:
    """The figures. Raises NotAllowed."""
    return numbers(view, council, by=person, place=place, now=now)


def numbers_picture(found: Numbers, place: Place, lines: tuple[NumberLine, ...] | None = None) -> Report:
    """The figures in words; `lines` are those of one page."""
    note = _FOR_MANAGERS if place.level in (Level.PEOPLE, Level.CASES) else ""
    return numbers_report(found, title=_TITLES[place.level], about=found.of, lines=lines, note=note)


def numbers_of(
    view: View, council: Council, person: Person, level: Level, place_id: int, now: datetime
) -> Report:
    """All figures of a place in words. Raises NotAllowed."""
    place = Place(level, place_id)
    return numbers_picture(gathered(view, council, person, place, now), place)


def pack_picture(
    view: View, council: Council, person: Person, subject: int, now: datetime, *, brief: bool = False
) -> Report:
    """A clinic's pack in words; `brief` for a card. Raises NotAllowed, PayloadInvalid."""
    found = pack_of_subject(subject)
    if found is None:
        raise PayloadInvalid
    service_id, month = found
    pack = open_pack(view, council, by=person, service_id=service_id, month=month, now=now)
    return clinic_report(
        service=pack.service,
        clinic_on=pack.clinic_on,
        numbers=pack.numbers,
        exceptions=pack.exceptions,
        said=pack.said,
        waiting=pack.waiting,
        brief=brief,
    )


def report_found(
    view: View, council: Council, person: Person, subject: int, now: datetime
) -> PerformanceReport:
    """A report. Raises NotAllowed, NotFound."""
    report, period_on = report_of_subject(subject)
    return open_report(view, council, by=person, report=report, period_on=period_on, now=now)


def report_picture(found: PerformanceReport, *, brief: bool = False) -> Report:
    """The report in words; `brief` for a card."""
    return performance_report(
        kind=Kind(found.report),
        period_on=found.period_on,
        content=found.content,
        locked=found.locked,
        brief=brief,
    )


def report_about(found: PerformanceReport, report: Report, council_name: str) -> tuple[tuple[str, str], ...]:
    """What a workbook of the report says of itself."""
    rows = (
        ("Report", f"{report.title}, {report.about}"),
        ("Council", council_name),
        ("How it stands", standing(found.content, found.locked)),
        (
            "Check number (SHA-256)",
            found.locked.hash if found.locked is not None else "none until it is locked",
        ),
        ("About these figures", report.note),
    )
    return tuple((label, text) for label, text in rows if text)
