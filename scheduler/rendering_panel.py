"""Cards of the Panel's queue: an audit was handed to somebody, moved on, or swapped.

What stays in the chat names no case. Source: MO-07, Q9, SG-05.
"""

from collections.abc import Mapping

from cards.payloads_panel import ShowModeration, ShowPanel
from cards.wording import day, days_left_words
from domain.moderation import Moderation
from domain.moderation_parts import START
from scheduler.drawing import Draw, Drawing, Drawn, Needless, Write, note
from workflows.panel import ties_of

_QUEUE = ("The queue", ShowPanel(0))


def handed(drawing: Drawing) -> Drawn | Needless:
    """Tells the new holder; needless once it is decided or with somebody else again."""
    return _theirs(
        drawing,
        "An audit to moderate was handed to you",
        "A colleague on the Panel handed you an audit to moderate. Please take it, or say if you cannot.",
    )


def swapped(drawing: Drawing) -> Drawn | Needless:
    """Tells the colleague whose audit went to somebody else for this one."""
    return _theirs(
        drawing,
        "An audit to moderate was swapped with you",
        "A colleague on the Panel swapped one of your audits for this one; the other is theirs now.",
    )


def moved(drawing: Drawing) -> Drawn | Needless:
    """Tells whoever had it that the chair handed it to somebody else."""
    moderation = _moderation(drawing)
    if moderation.decided_at is not None or moderation.moderator_id in (None, drawing.person.id):
        return Needless("it is decided, or theirs again")
    text = "The chair of the Panel handed one of your audits to a colleague. The rest of your queue stays."
    return note("One audit less in your queue", text, _QUEUE)


CARDS: Mapping[str, Draw] = {
    "moderation_handed": handed,
    "moderation_swapped": swapped,
    "moderation_moved": moved,
}
"""Kind to the card posted in the person's chat."""

MAILS: Mapping[str, Write] = {}
"""Kind to the mail sent to the person."""


def _theirs(drawing: Drawing, title: str, text: str) -> Drawn | Needless:
    moderation = _moderation(drawing)
    audit = drawing.view.audits.get(moderation.audit_id)
    if audit is None or moderation.decided_at is not None or moderation.moderator_id != drawing.person.id:
        return Needless("it is decided, or with somebody else")
    if ties_of(drawing.view, audit).of(drawing.person):
        return Needless("they have come to be tied to the audit")
    left = days_left_words((moderation.due_on - drawing.today).days)
    auditor = drawing.view.people.get(audit.auditor_id).name
    text += f"\nIt is by {auditor}. To be moderated by {day(moderation.due_on)}: {left}."
    return note(title, text, ("Open it", ShowModeration(moderation.id, START)), _QUEUE)


def _moderation(drawing: Drawing) -> Moderation:
    found = drawing.view.moderations.get(drawing.notice.subject_id)
    if found is None:
        raise LookupError(f"no moderation {drawing.notice.subject_id}")
    return found
