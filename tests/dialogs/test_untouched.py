"""Looking is not starting.

Auditor   [Open] Reading the file, types nothing, [Save and continue]
Plumbline the next page; the file is still to do
Auditor   writes a note, [Save and see overview], comes back, clears it, [Save and see overview]
Plumbline nothing is left of the note
"""

import pytest

from cards.views import Mode
from domain.grades import Grade
from domain.pages import ACTIONS, CONVERSATION, FILE, JOURNEY, OVERALL, JourneyPage, OverallPage, SectionPage
from tests.builders import Staff, an_accepted_audit, save_pages
from tests.chat import Chat, inputs, text
from tests.dialogs.scripts import at_page, on_one_engine, saved, trail, values
from workflows.council import Council

EVERY_KIND = (JOURNEY, FILE, "planning", "voice_child", CONVERSATION, OVERALL, ACTIONS)


@pytest.mark.parametrize("key", EVERY_KIND)
def test_a_blank_page_gone_past_stays_to_do(council: Council, people: Staff, key: str) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)

    page = at_page(chat, audit, key)
    # Some clients send every empty input, others leave them out.
    onward = chat.presses("Save and c", page)
    overview = chat.presses("Save and see overview", page, **{node["id"]: "" for node in inputs(page)})

    assert "Saved" not in text(onward)
    assert "◐ started" not in text(overview)
    assert "saved" not in [verb for verb, _ in trail(council, audit.id)]
    with council.read() as view:
        assert view.audits.page(audit.id, key) is None


def test_going_back_from_a_blank_page_leaves_it_to_do(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    planning = at_page(chat, audit, "planning")
    review = chat.presses("Save and continue", planning, judgement="It seems fine.", grade="good")

    back = chat.presses("Back to Planning", review)

    assert "It seems fine." in {node.get("value") for node in inputs(back)}
    with council.read() as view:
        assert list(view.audits.pages(audit.id)) == ["planning"]


@pytest.mark.parametrize("mode", list(Mode))
def test_clearing_what_was_saved_is_saved_and_the_page_is_to_do_again(
    council: Council, people: Staff, mode: Mode
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        save_pages(work, audit, {JOURNEY: JourneyPage("Moved twice.", "")})
    chat = Chat(council, people.auditor, mode=mode)

    overview = chat.presses("Save and see overview", at_page(chat, audit, JOURNEY), journey="")

    assert saved(council, audit.id, JOURNEY) == {"journey": "", "matters_most": ""}
    assert ("saved", people.auditor.id) in trail(council, audit.id)
    assert "◐ started" not in text(overview)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        (FILE, {"read_on": "2026-05-01"}),
        ("planning", {"mark_": "met"}),
        ("voice_child", {"reached": "not_obtained"}),
        (ACTIONS, {"none_needed": "true"}),
    ],
)
def test_one_choice_alone_begins_a_page(
    council: Council, people: Staff, key: str, typed: dict[str, str]
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    page = at_page(chat, audit, key)
    first_mark = next((node["id"] for node in inputs(page) if node["id"].startswith("mark_")), "")
    sent = {first_mark if name.startswith("mark_") else name: value for name, value in typed.items()}

    chat.presses("Save and see overview", page, **sent)

    with council.read() as view:
        assert view.audits.page(audit.id, key) is not None


@pytest.mark.rule("WH-08")
@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ({}, None),
        ({"action_what_1": ""}, []),
        ({"action_due_1": "2026-06-26"}, [["Visit weekly.", None, "2026-06-26"]]),
    ],
    ids=["left alone", "cleared", "given a day"],
)
def test_an_action_only_suggested_begins_nothing_until_it_is_changed(
    council: Council, people: Staff, typed: dict[str, str], stands: list[object] | None
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        save_pages(work, audit, {OVERALL: OverallPage(better="Visit weekly.")})
    chat = Chat(council, people.auditor)
    page = at_page(chat, audit, ACTIONS)
    assert values(page)["action_what_1"] == "Visit weekly."

    chat.presses("Save and see overview", page, **typed)

    assert saved(council, audit.id, ACTIONS).get("actions") == stands


def test_blank_from_a_card_older_than_what_was_saved_is_no_clearing(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    blank = at_page(chat, audit, JOURNEY)
    with council.write() as work:
        save_pages(work, audit, {JOURNEY: JourneyPage("Moved twice.", "")})

    answer = chat.presses("Save and see overview", blank)

    assert saved(council, audit.id, JOURNEY)["journey"] == "Moved twice."
    assert "Moved twice." in text(answer)


@on_one_engine
def test_saving_a_try_with_nothing_typed_says_so(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)

    card = chat.presses("Save this try", at_page(chat, audit, "voice_child"))

    assert "There is nothing on this page yet, so nothing was saved." in text(card)
    assert "The child's views" in text(card)


@on_one_engine
@pytest.mark.rule("CA-15")
def test_a_grade_alone_is_no_blank_page(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        save_pages(work, audit, {"planning": SectionPage(Grade.GOOD)})
    chat = Chat(council, people.auditor)

    assert "◐ started" in text(chat.presses("Save and see overview", at_page(chat, audit, JOURNEY)))
