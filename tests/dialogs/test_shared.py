"""A shared audit: read, commented on, reviewed, and seen filling up.

Practitioner  my audits
Plumbline     Your comments on an audit of your work, due 8 May. [Read]
Practitioner  [Read], writes, [Add my comment]
Plumbline     Thank you. Your words are part of the audit now.
Team manager  [Read], reason, [Nominate for moderation]
Plumbline     Toni Manager has read this audit and put it forward for moderation: …
QA officer    status, [Open the round]
Plumbline     Submitted: 1. Commented on: 1. Put forward for moderation: 1.
"""

from datetime import timedelta

import pytest

from cards.payloads import ReadShared
from domain.audits import Audit
from domain.pages import ACTIONS, JOURNEY
from tests.builders import NOW, Staff, a_filled_audit, a_submitted_audit
from tests.chat import Chat, buttons, text
from tests.dialogs.scripts import Card, on_one_engine, text_of, trail, values
from workflows.council import Council


@pytest.fixture
def audit(council: Council, people: Staff) -> Audit:
    with council.write() as work:
        return a_submitted_audit(work, council, people)


def reading(chat: Chat, audit: Audit, part: str = "summary") -> Card:
    return chat.sends(ReadShared(audit.id, part).pack())


@pytest.mark.rule("CA-16", "CA-17", "CA-18", "Q6")
def test_from_sharing_to_comment_review_and_progress(council: Council, people: Staff, audit: Audit) -> None:
    practitioner, manager = Chat(council, people.practitioner), Chat(council, people.team_manager)
    office = Chat(council, people.qa_officer)

    thanks = practitioner.presses(
        "Add my comment",
        practitioner.presses("Read", practitioner.types("my audits")),
        comment="I would visit sooner next time.",
    )
    reviewed = manager.presses(
        "Nominate",
        manager.presses("Read", manager.types("my audits")),
        review_reason="The grade seems high to me.",
    )
    progress = office.presses("Open the round", office.types("status"))

    assert "Thank you." in text(thanks)
    assert "I would visit sooner next time." in text(reviewed)
    assert "put it forward for moderation: The grade seems high to me." in text(reviewed)
    for line in (
        "Submitted: \n1",
        "Commented on by the practitioner: \n1",
        "Read by the team manager: \n1",
        "Put forward for moderation: \n1",
    ):
        assert line in text(progress)
    for who in (people.auditor, people.line_manager, people.qa_officer):
        assert "I would visit sooner next time." in text(reading(Chat(council, who), audit))


@pytest.mark.rule("CA-16")
@pytest.mark.parametrize("who", ["auditor", "practitioner", "line_manager", "team_manager", "qa_officer"])
def test_every_reader_can_read_every_part(council: Council, people: Staff, audit: Audit, who: str) -> None:
    chat = Chat(council, getattr(people, who))
    card = chat.presses("Read from the start", reading(chat, audit))
    seen = [text(card)]

    while any(title.startswith("Next:") for title, _ in buttons(card)):
        card = chat.presses("Next:", card)
        seen.append(text(card))

    whole = "\n".join(seen)
    for piece in (
        "The child came to us after a worried call from school.",
        "They feel heard.",
        "What went well, and one thing to try.",
        "A plan the child can read.",
        "Rewrite the plan with the child.",
    ):
        assert piece in whole
    assert trail(council, audit.id)[-1] == ("read", chat.person.id)


@on_one_engine
def test_what_is_agreed_and_what_was_said_have_a_part_of_their_own(
    council: Council, people: Staff, audit: Audit
) -> None:
    chat = Chat(council, people.practitioner)
    chat.presses("Add my comment", reading(chat, audit), comment="A long view of it.")

    agreed, said = reading(chat, audit, ACTIONS), reading(chat, audit, "comment")
    unknown = reading(chat, audit, "no such part")

    assert "What is agreed" in text(agreed)
    assert f"{people.practitioner.name}, by 31 May 2026" in text(agreed)
    assert "A long view of it." in text(said)
    assert "The practitioner's view" in text(said)
    assert "An audit, shared for learning" in text(unknown)


@on_one_engine
@pytest.mark.rule("CA-17", "CA-18")
def test_each_reader_is_offered_their_own_answer_only(council: Council, people: Staff, audit: Audit) -> None:
    offered = {}
    for who in ("auditor", "practitioner", "line_manager", "team_manager", "qa_officer"):
        card = reading(Chat(council, getattr(people, who)), audit)
        offered[who] = set(values(card))

    assert offered == {
        "auditor": set(),
        "practitioner": {"comment"},
        "line_manager": set(),
        "team_manager": {"review_reason"},
        "qa_officer": set(),
    }


@pytest.mark.rule("CA-17", "Q26")
def test_comments_are_added_one_below_the_other_even_after_their_days(
    council: Council, people: Staff, audit: Audit
) -> None:
    chat = Chat(council, people.practitioner)
    chat.presses("Add my comment", reading(chat, audit), comment="First thought.")
    chat.now = NOW + timedelta(days=40)

    chat.presses("Add my comment", reading(chat, audit), comment="Second thought.")

    assert "First thought.\n\nSecond thought." in text(reading(chat, audit, "comment"))


@on_one_engine
@pytest.mark.rule("CA-17", "Q26")
@pytest.mark.parametrize(("days", "invited"), [(7, True), (10, True), (11, False)])
def test_a_comment_is_invited_for_five_working_days_and_then_let_be(
    council: Council, people: Staff, audit: Audit, days: int, invited: bool
) -> None:
    # Friday 1 May, with a bank holiday on the 4th: the fifth working day is Monday the 11th.
    chat = Chat(council, people.practitioner, now=NOW + timedelta(days=days))

    assert ("Your comments on an audit" in text(chat.types("my audits"))) is invited


@on_one_engine
def test_an_empty_or_overlong_comment_keeps_its_card(council: Council, people: Staff, audit: Audit) -> None:
    chat = Chat(council, people.practitioner)
    card = reading(chat, audit)

    empty = chat.presses("Add my comment", card, comment="  ")
    long = chat.presses("Add my comment", card, comment="x" * 4001)

    assert "Please write a few words before sending." in text(empty)
    assert "Please keep it within 4,000 characters; this is 4,001." in text(long)
    assert values(long)["comment"] == "x" * 4001
    with council.read() as view:
        assert view.audits.comments(audit.id) == ()


def test_comments_stay_short_enough_to_be_read_on_one_card(
    council: Council, people: Staff, audit: Audit
) -> None:
    chat = Chat(council, people.practitioner)
    for letter in "abc":
        chat.presses("Add my comment", reading(chat, audit), comment=letter * 4000)

    full = chat.presses("Add my comment", reading(chat, audit), comment="One more.")

    assert "Your comments fill the room there is." in text(full)
    assert "c" * 4000 in text(reading(chat, audit, "comment"))


@on_one_engine
@pytest.mark.rule("CA-18", "Q6")
def test_nominating_needs_a_reason_and_not_nominating_does_not(
    council: Council, people: Staff, audit: Audit
) -> None:
    chat = Chat(council, people.team_manager)

    asked = chat.presses("Nominate", reading(chat, audit))
    done = chat.presses("Reviewed, no need", asked)

    assert "Please say why you put this audit forward" in text(asked)
    assert "did not put it forward for moderation" in text(done)
    assert "Nominate for moderation" not in [title for title, _ in buttons(done)]


@pytest.mark.rule("CA-18")
def test_a_review_stands(council: Council, people: Staff, audit: Audit) -> None:
    chat = Chat(council, people.team_manager)
    first, old = reading(chat, audit), reading(chat, audit)
    chat.presses("Nominate", first, review_reason="A look by others would help.")

    note = chat.presses("Reviewed, no need", old)

    assert "reviewed already" in text(note)
    with council.read() as view:
        review = view.audits.review(audit.id)
        assert review is not None
        assert (review.nominated, review.by_id) == (True, people.team_manager.id)


@pytest.mark.rule("SG-05")
def test_comment_and_review_leave_rows_without_their_words(
    council: Council, people: Staff, audit: Audit
) -> None:
    practitioner, manager = Chat(council, people.practitioner), Chat(council, people.team_manager)
    practitioner.presses("Add my comment", reading(practitioner, audit), comment="Words of mine.")
    manager.presses("Nominate", reading(manager, audit), review_reason="Words of hers.")

    rows = trail(council, audit.id)

    assert ("commented", people.practitioner.id) in rows
    assert ("reviewed", people.team_manager.id) in rows
    with council.read() as view:
        assert "Words of" not in str(view.trail.rows(f"audit:{audit.id}"))


@on_one_engine
@pytest.mark.rule("PR-01")
def test_the_summary_begins_with_what_matters_to_the_child(
    council: Council, people: Staff, audit: Audit
) -> None:
    shown = text(reading(Chat(council, people.practitioner), audit))

    assert shown.index("Staying at one school.") < shown.index("Overall grade")


def test_nothing_of_an_audit_under_way_can_be_read(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = a_filled_audit(work, council.framework, people)

    for who in (people.practitioner, people.team_manager, people.qa_officer, people.auditor):
        card = reading(Chat(council, who), audit, JOURNEY)
        assert "not yours" in text(card)
        assert "worried call" not in text_of(card)
