"""Cards and mails of talks and of released moderations.

What stays in a chat names no case and nothing that the Panel found. The mail alone brings a moderation, as a
Word copy in the version of whoever it goes to. Source: MO-15 to MO-19, SG-01, SG-03.
"""

from collections.abc import Mapping
from datetime import datetime

from cards.mails import moderation_mail
from cards.payloads import ShowMyAudits
from cards.payloads_actions import ShowAction
from cards.payloads_talk import AskGiveCopy, ReadModeration, ShowTalk
from cards.wording import day
from domain.audits import Audit
from domain.errors import NotAllowed
from domain.moderation import Moderation
from domain.talks import TalkState, say_time
from scheduler.drawing import Draw, Drawing, Drawn, Needless, Write, Written, note
from scheduler.ports import Attachment
from scheduler.rendering_office import for_office
from storage.discussions import DiscussionRow
from workflows.copy_readers import copy_readers
from workflows.offer_kinds import KINDS, MODERATION_COPY
from workflows.panel import acting_chairs
from workflows.reading_moderation import may_read
from workflows.releasing import AFTER_TALK, INVITED
from workflows.telling import holding_teams


def wanted(drawing: Drawing) -> Drawn | Needless:
    """Asks the chair to invite the auditor, while nobody has."""
    _, audit, talk = _talk(drawing)
    if talk.state != TalkState.DUE:
        return Needless("they have been invited")
    if not _chairs(drawing, audit):
        return Needless("somebody else chairs by now")
    auditor = drawing.view.people.get(audit.auditor_id)
    text = (
        f"The Panel saw something in an audit by {auditor.name} that is worth a talk. Please invite them; it "
        f"is to be held by {day(talk.due_on)}.\n"
        "Nobody else hears of it before, so what you say first is how they will remember it."
    )
    return note("A talk to set up", text, ("Open", ShowTalk(talk.moderation_id)))


def answered(drawing: Drawing) -> Drawn | Needless:
    """Tells the chair which time the auditor took, or that none suits."""
    _, audit, talk = _talk(drawing)
    if talk.state not in (TalkState.AGREED, TalkState.PROPOSED) or not _chairs(drawing, audit):
        return Needless("the answer is dealt with")
    auditor = drawing.view.people.get(audit.auditor_id)
    button = ("Open", ShowTalk(talk.moderation_id))
    if talk.agreed_at is not None:
        return note("A time is agreed", f"{auditor.name} took {say_time(talk.agreed_at)}.", button)
    text = f"None of the times suits {auditor.name}. They say what would."
    return note("Another time is asked for", text, button)


def replied(drawing: Drawing) -> Drawn | Needless:
    """Tells the chair that the auditor has replied."""
    _, audit = _moderation(drawing)
    if not _chairs(drawing, audit):
        return Needless("somebody else chairs by now")
    auditor = drawing.view.people.get(audit.auditor_id)
    text = f"{auditor.name} has replied to a moderation in writing. It stands beside the Panel's words."
    return note("A reply to a moderation", text, ("Read it", ReadModeration(drawing.notice.subject_id)))


def news(drawing: Drawing) -> Drawn | Needless:
    """An invite, or a moderation to read, for its auditor or the team manager."""
    moderation, audit = _moderation(drawing)
    if not _reads(drawing, moderation):
        return Needless("they may not read it by now")
    again = drawing.notice.key.rpartition(":")[2]
    if again.startswith(INVITED):
        return _invited(drawing)
    read = ("Read it", ReadModeration(moderation.id))
    if again == AFTER_TALK:
        text = (
            "The talk about a moderation you have has been held and led to another final grade. Reports "
            "count the Panel's, as before."
        )
        return note("A moderation has changed", text, read)
    if drawing.person.id != audit.auditor_id:
        text = (
            "The Panel has looked at an audit of a child whose case your team holds. It says what helps this "
            "child, and what is still to do. A Word copy comes by e-mail."
        )
        return note("A moderation is ready for you to read", text, read)
    text = (
        "The Panel has looked at an audit of yours. Thank you for it. It says what you did well and what "
        "would help next time; a Word copy comes by e-mail."
    )
    talk = drawing.view.discussions.of_moderation(moderation.id)
    if talk is not None and talk.state != TalkState.HELD:
        # Else they would take a mail for the last word, and whoever chairs for avoiding them (MO-16).
        text += "\nFor the child's sake it could not wait for a talk with you. That talk is still to come."
    return note("Feedback on an audit of yours", text, read, ("My audits", ShowMyAudits()))


def unreceived(drawing: Drawing) -> Drawn | Needless:
    """Tells the QA office that nobody received the team's copy, with the way to give it to somebody."""
    moderation, audit = _moderation(drawing)
    if copy_readers(drawing.view, drawing.council, audit, drawing.today):
        return Needless("somebody has it by now")
    team = drawing.view.people.team(holding_teams(drawing.view, audit)[0])
    text = (
        f"A moderation is ready for whoever manages {team.name}, and the staff list names nobody. It says "
        "what helps a child, and what is still to do. Please say who sees to it."
    )
    return note("Nobody received the team's copy", text, ("Give it to somebody", AskGiveCopy(moderation.id)))


def copy_mail(drawing: Drawing) -> Written | Needless:
    """The mail with the Word copy, in its reader's version."""
    moderation, audit = _moderation(drawing)
    if moderation.released_at is None or not _reads(drawing, moderation):
        return Needless("they may not read it by now")
    make, kind = drawing.makers[MODERATION_COPY], KINDS[MODERATION_COPY]
    content = make(drawing.view, drawing.council, drawing.person, audit.id, drawing.now)
    subject, body = moderation_mail(
        council_name=drawing.council.house.name, to_auditor=drawing.person.id == audit.auditor_id
    )
    return Written(
        subject, body, (Attachment(kind.name(drawing.view, audit.id), kind.content_type, content),)
    )


def action(drawing: Drawing) -> Drawn | Needless:
    """Tells the owner of an action that the Panel found missing."""
    found = drawing.view.actions.get(drawing.notice.subject_id)
    if found is None or found.state != "open" or found.owner_id != drawing.person.id:
        return Needless("the action is no longer theirs to do")
    text = (
        "The Panel has looked at an audit and asks for one more step for the child. It is yours, by "
        f"{day(found.due_on)}. If that does not fit, you can say so there."
    )
    return note("An action for you", text, ("See the action", ShowAction(found.id)))


CARDS: Mapping[str, Draw] = {
    "talk_wanted": wanted,
    "talk_answered": answered,
    "talk_reply": replied,
    "moderation_news": news,
    "copy_unreceived": for_office(unreceived),
    "action_missing": action,
}
"""Kind to the card posted in the person's chat."""

MAILS: Mapping[str, Write] = {"moderation_copy": copy_mail}
"""Kind to the mail sent to the person."""


def _invited(drawing: Drawing) -> Drawn | Needless:
    moderation, _, talk = _talk(drawing)
    if talk.state != TalkState.INVITED or talk.invited_by is None:
        return Needless("they have answered, or are invited anew")
    chair = drawing.view.people.get(talk.invited_by)
    ahead = sum(datetime.fromisoformat(at) > drawing.now for at in talk.slots)
    # Whoever was away may read it when the times have passed.
    choose = (
        "Please say when you can",
        "Please say whether the time suits",
        "Please choose one of the times",
    )[min(ahead, 2)]
    known = "" if moderation.released_at else " Nobody but the Panel knows before."
    text = (
        f"{chair.name} would like to talk with you about an audit of yours. It is a talk between colleagues, "
        "to learn from: what the Panel saw is there to read, and your view counts.\n"
        f"{choose}, or ask for another; it is to be held by {day(talk.due_on)}.{known}"
    )
    return note("An invite to a talk", text, ("Read and answer", ShowTalk(talk.moderation_id)))


def _moderation(drawing: Drawing) -> tuple[Moderation, Audit]:
    moderation = drawing.view.moderations.get(drawing.notice.subject_id)
    audit = drawing.view.audits.get(moderation.audit_id) if moderation is not None else None
    if moderation is None or audit is None:
        raise LookupError(f"no moderation {drawing.notice.subject_id}")
    return moderation, audit


def _talk(drawing: Drawing) -> tuple[Moderation, Audit, DiscussionRow]:
    moderation, audit = _moderation(drawing)
    talk = drawing.view.discussions.of_moderation(moderation.id)
    if talk is None:
        raise LookupError(f"no talk about moderation {moderation.id}")
    return moderation, audit, talk


def _chairs(drawing: Drawing, audit: Audit) -> bool:
    return any(chair.id == drawing.person.id for chair in acting_chairs(drawing.view, audit, drawing.today))


def _reads(drawing: Drawing, moderation: Moderation) -> bool:
    try:
        may_read(drawing.view, drawing.council, by=drawing.person, moderation=moderation, now=drawing.now)
    except NotAllowed:
        return False
    return True
