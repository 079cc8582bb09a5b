"""Who may press what of action; see `cells`."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bot.asking import clock
from cards.payloads import Payload
from cards.payloads_actions import (
    AnswerActionTime,
    AskActionForm,
    AskActionTime,
    ConfirmAction,
    FinishAction,
    HandOnAction,
    NoteOversight,
    NoteProgress,
    SendBackAction,
    ShowAction,
    ShowMyActions,
    ShowTeamActions,
)
from domain.days import local_day
from domain.pages import ACTIONS, ActionLine, ActionsPage
from domain.people import Person, Post
from storage.actions import ActionRow
from storage.work import Work
from tests.builders import Staff, a_person, a_submitted_audit
from workflows.acting import ask_more_time, finish_action
from workflows.council import Council

Typed = dict[str, str]

OPEN, ASKED, DONE, DONE_TOO, LEFT = (
    "an open action",
    "an action for which time is asked",
    "an action called done",
    "another action called done",
    "an action of somebody who left",
)
NONE = "no action"
OWNERS = {"the practitioner"}
ANSWERS = {"the team manager"}
"""CA-23, RO-02: owner and confirmer differ; the manager of the owner's team answers."""
MANAGERS = {
    "the auditor",
    "the team manager",
    "the team manager the case moved to",
    "the service manager",
    "the auditor's own service manager, who covers the other",
}
"""Whoever manages a team or service has a board, maybe empty; the auditor manages one elsewhere."""

MAY: dict[str, dict[str, set[str]]] = {
    "see an action": {
        **dict.fromkeys((OPEN, ASKED, DONE, DONE_TOO), OWNERS | ANSWERS),
        LEFT: ANSWERS,
        NONE: set(),
    },
    # RO-02: each manager their own people's; a service manager reads their teams'.
    "follow the board": {OPEN: MANAGERS},
    # RO-03: whoever owns it, and nobody for them.
    "own an action": {**dict.fromkeys((OPEN, ASKED, DONE), OWNERS), LEFT: set(), NONE: set()},
    "answer for an action": {OPEN: ANSWERS, LEFT: ANSWERS, NONE: set()},
    "answer about time": {ASKED: ANSWERS, NONE: set()},
    "confirm an action": {DONE: ANSWERS, NONE: set()},
    "send an action back": {DONE_TOO: ANSWERS, NONE: set()},
    "hand an action on": {LEFT: ANSWERS, NONE: set()},
}
CHANGES: dict[type[Payload], tuple[str, set[str]]] = {
    NoteProgress: ("action_steps", {OPEN, ASKED}),
    AskActionTime: ("action_steps", {OPEN}),
    FinishAction: ("action_steps", {OPEN, ASKED}),
    NoteOversight: ("action_steps", {OPEN, LEFT}),
    AnswerActionTime: ("audit_actions", {ASKED}),
    ConfirmAction: ("audit_actions", {DONE}),
    SendBackAction: ("audit_actions", {DONE_TOO}),
    HandOnAction: ("audit_actions", {LEFT}),
}

_takers: list[int] = []
"""Whoever an action may be handed on to in the scene."""


def objects(
    work: Work, council: Council, some: Staff, _people: dict[str, Person], given: dict[str, Any]
) -> dict[str, int]:
    """What there is to ask for. `given` holds the moment, month and due date of the scene's audits."""
    _takers[:] = [some.practitioner.id]
    due_on = given["due_on"]
    lines = tuple(ActionLine(f"Step {n}.", some.practitioner.id, due_on) for n in range(5))
    page = ActionsPage(lines)
    audit = a_submitted_audit(work, council, some, reference="CF-1061", pages={ACTIONS: page}, **given)
    found = dict(zip((OPEN, ASKED, DONE, DONE_TOO, LEFT), work.actions.of_audit(audit.id), strict=True))
    owner: dict[str, Any] = {"by": some.practitioner, "now": given["now"]}
    until = due_on + timedelta(days=7)
    ask_more_time(work, council, action_id=found[ASKED].id, until_on=until, reason="School is shut.", **owner)
    for name in (DONE, DONE_TOO):
        proof: dict[str, Any] = {"text": "The child eats breakfast.", "recorded": "case note of 3 June"}
        finish_action(work, council, action_id=found[name].id, **proof, **owner)
    _left(work, some, found[LEFT])
    return {**{name: action.id for name, action in found.items()}, NONE: 999_999}


def _left(work: Work, some: Staff, action: ActionRow) -> None:
    """The owner of this action is no longer there."""
    leaver = a_person(work, "Lee Leaver", Post.PRACTITIONER, team_id=some.team.id, left_on=local_day(clock()))
    assert work.actions.change(action, {"owner_id": leaver.id})


def asked(activity: str, object_id: int, nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """Every press of this activity, with what is typed beside it."""
    later = (local_day(clock()) + timedelta(days=40)).isoformat()
    match activity:
        case "see an action":
            yield ShowAction(object_id), {}
            for form in ("done", "time", "confirm", "back", "oversight", "hand_on"):
                yield AskActionForm(object_id, form), {}
        case "follow the board":
            yield ShowTeamActions(0), {}
        case "own an action":
            yield NoteProgress(object_id, nonce), {"progress": "Visits began."}
            yield AskActionTime(object_id, nonce), {"until_on": later, "reason": "School is shut."}
            proof = {"changed": "The child eats breakfast.", "recorded": "case note of 3 June"}
            yield FinishAction(object_id, nonce), proof
        case "answer for an action":
            note = {"note": "Well done.", "noted": "supervision note of 3 June"}
            yield NoteOversight(object_id, nonce), note
        case "answer about time":
            yield AnswerActionTime(object_id, 1, True, nonce), {}
            yield AnswerActionTime(object_id, 1, False, nonce), {"reason": "The child waits."}
        case "confirm an action":
            note = {"note": "The proof holds.", "noted": "supervision note of 3 June"}
            yield ConfirmAction(object_id, 1, nonce), note
        case "send an action back":
            yield SendBackAction(object_id, 1, nonce), {"reason": "Since when?"}
        case "hand an action on":
            taker = str(_takers[0]) if _takers else ""
            yield HandOnAction(object_id, 1, nonce), {"owner_id": taker, "due_on": later}


def everyones(_objects: dict[str, int], _nonce: str) -> Iterator[tuple[Payload, Typed]]:
    """What everyone may press, and each is shown their own."""
    yield ShowMyActions(), {}
