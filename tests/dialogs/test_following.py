"""From what was agreed to a closed audit, as its people press it.

Practitioner  my actions, [Show what was agreed], [Open], [It is done…], proof, [Call it done]
Team manager  An action to confirm. [See the action], [Confirm…], note, [Confirm]
Practitioner  Your action is confirmed.
Line manager  supervision, [Open number 1], where noted, [We have talked], day, [Set the day]
Team manager  reads the audit, [What it still needs], [The session was held]
PMPM          files, [Open the list], [It is on file]
Plumbline     closes the audit, and asks three months on whether it lasted
"""

from datetime import date, timedelta
from typing import Any

import pytest

from cards.payloads import ReadShared
from cards.payloads_actions import AskActionForm, FinishAction, ShowAction
from cards.payloads_following import RecordDiscussed, ShowFiles, ShowFollowUp
from domain.actions import StepKind
from domain.audits import Audit
from domain.people import Person, Post
from domain.supervision import field_of
from scheduler.drawing import Drawn, Needless
from tests.builders import Staff, a_person, a_submitted_audit
from tests.chat import Chat, button, buttons, text
from tests.dialogs.scripts import on_one_engine, said_under, text_of, trail, values
from tests.moderations import of_proficient_auditors
from tests.reminded import said_on
from tests.workflows.followed import PLACE, at, does, the_action
from tests.workflows.nudged import card_of, drawn
from workflows.council import Council
from workflows.supervising import plan_supervision, tell_of_supervisions
from workflows.supervision_days import ask_for_days

DAY = date(2026, 6, 3)
NOW = at(DAY)
CASE = "CF-1001"
AGREED = "Rewrite the plan with the child."


@pytest.fixture
def council(council: Council) -> Council:
    """Nobody is new, so that the Panel has only what a test gives it."""
    return of_proficient_auditors(council)


@pytest.fixture
def pmpm(council: Council) -> Person:
    with council.write() as work:
        return a_person(work, "Fay Filer", Post.PMPM)


@pytest.fixture
def audit(council: Council, people: Staff) -> Audit:
    with council.write() as work:
        return a_submitted_audit(work, council, people)


def chat_of(council: Council, person: Person, day: date = DAY) -> Chat:
    return Chat(council, person, now=at(day))


def told(council: Council, person: Person, action_id: int) -> dict[str, Any]:
    """The newest card about this action in the person's chat."""
    with council.read() as view:
        step = view.actions.steps(action_id)[-1]
    made = drawn(council, person, NOW, "action_step", step.id)
    assert isinstance(made, Drawn), made
    assert CASE not in text_of(made.card)
    assert AGREED not in text_of(made.card)
    return made.card


@pytest.mark.rule("RO-01", "Q22")
def test_the_qa_office_sees_to_childrens_files_while_nobody_holds_the_post(
    council: Council, people: Staff, audit: Audit
) -> None:
    office = chat_of(council, people.qa_officer)

    vacant = text(office.types("files"))
    with council.write() as work:
        holder = a_person(work, "Fay Filer", Post.PMPM)
    held = text(office.types("files"))

    assert "1 more waits for actions to be confirmed." in vacant
    assert f"{holder.name} sees to these." in held
    assert "waits" not in held


@pytest.mark.rule("CA-19", "CA-23", "RO-01", "RO-02", "RO-03", "SU-08")
def test_from_what_was_agreed_to_a_closed_audit(
    council: Council, people: Staff, audit: Audit, pmpm: Person
) -> None:
    owner, manager = chat_of(council, people.practitioner), chat_of(council, people.team_manager)
    with council.read() as view:
        action_id = the_action(view, audit.id).id

    in_the_chat = owner.types("my actions")
    mine = owner.presses("Show what was agreed", in_the_chat)
    still_on_it = owner.presses("Still on it", owner.presses("Open", mine), progress="Begun.")
    form = owner.presses("It is done…", still_on_it)
    done = owner.presses("Call it done", form, changed="The child has read it.", recorded=PLACE)
    proof = manager.presses("See the action", told(council, people.team_manager, action_id))
    confirmed = manager.presses(
        "Confirm", manager.presses("Confirm…", proof), note="Seen in the plan.", noted="supervision note"
    )
    thanks = told(council, people.practitioner, action_id)

    line = chat_of(council, people.line_manager)
    waiting = line.presses("Open number 1", line.types("supervision"))
    talked = line.presses("We have talked", waiting, where="supervision note of 3 June")
    planned = line.presses("Set the day", talked, next_on="2026-07-01")

    summary = manager.sends(ReadShared(audit.id, "summary").pack())
    needs = manager.presses("What it still needs", summary)
    held = manager.presses("The session was held", needs)

    filer = chat_of(council, pmpm)
    counted = filer.types("files")
    filed = filer.presses("It is on file", filer.presses("Open the list", counted))
    after = manager.sends(ShowFollowUp(audit.id).pack())

    assert CASE not in text_of(in_the_chat)
    assert AGREED not in text_of(in_the_chat)
    assert AGREED in text(mine)
    assert "“Begun.”" in text(still_on_it)
    assert "Your manager has been told" in text(done)
    assert "The child has read it." in text(proof)
    assert f"Recorded: {PLACE}" in text(proof)
    assert "Confirmed. Its owner has been told." in text(confirmed)
    assert "Your action is confirmed" in text(thanks)
    assert "What matters most to this child" in text(waiting)
    assert "Staying at one school." in text(waiting)
    assert "No audit's learning is open with them." in text(talked)
    assert "1 July 2026" in text(planned)
    assert "1 of 1 action done and confirmed." in text(summary)
    assert "The reflective session with practitioner and manager is yet to be held." in text(needs)
    assert "The reflective session was held." in text(held)
    assert "1 audit is ready" in text(counted)
    assert CASE not in text_of(counted)
    assert "Every audit and its actions are on file." in text(filed)
    assert "What came of this audit" in text(after)
    assert "I will ask on \n1 September 2026\n whether it lasted." in text(after)
    assert ("closed", pmpm.id) in trail(council, audit.id)


@on_one_engine
@pytest.mark.rule("RO-03")
def test_one_tap_on_the_list_is_a_whole_update(council: Council, people: Staff, audit: Audit) -> None:
    owner = chat_of(council, people.practitioner)
    in_the_chat = owner.types("my actions")
    listed = owner.presses("Show what was agreed", in_the_chat)

    answered = owner.presses("Still on it", listed)
    owner.again()

    with council.read() as view:
        action = the_action(view, audit.id)
        steps = [step.kind for step in view.actions.steps(action.id)]
    assert steps == [StepKind.PROGRESS]
    assert "Thank you, that is noted." in text(answered)
    # Where it does not say what was agreed, nobody says that it goes on.
    assert "Still on it" not in text_of(in_the_chat)


@on_one_engine
@pytest.mark.rule("RO-02")
def test_the_impact_is_answered_on_the_same_card(council: Council, people: Staff, audit: Audit) -> None:
    with council.write() as work:
        kept = {"closed_at": NOW, "impact_due_on": DAY}
        assert work.followups.change(work.followups.get(audit.id), kept)
    manager = chat_of(council, people.team_manager)

    asked = manager.sends(ShowFollowUp(audit.id).pack())
    refused = manager.presses("Keep this", asked, impact_text="Olivia is calm.", impact="lost")
    answered = manager.presses("Keep this", refused, names_nobody="true")

    assert "Does it name a child or a family?" in text(refused)
    assert values(refused)["impact_text"] == "Olivia is calm."
    assert "agree with the practitioner in supervision" in text(answered)
    made = drawn(council, people.qa_officer, NOW, "impact_lost", audit.id)
    assert isinstance(made, Drawn)
    assert CASE not in text_of(made.card)


@on_one_engine
@pytest.mark.rule("CA-23")
def test_a_form_that_is_refused_keeps_what_was_typed(council: Council, people: Staff, audit: Audit) -> None:
    with council.write() as work:
        action_id = the_action(work, audit.id).id
    owner = chat_of(council, people.practitioner)
    forms = {
        "done": ("Call it done", {"changed": "Calm at home."}, "where it is recorded"),
        "time": ("Ask", {"reason": "Later.", "until_on": "2026-05-20"}, "after today"),
    }

    for form, (press, typed, wrong) in forms.items():
        again = owner.presses(press, owner.sends(AskActionForm(action_id, form).pack()), **typed)

        assert {name: value for name, value in values(again).items() if value} == typed
        assert wrong in text(again)


@on_one_engine
@pytest.mark.rule("CA-23")
def test_a_confirmation_of_an_older_proof_shows_the_new_one_with_the_note_still_there(
    council: Council, people: Staff, audit: Audit
) -> None:
    with council.write() as work:
        does(work, council, people, audit.id, NOW)
        action_id = the_action(work, audit.id).id
    manager, owner = chat_of(council, people.team_manager), chat_of(council, people.practitioner)
    old = manager.sends(AskActionForm(action_id, "confirm").pack())
    back = manager.sends(AskActionForm(action_id, "back").pack())
    manager.presses("Send it back", back, reason="Since when?")
    proof = {"changed": "Since May they eat breakfast.", "recorded": PLACE}
    owner.presses("Call it done", owner.sends(AskActionForm(action_id, "done").pack()), **proof)

    again = manager.presses("Confirm", old, note="Good.", noted="my note")
    done = manager.presses("Confirm", again)

    assert values(again) == {"note": "Good.", "noted": "my note"}
    assert "Since May they eat breakfast." in text(again)
    assert "Confirmed." in text(done)


@on_one_engine
def test_what_a_practitioner_was_writing_comes_along_and_back(
    council: Council, people: Staff, audit: Audit
) -> None:
    chat = chat_of(council, people.practitioner)
    summary = chat.sends(ReadShared(audit.id, "summary").pack())

    needs = chat.presses("What it still needs", summary, comment="I would visit sooner.")
    back = chat.presses("Read the audit", needs)

    assert values(back)["comment"] == "I would visit sooner."


@on_one_engine
@pytest.mark.rule("CA-19", "SG-01")
def test_the_card_before_a_supervision_names_no_case_and_goes_once_it_was_talked_of(
    council: Council, people: Staff, audit: Audit
) -> None:
    given: dict[str, Any] = {"by": people.line_manager, "practitioner_id": people.practitioner.id, "now": NOW}
    with council.write() as work:
        plan_supervision(work, council, on=DAY + timedelta(days=1), **given)
        assert tell_of_supervisions(work, council, now=NOW) == 1
        planned = work.supervisions.planned(people.practitioner.id)
    assert planned is not None

    made = card_of(council, people.line_manager, NOW)
    line = chat_of(council, people.line_manager)
    opened = line.presses("Open", made)
    with council.write() as work:
        plan_supervision(work, council, on=DAY + timedelta(days=9), **given)

    assert "Perry Practitioner has supervision with you" in text(made)
    assert "On 4 June 2026. To talk through: the learning of 1 audit, and 1 action" in text(made)
    assert CASE not in text_of(made)
    assert CASE in text(opened)
    with council.read() as view:
        assert "has supervision with you" not in said_on(view, council, people.line_manager, NOW)


@on_one_engine
@pytest.mark.rule("CA-23")
def test_a_card_about_an_action_goes_once_the_action_has_moved_on(
    council: Council, people: Staff, audit: Audit
) -> None:
    with council.write() as work:
        does(work, council, people, audit.id, NOW)
        action_id = the_action(work, audit.id).id
        step_id = work.actions.steps(action_id)[-1].id
    manager = chat_of(council, people.team_manager)
    back = manager.sends(AskActionForm(action_id, "back").pack())
    manager.presses("Send it back", back, reason="Since when?")

    assert drawn(council, people.team_manager, NOW, "action_step", step_id) == Needless(
        "the action has moved on"
    )
    assert "came back to you" in text(told(council, people.practitioner, action_id))


@on_one_engine
@pytest.mark.rule("CA-23", "RO-01")
def test_commands_are_for_those_they_are_for(council: Council, people: Staff, audit: Audit) -> None:
    nobody = chat_of(council, people.bystander)

    said = [text(nobody.types(line)) for line in ("supervision", "files", "my actions")]

    assert "I am not sure what you mean" in said[0]
    assert "I am not sure what you mean" in said[1]
    assert "Nothing is agreed with you at the moment." in said[2]
    assert "No learning or action is open" in text(
        chat_of(council, people.service_manager).types("supervision")
    )


@on_one_engine
def test_buttons_changed_by_hand_are_refused_kindly(
    council: Council, people: Staff, audit: Audit, pmpm: Person
) -> None:
    with council.read() as view:
        action_id = the_action(view, audit.id).id
    owner, line = chat_of(council, people.practitioner), chat_of(council, people.line_manager)

    odd = (
        owner.sends(AskActionForm(action_id, "holiday").pack()),
        line.sends(RecordDiscussed(people.practitioner.id, "7,x", "n").pack()),
    )
    beyond = chat_of(council, pmpm).sends(ShowFiles(99).pack())
    # A form for somebody else's part leads to the action.
    other = owner.sends(AskActionForm(action_id, "confirm").pack())
    done = owner.sends({**FinishAction(action_id, "n").pack(), "changed": "x", "recorded": "y"})

    assert all("That did not work" in text(card) for card in odd)
    assert CASE in text(beyond)
    assert button(other, "Still on it")
    assert "It is done…" not in [title for title, _ in buttons(done)]
    assert "Not yours to open" in text(line.sends(ShowAction(action_id).pack()))


@on_one_engine
@pytest.mark.rule("CA-19", "CA-23", "SG-01")
def test_a_manager_sets_every_missing_day_with_one_press(
    council: Council, people: Staff, audit: Audit
) -> None:
    with council.write() as work:
        assert ask_for_days(work, council, now=NOW) == 1
    made = card_of(council, people.line_manager, NOW)
    line = chat_of(council, people.line_manager)
    asked = line.presses("Set the days", made)
    field = field_of(people.practitioner.id)

    nothing = line.presses("Set the days", asked)
    wrong = line.presses("Set the days", nothing, **{field: "2020-01-01"})
    done = line.presses("Set the days", wrong, **{field: (DAY + timedelta(days=5)).isoformat()})
    typed = line.types("supervision")

    assert "1 person has no day for supervision yet" in text(made)
    assert "Perry Practitioner" in text(asked)
    assert "the learning of 1 audit and 1 action" in text(asked)
    assert CASE not in text_of(made)
    assert "at least one day" in text(nothing)
    assert "choose a day from today" in said_under(wrong, field)
    assert "1 day set" in text(done)
    assert "Everybody with learning or actions open has a day" in text(done)
    assert "Set days" not in dict(buttons(typed))
    with council.read() as view:
        assert "no day for supervision" not in said_on(view, council, people.line_manager, NOW)


@on_one_engine
@pytest.mark.rule("SU-08", "Q13")
def test_a_service_manager_finds_the_session_to_hold_once_auditor_and_manager_are_gone(
    council: Council, people: Staff, audit: Audit
) -> None:
    service = chat_of(council, people.service_manager)
    before = text(service.types("my audits"))
    with council.write() as work:
        for person in (people.auditor, people.team_manager):
            work.people.change(person.id, {"left_on": DAY})

    mine = service.types("my audits")
    held = service.presses("The session was held", service.presses("Open", mine))
    after = text(service.types("my audits"))

    assert "A reflective session to hold" in text(mine)
    assert CASE not in text_of(mine)
    assert "The reflective session was held." in text(held)
    for shown in (before, after):
        assert "A reflective session" not in shown
