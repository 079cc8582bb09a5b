"""A report is kept as it stood when it was locked: figures, exceptions and words (PF-05, PF-07, PF-09)."""

import io
from datetime import UTC, date, datetime
from zipfile import ZipFile

import openpyxl
import pytest
import sqlalchemy as sa
from docx import Document

from bot.making import MAKERS
from domain.indicators import Every
from domain.narratives import NarrativeState, Report
from domain.people import Person, Post
from storage.tables_performance import locked_reports
from tests.builders import NOW, Staff, a_person, a_submitted_audit
from tests.chat import Chat, text
from tests.performance import APRIL, STEADY, a_narrative, an_indicator, figures, of_service, of_team
from workflows import narrating
from workflows.audits_beside import AuditsBeside
from workflows.council import Council
from workflows.exception_raising import raise_exceptions
from workflows.narrating import report_subject
from workflows.offered_numbers import PERFORMANCE_BOOK, PERFORMANCE_REPORT
from workflows.performance_latest import latest_reports
from workflows.performance_reports import PerformanceReport, open_report

LATER = datetime(2026, 6, 9, 9, 0, tzinfo=UTC)


def measured(council: Council, people: Staff, value: float, *, now: datetime = NOW) -> None:
    """A list with this figure of the service for April, as it comes in."""
    with council.write() as work:
        known = [one for one in work.indicators.everything().values() if one.name == "Visits in time"]
        indicator = known[0] if known else an_indicator(work)
        figures(work, indicator, of_service(people), (value,), now=now)
        touched = {(indicator.id, Every.MONTH, of_service(people).scope)}
        raise_exceptions(work, council, touched, import_id=int(value), now=now)


def asked(council: Council, people: Staff, report: Report = Report.WHOLE_SERVICE) -> None:
    with council.write() as work:
        a_narrative(work, people.service_manager, report=report, service_id=people.service.id)


def lock(council: Council, people: Staff, report: Report = Report.WHOLE_SERVICE) -> None:
    with council.write() as work:
        narrating.lock_all(work, council, by=people.qa_officer, report=report, period_on=APRIL, now=NOW)


def opened(
    council: Council, by: Person, report: Report = Report.WHOLE_SERVICE, now: datetime = LATER
) -> PerformanceReport:
    with council.read() as view:
        return open_report(view, council, by=by, report=report, period_on=APRIL, now=now)


def figures_of(found: PerformanceReport) -> list[str]:
    assert found.content.numbers is not None
    return [one.figure for one in found.content.numbers.lines]


def files(
    council: Council, by: Person, report: Report, now: datetime
) -> tuple[dict[str, bytes], list[object]]:
    """(each part of the Word copy, each cell of the workbook) as somebody would take them at this moment."""
    subject = report_subject(report, APRIL)
    with council.read() as view:
        word = MAKERS[PERFORMANCE_REPORT](view, council, by, subject, now)
        excel = MAKERS[PERFORMANCE_BOOK](view, council, by, subject, now)
    with ZipFile(io.BytesIO(word)) as parts:
        told = {name: parts.read(name) for name in parts.namelist()}
    book = openpyxl.load_workbook(io.BytesIO(excel))
    return told, [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]


@pytest.mark.rule("PF-05", "PF-07", "PF-09")
@pytest.mark.parametrize("report", [Report.WHOLE_SERVICE, Report.QUARTERLY])
def test_a_locked_report_keeps_its_figures_whatever_comes_in_afterwards(
    council: Council, people: Staff, report: Report
) -> None:
    measured(council, people, 60.0)
    asked(council, people, report)
    lock(council, people, report)
    before = opened(council, people.ad_qa, report)
    copies = files(council, people.ad_qa, report, NOW)

    measured(council, people, 95.0, now=LATER)
    after = opened(council, people.ad_qa, report)

    assert figures_of(before) == ["60%"]
    assert [(one.figure, one.owner) for one in before.content.exceptions] == [
        ("60%", people.service_manager.name)
    ]
    assert after == before
    assert files(council, people.ad_qa, report, LATER) == copies
    assert 60 in copies[1]
    assert before.locked is not None
    assert before.locked.locked_at == NOW
    assert before.locked.hash in copies[1]
    assert before.locked.hash.encode() in copies[0]["word/document.xml"]


@pytest.mark.rule("PF-05")
def test_until_it_is_locked_a_report_shows_the_figures_of_the_day(council: Council, people: Staff) -> None:
    measured(council, people, 60.0)
    asked(council, people)
    before = opened(council, people.ad_qa)

    measured(council, people, 50.0)
    after = opened(council, people.ad_qa)

    assert (figures_of(before), figures_of(after)) == (["60%"], ["50%"])
    assert after.locked is None


@pytest.mark.rule("PF-07", "PF-10")
def test_the_quarters_report_is_kept_once_the_analysis_of_practice_is_locked_as_well(
    council: Council, people: Staff
) -> None:
    """The analysis was asked for a week later than the managers' words."""
    measured(council, people, 60.0)
    asked(council, people, Report.QUARTERLY)
    with council.write() as work:
        psw = a_person(work, "Pia Worker", Post.PSW)
        due_on = date(2026, 5, 15)
        a_narrative(work, psw, report=Report.PSW_ANALYSIS, due_on=due_on)
    subject = report_subject(Report.QUARTERLY, APRIL)
    kept = []

    for day in (11, 18):
        with council.write() as work:
            narrating.remind_and_lock(work, council, now=datetime(2026, 5, day, 9, 0, tzinfo=UTC))
            ready = bool(work.notices.of(narrating.READY, subject))
            kept.append((work.locked_reports.of(Report.QUARTERLY, APRIL) is not None, ready))

    assert kept == [(False, False), (True, True)]


@pytest.mark.rule("PF-07")
def test_the_office_locks_the_analysis_of_practice_with_the_quarters_report(
    council: Council, people: Staff
) -> None:
    asked(council, people, Report.QUARTERLY)
    with council.write() as work:
        analysis = a_narrative(work, a_person(work, "Pia Worker", Post.PSW), report=Report.PSW_ANALYSIS)

    lock(council, people, Report.QUARTERLY)

    with council.read() as view:
        found = view.narratives.get(analysis.id)
        kept = view.locked_reports.of(Report.QUARTERLY, APRIL)
    assert found is not None
    assert found.state is NarrativeState.LOCKED
    assert kept is not None


@pytest.mark.rule("PF-05")
def test_nobody_is_asked_to_write_to_a_report_that_was_locked_before_they_came(
    council: Council, people: Staff
) -> None:
    measured(council, people, 60.0)
    asked(council, people)
    lock(council, people)
    with council.write() as work:
        a_person(work, "Lou Later", Post.SM, service_id=people.other_service.id)

    with council.write() as work:
        narrating.ask_due(work, council, now=datetime(2026, 5, 20, 9, 0, tzinfo=UTC))
        parts = work.narratives.of_report(Report.WHOLE_SERVICE, APRIL)

    assert [one.owner_id for one in parts] == [people.service_manager.id]


@pytest.mark.rule("PF-09", "SG-05")
@pytest.mark.parametrize("change", ["figure", "hash", "day"])
def test_the_hash_shows_a_change_made_in_the_database(council: Council, people: Staff, change: str) -> None:
    measured(council, people, 60.0)
    asked(council, people)
    lock(council, people)
    with council.read() as view:
        kept = view.locked_reports.of(Report.WHOLE_SERVICE, APRIL)
    assert kept is not None
    assert kept.is_intact

    body = {**kept.body, "numbers": {**kept.body["numbers"], "of": "Elsewhere"}}
    changed = {"figure": {"body": body}, "hash": {"hash": "0" * 64}, "day": {"locked_at": LATER}}[change]
    with council.write() as work:
        work._connection.execute(sa.update(locked_reports).values(**changed))
    with council.read() as view:
        again = view.locked_reports.of(Report.WHOLE_SERVICE, APRIL)

    assert again is not None
    assert not again.is_intact


@pytest.mark.rule("PF-05")
def test_while_a_months_report_is_being_written_the_last_locked_one_can_be_opened(
    council: Council, people: Staff
) -> None:
    may = date(2026, 5, 1)
    asked(council, people)
    lock(council, people)
    with council.write() as work:
        a_narrative(work, people.service_manager, period_on=may, service_id=people.service.id)

    with council.read() as view:
        found = latest_reports(view, council, by=people.ad_qa, now=LATER)

    assert found == (
        ("Whole-service report, May 2026", report_subject(Report.WHOLE_SERVICE, may)),
        ("Whole-service report, April 2026", report_subject(Report.WHOLE_SERVICE, APRIL)),
    )


@pytest.mark.rule("PF-04", "PF-06", "PF-15")
def test_what_audits_found_of_the_theme_stands_beside_the_teams_figure_on_card_and_in_word(
    council: Council, people: Staff
) -> None:
    """The figure is on target; the one audit of the team finds its plan below Good."""
    with council.write() as work:
        indicator = an_indicator(work, "Plans up to date", theme="planning")
        figures(work, indicator, of_team(people), STEADY)
        audit = a_submitted_audit(work, council, people)
    with council.read() as view:
        beside = AuditsBeside(view, council, now=NOW, in_full=True).of("planning", of_team(people))
        word = MAKERS["numbers_team"](view, council, people.team_manager, people.team.id, NOW)
    document = Document(io.BytesIO(word))
    (cells,) = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows][1:]
    chat = Chat(council, people.team_manager)
    card = text(chat.presses("Figures of my team", chat.types("figures")))

    assert audit.team_id == people.team.id
    assert beside.startswith("Audits of the last year: ")
    assert cells[0] == "Plans up to date"
    assert beside in cells[1]
    assert beside in card
