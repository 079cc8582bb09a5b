"""Presses about a moderation and the talk on it: read, reply, invite, answer, record, release."""

from collections.abc import Callable, Mapping
from typing import Any

from cards.assembly_feedback import feedback_view
from cards.feedback import feedback_card
from cards.notes import note_card
from cards.payloads import Payload, PayloadInvalid, ShowMyAudits
from cards.payloads_talk import (
    AcceptSlot,
    AskModerationCopy,
    AskTalkTime,
    InviteToTalk,
    OpenTalkForm,
    ProposeTime,
    ReadModeration,
    RecordTalk,
    ReleaseEarly,
    ShowTalk,
    WriteReply,
)
from cards.talk import talk_card
from cards.talk_forms import EARLY, FORMS, HELD, INVITE, OTHER_TIME, REPLY, reply_form, talk_form
from cards.views import HintView, NoteView
from cards.views_talk import ReplyFormView, TalkFormView, TalkView
from cards.wording import day
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply, Turn
from domain.days import local_day, parse_uk_date
from domain.errors import NotAllowed, RuleBroken, Stale
from domain.grades import Grade
from domain.people import Person
from domain.talks import SLOTS, Talk, TalkState
from workflows import discussing
from workflows.council import Council, Work
from workflows.offering import MODERATION_COPY, TALK_TIME, offer_file
from workflows.reading_moderation import NOT_THEIRS, read_moderation, readable
from workflows.sharing import TextWanted
from workflows.talk_access import open_talk, require_reply
from workflows.talk_words import LooksLikeAName

TITLE = "A talk between colleagues"
MOST_LISTED = 6
"""How many moderations the command offers at a time, the newest first."""
OF_CHAIR, OF_AUDITOR = frozenset({INVITE, HELD, EARLY}), frozenset({OTHER_TIME})


def _show_talk(press: Press, _: Outcome) -> Reply:
    return _talk(press)


def _talk(press: Press, message: str = "", *, warning: bool = False) -> Reply:
    talk = _opened(press)
    label = press.framework.grade_label
    moderation = talk.moderation
    view = TalkView(
        talk,
        (label(talk.original), label(moderation.overall or talk.original)),
        label(moderation.final) if moderation.final else "",
        press.turn.nonce,
        message,
        warning,
    )
    return Reply(talk_card(view), title=TITLE)


def _opened(press: Press) -> Talk:
    moderation_id: int = press.payload.moderation_id
    return open_talk(press.work, press.council, by=press.person, moderation_id=moderation_id, now=press.now)


def _form(press: Press, _: Outcome) -> Reply:
    payload: OpenTalkForm = press.payload
    if payload.form == REPLY:
        return _reply_form(press, None, {})
    return _talk_form(press, payload.form, None, {})


def _talk_form(
    press: Press,
    form: str,
    typed: Mapping[str, str] | None,
    errors: Mapping[str, str],
    *,
    sure: bool = False,
) -> Reply:
    if form not in FORMS:
        raise PayloadInvalid
    talk = _opened(press)
    if form not in (OF_CHAIR if talk.leads else OF_AUDITOR):
        raise NotAllowed(NOT_THEIRS)
    if talk.state is TalkState.HELD:
        return _talk(press, "The talk is recorded already.", warning=True)
    if form == EARLY and talk.moderation.released_at is not None:
        return _talk(press, "This was released already.", warning=True)
    if form == HELD and talk.state is TalkState.DUE:
        return _talk(press, "Please invite them first, so that they can read what it is about.", warning=True)
    choices = tuple((grade.value, press.framework.grade_label(grade)) for grade in Grade)
    view = TalkFormView(talk, choices, press.turn.nonce, typed, _hints(errors), sure)
    return Reply(talk_form(view, form), title=TITLE)


def _reply_form(
    press: Press, typed: Mapping[str, str] | None, errors: Mapping[str, str], *, sure: bool = False
) -> Reply:
    moderation_id: int = press.payload.moderation_id
    moderation, _ = require_reply(
        press.work, press.council, by=press.person, moderation_id=moderation_id, now=press.now
    )
    if moderation.replied_at is not None:
        return _feedback(press, "Your reply is in already, and it stands as you wrote it.")
    view = ReplyFormView(moderation_id, press.turn.nonce, typed, _hints(errors), sure)
    return Reply(reply_form(view), title="Your reply")


def _hints(errors: Mapping[str, str]) -> tuple[HintView, ...]:
    return tuple(HintView(field, message, blocking=True) for field, message in errors.items())


def _read(press: Press, _: Outcome) -> Reply:
    return _feedback(press)


def _feedback(press: Press, message: str = "") -> Reply:
    moderation_id: int = press.payload.moderation_id
    found = read_moderation(
        press.work, press.council, by=press.person, moderation_id=moderation_id, now=press.now
    )
    view = feedback_view(found, press.framework, nonce=press.turn.nonce, message=message)
    return Reply(feedback_card(view), title="A moderation")


def _given(press: Press) -> dict[str, Any]:
    """What every verb of the talk is told."""
    return {"by": press.person, "moderation_id": press.payload.moderation_id, "now": press.now}


def _invite(press: Press) -> Outcome:
    payload: InviteToTalk = press.payload
    discussing.invite(
        press.work,
        press.council,
        version=payload.version,
        slots=[press.typed(f"slot_{number}") for number in range(1, SLOTS + 1)],
        message=press.typed("message"),
        sure=payload.sure,
        **_given(press),
    )
    return {}


def _accept(press: Press) -> Outcome:
    payload: AcceptSlot = press.payload
    discussing.accept_slot(
        press.work, press.council, version=payload.version, slot=payload.slot, **_given(press)
    )
    return {}


def _propose(press: Press) -> Outcome:
    payload: ProposeTime = press.payload
    discussing.propose_time(
        press.work,
        press.council,
        version=payload.version,
        words=press.typed("proposed"),
        sure=payload.sure,
        **_given(press),
    )
    return {}


def _record(press: Press) -> Outcome:
    payload: RecordTalk = press.payload
    typed = press.typed("held_on")
    try:
        held_on = parse_uk_date(typed) if typed else None
    except ValueError:
        held_on = None
    discussing.record_held(
        press.work,
        press.council,
        held_on=held_on,
        note=press.typed("note"),
        final=press.typed("final"),
        final_because=press.typed("final_because"),
        sure=payload.sure,
        **_given(press),
    )
    return {}


def _release(press: Press) -> Outcome:
    payload: ReleaseEarly = press.payload
    discussing.release_early(
        press.work, press.council, reason=press.typed("release_reason"), sure=payload.sure, **_given(press)
    )
    return {}


def _reply(press: Press) -> Outcome:
    payload: WriteReply = press.payload
    discussing.write_reply(
        press.work, press.council, words=press.typed("reply"), sure=payload.sure, **_given(press)
    )
    return {}


def _offers(kind: str) -> Callable[[Press], Outcome]:
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


def _says(message: str) -> Callable[[Press, Outcome], Reply]:
    """The show that gives the talk with this said above it."""
    return lambda press, _: _talk(press, message)


def _refuses(form: str) -> Callable[[Press, RuleBroken], Reply | None]:
    """The form again with what was typed, and with the talk's version of today."""

    def refuse(press: Press, broken: RuleBroken) -> Reply | None:
        if isinstance(broken, TextWanted):
            errors = {broken.field: str(broken)}
        elif isinstance(broken, Stale):
            errors = {"": f"{broken} Please look at it once more; nothing you typed is lost."}
        else:
            return None
        sure = isinstance(broken, LooksLikeAName)
        if form == REPLY:
            return _reply_form(press, press.typed_texts, errors, sure=sure)
        return _talk_form(press, form, press.typed_texts, errors, sure=sure)

    return refuse


def _refuse_slot(press: Press, broken: RuleBroken) -> Reply | None:
    return None if isinstance(broken, NotAllowed) else _talk(press, f"{broken}", warning=True)


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


_COMING = "It comes in a message of its own in a moment. Press Allow there, and it goes into your OneDrive."

HANDLERS: dict[type[Payload], Handler] = {
    ShowTalk: Handler(_show_talk),
    OpenTalkForm: Handler(_form),
    ReadModeration: Handler(_read),
    AskModerationCopy: Handler(
        lambda press, _: _feedback(press, f"The Word copy is on its way. {_COMING}"),
        act=_offers(MODERATION_COPY),
    ),
    WriteReply: Handler(
        lambda press, _: _feedback(press, "Thank you. Your reply stands beside the Panel's words now."),
        act=_reply,
        refuse=_refuses(REPLY),
    ),
    InviteToTalk: Handler(
        _says("They have your invite, and can read the moderation."), act=_invite, refuse=_refuses(INVITE)
    ),
    AcceptSlot: Handler(
        _says("Thank you. The time is agreed, and they know."), act=_accept, refuse=_refuse_slot
    ),
    ProposeTime: Handler(
        _says("Thank you. They know, and will come back to you."), act=_propose, refuse=_refuses(OTHER_TIME)
    ),
    AskTalkTime: Handler(_says(f"The calendar file is on its way. {_COMING}"), act=_offers(TALK_TIME)),
    RecordTalk: Handler(
        _says("Thank you. It is recorded, and the team manager has their copy."),
        act=_record,
        refuse=_refuses(HELD),
    ),
    ReleaseEarly: Handler(
        _says("It is released, with your reason. The talk is still to be held."),
        act=_release,
        refuse=_refuses(EARLY),
    ),
}

COMMANDS: Mapping[str, Command] = {
    "moderations": Command(("moderations", "my moderations"), moderations_reply),
}
