"""What stands in somebody's list of things to do besides audits, and where its buttons lead.

team manager     my audits → Also yours: 1 figure needs a line from you (Open) → the figure
service manager  my audits → A few sentences to write (Write) → the boxes
owner            my audits → Yours on the tracker (Open) → the row
AD for QA        my audits → A pack to approve (Read) → the pack
"""

from datetime import date, timedelta

import pytest

from domain.people import Leave, Person
from storage.work import Work
from tests.builders import NOW, Staff
from tests.chat import Chat, text
from tests.dialogs.scripts import on_one_engine
from tests.governance import a_row
from tests.packs import LATER, a_drafted_pack, an_asked_pack
from tests.performance import a_narrative, an_exception
from workflows.council import Council
from workflows.packing import approve, whole_mark

pytestmark = on_one_engine


def chat_of(council: Council, person: Person) -> Chat:
    return Chat(council, person, now=NOW)


@pytest.mark.rule("PR-02", "PF-04")
def test_figures_to_explain_are_one_line_that_leads_to_them(council: Council, people: Staff) -> None:
    with council.write() as work:
        an_exception(work, council, people)
        an_exception(work, council, people, name="Reviews in time")

    chat = chat_of(council, people.team_manager)
    mine = chat.types("my audits")

    assert "Also yours" in text(mine)
    assert "2 figures need a line from you" in text(mine)
    assert "Reviews in time" in text(chat.presses("Open", mine))
    assert "Also yours" not in text(chat_of(council, people.practitioner).types("my audits"))


@pytest.mark.rule("PR-02", "PF-05")
def test_words_to_write_stand_there_until_they_are_written(council: Council, people: Staff) -> None:
    with council.write() as work:
        asked = a_narrative(work, people.service_manager, service_id=people.service.id)
    chat = chat_of(council, people.service_manager)

    mine = chat.types("my audits")

    assert "Whole-service report, April 2026" in text(mine)
    assert "What the figures say" in text(chat.presses("Write", mine))
    with council.write() as work:
        work.narratives.write(asked, texts={}, by=people.service_manager.id, now=NOW)
    assert "A few sentences" not in text(chat.types("my audits"))


@pytest.mark.rule("PR-02", "OG-06")
def test_the_tracker_stands_there_with_what_is_near(council: Council, people: Staff) -> None:
    owner = people.service_manager
    with council.write() as work:
        a_row(work, owner, title="Write a guide", due_on=date(2026, 4, 30))
        a_row(work, owner, title="Far off", due_on=NOW.date() + timedelta(days=60))
    chat = chat_of(council, owner)

    mine = chat.types("my audits")

    assert "Yours on the tracker" in text(mine)
    assert "Write a guide" in text(mine)
    assert "Overdue, was due 30 April 2026" in text(mine)
    assert "Far off" not in text(mine)
    assert "Write a guide" in text(chat.presses("Open", mine))
    with council.write() as work:
        a_row(work, owner, title="Ask families", due_on=date(2026, 5, 8))
    mine = chat.types("my audits")
    assert "2 things of yours on the tracker" in text(mine)
    assert "Ask families" in text(chat.presses("Open", mine))


@pytest.mark.rule("PR-02", "OG-05")
def test_a_pack_stands_there_while_it_waits_for_its_approver(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_drafted_pack(work, council, people)
    chat = Chat(council, people.ad_qa, now=LATER)
    assert "A pack to approve" not in text(chat.types("my audits"))

    with council.write() as work:
        pack = an_asked_pack(work, council, people)
    mine = chat.types("my audits")

    assert "Quarterly report to the QA Board, Q1 2026/27" in text(mine)
    assert "Quarterly report to the QA Board" in text(chat.presses("Read", mine))
    assert "A pack to approve" not in text(Chat(council, people.qa_officer, now=LATER).types("my audits"))
    with council.write() as work:
        approve(work, council, by=people.ad_qa, pack_id=pack.id, seen=whole_mark(work, pack), now=LATER)
    assert "A pack to approve" not in text(chat.types("my audits"))


@pytest.mark.rule("PF-04")
def test_whoever_covers_finds_it_in_their_list_while_the_owner_is_away(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        an_exception(work, council, people)
        _away(work, people.team_manager, people.service_manager)

    assert "1 figure needs a line" in text(chat_of(council, people.service_manager).types("my audits"))
    assert "1 figure needs a line" not in text(chat_of(council, people.cover).types("my audits"))


def _away(work: Work, person: Person, cover: Person) -> None:
    leave = (Leave(NOW.date(), NOW.date() + timedelta(days=7)),)
    work.people.change(person.id, {"leave": leave, "cover_id": cover.id})
