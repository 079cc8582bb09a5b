"""Presses about praise: whom one could praise, the note to be worded, the note sent (CA-21, SG-04)."""

from collections.abc import Mapping

from cards.notes import note_card
from cards.payloads_reports import AskPraiseCopy, SendPraise, ShowPraise, WritePraise
from cards.praise import PraiseFormView, PraiseLine, PraiseListView, praise_form, praise_list
from cards.praise_note import praise_note_card
from cards.views import HintView, NoteView
from dialogs.numbers_presses import COMING
from dialogs.press import Outcome, Press
from dialogs.turn import Reply
from domain.errors import RuleBroken
from domain.framework import Framework
from workflows import praising
from workflows.offer_kinds import PRAISE_COPY
from workflows.offering import offer_file
from workflows.praise_notes import praise_of
from workflows.sharing import TextWanted


def show_list(press: Press, _: Outcome) -> Reply:
    """The suggestions from a place of the list on."""
    payload: ShowPraise = press.payload
    found = praising.suggestions(press.work, press.council, by=press.person, now=press.now)
    lines = tuple(
        PraiseLine(one.audit_id, one.practitioner, one.team, _why(press.framework, one)) for one in found
    )
    return Reply(praise_list(PraiseListView(lines, payload.start)), title="Praise")


def show_form(press: Press, _: Outcome) -> Reply:
    """The draft of one note."""
    payload: WritePraise = press.payload
    return _form(press, payload.audit_id, None, {})


def send(press: Press) -> Outcome:
    """Send the officer's words."""
    payload: SendPraise = press.payload
    note = praising.send_praise(
        press.work,
        press.council,
        by=press.person,
        audit_id=payload.audit_id,
        text=press.typed("praise_text"),
        now=press.now,
    )
    return {"to": note.person_id}


def show_sent(press: Press, outcome: Outcome) -> Reply:
    """That it is on its way, and the way back to the others."""
    name = press.work.people.get(outcome["to"]).name
    text = f"Your words are on their way to {name}, and a copy to their team manager."
    view = NoteView("Praise sent", text, (("Others to praise", ShowPraise(0)),), tone="good")
    return Reply(note_card(view), title="Praise")


def ask_copy(press: Press) -> Outcome:
    """Offer the Word copy of the praise."""
    payload: AskPraiseCopy = press.payload
    offer_file(
        press.work,
        press.council,
        by=press.person,
        kind=PRAISE_COPY,
        subject_id=payload.audit_id,
        token=press.turn.nonce,
        now=press.now,
    )
    return {}


def show_asked(press: Press, _: Outcome) -> Reply:
    """The praise again, and that its copy is on its way."""
    payload: AskPraiseCopy = press.payload
    note = praise_of(press.work, press.council, by=press.person, audit_id=payload.audit_id, now=press.now)
    return Reply(praise_note_card(note, press.turn.nonce, message=COMING), title="Praise")


def refuse(press: Press, broken: RuleBroken) -> Reply | None:
    """The form again, with every word still in it."""
    payload: SendPraise = press.payload
    if isinstance(broken, TextWanted):
        return _form(press, payload.audit_id, press.typed_texts, {broken.field: str(broken)})
    return None


def _form(press: Press, audit_id: int, typed: Mapping[str, str] | None, errors: Mapping[str, str]) -> Reply:
    draft = praising.open_praise(press.work, press.council, by=press.person, audit_id=audit_id, now=press.now)
    view = PraiseFormView(
        audit_id=audit_id,
        practitioner=draft.practitioner,
        managers=draft.managers,
        draft=draft.draft,
        said=draft.said,
        sent=draft.sent,
        nonce=press.turn.nonce,
        typed=typed,
        errors=tuple(HintView(f, m, blocking=True) for f, m in errors.items()),
    )
    return Reply(praise_form(view), title="Praise")


def _why(framework: Framework, one: praising.Suggestion) -> str:
    """What stands out, in a line."""
    grade = framework.grade_label(one.work.found.grade)
    named = ", ".join(framework.section(key).title.lower() for key in one.work.sections)
    return f"{grade} as a whole. {'Outstanding' if one.work.outstanding else 'Good'} in: {named}."
