"""Presses of actions: the owner's update, proof and request, the manager's answer to each."""

from collections.abc import Callable, Mapping
from typing import Any

from cards.action import BACK, CONFIRM, DONE, FORMS, HAND_ON, OVERSIGHT, TIME, action_card, action_form
from cards.own_actions import own_actions_card
from cards.payloads import Payload, PayloadInvalid
from cards.payloads_actions import (
    AnswerActionTime,
    AskActionForm,
    AskActionTime,
    ConfirmAction,
    FinishAction,
    HandOnAction,
    NoteOversight,
    NoteProgress,
    SendBackAction,
    ShowAction,
    ShowMyActions,
)
from cards.views_actions import NOTHING_TYPED, ActionFormView, Answers, OwnActionsView
from dialogs.action_views import action_view, own_lines
from dialogs.answering_forms import names_nobody, refused, typed_day
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Command, Reply, Turn
from domain.errors import RuleBroken
from domain.people import Person
from workflows import acting, confirming
from workflows.action_file import ActionFile, open_action, own_actions
from workflows.audit_access import record_read
from workflows.council import Council, Work
from workflows.sharing import TextWanted

_TITLE = "An action"


def _my_actions(council: Council, work: Work, turn: Turn, person: Person) -> Reply:
    """The list that stays in the chat, so it says of no action what it is."""
    return _list(council, work, turn, person, private=False)


def _list(council: Council, work: Work, turn: Turn, person: Person, *, private: bool) -> Reply:
    found = own_actions(work, by=person)
    if private:
        for audit_id in sorted({audit.id for _, audit in found}):
            record_read(work, person, audit_id, "actions", turn.now)
    auditors = {p.id: p.name for p in work.people.many(audit.auditor_id for _, audit in found).values()}
    lines = own_lines(found, auditors, today=council.today(turn.now), private=private)
    return Reply(own_actions_card(OwnActionsView(lines, private, turn.nonce)), title="My actions")


def _show_list(press: Press, _: Outcome) -> Reply:
    return _list(press.council, press.work, press.turn, press.person, private=True)


def _show(press: Press, outcome: Outcome) -> Reply:
    return _action(press, message=outcome.get("message", ""))


def _action(press: Press, answers: Answers = NOTHING_TYPED, message: str = "") -> Reply:
    view = action_view(
        _open(press), today=press.today, nonce=press.turn.nonce, answers=answers, message=message
    )
    return Reply(action_card(view), title=_TITLE)


def _open(press: Press) -> ActionFile:
    return open_action(
        press.work, press.council, by=press.person, action_id=press.payload.action_id, now=press.now
    )


def _ask_form(press: Press, _: Outcome) -> Reply:
    payload: AskActionForm = press.payload
    file = _open(press)
    if payload.form not in FORMS:
        raise PayloadInvalid
    return _form(press, file, payload.form, NOTHING_TYPED) or _action(press)


def _form(press: Press, file: ActionFile, form: str, answers: Answers) -> Reply | None:
    """The form; None where there is nothing of the kind to do any more."""
    if not _applies(form, file):
        return None
    view = action_view(file, today=press.today, nonce=press.turn.nonce, answers=answers)
    return Reply(action_form(ActionFormView(view, form, file.takers)), title=_TITLE)


def _applies(form: str, file: ActionFile) -> bool:
    to_do, done = file.action.state == "open", file.action.state == "done"
    if form in (DONE, TIME):
        return file.is_owner and to_do and (form == DONE or file.action.asked_until_on is None)
    if file.is_owner:
        return False
    return {CONFIRM: done, BACK: done, OVERSIGHT: True, HAND_ON: file.owner_gone}[form]


def _refuse_in(form: str) -> Callable[[Press, RuleBroken], Reply | None]:
    """The form again with everything typed. Where it no longer applies, the pressed card keeps the text."""

    def refuse(press: Press, broken: RuleBroken) -> Reply | None:
        return _form(press, _open(press), form, refused(press, broken))

    return refuse


def _refuse_here(press: Press, broken: RuleBroken) -> Reply | None:
    return _action(press, refused(press, broken)) if isinstance(broken, TextWanted) else None


def _who(press: Press) -> dict[str, Any]:
    return {
        "by": press.person,
        "action_id": press.payload.action_id,
        "names_nobody": names_nobody(press),
        "now": press.now,
    }


def _progress(press: Press) -> Outcome:
    acting.note_progress(press.work, press.council, text=press.typed("progress"), **_who(press))
    return {"message": "Thank you, that is noted."}


def _finish(press: Press) -> Outcome:
    acting.finish_action(
        press.work,
        press.council,
        text=press.typed("changed"),
        recorded=press.typed("recorded"),
        **_who(press),
    )
    return {"message": "Thank you. Your manager has been told, and looks at what changed."}


def _time(press: Press) -> Outcome:
    given = {**_who(press), "until_on": typed_day(press, "until_on")}
    acting.ask_more_time(press.work, press.council, reason=press.typed("reason"), **given)
    return {"message": "Your manager has been asked."}


def _confirm(press: Press) -> Outcome:
    confirming.confirm_action(
        press.work,
        press.council,
        version=press.payload.version,
        note=press.typed("note"),
        recorded=press.typed("noted"),
        **_who(press),
    )
    return {"message": "Confirmed. Its owner has been told."}


def _send_back(press: Press) -> Outcome:
    confirming.send_back(
        press.work,
        press.council,
        version=press.payload.version,
        reason=press.typed("reason"),
        **_who(press),
    )
    return {"message": "Sent back. Its owner has been told why."}


def _answer_time(press: Press) -> Outcome:
    payload: AnswerActionTime = press.payload
    confirming.answer_more_time(
        press.work,
        press.council,
        version=payload.version,
        give=payload.give,
        reason=press.typed("reason"),
        **_who(press),
    )
    answered = "Given. Reminders begin anew." if payload.give else "Declined. Its owner has been told."
    return {"message": answered}


def _oversight(press: Press) -> Outcome:
    confirming.note_oversight(
        press.work, press.council, note=press.typed("note"), recorded=press.typed("noted"), **_who(press)
    )
    return {"message": "Your oversight is noted."}


def _hand_on(press: Press) -> Outcome:
    payload: HandOnAction = press.payload
    chosen = press.typed("owner_id")
    confirming.hand_on(
        press.work,
        press.council,
        by=press.person,
        action_id=payload.action_id,
        version=payload.version,
        owner_id=int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else None,
        due_on=typed_day(press, "due_on"),
        now=press.now,
    )
    return {}


def _show_handed_on(press: Press, _: Outcome) -> Reply:
    """The way back to one's list: whoever has it now may be answered for by somebody else."""
    return _list(press.council, press.work, press.turn, press.person, private=True)


HANDLERS: dict[type[Payload], Handler] = {
    ShowAction: Handler(_show),
    ShowMyActions: Handler(_show_list),
    AskActionForm: Handler(_ask_form),
    NoteProgress: Handler(_show, act=_progress, refuse=_refuse_here),
    FinishAction: Handler(_show, act=_finish, refuse=_refuse_in(DONE)),
    AskActionTime: Handler(_show, act=_time, refuse=_refuse_in(TIME)),
    ConfirmAction: Handler(_show, act=_confirm, refuse=_refuse_in(CONFIRM)),
    SendBackAction: Handler(_show, act=_send_back, refuse=_refuse_in(BACK)),
    AnswerActionTime: Handler(_show, act=_answer_time, refuse=_refuse_here),
    NoteOversight: Handler(_show, act=_oversight, refuse=_refuse_in(OVERSIGHT)),
    HandOnAction: Handler(_show_handed_on, act=_hand_on, refuse=_refuse_in(HAND_ON)),
}

COMMANDS: Mapping[str, Command] = {
    "my_actions": Command(("my actions", "my action", "actions", "action list"), _my_actions),
}
