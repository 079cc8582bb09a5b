"""Presses of the talk about a moderation: invite, answer, record, release early."""

from collections.abc import Callable, Mapping
from typing import Any

from cards.payloads import Payload, PayloadInvalid
from cards.payloads_talk import (
    AcceptSlot,
    AskTalkTime,
    InviteToTalk,
    OpenTalkForm,
    ProposeTime,
    RecordTalk,
    ReleaseEarly,
    ShowTalk,
)
from cards.talk import talk_card
from cards.talk_forms import EARLY, FORMS, HELD, INVITE, OTHER_TIME, REPLY, talk_form
from cards.views_talk import TalkFormView, TalkView
from dialogs import feedback_presses
from dialogs.feedback_presses import COMING, hints, moderations_reply, offers, show_reply_form
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply
from domain.days import parse_uk_date
from domain.errors import NotAllowed, RuleBroken, Stale
from domain.grades import Grade
from domain.talks import SLOTS, Talk, TalkState
from workflows import discussing
from workflows.offer_kinds import TALK_TIME
from workflows.reading_moderation import NOT_THEIRS
from workflows.sharing import TextWanted
from workflows.talk_access import open_talk
from workflows.talk_words import LooksLikeAName

TITLE = "A talk between colleagues"
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
        press.now,
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
        return show_reply_form(press, None, {})
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
    titles = {one.key: press.framework.section(one.key).title for one in talk.sections}
    view = TalkFormView(talk, choices, titles, press.turn.nonce, typed, hints(errors), sure)
    return Reply(talk_form(view, form), title=TITLE)


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
        sections={
            key: (press.typed(f"final_{key}"), press.typed(f"final_because_{key}"))
            for key in press.framework.section_keys
        },
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
        return _talk_form(press, form, press.typed_texts, errors, sure=sure)

    return refuse


def _refuse_slot(press: Press, broken: RuleBroken) -> Reply | None:
    return None if isinstance(broken, NotAllowed) else _talk(press, f"{broken}", warning=True)


HANDLERS: dict[type[Payload], Handler] = {
    **feedback_presses.HANDLERS,
    ShowTalk: Handler(_show_talk),
    OpenTalkForm: Handler(_form),
    InviteToTalk: Handler(
        _says("They have your invite, and can read the moderation."), act=_invite, refuse=_refuses(INVITE)
    ),
    AcceptSlot: Handler(
        _says("Thank you. The time is agreed, and they know."), act=_accept, refuse=_refuse_slot
    ),
    ProposeTime: Handler(
        _says("Thank you. They know, and will come back to you."), act=_propose, refuse=_refuses(OTHER_TIME)
    ),
    AskTalkTime: Handler(_says(f"The calendar file is on its way. {COMING}"), act=offers(TALK_TIME)),
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
    "feedback": Command(("feedback", "my feedback"), moderations_reply),
}
