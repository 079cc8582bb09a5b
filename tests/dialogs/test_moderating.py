"""A moderation from the queue to the decision, page by page beside the audit.

types "panel"             one audit, 14 days left → Moderate
→ start                   what matters most to the child, the auditor's grades; the day the file was read
→ five tests → grades → grades, part 2 → what everyone takes → missing actions → everything once more
→ Decide                  what happens next
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cards.payloads_panel import DecideModeration, ShowModeration
from cards.payloads_talk import ReadModeration
from domain.grades import Grade
from domain.moderation import AuditTest, Moderation, Verdict
from domain.moderation_form import from_body, to_body
from tests.builders import NOW, Staff
from tests.chat import Chat, button, text
from tests.dialogs.scripts import on_one_engine, said_under, trail, values
from tests.moderations import (
    Panel,
    a_chosen_audit,
    a_decided_moderation,
    a_released_moderation,
    a_whole_form,
    the_panel,
)
from workflows.council import Council

pytestmark = on_one_engine

Card = dict[str, Any]


@pytest.fixture
def panel(council: Council, people: Staff) -> Panel:
    with council.write() as work:
        return the_panel(work)


@pytest.fixture
def chosen(council: Council, people: Staff, panel: Panel) -> Moderation:
    with council.write() as work:
        return a_chosen_audit(work, council, people, panel)


@pytest.fixture
def chat(council: Council, panel: Panel) -> Chat:
    return Chat(council, panel.first)


def now_of(council: Council, moderation: Moderation) -> Moderation:
    with council.read() as view:
        found = view.moderations.get(moderation.id)
    assert found is not None
    return found


def at_part(chat: Chat, moderation: Moderation, part: str) -> Card:
    return chat.sends(ShowModeration(moderation.id, part).pack())


def filled(council: Council, moderation: Moderation, **changes: Any) -> None:
    """The form as far as it can be without a verdict."""
    with council.write() as work:
        audit = work.audits.get(moderation.audit_id)
        found = work.moderations.get(moderation.id)
        assert audit is not None
        assert found is not None
        form = replace(a_whole_form(council, audit), **{"verdict": None, **changes})
        assert work.moderations.change(found, {"body": to_body(form)})


def graded(card: Card, **changes: str) -> dict[str, str]:
    """Good for everything on this page of grades, with these changes."""
    agreed = {name: "good" for name in values(card) if name.startswith("grade_")}
    return {**agreed, **changes}


@pytest.mark.rule("MO-07", "MO-08", "MO-10", "MO-11", "MO-12", "MO-13", "MO-14", "Q24")
def test_from_the_queue_to_the_decision(council: Council, chat: Chat, chosen: Moderation) -> None:
    queue = chat.types("panel")

    start = chat.presses("Moderate", queue)
    tests = chat.presses("Save and continue", start, file_read_on="2026-05-01")
    grades = chat.presses("Save and continue", tests, **{f"test_{one.value}": "met" for one in AuditTest})
    more = chat.presses("Save and continue", grades, **graded(grades))
    outputs = chat.presses("Save and continue", more, **graded(more))
    missing = chat.presses(
        "Save and continue",
        outputs,
        strengths="The child's voice leads.",
        development="Weigh the chronology.",
        practice="Visits were regular.",
        organisation="Chronologies are late.",
    )
    everything = chat.presses("Save and continue", missing, nothing_missing="true")
    decided = chat.presses("Decide", everything, verdict="satisfactory")

    # Pressing is what a moderation costs; the start names the child's matter before any grade.
    assert text(start).index("Staying at one school.") < text(start).index("The auditor's grade")
    assert "14 days left" in text(queue)
    assert "CF-1001" not in text(queue)
    assert "CF-1001" in text(start)
    assert "with a copy each" in text(decided)
    after = now_of(council, chosen)
    assert (after.verdict, after.overall, after.grade_changed) == (Verdict.SATISFACTORY, Grade.GOOD, False)
    assert ("moderated", chat.person.id) in trail(council, chosen.audit_id)


@pytest.mark.rule("MO-08", "MO-09", "MO-10", "Q24")
def test_nothing_is_decided_before_everything_is_there(
    council: Council, chat: Chat, chosen: Moderation
) -> None:
    everything = at_part(chat, chosen, "decide")

    refused = chat.presses("Decide", everything, verdict="satisfactory")

    for gap in (
        "the day you read the child's file",
        "whether the key elements are covered",
        "your grade for the whole",
        "what would help the auditor next time",
        "the actions that are missing, or that nothing is",
    ):
        assert gap in text(refused)
    assert values(refused)["verdict"] == "satisfactory"
    assert now_of(council, chosen).decided_at is None


@pytest.mark.rule("SG-04")
def test_no_answer_of_the_panels_is_filled_in_for_it(chat: Chat, chosen: Moderation) -> None:
    for part in ("tests", "grades", "grades_2", "outputs", "decide"):
        assert set(values(at_part(chat, chosen, part)).values()) <= {"", "0"}, part


@pytest.mark.rule("Q24", "SG-05")
def test_a_grade_that_differs_needs_its_reason_and_leads_to_a_talk(
    council: Council, chat: Chat, chosen: Moderation
) -> None:
    filled(council, chosen)
    lower = {"grade_planning": "requires_improvement"}
    grades = at_part(chat, chosen, "grades")

    bare = chat.presses("Save and see everything", grades, **graded(grades, **lower))
    refused = chat.presses("Decide", bare, verdict="satisfactory")
    again = at_part(chat, chosen, "grades")
    reasoned = graded(again, **lower, because_planning="No step has a date.")
    ready = chat.presses("Save and see everything", again, **reasoned)
    decided = chat.presses("Decide", ready, verdict="satisfactory")

    assert "why your grade for Planning differs" in text(refused)
    after = now_of(council, chosen)
    # The whole is judged by people: a section marked down moves it nowhere.
    assert (after.overall, after.grade_changed, after.needs_talk) == (Grade.GOOD, True, True)
    assert "team manager's copy waits" in text(decided)


@pytest.mark.rule("MO-08")
def test_the_audit_is_read_beside_the_form_and_nothing_typed_is_lost_on_the_way(
    council: Council, chat: Chat, chosen: Moderation
) -> None:
    tests = at_part(chat, chosen, "tests")
    before = len(trail(council, chosen.audit_id))

    journey = chat.presses("Save and read the audit", tests, test_covered="partly")
    following = chat.presses("Next", journey)
    back = chat.presses("Back to the form", following)

    assert "The child came to us after a worried call" in text(journey)
    assert "Read from the referral on." in text(following)
    assert values(back)["test_covered"] == "partly"
    verbs = [verb for verb, _ in trail(council, chosen.audit_id)[before:]]
    assert verbs == ["saved the moderation", "read", "read", "read"]


def test_the_chair_saving_meanwhile_leaves_both_texts_and_the_next_save_counts(
    council: Council, chat: Chat, panel: Panel, chosen: Moderation
) -> None:
    mine = at_part(chat, chosen, "outputs")
    theirs = at_part(Chat(council, panel.psw), chosen, "outputs")
    Chat(council, panel.psw).presses("Save and leave", theirs, strengths="Clear and warm.")

    stale = chat.presses("Save and leave", mine, strengths="Well triangulated.")
    chat.presses("Save and leave", stale)

    assert "saved from another place" in text(stale)
    assert "Clear and warm." in text(stale)
    assert values(stale)["strengths"] == "Well triangulated."
    assert from_body(now_of(council, chosen).body).strengths == "Well triangulated."


def test_a_day_still_to_come_is_asked_for_again_with_everything_in_place(
    chat: Chat, chosen: Moderation
) -> None:
    start = at_part(chat, chosen, "start")

    refused = chat.presses("Save and continue", start, file_read_on="2026-05-02")

    assert "still to come" in said_under(refused, "file_read_on")
    assert values(refused)["file_read_on"] == "2026-05-02"


@pytest.mark.rule("MO-09", "Q15")
def test_missing_actions_are_kept_with_owner_and_the_suggested_day_follows_the_grade(
    council: Council, chat: Chat, people: Staff, chosen: Moderation
) -> None:
    filled(council, chosen, nothing_missing=False, overall=Grade.INADEQUATE, overall_because="Unseen.")
    page = at_part(chat, chosen, "missing")

    bare = chat.presses("Save and see everything", page, missing_what_1="See the child alone.")
    again = at_part(chat, chosen, "missing")
    owner = str(people.practitioner.id)
    chat.presses("Save and leave", again, missing_owner_1=owner, missing_due_1="2026-05-11")

    # Five working days for Inadequate, the bank holiday left out; the duty team is named at once.
    assert "11 May 2026" in text(page)
    assert "Rewrite the plan with the child." in text(page)
    assert "who sees to missing action 1" in text(bare)
    assert "01632 960101" in text(bare)
    (line,) = from_body(now_of(council, chosen).body).missing
    assert (line.owner_id, line.due_on) == (people.practitioner.id, date(2026, 5, 11))


@pytest.mark.rule("SG-01")
def test_a_name_in_the_panels_words_is_pointed_out_and_stands_in_nobodys_way(
    council: Council, chat: Chat, chosen: Moderation
) -> None:
    filled(council, chosen, practice="Chloe was seen weekly.")

    everything = at_part(chat, chosen, "decide")
    chat.presses("Decide", everything, verdict="satisfactory")

    assert "may say who somebody is" in text(everything)
    assert now_of(council, chosen).decided_at is not None


@pytest.mark.rule("MO-07", "SG-03")
def test_once_decided_it_opens_to_read_for_the_panel_and_for_nobody_else(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        decided = a_decided_moderation(work, council, people, panel)

    read = at_part(Chat(council, panel.second), decided, "outputs")
    theirs = [at_part(Chat(council, one), decided, "decide") for one in (people.auditor, people.team_manager)]
    late = Chat(council, panel.first).sends(DecideModeration(decided.id, decided.version, "late").pack())

    assert "Weigh the chronology before grading." in text(read)
    assert values(read) == {}
    assert all("not yours" in text(card).lower() for card in theirs)
    assert "has been decided" in text(late)


@pytest.mark.rule("SG-02", "Q16", "MO-08")
def test_a_child_whom_the_file_shows_at_risk_has_an_alert_from_any_page_and_nothing_typed_is_lost(
    council: Council, people: Staff, chat: Chat, panel: Panel, chosen: Moderation
) -> None:
    pages = {part: at_part(chat, chosen, part) for part in ("start", "tests", "missing", "decide")}
    read = chat.presses("Save and read the audit", pages["tests"])

    form = chat.presses("Raise a safety alert", at_part(chat, chosen, "outputs"), strengths="Half a sen")
    empty = chat.presses("Send the alert now", form)
    raised = chat.presses("Send the alert now", empty, concern="Nobody has seen the child since March.")
    back = chat.presses("Back", raised)

    for card in (*pages.values(), read):
        assert button(card, "Raise a safety alert")
    assert "Please say in a sentence what worries you" in text(empty)
    assert people.team_manager.name in text(raised)
    assert values(back)["strengths"] == "Half a sen"
    with council.read() as view:
        alert = view.safety.get(1)
    assert alert is not None
    assert (alert.audit_id, alert.raised_by) == (chosen.audit_id, chat.person.id)


def test_on_the_way_to_an_alert_what_a_colleague_saved_meanwhile_is_not_overwritten(
    council: Council, chat: Chat, panel: Panel, chosen: Moderation
) -> None:
    mine = at_part(chat, chosen, "outputs")
    theirs = at_part(Chat(council, panel.psw), chosen, "outputs")
    Chat(council, panel.psw).presses("Save and leave", theirs, strengths="Clear and warm.")

    form = chat.presses("Raise a safety alert", mine, strengths="Well triangulated.")
    back = chat.presses("Go back", form)

    assert "Clear and warm." in text(back)
    assert values(back)["strengths"] == "Well triangulated."


@pytest.mark.rule("MO-18")
def test_an_approved_example_can_be_offered_and_taken_away_again(
    council: Council, chat: Chat, panel: Panel, chosen: Moderation
) -> None:
    with council.write() as work:
        example_id = an_approved_example(work, panel)
    outputs = at_part(chat, chosen, "outputs")

    chat.presses("Save and leave", outputs, example_1=str(example_id))
    offered = from_body(now_of(council, chosen).body).example_ids
    chat.presses("Save and leave", at_part(chat, chosen, "outputs"), example_1="0")

    assert offered == (example_id,)
    assert from_body(now_of(council, chosen).body).example_ids == ()


@pytest.mark.rule("MO-18")
def test_the_auditor_opens_an_offered_example_from_the_feedback_while_it_is_in_the_library(
    council: Council, people: Staff, panel: Panel
) -> None:
    with council.write() as work:
        example_id = an_approved_example(work, panel)
        released = a_released_moderation(
            work, council, people, panel, form={"example_ids": (example_id,)}, reference="CF-1002"
        )
    auditor, manager = Chat(council, people.auditor), Chat(council, people.team_manager)
    feedback = ReadModeration(released.id).pack()

    example = auditor.presses("Read A plan the child can read", auditor.sends(feedback))
    to_manager = manager.sends(feedback)
    with council.write() as work:
        assert work.examples.change(work.examples.get(example_id).example, {"state": "withdrawn"})
    afterwards = auditor.sends(feedback)

    assert "The plan names each step in the child's words." in text(example)
    assert "What the Panel saw" in text(auditor.presses("Back to the feedback", example))
    for card in (to_manager, afterwards):
        assert "A plan the child can read" not in text(card)


def an_approved_example(work: Any, panel: Panel) -> int:
    example_id: int = work.examples.propose(
        title="A plan the child can read",
        section="planning",
        grade=Grade.GOOD,
        text="The plan names each step in the child's words.",
        why="Anybody can follow it.",
        by=panel.first.id,
        now=NOW,
    )
    row = work.examples.get(example_id)
    approved = {"state": "approved", "approved_by": panel.psw.id, "approved_at": NOW}
    assert work.examples.change(row.example, approved)
    return example_id
