"""Presses of a moderation: its pages, a part of the audit to read beside it, the decision."""

from collections.abc import Mapping

from cards.assembly_readers import shared_view
from cards.moderation import moderation_card, part_card
from cards.moderation_decide import decide_card
from cards.moderation_frame import PANEL, READ
from cards.payloads import Payload
from cards.payloads_panel import DecideModeration, ReadModerated, SaveModeration, ShowModeration
from cards.shared_parts import every_part
from cards.views import HintView
from cards.views_panel import ModerationView
from dialogs.panel_list import panel_reply
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Reply
from domain.days import add_working_days
from domain.errors import RuleBroken, Stale
from domain.moderation_file import ModerationFile
from domain.moderation_form import ModerationForm, from_body
from domain.moderation_parts import DECIDE, START, parts_of
from domain.permissions import Capacity
from workflows import moderating
from workflows.filling import PageRefused
from workflows.moderating import NotReady
from workflows.moderation_files import open_moderation, require_moderation


def show_moderation(
    press: Press,
    moderation_id: int,
    part: str,
    *,
    record: bool = True,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    other: ModerationForm | None = None,
    message: str = "",
) -> Reply:
    """A page of the form; for whoever only reads it, the start or everything."""
    found = open_moderation(
        press.work,
        press.council,
        by=press.person,
        moderation_id=moderation_id,
        part=part,
        now=press.now,
        record=record,
    )
    if part not in parts_of(found.original):
        part = START
    if not found.can_fill and part != START:
        part = DECIDE
    view = _view(press, found, part, typed=typed, errors=errors, other=other, message=message)
    drawn = decide_card(view) if part == DECIDE else moderation_card(view)
    return Reply(drawn, title="Moderation")


def _view(
    press: Press,
    found: ModerationFile,
    part: str,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    other: ModerationForm | None = None,
    message: str = "",
) -> ModerationView:
    council = press.council
    # The Panel reads the audit as its readers do, the practitioner's words included (MO-08).
    audit = shared_view(
        found.file,
        Capacity.PANEL_MEMBER,
        press.framework,
        council.bank_holidays,
        part="",
        today=press.today,
        nonce=press.turn.nonce,
    )
    working_days = press.framework.numbers.discussion_working_days
    return ModerationView(
        found=found,
        framework=press.framework,
        part=part,
        today=press.today,
        nonce=press.turn.nonce,
        parts=every_part(audit),
        reviewed=audit.reviewed,
        duty_phone=council.house.duty_phone,
        out_of_hours_phone=council.house.out_of_hours_phone,
        talk_by=add_working_days(press.today, working_days, council.bank_holidays),
        typed=typed,
        hints=tuple(HintView(field, text, blocking=True) for field, text in (errors or {}).items()),
        other=other,
        message=message,
    )


def _show(press: Press, _: Outcome) -> Reply:
    payload: ShowModeration = press.payload
    if not press.inputs:
        return show_moderation(press, payload.moderation_id, payload.part)
    # What could not be saved on the way to a safety alert comes back, beside what was saved meanwhile.
    moderation, _audit = require_moderation(
        press.work, press.council, by=press.person, moderation_id=payload.moderation_id, now=press.now
    )
    return show_moderation(
        press,
        payload.moderation_id,
        payload.part,
        typed=press.typed_texts,
        other=from_body(moderation.body),
    )


def _read(press: Press, _: Outcome) -> Reply:
    payload: ReadModerated = press.payload
    return _part(press, payload.moderation_id, payload.part, payload.back)


def _part(press: Press, moderation_id: int, key: str, back: str) -> Reply:
    found = open_moderation(
        press.work, press.council, by=press.person, moderation_id=moderation_id, part=key, now=press.now
    )
    page = back if back in parts_of(found.original) else START
    return Reply(part_card(_view(press, found, page), key), title="An audit to moderate")


def _save(press: Press) -> Outcome:
    payload: SaveModeration = press.payload
    written = moderating.save_part(
        press.work,
        press.council,
        by=press.person,
        moderation_id=payload.moderation_id,
        part=payload.part,
        version=payload.version,
        inputs=press.inputs,
        now=press.now,
    )
    return {"written": written}


def _show_saved(press: Press, outcome: Outcome) -> Reply:
    payload: SaveModeration = press.payload
    if payload.then == PANEL:
        message = "Saved. Go on whenever you like." if outcome["written"] else ""
        return panel_reply(press.council, press.work, press.turn, press.person, message=message)
    if payload.then.startswith(READ):
        return _part(press, payload.moderation_id, payload.then.removeprefix(READ), payload.part)
    message = "Saved." if outcome["written"] else ""
    return show_moderation(press, payload.moderation_id, payload.then, message=message)


def _refuse_save(press: Press, broken: RuleBroken) -> Reply | None:
    payload: SaveModeration = press.payload
    if isinstance(broken, PageRefused):
        return show_moderation(
            press,
            payload.moderation_id,
            payload.part,
            typed=press.typed_texts,
            errors=broken.errors,
        )
    return _both_texts(press, broken, payload.part)


def _both_texts(press: Press, broken: RuleBroken, part: str) -> Reply | None:
    if isinstance(broken, Stale) and isinstance(broken.current, ModerationForm):
        moderation_id: int = press.payload.moderation_id
        return show_moderation(press, moderation_id, part, typed=press.typed_texts, other=broken.current)
    return None


def _decide(press: Press) -> Outcome:
    payload: DecideModeration = press.payload
    moderating.decide(
        press.work,
        press.council,
        by=press.person,
        moderation_id=payload.moderation_id,
        version=payload.version,
        verdict=press.typed("verdict"),
        now=press.now,
    )
    return {}


def _show_decided(press: Press, _: Outcome) -> Reply:
    return show_moderation(press, press.payload.moderation_id, DECIDE, message="Decided. Thank you.")


def _refuse_decision(press: Press, broken: RuleBroken) -> Reply | None:
    payload: DecideModeration = press.payload
    if isinstance(broken, NotReady):
        gaps = broken.missing.get(DECIDE, ())
        errors = {"verdict": "Please choose one of the two."} if gaps else {"": str(broken)}
        return show_moderation(press, payload.moderation_id, DECIDE, typed=press.typed_texts, errors=errors)
    return _both_texts(press, broken, DECIDE)


HANDLERS: dict[type[Payload], Handler] = {
    ShowModeration: Handler(_show),
    ReadModerated: Handler(_read),
    SaveModeration: Handler(_show_saved, act=_save, refuse=_refuse_save),
    DecideModeration: Handler(_show_decided, act=_decide, refuse=_refuse_decision),
}
