"""An action from agreed to confirmed: its owner's part and that of whoever answers for them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from domain.actions import StepKind
from domain.audits import Audit
from domain.errors import NotAllowed, RuleBroken
from domain.nudges import About
from domain.pages import ACTIONS, ActionLine, ActionsPage
from domain.people import Leave, Person, Post
from tests.builders import Staff, a_person, a_submitted_audit
from tests.dialogs.scripts import everything_stored, on_one_engine, trail
from tests.workflows.followed import PLACE, at, confirms, does, kinds, the_action
from workflows.acting import ask_more_time, finish_action, note_progress
from workflows.confirming import answer_more_time, confirm_action, hand_on, note_oversight, send_back
from workflows.council import Council, View, Work
from workflows.dues import dues
from workflows.kept_words import Identifying
from workflows.sharing import TextWanted

DAY = date(2026, 5, 20)
NOW = at(DAY)
LATER = date(2026, 6, 12)


@pytest.fixture
def audit(council: Council, people: Staff) -> Audit:
    with council.write() as work:
        return a_submitted_audit(work, council, people)


def owned_by(work: Work, council: Council, people: Staff, owner: Person) -> Audit:
    """A submitted audit whose action is this person's."""
    page = ActionsPage((ActionLine("Agree a safe route to school.", owner.id, date(2026, 5, 29)),))
    return a_submitted_audit(work, council, people, reference="CF-2002", pages={ACTIONS: page})


def to_confirm(view: View, council: Council) -> list[tuple[int, int, date]]:
    """(person, action, due) of everything to confirm."""
    found = dues(view, council, NOW)
    return [(d.person_id, d.subject_id, d.due_on) for d in found if d.about is About.CONFIRM]


def told(view: View, action_id: int) -> list[tuple[str, int | None]]:
    """(what was done, who hears of it) of each step of an action."""
    return [
        (step.kind.value, notice.person_id)
        for step in view.actions.steps(action_id)
        for notice in view.notices.of("action_step", step.id)
    ]


@pytest.mark.rule("CA-23", "RO-02", "RO-03")
def test_an_action_is_done_with_proof_sent_back_done_again_and_confirmed(
    council: Council, people: Staff, audit: Audit
) -> None:
    manager = people.team_manager
    with council.write() as work:
        action = the_action(work, audit.id)
        note_progress(work, council, by=people.practitioner, action_id=action.id, text="Half way.", now=NOW)
        does(work, council, people, audit.id, NOW)
        waiting = to_confirm(work, council)
        called = the_action(work, audit.id)
        still_open = work.duties.open_actions()
        send_back(
            work,
            council,
            by=manager,
            action_id=action.id,
            version=called.version,
            reason="Since when?",
            now=NOW,
        )
        again = work.duties.open_actions()
        does(work, council, people, audit.id, NOW)
        confirms(work, council, manager, audit.id, NOW)

    with council.read() as view:
        confirmed = the_action(view, audit.id)
        assert (confirmed.state, confirmed.done_on, confirmed.confirmed_on) == ("confirmed", DAY, DAY)
        assert kinds(view, action.id) == [
            StepKind.PROGRESS,
            StepKind.DONE,
            StepKind.SENT_BACK,
            StepKind.DONE,
            StepKind.CONFIRMED,
        ]
        proof = view.actions.steps(action.id)[1]
        assert (proof.text, proof.recorded) == ("The child eats breakfast.", PLACE)
        assert told(view, action.id) == [
            ("done", manager.id),
            ("sent_back", people.practitioner.id),
            ("done", manager.id),
            ("confirmed", people.practitioner.id),
        ]
        assert to_confirm(view, council) == []
    # Called done on a Wednesday before a bank holiday: five working days end on the Thursday after.
    assert waiting == [(manager.id, action.id, date(2026, 5, 28))]
    assert (still_open, [one.action_id for one in again]) == ((), [action.id])
    assert ("confirmed an action", manager.id) in trail(council, audit.id)
    assert "breakfast" not in everything_stored(council, "trail", "notices")


@on_one_engine
@pytest.mark.rule("CA-23", "SG-01")
@pytest.mark.parametrize(
    ("text", "recorded", "field"),
    [
        ("", PLACE, "changed"),
        ("Calm at home.", " ", "recorded"),
        ("Calm at home.", "x" * 201, "recorded"),
        ("y" * 2001, PLACE, "changed"),
    ],
)
def test_nothing_is_done_without_what_changed_and_where_that_stands(
    council: Council, people: Staff, audit: Audit, text: str, recorded: str, field: str
) -> None:
    with council.write() as work:
        action_id = the_action(work, audit.id).id
        with pytest.raises(TextWanted) as wanted:
            finish_action(
                work,
                council,
                by=people.practitioner,
                action_id=action_id,
                text=text,
                recorded=recorded,
                now=NOW,
            )

        assert wanted.value.field == field
        assert the_action(work, audit.id).state == "open"


@on_one_engine
@pytest.mark.rule("SG-01", "SG-04")
def test_a_text_that_looks_like_a_name_is_kept_only_once_somebody_says_that_it_is_none(
    council: Council, people: Staff, audit: Audit
) -> None:
    with council.write() as work:
        given: dict[str, Any] = {
            "by": people.practitioner,
            "action_id": the_action(work, audit.id).id,
            "text": "Olivia Smith is home by six.",
            "recorded": PLACE,
            "now": NOW,
        }
        with pytest.raises(Identifying, match="Olivia"):
            finish_action(work, council, **given)
        refused = the_action(work, audit.id).state

        finish_action(work, council, names_nobody=True, **given)

        assert (refused, the_action(work, audit.id).state) == ("open", "done")


Try = Callable[[Work, Council, dict[str, Any], int], object]
ANSWERS: dict[str, Try] = {
    "confirm": lambda w, c, g, v: confirm_action(w, c, version=v, note="Good.", recorded=PLACE, **g),
    "send back": lambda w, c, g, v: send_back(w, c, version=v, reason="Since when?", **g),
    "oversight": lambda w, c, g, _: note_oversight(w, c, note="Good.", recorded=PLACE, **g),
}


@on_one_engine
@pytest.mark.rule("CA-23", "RO-02")
@pytest.mark.parametrize("answer", list(ANSWERS))
@pytest.mark.parametrize(
    "owner",
    ["practitioner", "line_manager", "team_manager", "service_manager", "the only manager of a team"],
)
def test_whoever_answers_for_an_owner_is_somebody_else_and_there_always_is_one(
    council: Council, people: Staff, owner: str, answer: str
) -> None:
    answering = {
        "practitioner": people.team_manager,
        "line_manager": people.team_manager,
        "team_manager": people.service_manager,
        # Nobody on the list is set over them, so the QA office answers.
        "service_manager": people.qa_officer,
        "the only manager of a team": people.line_manager,
    }[owner]
    with council.write() as work:
        name = owner
        if owner == "the only manager of a team":
            name = "team_manager"
            work.people.change(people.team_manager.id, {"manager_id": people.line_manager.id})
        person = getattr(people, name)
        audit = owned_by(work, council, people, person)
        action = the_action(work, audit.id)
        proof: dict[str, Any] = {"text": "Walks safely.", "recorded": PLACE, "now": NOW}
        finish_action(work, council, by=person, action_id=action.id, **proof)
        version = the_action(work, audit.id).version
        given: dict[str, Any] = {"action_id": action.id, "now": NOW}
        everybody = [one for one in work.people.everyone() if one.id != answering.id]
        for other in everybody:
            with pytest.raises(NotAllowed):
                ANSWERS[answer](work, council, {"by": other, **given}, version)
        waiting = [(who, what) for who, what, _ in to_confirm(work, council)]
        own = [d.subject_id for d in dues(work, council, NOW, of=answering.id) if d.about is About.CONFIRM]

        ANSWERS[answer](work, council, {"by": answering, **given}, version)

        assert waiting == [(answering.id, action.id)]
        assert own == [action.id]


@on_one_engine
@pytest.mark.rule("CA-23")
def test_an_answer_to_a_proof_that_was_changed_meanwhile_is_refused(
    council: Council, people: Staff, audit: Audit
) -> None:
    given: dict[str, Any] = {"by": people.team_manager, "now": NOW}
    with council.write() as work:
        does(work, council, people, audit.id, NOW)
        seen = the_action(work, audit.id)
        send_back(work, council, action_id=seen.id, version=seen.version, reason="Since when?", **given)
        does(work, council, people, audit.id, NOW)

        with pytest.raises(RuleBroken, match="as it stands now"):
            confirm_action(
                work,
                council,
                action_id=seen.id,
                version=seen.version,
                note="Good.",
                recorded=PLACE,
                **given,
            )

        assert the_action(work, audit.id).state == "done"


@on_one_engine
@pytest.mark.rule("RO-02")
@pytest.mark.parametrize(("note", "place", "field"), [("", PLACE, "note"), ("Good.", "", "noted")])
def test_a_confirmation_leaves_an_oversight_note_and_where_it_is(
    council: Council, people: Staff, audit: Audit, note: str, place: str, field: str
) -> None:
    with council.write() as work:
        does(work, council, people, audit.id, NOW)
        action = the_action(work, audit.id)
        with pytest.raises(TextWanted) as wanted:
            confirm_action(
                work,
                council,
                by=people.team_manager,
                action_id=action.id,
                version=action.version,
                note=note,
                recorded=place,
                now=NOW,
            )

        assert wanted.value.field == field


@pytest.mark.rule("Q15", "CA-23", "SG-05")
@pytest.mark.parametrize("give", [True, False])
def test_a_later_day_is_the_managers_to_give(
    council: Council, people: Staff, audit: Audit, give: bool
) -> None:
    with council.write() as work:
        action = the_action(work, audit.id)
        ask_more_time(
            work,
            council,
            by=people.practitioner,
            action_id=action.id,
            until_on=LATER,
            reason="School is shut.",
            now=NOW,
        )
        asked = the_action(work, audit.id)
        with pytest.raises(RuleBroken, match="already"):
            ask_more_time(
                work,
                council,
                by=people.practitioner,
                action_id=action.id,
                until_on=LATER,
                reason="Again.",
                now=NOW,
            )
        answer_more_time(
            work,
            council,
            by=people.team_manager,
            action_id=action.id,
            version=asked.version,
            give=give,
            reason="The child cannot wait so long.",
            now=NOW,
        )

    with council.read() as view:
        after = the_action(view, audit.id)
        assert (asked.due_on, asked.asked_until_on) == (action.due_on, LATER)
        assert (after.due_on, after.asked_until_on) == (LATER if give else action.due_on, None)
        given = view.actions.steps(action.id)[-1]
        assert (given.by_id, given.until_on, given.text) == (
            people.team_manager.id,
            LATER,
            "The child cannot wait so long.",
        )
        assert told(view, action.id) == [
            ("more_time_asked", people.team_manager.id),
            ("more_time_given" if give else "more_time_declined", people.practitioner.id),
        ]


@on_one_engine
@pytest.mark.rule("CA-23")
def test_an_action_whose_owner_left_is_handed_on_and_begins_anew(
    council: Council, people: Staff, audit: Audit
) -> None:
    given: dict[str, Any] = {"by": people.team_manager, "due_on": LATER, "now": NOW}
    with council.write() as work:
        does(work, council, people, audit.id, NOW)
        action = the_action(work, audit.id)
        given |= {"action_id": action.id, "version": action.version}
        with pytest.raises(RuleBroken, match="still there"):
            hand_on(work, council, owner_id=people.line_manager.id, **given)
        work.people.mark_left([people.practitioner.id], DAY)
        for stranger in (people.bystander.id, people.practitioner.id, None):
            with pytest.raises(TextWanted):
                hand_on(work, council, owner_id=stranger, **given)

        hand_on(work, council, owner_id=people.line_manager.id, **given)

        after = the_action(work, audit.id)
        assert (after.owner_id, after.state, after.due_on) == (people.line_manager.id, "open", LATER)
        assert told(work, action.id)[-1] == ("handed_on", people.line_manager.id)
        with pytest.raises(NotAllowed):
            note_progress(work, council, by=people.practitioner, action_id=action.id, text="", now=NOW)


@on_one_engine
@pytest.mark.rule("CA-23")
def test_while_a_manager_is_on_leave_their_cover_answers(
    council: Council, people: Staff, audit: Audit
) -> None:
    with council.write() as work:
        cover = a_person(work, "Sunny Stand-in", Post.TM, team_id=people.other_team.id)
        leave = (Leave(DAY, LATER),)
        work.people.change(people.team_manager.id, {"leave": leave, "cover_id": cover.id})
        does(work, council, people, audit.id, NOW)

        (waiting,) = to_confirm(work, council)
        own = [d.about for d in dues(work, council, NOW, of=cover.id)]
        confirms(work, council, cover, audit.id, NOW)

        assert waiting[0] == cover.id
        assert About.CONFIRM in own
