"""Presses about a moderation that is there to read: read it, take a copy, reply, and what there is."""

from collections.abc import Callable, Mapping

from cards.assembly_feedback import feedback_view
from cards.feedback import feedback_card
from cards.notes import note_card
from cards.payloads import Payload, ShowMyAudits
from cards.payloads_talk import AskModerationCopy, ReadModeration, WriteReply
from cards.talk_forms import reply_form
from cards.views import HintView, NoteView
from cards.views_talk import ReplyFormView
from cards.wording import day
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Reply, Turn
from domain.days import local_day
from domain.errors import NotAllowed, RuleBroken
from domain.people import Person
from workflows.council import Council, Work
from workflows.offer_kinds import MODERATION_COPY
from workflows.offering import offer_file
from workflows.reading_moderation import NOT_THEIRS, read_moderation, readable
from workflows.replying import require_reply, write_reply
from workflows.sharing import TextWanted
from workflows.talk_words import LooksLikeAName

MOST_LISTED = 6
"""How many moderations the command offers at a time, the newest first."""
COMING = "It comes in a message of its own in a moment. Press Allow there, and it goes into your OneDrive."


def moderations_reply(council: Council, work: Work, turn: Turn, person: Person) -> Reply:
    """The answer to the command: the moderations that this person may read."""
    found = readable(work, council, by=person, now=turn.now)
    if not found:
        text = "There is no moderation for you to read at the moment."
        return Reply(note_card(NoteView("Moderations", text, (("My audits", ShowMyAudits()),))))
    shown = tuple(enumerate(found[:MOST_LISTED], start=1))
    names = work.people.many(audit.auditor_id for _, (_, audit) in shown)
    lines = []
    for number, (moderation, audit) in shown:
        at = moderation.released_at
        stands = f"released on {day(local_day(at))}" if at else "the talk comes first"
        lines.append(f"{number}. Audited by {names[audit.auditor_id].name}; {stands}")
    text = "\n".join(("The newest first.", *lines))
    buttons = tuple((f"Read number {n}", ReadModeration(one.id)) for n, (one, _) in shown)
    return Reply(note_card(NoteView("Moderations", text, buttons)), title="Moderations")


def _read(press: Press, _: Outcome) -> Reply:
    return _feedback(press)


def _feedback(press: Press, message: str = "") -> Reply:
    moderation_id: int = press.payload.moderation_id
    found = read_moderation(
        press.work, press.council, by=press.person, moderation_id=moderation_id, now=press.now
    )
    view = feedback_view(found, press.framework, nonce=press.turn.nonce, message=message)
    return Reply(feedback_card(view), title="A moderation")


def show_reply_form(
    press: Press, typed: Mapping[str, str] | None, errors: Mapping[str, str], *, sure: bool = False
) -> Reply:
    """The auditor's form for a reply, or what they wrote where they have."""
    moderation_id: int = press.payload.moderation_id
    moderation, _ = require_reply(
        press.work, press.council, by=press.person, moderation_id=moderation_id, now=press.now
    )
    if moderation.replied_at is not None:
        return _feedback(press, "Your reply is in already, and it stands as you wrote it.")
    view = ReplyFormView(moderation_id, press.turn.nonce, typed, hints(errors), sure)
    return Reply(reply_form(view), title="Your reply")


def hints(errors: Mapping[str, str]) -> tuple[HintView, ...]:
    """What was refused, by the field it belongs to."""
    return tuple(HintView(field, message, blocking=True) for field, message in errors.items())


def _reply(press: Press) -> Outcome:
    payload: WriteReply = press.payload
    write_reply(
        press.work,
        press.council,
        by=press.person,
        moderation_id=payload.moderation_id,
        words=press.typed("reply"),
        sure=payload.sure,
        now=press.now,
    )
    return {}


def offers(kind: str) -> Callable[[Press], Outcome]:
    """The act that offers a file of this kind, which is known by its audit."""

    def act(press: Press) -> Outcome:
        moderation = press.work.moderations.get(press.payload.moderation_id)
        if moderation is None:
            raise NotAllowed(NOT_THEIRS)
        offer_file(
            press.work,
            press.council,
            by=press.person,
            kind=kind,
            subject_id=moderation.audit_id,
            token=press.turn.nonce,
            now=press.now,
        )
        return {}

    return act


def _refuse_reply(press: Press, broken: RuleBroken) -> Reply | None:
    if not isinstance(broken, TextWanted):
        return None
    sure = isinstance(broken, LooksLikeAName)
    return show_reply_form(press, press.typed_texts, {broken.field: str(broken)}, sure=sure)


def _says(message: str) -> Callable[[Press, Outcome], Reply]:
    """The show that gives the moderation with this said above it."""
    return lambda press, _: _feedback(press, message)


HANDLERS: dict[type[Payload], Handler] = {
    ReadModeration: Handler(_read),
    AskModerationCopy: Handler(_says(f"The Word copy is on its way. {COMING}"), act=offers(MODERATION_COPY)),
    WriteReply: Handler(
        _says("Thank you. Your reply stands beside the Panel's words now."),
        act=_reply,
        refuse=_refuse_reply,
    ),
}
