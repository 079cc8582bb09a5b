"""Minutes, plan, tracker and learning log as files: what the cards say, and for whoever may see them."""

import io
from datetime import date

import docx
import openpyxl
import pytest

from bot.making import MAKERS
from domain.errors import NotAllowed, NotFound
from domain.learning import EntryState
from domain.people import Post
from domain.tracking import Source
from tests.builders import NOW, Staff, a_person
from tests.dialogs.scripts import on_one_engine
from tests.governance import a_meeting, a_row, an_item, the_meeting
from tests.learning import a_draft, an_action, an_entry
from workflows.council import Council
from workflows.meetings import hold_meeting, put_on_agenda
from workflows.offer_kinds import KINDS, LEARNING_BOOK, MEETING_MINUTES, PLAN_BOOK, TRACKER_BOOK
from workflows.offering import offer_file, take_file

pytestmark = on_one_engine


@pytest.mark.rule("OG-01", "OG-05")
def test_minutes_hold_who_came_what_was_decided_and_the_whole_agenda(council: Council, people: Staff) -> None:
    note = "It costs nothing and says a lot. " * 15
    with council.write() as work:
        meeting = a_meeting(work, on=date(2026, 5, 1))
        for number in range(5):
            typed = {"agenda_title": f"Item {number}", "agenda_item": "core", "agenda_note": note.strip()}
            put_on_agenda(work, council, by=people.qa_officer, meeting_id=meeting.id, typed=typed, now=NOW)
        a_row(
            work,
            people.ad_qa,
            title="Write a guide",
            meeting_id=meeting.id,
            source=Source.MEETING,
            source_id=meeting.id,
        )
        hold_meeting(
            work,
            council,
            by=people.qa_officer,
            meeting_id=meeting.id,
            version=1,
            typed={"came": str(people.ad_qa.id)},
            now=NOW,
        )
        assert the_meeting(work, meeting.id).held_on == meeting.planned_on
    with council.read() as view:
        content = MAKERS[MEETING_MINUTES](view, council, people.ad_qa, meeting.id, NOW)
        name = KINDS[MEETING_MINUTES].name(view, meeting.id)

    document = docx.Document(io.BytesIO(content))
    tables = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert name == "Meeting 2026-05-01, qa group.docx"
    assert ["Came", people.ad_qa.name] in tables
    assert ["Write a guide", "To do", people.ad_qa.name, "29 May 2026"] in tables
    # The card shows three of an item's notes and the beginning of each; the document all of them.
    assert all(f"Item {number} ({people.qa_officer.name})" in said for number in range(5))
    assert note.strip() in said
    assert "QA Group, Fri 1 May 2026" in said


@pytest.mark.rule("OG-06", "OG-07")
def test_plan_and_tracker_are_workbooks_for_the_group_and_the_board_alone(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        an_item(work, title="Neglect")
        a_row(work, people.team_manager, title="Write a guide")
    with council.read() as view:
        plan = openpyxl.load_workbook(io.BytesIO(MAKERS[PLAN_BOOK](view, council, people.ad_qa, 2026, NOW)))
        tracker = openpyxl.load_workbook(
            io.BytesIO(MAKERS[TRACKER_BOOK](view, council, people.ad_qa, 0, NOW))
        )
        with pytest.raises(NotFound):
            KINDS[PLAN_BOOK].may(view, council, people.ad_qa, 2031, NOW)
        for kind, subject_id in ((PLAN_BOOK, 2026), (TRACKER_BOOK, 0)):
            KINDS[kind].may(view, council, people.ad_qa, subject_id, NOW)
            # Even the owner of a row has that row, and not the file.
            with pytest.raises(NotAllowed):
                KINDS[kind].may(view, council, people.team_manager, subject_id, NOW)

    assert plan.worksheets[0]["C2"].value == "Neglect"
    assert plan.worksheets[2].max_row == 13
    assert tracker.worksheets[0]["C2"].value == "Write a guide"
    assert tracker.worksheets[0]["E2"].value == people.team_manager.email


@pytest.mark.rule("OG-06", "RO-06", "RO-07")
def test_the_learning_log_is_a_workbook_of_what_its_reader_sees(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_draft(work, title="Only drafted")
        entry = an_entry(work, people.team_manager, state=EntryState.ASSURED, due_on=date(2026, 4, 30))
        an_action(work, entry, people.cover)

    with council.read() as view:
        books = {
            reader.id: openpyxl.load_workbook(
                io.BytesIO(MAKERS[LEARNING_BOOK](view, council, reader, 0, NOW))
            ).worksheets[0]
            for reader in (people.qa_officer, people.service_manager)
        }
        name = KINDS[LEARNING_BOOK].name(view, 0)
        for reader in (people.qa_officer, people.service_manager, people.ad_qa):
            KINDS[LEARNING_BOOK].may(view, council, reader, 0, NOW)
        # Even the owner of an entry has that entry, and not the file.
        with pytest.raises(NotAllowed):
            KINDS[LEARNING_BOOK].may(view, council, people.team_manager, 0, NOW)

    assert name == "Learning log.xlsx"
    assert [row[2] for row in books[people.qa_officer.id].values] == ["Title", "Only drafted", entry.title]
    headings, cells = books[people.service_manager.id].values
    said = dict(zip(headings, cells, strict=True))
    assert said["Title"] == entry.title
    assert said["Owner e-mail"] == people.team_manager.email
    assert (said["State"], said["Overdue"]) == ("Assured", "Yes")
    assert said["Assured by"] == people.team_manager.name
    assert (said["Actions open"], said["Actions done"]) == (1, 0)


@pytest.mark.rule("RO-07", "SG-05")
def test_whoever_left_the_office_before_the_log_was_fetched_has_no_draft_in_it(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        officer = a_person(work, "Olive Officer", Post.QAO)
        a_draft(work, title="Only drafted")
        offer_file(work, council, by=officer, kind=LEARNING_BOOK, subject_id=0, token="t", now=NOW)
        work.people.change(officer.id, {"is_auditor": False}, [Post.SM])
    with council.write() as work:
        reader = work.people.get(officer.id)
        assert take_file(work, council, by=reader, token="t", now=NOW) is not None
        content = MAKERS[LEARNING_BOOK](work, council, reader, 0, NOW)
        work.people.change(officer.id, {"is_auditor": False}, [Post.PRACTITIONER])
    with council.write() as work, pytest.raises(NotAllowed):
        take_file(work, council, by=work.people.get(officer.id), token="t", now=NOW)

    assert openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].max_row == 1
