"""Actions over the weeks of an audit: what was agreed early may no longer hold when it is submitted.

Auditor   agrees an action with the practitioner for 15 May
Plumbline Saved.
QA office imports a staff list without the practitioner; 15 May passes
Auditor   opens the actions again: the practitioner is no longer offered
Auditor   [Save and check everything]
Plumbline a new owner and a new date are still missing
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.grades import Grade
from domain.pages import ACTIONS, OVERALL, ActionLine, ActionsPage, OverallPage
from tests.builders import NOW, Staff, a_filled_audit, an_accepted_audit, save_pages
from tests.chat import Chat, button, buttons, inputs, text
from tests.dialogs.scripts import at_page, saved, values
from workflows.council import Council

GONE = "a new owner for action 1, as the one chosen has left or moved on"
PASSED = "a new date for action 1, as the one agreed has passed"
BETTER = "A plan in the child’s own words."
AGREED = date(2026, 5, 15)


def an_action(people: Staff) -> ActionsPage:
    return ActionsPage((ActionLine("Ring the school.", people.practitioner.id, AGREED),))


@pytest.mark.rule("CA-23")
def test_someone_who_has_left_is_neither_offered_nor_taken_as_owner(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    chat = Chat(council, people.auditor)
    old = at_page(chat, audit, ACTIONS)
    with council.write() as work:
        work.people.mark_left([people.practitioner.id], NOW.date())

    card = at_page(chat, audit, ACTIONS)
    refused = chat.presses(
        "Save and c", old, action_what_1="Ring.", action_owner_1=str(people.practitioner.id)
    )

    choices = next(node for node in inputs(card) if node["id"] == "action_owner_1")["choices"]
    assert {choice["value"] for choice in choices} == {
        str(person.id) for person in (people.team_manager, people.line_manager, people.service_manager)
    }
    assert "Please choose one of the people shown." in text(refused)
    assert saved(council, audit.id, ACTIONS) == {}


@pytest.mark.rule("CA-23")
def test_an_owner_who_left_since_is_asked_for_again_before_submission(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = a_filled_audit(work, council.framework, people, pages={ACTIONS: an_action(people)})
    chat = Chat(council, people.auditor)
    review = at_page(chat, audit, "everything")
    with council.write() as work:
        work.people.mark_left([people.practitioner.id], NOW.date())

    refused = chat.presses("Submit and share", review)
    card = chat.presses("Go there", refused)

    assert f"•  {GONE}" in str(refused)
    assert "has left or moved on; please choose again" in text(card)
    again = chat.presses("Save and check", card, action_owner_1=str(people.line_manager.id))
    assert "Submitted. Thank you." in text(chat.presses("Submit and share", again))


@pytest.mark.rule("CA-23")
@pytest.mark.parametrize(("days_on", "lacks"), [(0, ()), (1, (PASSED,))])
def test_a_date_that_has_passed_since_is_asked_for_again_before_submission(
    council: Council, people: Staff, days_on: int, lacks: tuple[str, ...]
) -> None:
    with council.write() as work:
        audit = a_filled_audit(work, council.framework, people, pages={ACTIONS: an_action(people)})
    on_the_day = NOW.replace(day=AGREED.day) + timedelta(days=days_on)

    review = at_page(Chat(council, people.auditor, now=on_the_day), audit, "everything")

    assert [line for line in (PASSED,) if f"•  {line}" in str(review)] == list(lacks)
    assert ("Submit and share" in [title for title, _ in buttons(review)]) is (not lacks)
    if lacks:
        assert button(review, "Go there")["plumbline"]["page"] == ACTIONS


@pytest.mark.rule("CA-23")
def test_a_date_that_has_passed_since_holds_up_no_other_change(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        save_pages(work, audit, {ACTIONS: an_action(people)})
    chat = Chat(council, people.auditor, now=NOW.replace(day=20))

    chat.presses("Save and c", at_page(chat, audit, ACTIONS), action_what_1="Ring the school nurse.")

    (line,) = an_action(people).actions
    assert saved(council, audit.id, ACTIONS)["actions"] == [
        [replace(line, what="Ring the school nurse.").what, line.owner_id, "2026-05-15"]
    ]


def an_overall(grade: Grade | None) -> OverallPage:
    return OverallPage(grade, "Strong.", "Weekly visits.", "The child feels safe.", BETTER)


@pytest.mark.rule("WH-08")
@pytest.mark.parametrize("grade", [None, Grade.INADEQUATE, Grade.REQUIRES_IMPROVEMENT, Grade.GOOD])
def test_the_first_action_starts_from_what_would_make_it_better(
    council: Council, people: Staff, grade: Grade | None
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        save_pages(work, audit, {OVERALL: an_overall(grade)})
    chat = Chat(council, people.auditor)

    card = at_page(chat, audit, ACTIONS)

    assert values(card)["action_what_1"] == BETTER
    assert values(card)["action_what_2"] == ""
    assert f"You wrote what would make it better: {BETTER}" in text(card).replace("\n", "")
    assert saved(council, audit.id, ACTIONS) == {}


@pytest.mark.rule("WH-08")
def test_actions_once_saved_stay_as_they_are_with_what_would_make_it_better_above(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        save_pages(work, audit, {OVERALL: an_overall(Grade.GOOD), ACTIONS: an_action(people)})

    card = at_page(Chat(council, people.auditor), audit, ACTIONS)

    assert values(card)["action_what_1"] == "Ring the school."
    assert text(card).index(BETTER) < text(card).index("Action 1")


@pytest.mark.rule("WH-08")
def test_an_outstanding_audit_suggests_no_action(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        save_pages(work, audit, {OVERALL: an_overall(Grade.OUTSTANDING)})

    card = at_page(Chat(council, people.auditor), audit, ACTIONS)

    assert values(card)["action_what_1"] == ""
    assert BETTER not in text(card)


@pytest.mark.rule("WH-08", "CA-24")
@pytest.mark.parametrize("agreed", [False, True])
def test_ticking_that_none_is_needed_turns_the_suggestion_down_and_nothing_agreed(
    council: Council, people: Staff, agreed: bool
) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        save_pages(work, audit, {OVERALL: an_overall(Grade.GOOD)})
    chat = Chat(council, people.auditor)
    owner = {"action_owner_1": str(people.practitioner.id)} if agreed else {}

    chat.presses("Save and c", at_page(chat, audit, ACTIONS), none_needed="true", **owner)

    stands = [[BETTER, people.practitioner.id, None]] if agreed else []
    assert saved(council, audit.id, ACTIONS) == {"actions": stands, "none_needed": True}
