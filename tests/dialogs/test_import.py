"""A list attached in the personal chat.

QA officer attaches cases.csv
Plumbline  Case list. 40 new …
QA officer attaches cases.csv with 30 fewer
Plumbline  This list changes more than usual. Is it the whole list? [Yes, it is the whole list]
QA officer [Yes, it is the whole list]
Plumbline  Saved: 0 new, 0 changed, 30 closed.
"""

import pytest

from dialogs.turn import Asked
from tests.builders import NOW, Staff, a_case, a_person, an_accepted_audit
from tests.chat import Chat, buttons, text
from tests.dialogs.scripts import everything_stored, on_one_engine, text_of
from tests.workflows.lists import Rows, as_csv, cases, staff
from workflows import importing
from workflows.council import Council
from workflows.importing import take_list
from workflows.sheets_tables import Tables

YES = "Yes, it is the whole list"


@pytest.fixture
def office(council: Council) -> Chat:
    """An officer of a council that has taken in its staff."""
    officer = {"Name": "Quinn Officer", "E-mail": "quinn@council.gov.uk", "Posts": "QA officer"}
    rows: Rows = staff(5, {**staff(3)[2], **officer, "Team": "", "Manager": ""})
    take_list(council, kind="staff", filename="staff.csv", content=as_csv(rows), by=None, now=NOW)
    with council.write() as work:
        quinn = work.people.by_email("quinn@council.gov.uk")
        assert quinn is not None
        work.people.bind(quinn.id, "directory-of-quinn")
        return Chat(council, work.people.get(quinn.id))


def test_a_list_is_taken_and_more_departures_than_usual_need_a_yes(council: Council, office: Chat) -> None:
    first = office.attaches("cases.csv", as_csv(cases(40)))
    asked = office.attaches("cases.csv", as_csv(cases(10)))
    with council.read() as view:
        assert len(view.cases.open_cases()) == 40
    done = office.presses(YES, asked)

    assert "40" in text(first)
    assert "Is it the whole list?" in text(asked)
    assert "Saved: 0 new, 0 changed, 30 closed." in text(done)
    with council.read() as view:
        assert len(view.cases.open_cases()) == 10


def test_the_yes_delivered_again_is_answered_alike(office: Chat) -> None:
    office.attaches("cases.csv", as_csv(cases(40)))
    asked = office.attaches("cases.csv", as_csv(cases(10)))

    done = office.presses(YES, asked)
    again = office.again()

    assert text(done) == text(again)


def test_a_yes_to_a_list_that_was_overtaken_says_so(council: Council, office: Chat) -> None:
    office.attaches("cases.csv", as_csv(cases(40)))
    asked = office.attaches("cases.csv", as_csv(cases(10)))
    office.attaches("cases.csv", as_csv(cases(40)))

    card = office.presses(YES, asked)

    assert "no longer waiting" in text(card)
    with council.read() as view:
        assert len(view.cases.open_cases()) == 40


@on_one_engine
def test_every_problem_is_listed_and_nothing_taken(council: Council, office: Chat) -> None:
    rows = cases(3)
    rows[1]["Plan type"] = "Picnic"
    before = everything_stored(council)

    card = office.attaches("cases.csv", as_csv(rows))

    assert "Row 3" in text(card)
    assert "Picnic" in text(card)
    assert YES not in [title for title, _ in buttons(card)]
    assert everything_stored(council) == before


@on_one_engine
def test_what_to_do_next_is_said_once(office: Chat) -> None:
    office.attaches("cases.csv", as_csv(cases(40)))
    wrong = cases(30)
    for row in wrong:
        row["Plan type"] = "Picnic"

    refused = text(office.attaches("cases.csv", as_csv(wrong)))
    asked = text(office.attaches("cases.csv", as_csv(cases(10))))

    assert refused.count("whole or not at all") == 1
    assert "Correct the file" not in refused
    assert "30 things to put right" in refused
    assert "and 10 more problems." in refused
    assert "•  and 10 more" not in refused
    assert "Please confirm" not in asked
    assert asked.count("30 of 40 cases (75%) would be closed") == 1


@on_one_engine
@pytest.mark.rule("SG-01")
def test_a_childs_date_of_birth_is_never_shown_back(office: Chat) -> None:
    rows = cases(3, Age="", Date_of_birth="17/03/2014")
    rows[1]["Date of birth"] = "17/13/2014"

    card = office.attaches("cases.csv", as_csv(rows))

    assert "Row 3" in text(card)
    assert "2014" not in text_of(card)


@on_one_engine
@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 not a table", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_list_is_answered_kindly(office: Chat, content: bytes) -> None:
    card = office.attaches("holiday.xlsx", content)

    assert "Nothing was imported." in text(card)


@on_one_engine
def test_a_refused_list_says_what_it_was_read_as_and_the_file_name_can_say_otherwise(office: Chat) -> None:
    rows = [{"Worker": row["Name"], "Team": row["Team"], "Role": row["Posts"]} for row in staff(4)]

    as_guessed = text(office.attaches("april.csv", as_csv(rows)))
    as_said = text(office.attaches("april cases.csv", as_csv(rows)))
    whole = text(office.attaches("cases.csv", as_csv(cases(3, Gender="seven"))))

    assert "look most like a staff list" in as_guessed
    assert "the word “cases” or “indicators” in the name" in as_guessed
    assert "“E-mail”" in as_guessed
    assert "“Reference”" in as_said
    assert "the word “staff” or “indicators” in the name" in as_said
    assert "look most like a case list" in whole


@on_one_engine
def test_a_list_that_is_taken_says_nothing_of_other_kinds(office: Chat) -> None:
    assert "look most like" not in text(office.attaches("april.csv", as_csv(cases(3))))


@on_one_engine
def test_a_file_is_read_once_and_never_while_a_transaction_writes(
    council: Council, office: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = []
    really = importing.read_tables

    def read(content: bytes, filename: str) -> Tables:
        # Would wait for ever, or be refused, were another transaction open.
        with council.write() as work:
            reads.append(len(work.people.everyone()))
        return really(content, filename)

    monkeypatch.setattr(importing, "read_tables", read)

    assert "3 new" in text(office.attaches("cases.csv", as_csv(cases(3))))
    assert len(reads) == 1


def test_what_an_import_sends_back_is_delivered_soon(council: Council, people: Staff) -> None:
    with council.write() as work:
        an_accepted_audit(work, people, reference="CF-9001")
        for number in range(30):
            a_case(work, people, f"CF-{number:05}", plan_type="Child in Need")
    listed = [
        row | {"Lead practitioner": people.practitioner.email, "Supervising manager": ""} for row in cases(30)
    ]

    reply = Chat(council, people.qa_officer).turn(
        asked=Asked.ATTACHED, filename="cases.csv", content=as_csv(listed)
    )

    assert reply.queued


@pytest.mark.rule("SG-05")
def test_from_anyone_else_a_list_is_refused_and_noted(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_person(work, "Ina Else")
    before = everything_stored(council, "people", "cases", "imports")

    reply = Chat(council, people.auditor).turn(
        asked=Asked.ATTACHED, filename="staff.csv", content=as_csv(staff(3))
    )

    assert reply.title == "Not yours to open"
    assert everything_stored(council, "people", "cases", "imports") == before
    with council.read() as view:
        row = view.trail.rows("day:2026-05-01")[-1]
    assert (row.verb, row.subject, row.actor) == ("was refused", "attached", people.auditor.id)
