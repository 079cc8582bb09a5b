"""Figures from the notice in the chat to the answer, and from typed words to the Word copy.

the team manager's card    Your team's week → Open the figures → We are acting → Seen → Word copy
the team manager's card    Figures that need a line from you → Answer → Answer number 1 → Save
the service manager        performance → Figures of my service → What my teams answered
the service manager's card A few sentences from you → Write them → Save
the QA officer             performance → Whole-service report → Lock it now
the AD for QA              ask for a report → Ask for a report → Ask; the answer comes back
"""

import io
from datetime import date, timedelta
from typing import Any

import docx
import pytest

from bot.making import MAKERS
from cards.payloads_performance import AskNumbersCopy, ShowNumbers
from domain.indicators import Every
from domain.narratives import NarrativeState, Report
from domain.performance import Answer, RequestState
from scheduler.drawing import Drawn, Needless
from storage.work import Work
from tests.builders import NOW, Staff
from tests.chat import Chat
from tests.chat import text as pieces
from tests.dialogs.scripts import on_one_engine
from tests.performance import (
    APRIL,
    STEADY,
    a_narrative,
    an_exception,
    an_indicator,
    figures,
    of_service,
    of_team,
)
from tests.workflows.nudged import drawn
from workflows import asking_reports, clinic_packs, exception_raising, narrating, team_reporting
from workflows.council import Council
from workflows.offered_numbers import FILES

WEEK = date(2026, 4, 20)


def a_week(work: Work, council: Council, people: Staff) -> int:
    figures(work, an_indicator(work), of_team(people), STEADY, every=Every.WEEK, last_on=WEEK)
    assert team_reporting.post_team_reports(work, council, now=NOW) == 1
    (report,) = work.team_reports.of_week(date(2026, 4, 27))
    return report.id


def text(card: dict[str, Any]) -> str:
    """What the card says, each name and its figure on one line."""
    return pieces(card).replace(": \n", ": ").replace("\n: ", ": ")


def opened(council: Council, chat: Chat, kind: str, subject_id: int, title: str) -> dict[str, Any]:
    """The card that the button of a notice leads to."""
    card = drawn(council, chat.person, NOW, kind, subject_id)
    assert isinstance(card, Drawn)
    return chat.presses(title, card.card)


@on_one_engine
@pytest.mark.rule("PF-01")
def test_a_team_manager_opens_the_week_and_says_that_the_team_acts(council: Council, people: Staff) -> None:
    with council.write() as work:
        report_id = a_week(work, council, people)
    chat = Chat(council, people.team_manager)

    week = opened(council, chat, team_reporting.POSTED, report_id, "Open the figures")
    refused = chat.presses("We are acting", week)
    answered = chat.presses("We are acting", refused, week_text="Two visits are made today.")

    assert "Visits in time: 93%" in text(week)
    assert "Say in a line what you are doing." in text(refused)
    assert "Acting: Two visits are made today." in text(answered)
    with council.read() as view:
        report = view.team_reports.get(report_id)
        assert report is not None
        assert report.answer is Answer.ACTING
    # Once it is answered nothing reminds of it.
    assert isinstance(drawn(council, people.team_manager, NOW, team_reporting.POSTED, report_id), Needless)


@on_one_engine
@pytest.mark.rule("PF-04", "PF-09", "PR-03")
def test_a_team_manager_explains_a_figure_that_is_off_its_target(council: Council, people: Staff) -> None:
    with council.write() as work:
        raised = an_exception(work, council, people)
    chat = Chat(council, people.team_manager)

    asked = opened(council, chat, exception_raising.ASKED, raised.indicator_id, "Answer")
    form = chat.presses("Answer number 1", asked)
    refused = chat.presses("Save", form, action="Cover from Monday.")
    saved = chat.presses("Save", refused, why="Two people left.", action="Cover from Monday.")

    assert "1 figure needs a line from you" in text(asked)
    assert "Target: 90% or more" in text(form)
    assert "Say in a line why it is so." in text(refused)
    assert "Cover from Monday." in str(refused)
    assert "No figure waits for a line from you." in text(saved)


@on_one_engine
@pytest.mark.rule("PF-01", "PF-05", "PF-08", "PF-14")
def test_a_service_manager_begins_with_their_own_and_goes_down_to_cases(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        a_week(work, council, people)
        figures(work, an_indicator(work, "Plans up to date"), of_service(people), (60.0,))
    chat = Chat(council, people.service_manager)

    start = chat.types("performance")
    own = chat.presses("Figures of my service", start)
    team = chat.presses("Open 1", own)
    weeks = chat.presses("What my teams answered", start)

    assert "Plans up to date: 60%" in text(own)
    assert "Visits in time: 93%" in text(team)
    assert "Figures by case" in text(chat.presses("By case", team))
    assert "Not answered yet" in text(weeks)


@on_one_engine
@pytest.mark.rule("PF-05")
def test_a_service_manager_writes_beside_the_figures_and_the_office_locks_it(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        figures(work, an_indicator(work), of_service(people), (60.0,))
        asked = a_narrative(work, people.service_manager, service_id=people.service.id)
    chat, office = Chat(council, people.service_manager), Chat(council, people.qa_officer)

    form = opened(council, chat, narrating.ASKED, asked.id, "Write them")
    refused = chat.presses("Save", form, analysis="Fewer visits.")
    saved = chat.presses("Save", refused, analysis="Fewer visits.", action="More cover.")
    report = office.presses("Whole-service report, April 2026", office.types("performance"))
    locked = office.presses("Lock it now", report)

    assert "Visits in time: 60% in April 2026" in text(form)
    assert "Fewer visits." in str(refused)
    assert "Saved." in text(saved)
    assert "Conifers: Fewer visits." in text(report)
    assert "its figures and words stay as they were then." in text(locked)
    with council.read() as view:
        narrative = view.narratives.get(asked.id)
        assert narrative is not None
        assert narrative.state is NarrativeState.LOCKED
    subject = narrating.report_subject(Report.WHOLE_SERVICE, APRIL)
    ready = opened(council, Chat(council, people.ad_qa), narrating.READY, subject, "Open it")
    assert "Conifers: Fewer visits." in text(ready)


@on_one_engine
@pytest.mark.rule("PF-02", "PF-04")
def test_a_clinics_pack_leads_to_the_figures_and_to_the_celebration(council: Council, people: Staff) -> None:
    with council.write() as work:
        figures(work, an_indicator(work), of_service(people), (60.0,))
        assert clinic_packs.prepare_clinics(work, council, now=NOW + timedelta(days=5))
    subject = clinic_packs.pack_subject(people.service.id, date(2026, 5, 1))
    manager, assistant = Chat(council, people.team_manager), Chat(council, people.line_manager)

    form = opened(council, manager, clinic_packs.PACK, subject, "Something to celebrate")
    manager.presses("Save", form, celebration="Every plan was reviewed.")
    pack = opened(council, assistant, clinic_packs.PACK, subject, "Open the pack")

    assert "Something to celebrate\nToni Manager: Every plan was reviewed." in text(pack)
    assert "Visits in time: 60%" in text(pack)


@on_one_engine
@pytest.mark.rule("PF-12")
def test_a_group_asks_for_a_report_and_reads_what_was_found(council: Council, people: Staff) -> None:
    asker, owner = Chat(council, people.ad_qa), Chat(council, people.qa_officer)
    given = {"body": "smt", "what": "Why visits are late", "owner": str(people.qa_officer.id)}

    form = asker.presses("Ask for a report", asker.types("ask for a report"))
    refused = asker.presses("Ask", form, **given, due_on="2026-05-29")
    sent = asker.presses("Ask", refused, **given, due_on="2026-05-29", why="They have been for months.")
    with council.read() as view:
        (request,) = view.report_requests.open()
    asked = opened(council, owner, asking_reports.ASKED, request.id, "Open it")
    owner.presses("Send the answer", asked, answer="It is the transport.")
    answer = opened(council, asker, asking_reports.ANSWERED, request.id, "Read the answer")

    assert "Please say why the group needs it." in text(refused)
    assert "Why visits are late" in text(sent)
    assert "It is the transport." in text(answer)
    with council.read() as view:
        found = view.report_requests.get(request.id)
        assert found is not None
        assert found.state is RequestState.ANSWERED


@on_one_engine
@pytest.mark.rule("PF-08", "SG-05")
def test_the_word_copy_holds_what_the_card_shows(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_week(work, council, people)
    chat = Chat(council, people.team_manager)
    card = chat.sends(ShowNumbers("team", people.team.id, 0).pack())
    chat.sends(AskNumbersCopy("team", people.team.id, "a nonce").pack())

    with council.read() as view:
        made = MAKERS["numbers_team"](view, council, people.team_manager, people.team.id, NOW)
    document = docx.Document(io.BytesIO(made))

    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Visits in time" in cells
    shown = next(cell for cell in cells if cell.startswith("93%"))
    assert shown in text(card)


def test_every_copy_that_is_offered_can_be_made() -> None:
    assert set(FILES) <= set(MAKERS)
