"""What the coach says reaches the auditor on the way, and keeps nobody.

Auditor   Planning: “It seems fine.”, Good, [Save and continue]
Plumbline the next page, and above it: Saved: Planning. … things would make this stronger. [Back to Planning]
Auditor   begins the next page, [Back to Planning]
Plumbline Planning with its hints; what was begun is kept
"""

import pytest

from tests.builders import Staff, an_accepted_audit
from tests.chat import Chat, buttons, inputs, text
from tests.dialogs.scripts import Card, at_page
from workflows.council import Council

HASTY = {"judgement": "It seems fine.", "grade": "good"}


def titles(card: Card) -> list[str]:
    return [title for title, _ in buttons(card)]


@pytest.mark.rule("WH-02", "WH-05", "WH-07", "SG-04")
def test_the_next_page_says_what_would_make_the_last_one_stronger(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)

    after = chat.presses("Save and continue", at_page(chat, audit, "planning"), **HASTY)

    assert "Review of the plan" in text(after)
    assert "Saved: " in text(after)
    assert "“It seems” in your judgement leaves the question open." in text(after)
    assert "No sources are named yet." in text(after)
    assert "Back to Planning" in titles(after)


@pytest.mark.rule("WH-02")
def test_going_back_keeps_what_was_begun_meanwhile(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    after = chat.presses("Save and continue", at_page(chat, audit, "planning"), **HASTY)

    back = chat.presses("Back to Planning", after, judgement="The review was held on time.")

    assert {node["id"]: node.get("value") for node in inputs(back)}["judgement"] == "It seems fine."
    begun = {node["id"]: node.get("value") for node in inputs(at_page(chat, audit, "review"))}
    assert begun["judgement"] == "The review was held on time."


def test_the_overview_and_the_review_say_it_too(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)

    overview = chat.presses("Save and see overview", at_page(chat, audit, "planning"), **HASTY)
    chat.presses("Back to Planning", overview)
    hasty = {"action_what_1": "Perhaps ring the school."}
    review = chat.presses("Save and check everything", at_page(chat, audit, "actions"), **hasty)

    assert "Back to Actions" in titles(review)


def test_a_page_the_coach_has_nothing_to_say_about_is_just_saved(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    calm = {"journey": "The child came to us in spring.", "matters_most": "Staying at one school."}

    after = chat.presses("Save and continue", at_page(chat, audit, "journey"), **calm)

    assert "Saved. Thank you." in text(after)
    assert not any(title.startswith("Back to") for title in titles(after))
