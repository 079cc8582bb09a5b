"""The learning log in chat, from a theme to what changed for children.

the QA officer      themes → Draft an entry → Save → Publish (asked for what it lacks) → Publish
the AD for QA       learning log → Open → Assure
the QA officer      Add an action → Save
its owner           A learning action for you → Open → It is done
the QA officer      Link evidence → Save → Close → Close it
"""

from datetime import date, datetime
from typing import Any

import pytest

from cards.payloads import ReadShared
from cards.payloads_learning import AskEntry, DraftFromAudit, SaveEntry, ShowEntry
from domain.grades import Grade
from domain.learning import EntryState
from domain.people import Person, Post
from scheduler.drawing import Drawn
from tests.builders import NOW, Staff, a_person, a_submitted_audit, an_accepted_audit
from tests.chat import Chat, buttons, text
from tests.dialogs.scripts import at_page, on_one_engine, said_under, values
from tests.learning import a_draft, a_section, an_action, an_entry
from tests.workflows.nudged import drawn
from workflows.council import Council
from workflows.offer_kinds import LEARNING_BOOK

pytestmark = on_one_engine

DUE = "2026-07-01"


def chat_of(council: Council, person: Person, now: datetime = NOW) -> Chat:
    return Chat(council, person, now=now)


@pytest.mark.rule("CA-21", "OG-06", "RO-04", "RO-06", "RO-07", "Q29")
def test_from_a_theme_to_what_changed_for_children(council: Council, people: Staff) -> None:
    with council.write() as work:
        psw = a_person(work, "Pat Principal", Post.PSW)
        for number in range(6):
            a_submitted_audit(
                work,
                council,
                people,
                reference=f"CF-{number}",
                pages={"planning": a_section(Grade.INADEQUATE, "GP-03")},
            )
    officer, owner = chat_of(council, people.qa_officer), people.service_manager

    themes = officer.types("themes")
    form = officer.presses("Draft an entry", themes)
    saved = officer.presses("Save", form, entry_title="Plans that children can read")
    lacking = officer.presses("Publish", saved)
    whole = officer.presses("Save", lacking, owner=str(owner.id), due_on=DUE)
    published = officer.presses("Publish", whole)

    assert "Below Good in 6 of 6; good practice tagged in 6 of 6." in text(themes)
    assert "Too few audits to compare" in text(themes)
    assert "was graded below Good in 6 of 6 audits" in values(form)["learning"]
    assert "Draft, for the QA office alone" in text(saved)
    assert "choose who sees to it" in said_under(lacking, "owner")
    assert "give the day" in said_under(lacking, "due_on")
    assert "Published, not assured yet" in text(published)
    assert "It needs at least one action" in text(published)

    director = chat_of(council, people.ad_qa)
    to_assure = director.types("learning log")
    assured = director.presses("Assure", director.presses("Open", to_assure))
    assert "To assure" in text(to_assure)
    assert "Assured: Dale Director" in text(assured).replace(": \n", ": ")

    too_soon = officer.presses("Close", officer.sends(ShowEntry(1).pack()))
    assert "It needs at least one action" in text(too_soon)
    assert [title for title, _ in buttons(too_soon)] == ["Add an action", "Go back"]
    assert not values(too_soon)

    action = officer.presses("Add an action", too_soon)
    officer.presses("Save", action, what="Write a guide.", action_owner=str(owner.id), action_due_on=DUE)
    told = drawn(council, owner, NOW, "learning_action_given", 1)
    assert isinstance(told, Drawn)
    theirs = chat_of(council, owner)
    done = theirs.presses("It is done", theirs.presses("Open", told.card), done_text="The guide is in use.")
    assert "Done on 1 May 2026: The guide is in use." in text(done)

    evidence = officer.presses("Link evidence", officer.sends(ShowEntry(1).pack()))
    unfinished = officer.presses("Save", evidence, source_what="Complaints of the spring")
    linked = officer.presses("Save", unfinished, source_kind="complaint", source_on="2026-04-20")
    assert "choose what kind" in said_under(unfinished, "source_kind")
    assert "6 audits; 1 other source" in text(linked)
    assert "20 April 2026: Complaints of the spring" in text(linked)

    end = officer.presses("Close", officer.sends(ShowEntry(1).pack()))
    asked = officer.presses("Close it", end)
    closed = officer.presses("Close it", asked, impact="Children know their plan.", more_needed="no")
    reader = chat_of(council, psw).sends(ShowEntry(1).pack())
    assert "what changed for children" in said_under(asked, "impact")
    assert "Children know their plan." in text(closed)
    assert "6 audits" in text(reader)
    assert not any("Read" in title for title, _ in buttons(reader))
    assert "Read audit 1" in dict(buttons(closed))


@pytest.mark.rule("OG-06", "SG-05")
def test_a_reader_takes_the_log_along_and_whoever_only_has_an_action_cannot(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        an_action(work, an_entry(work, people.service_manager), people.team_manager)
    reader = chat_of(council, people.service_manager)

    asked = reader.presses("Excel copy", reader.types("learning log"))
    owner = chat_of(council, people.team_manager).types("learning log")

    assert "comes in a message of its own" in text(asked)
    assert "Excel copy" not in dict(buttons(owner))
    with council.read() as view:
        offer = view.offers.get(1)
    assert offer is not None
    assert (offer.kind, offer.person_id) == (LEARNING_BOOK, people.service_manager.id)


def test_a_stale_save_shows_what_stands_there_and_keeps_what_was_typed(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        draft = a_draft(work)
    chat = chat_of(council, people.qa_officer)
    mine, others = (chat.sends(AskEntry(draft.id, "words", 0).pack()) for _ in range(2))
    chat.presses("Save", others, entry_title="Somebody else's title")

    again = chat.presses("Save", mine, entry_title="My title")
    kept = chat.presses("Save", again)

    assert "saved from another place" in text(again)
    assert "Somebody else's title" in text(again)
    assert values(again)["entry_title"] == "My title"
    assert "My title" in text(kept)


@pytest.mark.rule("SG-01")
def test_a_name_is_refused_beside_its_box_and_every_word_stays(council: Council, people: Staff) -> None:
    with council.write() as work:
        action = an_action(work, an_entry(work, people.service_manager), people.cover)
    officer, owner = chat_of(council, people.qa_officer), chat_of(council, people.cover)
    form = officer.sends(AskEntry(0, "words", 0).pack())
    typed = {"entry_title": "Plans", "learning": "We heard that Jack Smith waited."}

    again = officer.presses("Save", form, **typed)
    mine = owner.presses("Open", owner.types("my learning actions"))
    refused = owner.presses("It is done", mine, done_text="We rang Jack Smith.")

    assert "“Jack Smith”" in said_under(again, "learning")
    assert {name: values(again)[name] for name in typed} == typed
    assert "“Jack Smith”" in said_under(refused, "done_text")
    assert values(refused)["done_text"] == "We rang Jack Smith."
    with council.read() as view:
        assert view.learning.in_states({EntryState.DRAFT}) == ()
        assert view.learning.action(action.id) == action


@pytest.mark.rule("RO-07")
def test_only_the_qa_office_is_offered_a_draft_from_a_shared_audit(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_submitted_audit(work, council, people)

    def offered(person: Person) -> bool:
        card = chat_of(council, person).sends(ReadShared(audit.id, "summary").pack())
        return "Draft from this audit" in dict(buttons(card))

    readers = (people.auditor, people.practitioner, people.team_manager, people.line_manager)
    assert not any(offered(person) for person in readers)
    chat = chat_of(council, people.qa_officer)
    summary = chat.sends(ReadShared(audit.id, "summary").pack())
    form = chat.presses("Draft from this audit", summary)
    again = chat.again()

    assert values(form)["learning"] == values(again)["learning"] == "A plan the child can read."
    with council.read() as view:
        assert len(view.learning.in_states({EntryState.DRAFT})) == 1
    refused = chat_of(council, people.team_manager).sends(DraftFromAudit(audit.id, "n").pack())
    assert "Not yours to open" in text(refused)


@pytest.mark.rule("Q29")
def test_the_same_words_are_a_line_for_whoever_the_log_is_not_for(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = chat_of(council, people.auditor)
    at_page(chat, audit, "journey")

    answers = [text(chat.types(line)) for line in ("themes", "learning")]

    assert all("Shall I keep this?" in answer for answer in answers)


def test_the_log_is_read_a_card_at_a_time_and_part_by_part(council: Council, people: Staff) -> None:
    with council.write() as work:
        for number in range(10):
            an_entry(work, people.cover, title=f"Entry {number}", due_on=date(2026, 4, 20 + number))
        a_draft(work, title="A draft")
    chat = chat_of(council, people.qa_officer)

    first = chat.types("log")
    rest = chat.presses("2 more lines", first)
    back = chat.presses("Those before", rest)
    parts = {title: chat.presses(title, first) for title in ("To assure (10)", "Drafts (1)", "By theme (1)")}

    assert "Entry 7" in text(first)
    assert "Entry 8" not in text(first)
    assert "Was due 20 April 2026" in text(first)
    assert "Entry 9" in text(rest)
    assert text(back) == text(first)
    assert "A draft" in text(parts["Drafts (1)"])
    assert "10 under way, 10 of them overdue" in text(parts["By theme (1)"])


def test_a_new_entry_by_hand_is_made_once_however_often_its_press_arrives(
    council: Council, people: Staff
) -> None:
    chat = chat_of(council, people.qa_officer)
    data: dict[str, Any] = {**SaveEntry(0, 0, "n").pack(), "entry_title": "Plans", "theme": "planning"}

    cards = [chat.sends(data) for _ in range(3)]

    assert all("Plans" in text(card) for card in cards)
    with council.read() as view:
        assert len(view.learning.in_states({EntryState.DRAFT})) == 1
