"""What the owner of an action does with it: say how it goes, call it done with proof, ask for more time.

Source: CA-23, RO-03, SG-01, Q15; workflow 1B step 16.
"""

from collections.abc import Mapping
from datetime import date, datetime

from domain.actions import StepKind, wrong_with_day
from domain.errors import RuleBroken
from domain.people import Person
from domain.permissions import Verb
from storage.actions import ActionRow
from storage.work import Work
from workflows.action_file import tell_answering
from workflows.audit_access import require_action
from workflows.council import Council
from workflows.kept_words import kept_place, kept_words
from workflows.sharing import TextWanted

CHANGED = "The action changed a moment ago. Here it is as it stands now; please try once more."


def note_progress(
    work: Work,
    council: Council,
    *,
    by: Person,
    action_id: int,
    text: str,
    names_nobody: bool = False,
    now: datetime,
) -> None:
    """Still on it, with a word on how it goes where there is one to say."""
    action, _ = require_action(work, council, Verb.ACT, by=by, action_id=action_id, now=now)
    require_to_do(action)
    words = kept_words(council, "progress", text, names_nobody=names_nobody)
    work.actions.add_step(action_id, StepKind.PROGRESS, by=by.id, now=now, text=words)
    leave_trail(work, by, action, "noted progress on an action", now, {"text": words})


def finish_action(
    work: Work,
    council: Council,
    *,
    by: Person,
    action_id: int,
    text: str,
    recorded: str,
    names_nobody: bool = False,
    now: datetime,
) -> None:
    """Call it done, with what changed for the child and where that is recorded; the manager is told.

    Raises TextWanted for the box that lacks something, RuleBroken when it is not open any more.
    """
    action, _ = require_action(work, council, Verb.ACT, by=by, action_id=action_id, now=now)
    require_to_do(action)
    words = kept_words(
        council,
        "changed",
        text,
        wanted="Please say in a sentence what changed for the child. That is the proof that counts.",
        names_nobody=names_nobody,
    )
    place = kept_place(
        council,
        "recorded",
        recorded,
        wanted="Please say where it is recorded, such as “case note of 3 June”.",
        names_nobody=names_nobody,
    )
    values = {"state": "done", "done_on": council.today(now), "asked_until_on": None}
    change_action(work, action, values)
    step_id = work.actions.add_step(action_id, StepKind.DONE, by=by.id, now=now, text=words, recorded=place)
    leave_trail(work, by, action, "called an action done", now, {"changed": words, "recorded": place})
    tell_answering(work, council, owner=by, step_id=step_id, now=now)


def ask_more_time(
    work: Work,
    council: Council,
    *,
    by: Person,
    action_id: int,
    until_on: date | None,
    reason: str,
    names_nobody: bool = False,
    now: datetime,
) -> None:
    """Ask whoever answers for the owner for a later day; the day agreed stands until they say yes."""
    action, _ = require_action(work, council, Verb.ACT, by=by, action_id=action_id, now=now)
    require_to_do(action)
    if action.asked_until_on is not None:
        raise RuleBroken("You have asked for more time already, and nobody has answered yet.")
    wrong = wrong_with_day(until_on, due_on=action.due_on, today=council.today(now), later=True)
    if wrong is not None:
        raise TextWanted("until_on", wrong)
    words = kept_words(
        council,
        "reason",
        reason,
        wanted="Please say in a sentence why it needs longer.",
        names_nobody=names_nobody,
    )
    change_action(work, action, {"asked_until_on": until_on})
    step_id = work.actions.add_step(
        action_id, StepKind.MORE_TIME_ASKED, by=by.id, now=now, text=words, until_on=until_on
    )
    fields = {"until": until_on.isoformat() if until_on else "", "reason": words}
    leave_trail(work, by, action, "asked for more time for an action", now, fields)
    tell_answering(work, council, owner=by, step_id=step_id, now=now)


def require_to_do(action: ActionRow) -> None:
    """Raise RuleBroken unless the action is still to be done."""
    if action.state == "done":
        raise RuleBroken("This action is called done already and waits for whoever confirms it.")
    if action.state == "confirmed":
        raise RuleBroken("This action is confirmed already, so nothing is left to do on it. Good news.")


def change_action(work: Work, action: ActionRow, values: Mapping[str, object]) -> None:
    """Set these columns; RuleBroken when somebody else changed the action meanwhile."""
    if not work.actions.change(action, values):
        raise RuleBroken(CHANGED)


def leave_trail(
    work: Work, by: Person, action: ActionRow, verb: str, now: datetime, fields: Mapping[str, object]
) -> None:
    """The trail's row for something done about an action, in its audit's chain."""
    work.trail.add(
        now=now,
        actor=by.id,
        verb=verb,
        subject=f"action {action.id}",
        audit_id=action.audit_id,
        fields=fields,
    )
