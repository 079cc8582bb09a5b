"""Presses of those an audit is shared with: read, comment, review; and everyone's list of things to do."""

from collections.abc import Mapping

from cards.assembly_readers import shared_view
from cards.notes import note_card
from cards.payloads import AddComment, Payload, ReadShared, ReviewAudit, ShowMyAudits
from cards.shared import shared_card
from cards.views import NoteView
from dialogs.press import Handler, Outcome, Press
from dialogs.todo_list import todo_reply
from dialogs.turn import Reply
from domain.errors import RuleBroken
from workflows import sharing
from workflows.sharing import TextWanted

SUMMARY = "summary"


def show_shared(
    press: Press,
    audit_id: int,
    part: str,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    message: str = "",
) -> Reply:
    """A shared audit as this reader sees it."""
    file, capacity = sharing.open_shared(
        press.work, press.council, by=press.person, audit_id=audit_id, part=part, now=press.now
    )
    view = shared_view(
        file,
        capacity,
        press.framework,
        press.council.bank_holidays,
        part=part,
        today=press.today,
        nonce=press.turn.nonce,
        typed=typed,
        errors=errors,
        mode=press.turn.mode,
        message=message,
    )
    return Reply(shared_card(view), title="Shared audit")


def _read(press: Press, _: Outcome) -> Reply:
    payload: ReadShared = press.payload
    # Typed before another card came between, such as that of a safety alert.
    return show_shared(press, payload.audit_id, payload.part, typed=press.typed_texts or None)


def _comment(press: Press) -> Outcome:
    sharing.add_comment(
        press.work,
        press.council,
        by=press.person,
        audit_id=press.payload.audit_id,
        text=press.typed("comment"),
        now=press.now,
    )
    return {}


def _thank(press: Press, _: Outcome) -> Reply:
    text = (
        "Thank you. Your words are part of the audit now, and the auditor, your managers and the QA office "
        "can read them. The actions agreed with you are in the audit."
    )
    buttons = (("Read the audit", ReadShared(press.payload.audit_id, SUMMARY)), ("My audits", ShowMyAudits()))
    return Reply(note_card(NoteView("Your comment is in", text, buttons, tone="good")), title="Thank you")


def _review(press: Press) -> Outcome:
    payload: ReviewAudit = press.payload
    sharing.review_audit(
        press.work,
        press.council,
        by=press.person,
        audit_id=payload.audit_id,
        nominate=payload.nominate,
        reason=press.typed("review_reason"),
        now=press.now,
    )
    return {}


def _show_reviewed(press: Press, _: Outcome) -> Reply:
    return show_shared(press, press.payload.audit_id, SUMMARY)


def _refuse(press: Press, broken: RuleBroken) -> Reply | None:
    if isinstance(broken, TextWanted):
        return show_shared(
            press,
            press.payload.audit_id,
            SUMMARY,
            typed=press.typed_texts,
            errors={broken.field: str(broken)},
        )
    return None


def _my_audits(press: Press, _: Outcome) -> Reply:
    return todo_reply(press.council, press.work, press.person, press.now)


HANDLERS: dict[type[Payload], Handler] = {
    ReadShared: Handler(_read),
    AddComment: Handler(_thank, act=_comment, refuse=_refuse),
    ReviewAudit: Handler(_show_reviewed, act=_review, refuse=_refuse),
    ShowMyAudits: Handler(_my_audits),
}
