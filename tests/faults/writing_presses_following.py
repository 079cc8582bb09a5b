"""A press of every verb that follows an audit to its end; see `writing_presses`."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from cards.payloads_actions import (
    AnswerActionTime,
    AskActionTime,
    ConfirmAction,
    FinishAction,
    HandOnAction,
    NoteOversight,
    NoteProgress,
    SendBackAction,
)
from cards.payloads_following import (
    ConfirmFile,
    PlanSupervision,
    RecordDiscussed,
    RecordImpact,
    RecordReflection,
    SetSupervisionDays,
)
from domain.audits import Audit
from domain.days import local_day
from domain.people import Post
from domain.supervision import field_of
from storage.actions import ActionRow
from tests.builders import Staff, a_person
from tests.faults.pressing import Press
from workflows.council import Council

_PROOF = {"changed": "The child eats breakfast.", "recorded": "case note of 3 June"}
_NOTE = {"note": "Seen in the visits.", "noted": "supervision note of 3 June"}


def following_presses(council: Council, people: Staff, audits: list[Audit], now: datetime) -> Iterator[Press]:
    """One press of each verb, each made when those before it are done; on three submitted audits."""
    first, second, third = audits
    yield from _on_actions(council, people, first, second, now)
    yield from _to_the_end(council, people, first, third, now)


def _on_actions(
    council: Council, people: Staff, first: Audit, second: Audit, now: datetime
) -> Iterator[Press]:
    owner, manager, nonce = people.practitioner, people.team_manager, "pressed"
    until = (max(_action(council, first).due_on, local_day(now)) + timedelta(days=9)).isoformat()
    one = _action(council, first).id
    yield Press(owner, NoteProgress(one, nonce), {"progress": "Begun."}, {"noted progress on an action": 1})
    later = {"until_on": until, "reason": "School is shut."}
    yield Press(owner, AskActionTime(one, nonce), later, {"asked for more time for an action": 1})
    answer = AnswerActionTime(one, _action(council, first).version, True, nonce)
    yield Press(manager, answer, {}, {"gave more time for an action": 1})
    yield Press(owner, FinishAction(one, nonce), _PROOF, {"called an action done": 1})
    back = SendBackAction(one, _action(council, first).version, nonce)
    yield Press(manager, back, {"reason": "Since when?"}, {"sent an action back": 1})
    yield Press(manager, NoteOversight(one, nonce), _NOTE, {"noted oversight of an action": 1})
    yield Press(owner, FinishAction(one, "again"), _PROOF, {"called an action done": 1})
    confirm = ConfirmAction(one, _action(council, first).version, nonce)
    yield Press(manager, confirm, _NOTE, {"confirmed an action": 1})
    other = _action(council, second)
    with council.write() as work:
        leaver = a_person(work, "Lee Leaver", Post.PRACTITIONER, team_id=people.team.id, left_on=now.date())
        assert work.actions.change(other, {"owner_id": leaver.id})
    hand_on = HandOnAction(other.id, other.version + 1, nonce)
    taker = {"owner_id": str(people.line_manager.id), "due_on": until}
    yield Press(manager, hand_on, taker, {"handed an action on": 1})


def _to_the_end(
    council: Council, people: Staff, first: Audit, third: Audit, now: datetime
) -> Iterator[Press]:
    nonce, today = "pressed", local_day(now)
    practitioner, line = people.practitioner.id, people.line_manager
    with council.write() as work:
        filer = a_person(work, "Fay Filer", Post.PMPM)
        kept = {"closed_at": now, "impact_due_on": today}
        assert work.followups.change(work.followups.get(third.id), kept)
    plan = {"next_on": (today + timedelta(days=7)).isoformat()}
    yield Press(line, PlanSupervision(practitioner, nonce), plan, {"planned supervision": 1})
    days = {field_of(practitioner): plan["next_on"]}
    yield Press(line, SetSupervisionDays(nonce), days, {"planned supervision": 1})
    where = {"held_on": today.isoformat(), "where": "supervision note of 3 June"}
    talked = RecordDiscussed(practitioner, str(first.id), nonce)
    yield Press(line, talked, where, {"talked of the learning": 1})
    held = {"reflected_on": today.isoformat()}
    reflect = RecordReflection(first.id, nonce)
    yield Press(people.auditor, reflect, held, {"held the reflective session": 1})
    filed = {"confirmed the child's file": 1}
    yield Press(filer, ConfirmFile(first.id, nonce), {}, filed)
    lasted = {"impact": "lasted", "impact_text": "Home is calm."}
    yield Press(people.team_manager, RecordImpact(third.id, nonce), lasted, {"checked the impact": 1})


def _action(council: Council, audit: Audit) -> ActionRow:
    """The audit's only action as it stands."""
    with council.read() as view:
        (action,) = view.actions.of_audit(audit.id)
    return action
