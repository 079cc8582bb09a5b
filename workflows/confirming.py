"""What whoever answers for the owner of an action does: confirm it, send it back, give time, hand it on.

Never the owner: they would judge their own proof. Source: CA-23, RO-02, SG-05; workflow 1B step 16.
"""

from datetime import date, datetime

from domain.actions import StepKind, wrong_with_day
from domain.audits import Audit
from domain.errors import RuleBroken
from domain.people import Person
from domain.permissions import Verb
from storage.actions import ActionRow
from storage.work import Work
from workflows.acting import CHANGED, change_action, leave_trail
from workflows.action_file import takers_of
from workflows.audit_access import require_action
from workflows.closing import close_if_complete
from workflows.council import Council
from workflows.kept_words import kept_place, kept_words
from workflows.sharing import TextWanted

WHERE_WANTED = "Please say where you noted it, such as “supervision note of 3 June”."


def confirm_action(
    work: Work,
    council: Council,
    *,
    by: Person,
    action_id: int,
    version: int,
    note: str,
    recorded: str,
    names_nobody: bool = False,
    now: datetime,
) -> None:
    """The proof holds. What the manager saw in it, and where that stands on record, is kept (RO-02).

    `version` is that of the proof which was looked at. Raises RuleBroken when it is another one by now.
    """
    action, audit = _called_done(work, council, by=by, action_id=action_id, version=version, now=now)
    words = kept_words(
        council,
        "note",
        note,
        wanted="Please say in a sentence what you saw in the proof.",
        names_nobody=names_nobody,
    )
    place = kept_place(council, "noted", recorded, wanted=WHERE_WANTED, names_nobody=names_nobody)
    change_action(work, action, {"state": "confirmed", "confirmed_on": council.today(now)})
    step_id = work.actions.add_step(
        action_id, StepKind.CONFIRMED, by=by.id, now=now, text=words, recorded=place
    )
    leave_trail(work, by, action, "confirmed an action", now, {"note": words, "recorded": place})
    _tell_owner(work, action.owner_id, step_id, now)
    close_if_complete(work, council, audit, by=by.id, now=now)


def send_back(
    work: Work,
    council: Council,
    *,
    by: Person,
    action_id: int,
    version: int,
    reason: str,
    names_nobody: bool = False,
    now: datetime,
) -> None:
    """The proof does not hold yet; the action is open again, and its owner hears why."""
    action, _ = _called_done(work, council, by=by, action_id=action_id, version=version, now=now)
    words = kept_words(
        council,
        "reason",
        reason,
        wanted="Please say in a sentence what is still missing, so that they can see to it.",
        names_nobody=names_nobody,
    )
    change_action(work, action, {"state": "open", "done_on": None})
    step_id = work.actions.add_step(action_id, StepKind.SENT_BACK, by=by.id, now=now, text=words)
    leave_trail(work, by, action, "sent an action back", now, {"reason": words})
    _tell_owner(work, action.owner_id, step_id, now)


def answer_more_time(
    work: Work,
    council: Council,
    *,
    by: Person,
    action_id: int,
    version: int,
    give: bool,
    reason: str,
    names_nobody: bool = False,
    now: datetime,
) -> None:
    """Give the later day that was asked for, or say why not. Reminders begin anew with a new day."""
    action, _ = require_action(work, council, Verb.CONFIRM_ACTION, by=by, action_id=action_id, now=now)
    asked = action.asked_until_on
    if asked is None:
        raise RuleBroken("No request for more time waits for an answer here.")
    _require_same(action, version)
    wanted = "" if give else "Please say in a sentence why not, so that they can plan."
    words = kept_words(council, "reason", reason, wanted=wanted, names_nobody=names_nobody)
    if give and asked <= council.today(now):
        raise TextWanted(
            "reason", "The day asked for has passed. Please decline it with a word; they can ask again."
        )
    values: dict[str, object] = {"asked_until_on": None}
    change_action(work, action, {**values, "due_on": asked} if give else values)
    kind = StepKind.MORE_TIME_GIVEN if give else StepKind.MORE_TIME_DECLINED
    step_id = work.actions.add_step(action_id, kind, by=by.id, now=now, text=words, until_on=asked)
    verb = "gave more time for an action" if give else "declined more time for an action"
    fields = {"from": action.due_on.isoformat(), "asked for": asked.isoformat(), "reason": words}
    leave_trail(work, by, action, verb, now, fields)
    _tell_owner(work, action.owner_id, step_id, now)


def note_oversight(
    work: Work,
    council: Council,
    *,
    by: Person,
    action_id: int,
    note: str,
    recorded: str,
    names_nobody: bool = False,
    now: datetime,
) -> None:
    """A manager's oversight of an action, whatever its state, with where it was left (RO-02)."""
    action, _ = require_action(work, council, Verb.CONFIRM_ACTION, by=by, action_id=action_id, now=now)
    words = kept_words(
        council, "note", note, wanted="Please say in a sentence what you saw.", names_nobody=names_nobody
    )
    place = kept_place(council, "noted", recorded, wanted=WHERE_WANTED, names_nobody=names_nobody)
    work.actions.add_step(action_id, StepKind.OVERSIGHT, by=by.id, now=now, text=words, recorded=place)
    leave_trail(work, by, action, "noted oversight of an action", now, {"note": words, "recorded": place})


def hand_on(
    work: Work,
    council: Council,
    *,
    by: Person,
    action_id: int,
    version: int,
    owner_id: int | None,
    due_on: date | None,
    now: datetime,
) -> None:
    """Somebody else takes the action on, as its owner has left or has no part in the audit any more."""
    action, audit = require_action(work, council, Verb.CONFIRM_ACTION, by=by, action_id=action_id, now=now)
    takers = dict(takers_of(work, council, action, audit, now))
    if not takers:
        raise RuleBroken("Its owner is still there to see to it, so there is nothing to hand on.")
    _require_same(action, version)
    if owner_id not in takers:
        raise TextWanted("owner_id", "Please choose one of the people shown.")
    wrong = wrong_with_day(due_on, due_on=action.due_on, today=council.today(now), later=False)
    if wrong is not None:
        raise TextWanted("due_on", wrong)
    # Whoever takes it on says for themselves whether it is done.
    values = {
        "owner_id": owner_id,
        "due_on": due_on,
        "state": "open",
        "done_on": None,
        "asked_until_on": None,
    }
    change_action(work, action, values)
    step_id = work.actions.add_step(
        action_id, StepKind.HANDED_ON, by=by.id, now=now, text=takers[owner_id], until_on=due_on
    )
    fields = {"from": action.owner_id, "to": owner_id, "due": due_on.isoformat() if due_on else ""}
    leave_trail(work, by, action, "handed an action on", now, fields)
    _tell_owner(work, owner_id, step_id, now)


def _called_done(
    work: Work, council: Council, *, by: Person, action_id: int, version: int, now: datetime
) -> tuple[ActionRow, Audit]:
    action, audit = require_action(work, council, Verb.CONFIRM_ACTION, by=by, action_id=action_id, now=now)
    if action.state == "open":
        raise RuleBroken("Its owner has not called it done, so there is no proof to look at yet.")
    if action.state == "confirmed":
        raise RuleBroken("Somebody confirmed it a moment ago, so nothing is left to do here.")
    _require_same(action, version)
    return action, audit


def _require_same(action: ActionRow, version: int) -> None:
    if action.version != version:
        raise RuleBroken(CHANGED)


def _tell_owner(work: Work, owner_id: int, step_id: int, now: datetime) -> None:
    if work.people.get(owner_id).left_on is None:
        work.notices.queue(kind="action_step", subject_id=step_id, person_id=owner_id, now=now)
