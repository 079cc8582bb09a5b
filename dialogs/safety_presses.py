"""Safety alerts: the form, raising, acknowledging (Q16, SG-02)."""

from collections.abc import Mapping
from contextlib import suppress

from cards.assembly import head_of
from cards.assembly_readers import safety_alert_view
from cards.notes import note_card
from cards.payloads import (
    AcknowledgeSafety,
    AskSafety,
    Payload,
    RaiseSafety,
)
from cards.safety import safety_alert_card, safety_form, way_back
from cards.views import AuditHead, HintView, NoteView, SafetyFormView
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Reply
from domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from domain.pages import TEXT_LIMIT
from domain.permissions import Verb
from workflows import filling, safety
from workflows.audit_access import NotOpen, require_audit
from workflows.sharing import TextWanted

ANSWERS = ("comment", "review_reason", "reason")
"""What the readers of a shared audit write on it, and the Panel on one it may choose."""


def _show_form(press: Press, _: Outcome) -> Reply:
    payload: AskSafety = press.payload
    if payload.page and press.inputs:
        # What was being written is kept first, as far as it can be understood; nothing may delay the form.
        with suppress(NotAllowed, NotFound, NotOpen, Stale):
            filling.save_page(
                press.work,
                press.council,
                by=press.person,
                audit_id=payload.audit_id,
                page=payload.page,
                version=payload.version,
                inputs=press.inputs,
                now=press.now,
                lenient=True,
            )
    return _form(press, payload.audit_id, payload.page, "", {})


def _form(press: Press, audit_id: int, page: str, typed: str, errors: Mapping[str, str]) -> Reply:
    return safety_reply(press, audit_id, page, typed, errors)


def safety_reply(
    press: Press,
    audit_id: int,
    page: str,
    typed: str,
    errors: Mapping[str, str],
    *,
    moderation_id: int = 0,
    carried: Mapping[str, str] | None = None,
) -> Reply:
    """The form, opened from a page of the audit or beside its moderation.

    `carried` is what was being written where it could not be saved on the way.
    """
    house = press.council.house
    head = _head(press, audit_id)
    view = SafetyFormView(
        head=head,
        duty_phone=house.duty_phone,
        out_of_hours_phone=house.out_of_hours_phone,
        nonce=press.turn.nonce,
        typed=typed,
        errors=tuple(HintView(f, m, blocking=True) for f, m in errors.items()),
        mode=press.turn.mode,
        page=page,
        carried=carried if moderation_id else _half_typed(press, head),
        moderation_id=moderation_id,
    )
    return Reply(safety_form(view), title="Raise a safety alert")


def _head(press: Press, audit_id: int) -> AuditHead:
    """The head of the audit, for somebody who may raise an alert about it."""
    audit, _ = require_audit(
        press.work, press.council, Verb.RAISE_SAFETY, by=press.person, audit_id=audit_id, now=press.now
    )
    return head_of(audit, press.today)


def _half_typed(press: Press, head: AuditHead) -> dict[str, str]:
    """What was being written on a shared audit: input name to text. A page was saved instead.

    More than its box takes was put there by hand, and would keep the answer from being sent.
    """
    if not head.submitted:
        return {}
    return {name: text for name in ANSWERS if 0 < len(text := press.typed(name)) <= TEXT_LIMIT}


def _raise(press: Press) -> Outcome:
    _, told = safety.raise_alert(
        press.work,
        press.council,
        by=press.person,
        audit_id=press.payload.audit_id,
        concern=press.typed("concern"),
        now=press.now,
    )
    return {"told": [person.name for person in told]}


def _show_raised(press: Press, outcome: Outcome) -> Reply:
    payload: RaiseSafety = press.payload
    head = _head(press, payload.audit_id)
    return raised_reply(press, outcome, way_back(head, payload.page), _half_typed(press, head))


def raised_reply(press: Press, outcome: Outcome, back: Payload, carried: Mapping[str, str]) -> Reply:
    """Says who is being told, and whom to ring all the same."""
    house = press.council.house
    told = ", ".join(outcome["told"]) or "nobody"
    text = (
        f"I am telling {told} now, in Teams and by e-mail. This does not replace a call: if a child may be "
        f"in danger, ring the duty team on {house.duty_phone}, or {house.out_of_hours_phone} out of hours. "
        "In an emergency ring 999."
    )
    view = NoteView("Safety alert raised", text, (("Back", back),), tone="warning", carried=carried)
    return Reply(note_card(view), title="Safety alert raised")


def _refuse(press: Press, broken: RuleBroken) -> Reply | None:
    payload: RaiseSafety = press.payload
    if isinstance(broken, TextWanted):
        errors = {broken.field: str(broken)}
        return _form(press, payload.audit_id, payload.page, press.typed("concern"), errors)
    return None


def _acknowledge(press: Press) -> Outcome:
    safety.acknowledge(press.work, by=press.person, alert_id=press.payload.alert_id, now=press.now)
    return {}


def _show_alert(press: Press, _: Outcome) -> Reply:
    house = press.council.house
    view = safety_alert_view(
        safety.alert_facts(press.work, press.payload.alert_id),
        reader_id=press.person.id,
        duty_phone=house.duty_phone,
        out_of_hours_phone=house.out_of_hours_phone,
        nonce=press.turn.nonce,
    )
    return Reply(safety_alert_card(view), title="Safety alert")


HANDLERS: dict[type[Payload], Handler] = {
    AskSafety: Handler(_show_form),
    RaiseSafety: Handler(_show_raised, act=_raise, refuse=_refuse),
    AcknowledgeSafety: Handler(_show_alert, act=_acknowledge),
}
