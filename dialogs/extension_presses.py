"""Presses about more time for an audit: what was tried, asking, deciding, and leave over the due date."""

from collections.abc import Mapping
from datetime import date

from cards.extension import (
    EXEMPTION,
    EXTENSION,
    DecisionView,
    ExtensionFormView,
    decision_card,
    extension_form,
    tried_card,
)
from cards.notes import note_card
from cards.payloads import Payload, PayloadInvalid, ShowMyAudits
from cards.payloads_day import (
    AskExtension,
    DecideExtension,
    ReallocateAway,
    RequestExtension,
    ShowTried,
)
from cards.views import HintView, NoteView
from cards.wording import count, day
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Reply, Turn
from domain.days import parse_uk_date, uk_date
from domain.errors import RuleBroken
from domain.people import Person
from workflows import extending
from workflows.council import Council, Work
from workflows.covering import auditors_managers
from workflows.leave import reallocate_away
from workflows.sharing import TextWanted
from workflows.tried import open_request, open_tried

MOST_LISTED = 6
"""How many audits the command offers at a time, the earliest due first."""


def extension_reply(council: Council, work: Work, turn: Turn, person: Person) -> Reply:
    """The answer to the command: the open audits one answers for, or whom to turn to."""
    found = extending.may_be_extended(work, council, by=person, now=turn.now)
    if found:
        names = work.people.many(audit.auditor_id for audit in found)
        shown = tuple(enumerate(found[:MOST_LISTED], start=1))
        # Names stand in the text, to the letter: a button's title is no place for what a list brought.
        buttons = tuple((f"Number {n}, due {day(audit.due_on)}", ShowTried(audit.id)) for n, audit in shown)
        text = "Whose audit needs more time? See what was tried, then ask for it."
        if len(found) > MOST_LISTED:
            text += f" These are the {MOST_LISTED} due first of {count(len(found), 'open audit')}."
        text += "".join(f"\n{n}. {names[audit.auditor_id].name}" for n, audit in shown)
        return Reply(note_card(NoteView("More time for an audit", text, buttons)), title="More time")
    if work.audits.of_auditor(person.id):
        asked = " or ".join(p.name for p in auditors_managers(work, person))
        text = f"If you need more time, please talk with {asked}, who can ask for it here."
    else:
        text = "There is no open audit that you could ask for more time for."
    view = NoteView("More time for an audit", text, (("My audits", ShowMyAudits()),))
    return Reply(note_card(view), title="More time")


def _show_tried(press: Press, _: Outcome) -> Reply:
    payload: ShowTried = press.payload
    return _tried(press, payload.audit_id)


def _tried(press: Press, audit_id: int) -> Reply:
    found = open_tried(press.work, press.council, by=press.person, audit_id=audit_id, now=press.now)
    return Reply(tried_card(found, press.today), title="An audit that waits")


def _ask(press: Press, _: Outcome) -> Reply:
    payload: AskExtension = press.payload
    return _form(press, payload.audit_id, payload.kind, None, {})


def _form(
    press: Press, audit_id: int, kind: str, typed: Mapping[str, str] | None, errors: Mapping[str, str]
) -> Reply:
    found = open_tried(press.work, press.council, by=press.person, audit_id=audit_id, now=press.now)
    if not found.may_ask:
        return Reply(tried_card(found, press.today), title="An audit that waits")
    view = ExtensionFormView(
        audit_id=audit_id,
        kind=_kind(kind),
        auditor_name=found.auditor_name,
        due_on=found.due_on,
        nonce=press.turn.nonce,
        typed=typed,
        errors=tuple(HintView(f, m, blocking=True) for f, m in errors.items()),
    )
    return Reply(extension_form(view), title="Ask for more time")


def _request(press: Press) -> Outcome:
    payload: RequestExtension = press.payload
    extending.ask_extension(
        press.work,
        press.council,
        by=press.person,
        audit_id=payload.audit_id,
        kind=_kind(payload.kind),
        until_on=_typed_day(press.typed("until_on")),
        reason=press.typed("reason"),
        now=press.now,
    )
    return {}


def _show_requested(press: Press, _: Outcome) -> Reply:
    payload: RequestExtension = press.payload
    return _tried(press, payload.audit_id)


def _refuse_request(press: Press, broken: RuleBroken) -> Reply | None:
    payload: RequestExtension = press.payload
    if isinstance(broken, TextWanted):
        return _form(press, payload.audit_id, payload.kind, press.typed_texts, {broken.field: str(broken)})
    return None


def _decide(press: Press) -> Outcome:
    payload: DecideExtension = press.payload
    extending.decide_extension(
        press.work,
        press.council,
        by=press.person,
        extension_id=payload.extension_id,
        approve=payload.approve,
        reason=press.typed("reason"),
        now=press.now,
    )
    return {}


def _show_decided(press: Press, _: Outcome) -> Reply:
    return _decision(press, None, {})


def _refuse_decision(press: Press, broken: RuleBroken) -> Reply | None:
    field = broken.field if isinstance(broken, TextWanted) else ""
    return _decision(press, press.typed_texts, {field: str(broken)})


def _decision(press: Press, typed: Mapping[str, str] | None, errors: Mapping[str, str]) -> Reply:
    payload: DecideExtension = press.payload
    asked = open_request(
        press.work, press.council, by=press.person, extension_id=payload.extension_id, now=press.now
    )
    hints = tuple(HintView(f, m, blocking=True) for f, m in errors.items())
    view = DecisionView(asked, press.turn.nonce, typed, hints)
    return Reply(decision_card(view), title="To decide on")


def _reallocate(press: Press) -> Outcome:
    payload: ReallocateAway = press.payload
    fresh = reallocate_away(
        press.work, press.council, by=press.person, audit_id=payload.audit_id, now=press.now
    )
    name = press.work.people.get(fresh.auditor_id).name
    return {"message": f"{name} has it now, due on {uk_date(fresh.due_on)}."}


def _show_reallocated(_press: Press, outcome: Outcome) -> Reply:
    view = NoteView(
        "Given to someone else", outcome["message"], (("My audits", ShowMyAudits()),), tone="good"
    )
    return Reply(note_card(view), title="Given to someone else")


def _kind(kind: str) -> str:
    if kind not in (EXTENSION, EXEMPTION):
        raise PayloadInvalid
    return kind


def _typed_day(text: str) -> date | None:
    """The day, or None for none and for what cannot be read: both are asked for again, once it is known that
    this person may ask at all."""
    try:
        return parse_uk_date(text) if text else None
    except ValueError:
        return None


HANDLERS: dict[type[Payload], Handler] = {
    ShowTried: Handler(_show_tried),
    AskExtension: Handler(_ask),
    RequestExtension: Handler(_show_requested, act=_request, refuse=_refuse_request),
    DecideExtension: Handler(_show_decided, act=_decide, refuse=_refuse_decision),
    ReallocateAway: Handler(_show_reallocated, act=_reallocate),
}
