"""Cards of the learning log: an action or an entry given to somebody, its day, drafts, what is to be assured.

Source: OG-06, RO-06, RO-07.
"""

from collections.abc import Mapping

from cards.payloads_learning import ShowEntry, ShowLearningAction, ShowLog
from cards.wording import day as in_words
from domain.learning import STANDING, Entry, LearningAction
from scheduler.drawing import Draw, Drawing, Drawn, Needless, Write, note
from storage.nudges import day_of_key

_MOVED = Needless("it is done, somebody else's, or moved to another day")
_MINE = ("My learning actions", ShowLog("mine", 0))


def action_given(drawing: Drawing) -> Drawn | Needless:
    """Tells an owner of an action of theirs."""
    found = _action(drawing)
    if found is None:
        return _MOVED
    action, entry = found
    text = (
        f"{action.what}\nIt is part of what we learned: {entry.title}. By {in_words(action.due_on)}, please."
    )
    return note("A learning action for you", text, ("Open", ShowLearningAction(action.id)), _MINE)


def entry_given(drawing: Drawing) -> Drawn | Needless:
    """Tells whoever sees to an entry that it is theirs."""
    entry = _entry(drawing)
    if entry is None or entry.owner_id != drawing.person.id or entry.due_on is None:
        return _MOVED
    text = (
        f"{entry.title}\nPlease see to it that this makes a difference for children by "
        f"{in_words(entry.due_on)}. The QA office closes it with what changed."
    )
    return note("An entry of the learning log is yours", text, ("Open", ShowEntry(entry.id)))


CARDS: Mapping[str, Draw] = {
    "learning_action_given": action_given,
    "learning_entry_given": entry_given,
}
"""Kind to the card posted in the person's chat."""

MAILS: Mapping[str, Write] = {}
"""Kind to the mail sent to the person."""


def _action(drawing: Drawing) -> tuple[LearningAction, Entry] | None:
    """The action and its entry, while it is this person's to do by the day the notice was written for."""
    action = drawing.view.learning.action(drawing.notice.subject_id)
    entry = drawing.view.learning.get(action.entry_id) if action is not None else None
    if action is None or entry is None or entry.state not in STANDING or action.done_on is not None:
        return None
    is_theirs = action.owner_id == drawing.person.id and action.due_on == day_of_key(drawing.notice.key)
    return (action, entry) if is_theirs else None


def _entry(drawing: Drawing) -> Entry | None:
    """The published entry, while its day is the one that the notice was written for."""
    entry = drawing.view.learning.get(drawing.notice.subject_id)
    stands = entry is not None and entry.state in STANDING
    return entry if entry and stands and entry.due_on == day_of_key(drawing.notice.key) else None
