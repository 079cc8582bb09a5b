"""The learning log as a workbook: out, changed by hand, in again, and never round those who publish it."""

from datetime import date
from typing import Any

import pytest

from domain.learning import DraftedFrom, Entry, EntryState
from domain.learning_sheet import LEARNING_FIELDS
from domain.people import Person
from reports.governance_books import write_learning
from reports.sheets import Sheet, write_workbook
from tests.builders import NOW, Staff, a_submitted_audit
from tests.dialogs.scripts import everything_stored, on_one_engine
from tests.learning import a_draft, an_action, an_entry, the_entry
from tests.reminded import days_of
from tests.workflows.test_governance_imports import changed
from workflows.council import Council
from workflows.governance_books import learning_book
from workflows.governance_imports import import_learning
from workflows.learning_telling import DRAFTS, TO_ASSURE
from workflows.sheet_imports import SheetOutcome

pytestmark = on_one_engine
HEADINGS = tuple(field.heading for field in LEARNING_FIELDS)
TODAY = date(2026, 5, 1)
DUE = date(2026, 7, 1)


def log_file(*rows: tuple[Any, ...]) -> bytes:
    return write_workbook((Sheet("Learning log", HEADINGS, rows),))


def a_new_row(owner: Person, title: str = "Plans that children can read") -> tuple[Any, ...]:
    words = (title, "Plans were written\nfor courts.")
    return ("", "planning", *words, owner.email, DUE, "", "", "")


def exported(council: Council, by: Person | None) -> bytes:
    with council.read() as view:
        return write_learning(*learning_book(view, council, by), TODAY)


def learns(council: Council, content: bytes, *, confirmed: bool = False) -> SheetOutcome:
    return import_learning(council, filename="log.xlsx", content=content, confirmed=confirmed, now=NOW)


def saved_entry(council: Council, entry: Entry) -> Entry:
    with council.write() as work:
        return the_entry(work, entry.id)


def every_state(council: Council, people: Staff) -> dict[EntryState, Entry]:
    """An entry in each state. What a release drafted may name a child until somebody has written it."""
    owner = people.service_manager
    with council.write() as work:
        draft = a_draft(work, theme="", title="From moderation", learning="Jack Smith waited.\n\nFor  weeks.")
        opened = an_entry(work, people.cover, title="Visits", learning="Ask.\r\nListen.\u2028Write.")
        assured = an_entry(work, owner, state=EntryState.ASSURED, theme="no theme any more")
        closed = an_entry(work, owner, title="Records")
        ended = {"closed_by": owner.id, "closed_at": NOW, "impact": "They\nknow.", "more_needed": False}
        assert work.learning.change(closed, {"state": "closed", **ended})
        dropped = a_draft(work, title="Said before")
        assert work.learning.change(dropped, {"state": "dropped", "impact": "It was said before."})
        an_action(work, opened, owner)
        # Whoever owned an entry and left is still its owner until somebody else is.
        work.people.mark_left([people.cover.id], TODAY)
        entries = [the_entry(work, one.id) for one in (draft, opened, assured, closed, dropped)]
        return {entry.state: entry for entry in entries}


@pytest.mark.rule("OG-06")
def test_a_log_that_goes_out_and_comes_in_unchanged_changes_nothing(council: Council, people: Staff) -> None:
    before = every_state(council, people)

    offices = learns(council, exported(council, people.qa_officer), confirmed=True)
    operators = learns(council, exported(council, None), confirmed=True)

    assert not any(one.refused or one.waits or one.saved for one in (offices, operators))
    assert "5 rows say what is known already" in offices.summary
    assert "3 rows say what is known already" in operators.summary
    assert {state: saved_entry(council, entry) for state, entry in before.items()} == before


@pytest.mark.rule("OG-06", "RO-06", "RO-07")
def test_a_row_without_a_number_is_a_draft_that_the_office_hears_of(council: Council, people: Staff) -> None:
    content = log_file(a_new_row(people.service_manager))

    asked = learns(council, content)
    nothing = exported(council, people.qa_officer) == exported(council, None)
    saved = learns(council, content, confirmed=True)

    with council.write() as work:
        (entry,) = work.learning.in_states(set(EntryState))
        told = [person for person, _ in days_of(work, DRAFTS, people.qa_officer.id)]
        given = work.notices.of("learning_entry_given", entry.id)
        (row,) = [row for row in work.trail.rows("day:2026-05-01") if row.verb == "drafted a learning entry"]
    assert asked.waits
    assert "new draft: Plans that children can read" in asked.summary
    assert nothing
    assert saved.saved
    assert (entry.state, entry.drafted_from, entry.created_by) == (EntryState.DRAFT, DraftedFrom.HAND, None)
    assert (entry.theme, entry.owner_id, entry.due_on) == ("planning", people.service_manager.id, DUE)
    assert entry.learning == "Plans were written\nfor courts."
    assert told == [people.qa_officer.id]
    assert not given
    assert row.actor is None


@pytest.mark.rule("OG-06")
def test_a_log_that_is_brought_in_twice_makes_no_entry_twice(council: Council, people: Staff) -> None:
    content = log_file(a_new_row(people.service_manager))

    first, again = (learns(council, content, confirmed=True) for _ in range(2))
    twin = learns(council, log_file(*[a_new_row(people.service_manager, title="Other words")] * 2))

    with council.read() as view:
        assert len(view.learning.in_states(set(EntryState))) == 1
    assert (first.saved, again.saved) == (True, False)
    assert "1 row says what is known already" in again.summary
    assert twin.refused
    assert "stands in the sheet before" in twin.summary


@pytest.mark.rule("OG-06", "SG-05")
def test_what_a_log_would_change_is_shown_and_saved_only_with_a_yes(council: Council, people: Staff) -> None:
    with council.write() as work:
        entry = an_entry(work, people.service_manager)
    moved = changed(exported(council, None), E2=people.ad_qa.email, F2=DUE)

    asked = learns(council, moved)
    before = saved_entry(council, entry)
    saved = learns(council, moved, confirmed=True)

    after = saved_entry(council, entry)
    with council.write() as work:
        given = [one.person_id for one in work.notices.of("learning_entry_given", entry.id)]
        (row,) = [row for row in work.trail.rows("day:2026-05-01") if row.verb == "wrote a learning entry"]
    assert before == entry
    assert asked.waits
    assert f"{entry.title}: owner id {people.ad_qa.name}, due on 1 July 2026" in asked.summary
    assert saved.saved
    assert (after.owner_id, after.due_on, after.state) == (people.ad_qa.id, DUE, EntryState.OPEN)
    assert given == [people.ad_qa.id]
    assert row.actor is None


@pytest.mark.rule("RO-06")
def test_words_that_a_sheet_changes_are_assured_anew_and_another_owner_is_not(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        entry = an_entry(work, people.service_manager, state=EntryState.ASSURED)

    moved = learns(council, changed(exported(council, None), E2=people.cover.email), confirmed=True)
    owned = saved_entry(council, entry)
    asked = learns(council, changed(exported(council, None), C2="Plans"))
    learns(council, changed(exported(council, None), C2="Plans"), confirmed=True)

    rewritten = saved_entry(council, entry)
    with council.read() as view:
        told = [person for person, _ in days_of(view, TO_ASSURE, people.ad_qa.id)]
    assert "assured anew" not in moved.summary
    assert (owned.state, owned.assured_at) == (EntryState.ASSURED, entry.assured_at)
    assert "to be assured anew" in asked.summary
    assert (rewritten.title, rewritten.state, rewritten.assured_by) == ("Plans", EntryState.OPEN, None)
    assert told == [people.ad_qa.id]


@pytest.mark.rule("OG-06", "RO-06")
@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"G2": "Assured"}, "Leave it Published"),
        ({"G2": "Closed", "H2": "Children know their plan.", "I2": "No"}, "closes in Teams"),
        ({"H2": "Jack Smith knows his plan."}, "closes in Teams"),
        ({"I2": "Yes"}, "closes in Teams"),
        ({"B2": ""}, "what it is about"),
        ({"D2": ""}, "what was learned"),
        ({"E2": ""}, "who sees to it"),
        ({"F2": ""}, "should have made a difference"),
        ({"F2": date(2026, 5, 1)}, "day after today"),
    ],
)
def test_no_sheet_publishes_assures_or_closes_or_takes_what_a_published_entry_needs(
    council: Council, people: Staff, cells: dict[str, Any], said: str
) -> None:
    with council.write() as work:
        entry = an_entry(work, people.service_manager)

    outcome = learns(council, changed(exported(council, None), **cells), confirmed=True)

    assert outcome.refused
    assert said in outcome.summary
    assert "ow 2" in outcome.summary
    assert "Jack Smith" not in outcome.summary
    assert saved_entry(council, entry) == entry


@pytest.mark.rule("OG-06")
@pytest.mark.parametrize("state", [EntryState.CLOSED, EntryState.DROPPED])
def test_an_entry_that_has_ended_stands_as_it_is(council: Council, people: Staff, state: EntryState) -> None:
    entry = every_state(council, people)[state]
    row = 5 if state is EntryState.CLOSED else 6

    outcome = learns(council, changed(exported(council, people.qa_officer), **{f"C{row}": "Another"}))

    assert outcome.refused
    assert "has ended" in outcome.summary
    assert saved_entry(council, entry) == entry


@pytest.mark.rule("OG-06", "SG-01")
@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (0, 999, "no entry of this number"),
        (1, "Weather", "Write one of:"),
        (2, "", "Give it a short title"),
        (2, "Visit Tia Sample, born 3 May 2014, weekly", "may say who a child is"),
        (3, "Tia Sample, born 3 May 2014, was not asked.", "may say who a child is"),
        (3, "x" * 4001, "4,000 characters"),
        (4, "nobody@exampleshire.example", "Nobody on the staff list"),
        (5, "soon", "We cannot read this date"),
        (5, date(2026, 5, 1), "day after today"),
        (5, date(2028, 6, 1), "day after today"),
        (6, "Published", "until the QA office publishes it"),
        (7, "Children know their plan.", "closes in Teams"),
        (8, "No", "closes in Teams"),
    ],
)
def test_a_faulty_row_keeps_the_whole_log_out_and_is_named(
    council: Council, people: Staff, place: int, value: object, said: str
) -> None:
    good = a_new_row(people.service_manager)
    faulty = (*good[:place], value, *good[place + 1 :])

    outcome = learns(council, log_file(good, faulty), confirmed=True)

    assert outcome.refused
    assert "ow 3" in outcome.summary
    assert said in outcome.summary
    assert "born 3 May" not in outcome.summary
    assert everything_stored(council, "learning_entries") == ""


@pytest.mark.rule("SG-01")
def test_the_reference_of_a_case_that_an_entry_rests_on_has_no_place_in_its_words(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)
        entry = an_entry(work, people.service_manager, audits=[audit.id])

    said = f"As in {audit.case_reference.lower()}, plans come late."
    outcome = learns(council, changed(exported(council, None), D2=said), confirmed=True)

    assert outcome.refused
    assert "the reference of a case" in outcome.summary
    assert audit.case_reference.lower() not in outcome.summary
    assert saved_entry(council, entry) == entry


@pytest.mark.rule("OG-06")
def test_a_column_that_a_log_does_not_have_is_left_as_it_is(council: Council, people: Staff) -> None:
    with council.write() as work:
        entry = an_entry(work, people.service_manager)
    short = Sheet(
        "Log", ("Number", "Title", "What was learned"), ((entry.id, "Plans", f"{entry.learning} Ask."),)
    )

    outcome = learns(council, write_workbook((short,)), confirmed=True)

    after = saved_entry(council, entry)
    assert outcome.saved
    assert (after.title, after.learning) == ("Plans", f"{entry.learning} Ask.")
    assert (after.theme, after.owner_id, after.due_on) == (entry.theme, entry.owner_id, entry.due_on)


@pytest.mark.rule("RO-07")
def test_a_draft_is_written_by_the_offices_file_and_what_it_was_called_is_not_told(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        draft = a_draft(work, title="From moderation")

    outcome = learns(council, changed(exported(council, people.qa_officer), C2="Plans"), confirmed=True)

    after = saved_entry(council, draft)
    assert outcome.saved
    assert "From moderation" not in outcome.summary
    assert (after.title, after.state) == ("Plans", EntryState.DRAFT)


@pytest.mark.rule("OG-06", "RO-07")
def test_the_operators_file_holds_what_is_published_alone(council: Council, people: Staff) -> None:
    every_state(council, people)

    with council.read() as view:
        operators, _ = learning_book(view, council, None)
        readers, _ = learning_book(view, council, people.service_manager)
        offices, _ = learning_book(view, council, people.qa_officer)

    assert {one.entry.state for one in operators} == {EntryState.OPEN, EntryState.ASSURED, EntryState.CLOSED}
    assert readers == operators
    assert {one.entry.state for one in offices} == set(EntryState)
