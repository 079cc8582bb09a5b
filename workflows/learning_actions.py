"""Actions of the learning log: what is to be done about an entry, by whom and by when, and that it is done.

Source: OG-06, RO-07, SG-01, SG-05.
"""

from collections.abc import Mapping
from datetime import datetime

from domain.errors import NotAllowed, NotFound, RuleBroken
from domain.learning import STANDING, UNENDED, Entry, EntryState, LearningAction
from domain.people import Person
from domain.permissions import Standing, Verb, require
from storage.work import View, Work
from workflows.council import Council
from workflows.learning_entries import change_entry, find_entry, keep_trail, references_of, require_version
from workflows.learning_telling import tell_owner_of_action
from workflows.learning_texts import Reading, owners
from workflows.tracked_following import drop_following, follow_action, follow_entry

MOST_ACTIONS = 12
"""How many an entry may have; more would be a plan of its own, and no card could show them."""


def save_action(
    work: Work,
    council: Council,
    *,
    by: Person,
    entry_id: int,
    action_id: int,
    version: int,
    typed: Mapping[str, str],
    now: datetime,
) -> None:
    """Add an action to an entry (`action_id` 0) or change one that is not done; its owner is told.

    `version` is the entry's. Raises TextsWanted for what cannot be kept, Stale when the entry changed.
    """
    today = council.today(now)
    entry = _require_kept(work, council, by, entry_id, now)
    standing = find_action(work, entry, action_id) if action_id else None
    reading = Reading(typed, council.framework, references_of(work, entry))
    what = reading.text("what", wanted="Please say what is to be done.")
    owner_id = reading.owner(
        "action_owner",
        owners(work),
        wanted="Please choose who does it.",
        standing=standing.owner_id if standing else None,
    )
    due_on = reading.day(
        "action_due_on",
        today=today,
        wanted="Please give the day by which it is done.",
        standing=standing.due_on if standing else None,
    )
    reading.done()
    if owner_id is None or due_on is None:
        raise AssertionError("a reading that is done has them")
    values = {"what": what, "owner_id": owner_id, "due_on": due_on}
    require_version(entry, version)
    # The next version, so that two people never change its actions past each other.
    change_entry(work, entry, {})
    if standing is None:
        if len(work.learning.actions([entry.id]).get(entry.id, ())) >= MOST_ACTIONS:
            raise RuleBroken(f"An entry has {MOST_ACTIONS} actions at most. Please make another entry.")
        action_id = work.learning.add_action(entry.id, what=what, owner_id=owner_id, due_on=due_on)
    elif not work.learning.change_action(standing.id, values):
        raise RuleBroken("This action was done a moment ago, so it stands as it is.")
    verb = "gave" if standing is None else "changed"
    keep_trail(work, by, f"{verb} a learning action", entry.id, now, {"action": action_id, **values})
    changed = work.learning.action(action_id)
    if changed is not None and entry.state in STANDING:
        tell_owner_of_action(work, council, changed, now=now, by=by.id)
    follow_entry(work, entry, by=by.id, now=now)


def take_out_action(
    work: Work, council: Council, *, by: Person, entry_id: int, action_id: int, version: int, now: datetime
) -> None:
    """Take an action that is not done, and no longer needed, out of its entry."""
    entry = _require_kept(work, council, by, entry_id, now)
    action = find_action(work, entry, action_id)
    require_version(entry, version)
    # The next version, so that two people never change its actions past each other.
    change_entry(work, entry, {})
    if not work.learning.take_out_action(action.id):
        raise RuleBroken("This action was done a moment ago, so it stands as it is.")
    values = {"action": action.id, "what": action.what, "owner_id": action.owner_id, "due_on": action.due_on}
    keep_trail(work, by, "took out a learning action", entry.id, now, values)
    drop_following(work, action.id, by=by.id, now=now)


def finish_action(
    work: Work, council: Council, *, by: Person, action_id: int, text: str, now: datetime
) -> None:
    """The owner says that an action is done, and what was done."""
    action, entry = require_own_action(work, council, by=by, action_id=action_id, now=now)
    if action.done_on is not None:
        raise RuleBroken("This is done already. Thank you.")
    reading = Reading({"done_text": text}, council.framework, references_of(work, entry))
    words = reading.text("done_text", wanted="Please say in a sentence or two what was done.")
    reading.done()
    values = {"done_on": council.today(now), "done_by": by.id, "done_text": words}
    if not work.learning.change_action(action.id, values):
        raise RuleBroken("This is done already. Thank you.")
    keep_trail(work, by, "finished a learning action", entry.id, now, {"action": action.id, "text": words})
    follow_action(work, entry, action.id, by=by.id, now=now)


def require_own_action(
    view: View, council: Council, *, by: Person, action_id: int, now: datetime
) -> tuple[LearningAction, Entry]:
    """An action and its published entry, for its owner; NotAllowed alike when there is none."""
    action = view.learning.action(action_id)
    entry = view.learning.get(action.entry_id) if action else None
    if action is None or entry is None or entry.state not in {*STANDING, EntryState.CLOSED}:
        raise NotAllowed("I cannot find that for you. Type “learning log” to see what is yours.")
    standing = Standing(None, 0, 0, owner_id=action.owner_id)
    require(Verb.DO_LEARNING, by, today=council.today(now), standing=standing)
    return action, entry


def _require_kept(work: Work, council: Council, by: Person, entry_id: int, now: datetime) -> Entry:
    require(Verb.KEEP_LOG, by, today=council.today(now))
    entry = find_entry(work, entry_id)
    if entry.state not in UNENDED:
        raise RuleBroken("This entry has ended, so its actions stand as they are.")
    return entry


def find_action(view: View, entry: Entry, action_id: int) -> LearningAction:
    """An action of this entry that is not done."""
    action = view.learning.action(action_id)
    if action is None or action.entry_id != entry.id:
        raise NotFound("This entry has no such action any more.")
    if action.done_on is not None:
        raise RuleBroken("This action is done, so it stands as it is.")
    return action
