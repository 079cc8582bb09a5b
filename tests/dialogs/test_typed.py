"""Typed words: a few commands, a line for the open page, and a useful answer to anything else.

Auditor   [Continue: Planning]
Plumbline the page on planning
Auditor   The plan was written with the child.
Plumbline Shall I keep this? [Add to: My judgement] [Add to: Because of] … [Leave it out] [Open the page]
Auditor   [Add to: My judgement]
Plumbline the page on planning, with the line in it
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dialogs.turn import Asked
from dialogs.typed import topic_key
from domain.framework import Framework
from domain.pages import JOURNEY, TEXT_LIMIT
from tests.builders import (
    NOW,
    Staff,
    a_filled_audit,
    a_returned_audit,
    a_round,
    a_submitted_audit,
    an_accepted_audit,
    an_allocated_audit,
)
from tests.chat import Chat, buttons, text
from tests.dialogs.scripts import at_page, on_one_engine, saved, text_of, trail, values
from workflows.council import Council

LINE = "The plan was written with the child."


@on_one_engine
@pytest.mark.rule("WH-03")
@pytest.mark.parametrize(
    ("key", "button", "box"),
    [
        ("planning", "Add to: My judgement", "judgement"),
        ("planning", "Add to: Because of", "action"),
        ("planning", "Add to: Impact on the child", "impact"),
        ("overall", "Add to: My judgement", "judgement"),
        (JOURNEY, "Add to: What matters most now", "matters_most"),
        ("file", "Add to: Note", "note"),
        ("voice_child", "Add to: What they said", "summary"),
        ("voice_parent", "Add to: Why not obtained", "reason"),
        ("conversation", "Add to: What the practitioner said", "reflections"),
    ],
)
def test_a_line_lands_in_the_box_chosen_once_it_is_confirmed(
    council: Council, people: Staff, key: str, button: str, box: str
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    at_page(chat, audit, key)

    asked = chat.types(LINE)

    assert LINE in text(asked)
    assert saved(council, audit.id, key) == {}

    page = chat.presses(button, asked)

    assert saved(council, audit.id, key)[box] == LINE
    assert values(page)[box] == LINE


def test_a_line_is_added_below_what_stands_there(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_filled_audit(work, council.framework, people)
    chat = Chat(council, people.auditor)
    at_page(chat, audit, JOURNEY)
    before = saved(council, audit.id, JOURNEY)["journey"]

    chat.presses("Add to: The journey", chat.types("Then they moved."))

    assert saved(council, audit.id, JOURNEY)["journey"] == f"{before}\nThen they moved."


def test_a_line_left_out_leaves_no_mark(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    at_page(chat, audit, "planning")

    asked = chat.types(LINE)
    chat.presses("Leave it out", asked)
    kept = chat.presses("Add to: My judgement", asked)

    assert saved(council, audit.id, "planning") == {}
    assert values(kept)["judgement"] == ""


@pytest.mark.parametrize(("seconds", "asked_about"), [(0, True), (59, True), (60, False), (3600, False)])
def test_the_same_line_within_a_minute_is_asked_about(
    council: Council, people: Staff, seconds: int, asked_about: bool
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    at_page(chat, audit, "planning")
    chat.types(LINE)
    chat.now = NOW + timedelta(seconds=seconds)

    again = chat.types(LINE)

    assert ("You sent the same line a moment ago" in text(again)) is asked_about
    assert saved(council, audit.id, "planning") == {}


def test_a_line_is_never_appended_twice_by_one_card(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    at_page(chat, audit, "planning")
    asked = chat.types(LINE)

    chat.presses("Add to: My judgement", asked)
    chat.presses("Add to: Impact on the child", asked)
    chat.presses("Add to: My judgement", asked)

    body = saved(council, audit.id, "planning")
    assert (body["judgement"], body["impact"]) == (LINE, "")


@on_one_engine
@pytest.mark.rule("SG-01")
def test_one_is_told_once_that_the_chat_keeps_what_is_typed(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    at_page(chat, audit, "planning")

    first, second = chat.types(LINE), chat.types("Another line.")

    assert "Lines typed in the chat stay in Teams' own history" in text(first)
    assert "history" not in text(second)


@on_one_engine
def test_a_full_box_says_so_and_loses_nothing(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    chat.presses("Save and see", at_page(chat, audit, JOURNEY), journey="x" * (TEXT_LIMIT - 3))
    at_page(chat, audit, JOURNEY)

    note = chat.presses("Add to: The journey", chat.types("One more line."))

    assert "That box is full" in text(note)
    assert saved(council, audit.id, JOURNEY)["journey"] == "x" * (TEXT_LIMIT - 3)


@on_one_engine
def test_a_line_too_long_for_any_box_is_refused_with_its_length(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    at_page(chat, audit, JOURNEY)

    assert "4,001 characters" in text(chat.types("x" * (TEXT_LIMIT + 1)))
    assert "Shall I keep this?" in text(chat.types("x" * TEXT_LIMIT))


@on_one_engine
def test_a_line_typed_where_no_page_is_open_is_answered_usefully(council: Council, people: Staff) -> None:
    with council.write() as work:
        an_accepted_audit(work, people)

    card = Chat(council, people.auditor).types(LINE)

    assert "nothing was saved" in text(card)
    assert "continue" in text(card)


@on_one_engine
@pytest.mark.parametrize("key", ["actions", "everything"])
def test_a_line_finds_no_box_on_pages_without_one(council: Council, people: Staff, key: str) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    at_page(chat, audit, JOURNEY)
    at_page(chat, audit, key)

    assert "nothing was saved" in text(chat.types(LINE))


def test_after_submission_no_line_finds_its_page(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_filled_audit(work, council.framework, people)
    chat = Chat(council, people.auditor)
    at_page(chat, audit, JOURNEY)
    waiting = chat.types(LINE)
    chat.presses("Submit and share", at_page(chat, audit, "everything"))

    late = chat.presses("Add to: The journey", waiting)

    assert "Submitted. Thank you." in text(late)
    assert LINE not in str(saved(council, audit.id, JOURNEY))
    assert "nothing was saved" in text(chat.types("Another line."))


@pytest.mark.rule("SG-05")
def test_a_kept_line_leaves_a_row_as_any_save_does(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    at_page(chat, audit, JOURNEY)
    asked = chat.types(LINE)
    before = trail(council, audit.id)

    chat.presses("Add to: The journey", asked)

    assert trail(council, audit.id)[len(before) :] == [
        ("saved", people.auditor.id),
        ("read", people.auditor.id),
    ]


@on_one_engine
@pytest.mark.rule("PR-02")
def test_commands_are_understood_in_sensible_variants(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    at_page(chat, audit, JOURNEY)
    expected = {
        "What is yours to do": ["my audits", "My Audits!", " my   audits ", "to do", "what's due"],
        "Everything you save stays": ["continue", "Continue.", "carry on", "resume"],
        "How I can help": ["help", "?", "Hello", "hi!", "", "   "],
        "Planning": ["guidance planning", "Guidance on planning", "guide planning"],
        "The four grades": ["guidance grades", "guidance on the grades"],
        "Writing it up": ["guidance writing", "guidance on my rationale"],
        "How an audit goes": ["guidance", "guide", "guidance for tea"],
    }

    for said, variants in expected.items():
        for words in variants:
            assert said in text(chat.types(words)), words


@on_one_engine
@pytest.mark.parametrize(
    "line",
    [
        "Continue with weekly visits.",
        "Help came late.",
        "Status of the plan is unclear to the child.",
        # The QA office's own words are an auditor's words as well.
        "Not reached",
        "Cannot reach",
        "Unreachable.",
    ],
)
def test_a_line_that_begins_like_a_command_is_still_a_line(
    council: Council, people: Staff, line: str
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    at_page(chat, audit, JOURNEY)

    assert "Shall I keep this?" in text(chat.types(line))


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("planning", "planning"),
        ("Planning", "planning"),
        ("case recording", "recording"),
        ("supervision", "oversight"),
        ("the review of the plan", "review"),
        ("grading", "start"),
        ("the grades", "grades"),
        ("", "start"),
    ],
)
def test_guidance_finds_its_topic(framework: Framework, words: str, topic: str) -> None:
    assert topic_key(framework, words) == topic


@on_one_engine
@pytest.mark.rule("PR-02", "CA-06")
def test_my_audits_shows_only_what_is_next_and_names_no_case(council: Council, people: Staff) -> None:
    with council.write() as work:
        an_allocated_audit(work, people, reference="CF-1")
        a_submitted_audit(work, council, people, reference="CF-2")

    card = Chat(council, people.auditor).types("my audits")

    assert "A new audit to accept" in text(card)
    assert "Due 7 May 2026" in text(card)
    assert "Audit submitted on 1 May 2026" in text(card)
    assert "CF-" not in text_of(card)


@on_one_engine
@pytest.mark.parametrize(
    ("who", "duty"),
    [
        pytest.param(
            "practitioner", "Your comments on an audit of your work", marks=pytest.mark.rule("CA-17")
        ),
        pytest.param("team_manager", "An audit in your team to read", marks=pytest.mark.rule("CA-18")),
        pytest.param("line_manager", "An audit in Conifers 1", marks=pytest.mark.rule("CA-16")),
        pytest.param("qa_officer", "An audit in Conifers 1", marks=pytest.mark.rule("CA-16")),
        pytest.param("bystander", "you are up to date", marks=pytest.mark.rule("PR-02")),
    ],
)
def test_each_reader_of_a_shared_audit_sees_their_own_duty(
    council: Council, people: Staff, who: str, duty: str
) -> None:
    with council.write() as work:
        a_submitted_audit(work, council, people)

    card = Chat(council, getattr(people, who)).types("my audits")

    assert duty in text(card)
    assert "CF-1001" not in text_of(card)


@on_one_engine
@pytest.mark.rule("PR-02", "SG-01")
def test_shared_audits_are_told_apart_and_are_no_duty(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_submitted_audit(work, council, people, reference="CF-1")
        other = replace(people, auditor=people.second_auditor)
        a_submitted_audit(work, council, other, reference="CF-2")

    card = Chat(council, people.qa_officer).types("my audits")

    assert "you are up to date" in text(card)
    assert f"Audited by {people.auditor.name}, shared on 1 May 2026" in text(card)
    assert f"Audited by {other.auditor.name}, shared on 1 May 2026" in text(card)
    assert card["fallbackText"] == "You are up to date."
    assert people.practitioner.name not in text_of(card)


def test_the_office_asks_how_the_round_stands(council: Council, people: Staff) -> None:
    with council.write() as work:
        an_accepted_audit(work, people)
    office = Chat(council, people.qa_officer)

    card = office.types("status")
    round_card = office.presses("Open the round", card)

    assert "May 2026: the round is under way." in text(card)
    assert "Accepted and under way: \n1" in text(round_card)


@on_one_engine
@pytest.mark.rule("CA-06", "PR-06")
def test_the_office_still_sees_what_is_overdue_once_the_next_round_is_planned(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        an_accepted_audit(work, people)
        a_round(work, month=date(2026, 7, 1), state="planned", by=people.qa_officer)

    office = Chat(council, people.qa_officer, now=datetime(2026, 6, 17, 9, tzinfo=UTC))
    card = office.types("status")
    may = office.presses("Open May 2026", card)

    assert "Accepted and under way: \n1" in text(may)
    assert "May 2026: the round is under way." in text(card)
    assert "July 2026: the proposal is ready" in text(card)
    assert "1 audit is overdue, of all rounds together." in text(card)


@on_one_engine
@pytest.mark.parametrize(
    ("state", "said"), [("planned", "ready for you to look at"), ("approved", "get their cards on the 1st")]
)
def test_the_office_hears_what_the_round_waits_for(
    council: Council, people: Staff, state: str, said: str
) -> None:
    with council.write() as work:
        a_round(work, state=state, by=people.qa_officer)

    assert said in text(Chat(council, people.qa_officer).types("status"))


@on_one_engine
def test_nobody_else_is_shown_the_round(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_round(work)

    card = Chat(council, people.auditor).types("the round")

    assert "What is yours to do" in text(card)
    assert "Open the round" not in [title for title, _ in buttons(card)]


@on_one_engine
def test_an_audit_that_went_back_is_no_longer_ones_own(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_returned_audit(work, people)

    assert "you are up to date" in text(Chat(council, people.auditor).types("continue"))


@on_one_engine
def test_the_first_greeting_shows_what_is_to_do_or_how_this_works(council: Council, people: Staff) -> None:
    with council.write() as work:
        an_allocated_audit(work, people)

    busy = Chat(council, people.auditor).turn(asked=Asked.ARRIVED)
    free = Chat(council, people.bystander).turn(asked=Asked.ARRIVED)

    assert busy.card is not None
    assert free.card is not None
    assert "A new audit to accept" in text(busy.card)
    assert "How I can help" in text(free.card)
