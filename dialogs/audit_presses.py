"""The auditor's presses: overview, pages, accept, conflict, review, submit, typed lines."""

from collections.abc import Mapping

from cards.allocation import conflict_form
from cards.assembly import head_of, overview_view, page_view, review_view, title_of
from cards.assembly_readers import submitted_view
from cards.guidance import guidance_card
from cards.notes import note_card
from cards.overview import overview_card
from cards.page import page_card
from cards.payloads import (
    AcceptAudit,
    AskConflict,
    AskSafety,
    DeclareConflict,
    DropLine,
    KeepLine,
    OpenOverview,
    OpenPage,
    Payload,
    SavePage,
    ShowGuidance,
    ShowMyAudits,
    SubmitAudit,
)
from cards.review import review_card
from cards.submitted import submitted_card
from cards.views import OVERVIEW, REVIEW, ConflictFormView, HintView, LeftPage, NoteView
from dialogs.press import Handler, Outcome, Press
from dialogs.turn import Reply
from domain.audits import AuditState
from domain.errors import RuleBroken, Stale
from domain.framework import Framework
from domain.grades import Grade
from domain.page_reading import from_body
from domain.pages import OverallPage, Page, SectionPage
from domain.people import Person
from workflows import auditing, filling, lines
from workflows.audit_access import NotOpen
from workflows.auditing import NotComplete
from workflows.coaching import coach
from workflows.council import Work
from workflows.examples import how_many
from workflows.filling import PageRefused

HERE = "here"


def show_overview(
    press: Press,
    audit_id: int,
    *,
    record: bool = True,
    offer_safety: bool = False,
    left: LeftPage | None = None,
) -> Reply:
    """Today's overview; a submitted audit shows its status instead.

    `record` is off where the press has left a row already, or where nobody pressed.
    """
    read = auditing.open_overview if record else auditing.view_overview
    file = read(press.work, press.council, by=press.person, audit_id=audit_id, now=press.now)
    if file.audit.state is AuditState.SUBMITTED:
        shared = [share.capacity for share in press.work.audits.shares(audit_id)]
        view = submitted_view(file.audit, press.framework, shared_with=shared, in_own_view=True)
        return Reply(submitted_card(view), title="Audit submitted")
    if file.audit.state is AuditState.RETURNED:
        return _returned(audit_id)
    drawn = overview_view(
        file,
        press.framework,
        press.council.bank_holidays,
        today=press.today,
        nonce=press.turn.nonce,
        mode=press.turn.mode,
        offer_safety=offer_safety,
        left=left,
    )
    return Reply(overview_card(drawn), title="Your audit")


def show_page(
    press: Press,
    audit_id: int,
    key: str,
    *,
    just_saved: bool = False,
    nothing_typed: bool = False,
    record: bool = True,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    other: Page | None = None,
    offer_safety: bool = False,
    left: LeftPage | None = None,
) -> Reply:
    """A page, the review or the overview; `left` is the page that was saved on the way there."""
    if key == OVERVIEW:
        unseen = record and not just_saved
        return show_overview(press, audit_id, record=unseen, offer_safety=offer_safety, left=left)
    if key == REVIEW:
        return _show_review(press, audit_id, left=left)
    opened = filling.open_page(
        press.work, press.council, by=press.person, audit_id=audit_id, page=key, now=press.now, record=record
    )
    view = page_view(
        opened.audit,
        press.framework,
        key,
        page=opened.page,
        version=opened.version,
        saved_at=opened.saved_at,
        today=press.today,
        nonce=press.turn.nonce,
        hints=opened.hints,
        owners=opened.owners,
        suggested_action_day=opened.suggested_action_day,
        overall=opened.overall,
        section_grades=opened.section_grades,
        would_lift=opened.would_lift,
        typed=typed,
        errors=errors,
        just_saved=just_saved,
        nothing_typed=nothing_typed,
        other_version=other,
        other_saved_at=opened.saved_at if other is not None else None,
        mode=press.turn.mode,
        offer_safety=offer_safety,
        left=left,
    )
    return Reply(page_card(view), title=title_of(press.framework, key))


def _show_review(press: Press, audit_id: int, *, left: LeftPage | None = None) -> Reply:
    file = auditing.open_review(press.work, press.council, by=press.person, audit_id=audit_id, now=press.now)
    view = review_view(
        file, press.framework, today=press.today, nonce=press.turn.nonce, mode=press.turn.mode, left=left
    )
    return Reply(review_card(view), title="Review and submit")


def _returned(audit_id: int) -> Reply:
    text = "This audit went back to the QA office. There is nothing more for you to do on it."
    # What was seen in the file before may still worry them (workflow 1B, side states).
    buttons = (("My audits", ShowMyAudits()), ("Raise a safety alert", AskSafety(audit_id)))
    view = NoteView("Back with the QA office", text, buttons)
    return Reply(note_card(view), title="Back with the QA office")


def _open_overview(press: Press, _: Outcome) -> Reply:
    # A client that refreshes a card each time it scrolls into view would drown the trail.
    return show_overview(press, press.payload.audit_id, record=not press.turn.unasked)


def _show_changed(press: Press, _: Outcome) -> Reply:
    return show_overview(press, press.payload.audit_id, record=False)


def _open_page(press: Press, _: Outcome) -> Reply:
    payload: OpenPage = press.payload
    if not press.inputs:
        return show_page(press, payload.audit_id, payload.page)
    # Typed elsewhere and not saved yet: it is shown as typed, beside what was saved meanwhile, if anything.
    saved = press.work.audits.page(payload.audit_id, payload.page)
    moved_on = saved is not None and saved.version != payload.version
    other = from_body(payload.page, saved.body) if saved is not None and moved_on else None
    return show_page(press, payload.audit_id, payload.page, typed=press.typed_texts, other=other)


def _save(press: Press) -> Outcome:
    payload: SavePage = press.payload
    done = filling.save_page(
        press.work,
        press.council,
        by=press.person,
        audit_id=payload.audit_id,
        page=payload.page,
        version=payload.version,
        inputs=press.inputs,
        now=press.now,
    )
    return {"then": payload.then if done.free_to_go else HERE, "written": done.written}


def _show_saved(press: Press, outcome: Outcome) -> Reply:
    payload: SavePage = press.payload
    if not outcome["written"]:
        here = outcome["then"] == HERE
        then = payload.page if here else outcome["then"]
        return show_page(press, payload.audit_id, then, nothing_typed=here)
    if outcome["then"] in (HERE, payload.page):
        return show_page(press, payload.audit_id, payload.page, just_saved=True, record=False)
    saved = press.work.audits.page(payload.audit_id, payload.page)
    page = from_body(payload.page, saved.body if saved else None)
    grave = isinstance(page, SectionPage | OverallPage) and page.grade is Grade.INADEQUATE
    hints = tuple(hint.message for hint in coach(press.council, page))
    left = LeftPage(payload.page, title_of(press.framework, payload.page), hints) if hints else None
    return show_page(press, payload.audit_id, outcome["then"], just_saved=True, offer_safety=grave, left=left)


def _refuse_save(press: Press, broken: RuleBroken) -> Reply | None:
    payload: SavePage = press.payload
    if isinstance(broken, PageRefused):
        return show_page(press, payload.audit_id, payload.page, typed=press.typed_texts, errors=broken.errors)
    if isinstance(broken, Stale):
        current = broken.current
        other = current if current is not None else from_body(payload.page, None)
        return show_page(
            press,
            payload.audit_id,
            payload.page,
            typed=press.typed_texts,
            other=other,  # type: ignore[arg-type]
        )
    # What was typed would go with the card it stands on, so an audit closed meanwhile only says so.
    return None if press.inputs else _refuse_closed(press, broken)


def _refuse_closed(press: Press, broken: RuleBroken) -> Reply | None:
    # An old card of an audit that has moved on since: here is today's (decision 4).
    return show_overview(press, press.payload.audit_id) if isinstance(broken, NotOpen) else None


def _accept(press: Press) -> Outcome:
    auditing.accept_audit(
        press.work, press.council, by=press.person, audit_id=press.payload.audit_id, now=press.now
    )
    return {}


def _show_conflict_form(press: Press, _: Outcome) -> Reply:
    return _conflict_form(press, press.payload.audit_id, "", {})


def _conflict_form(press: Press, audit_id: int, typed: str, errors: Mapping[str, str]) -> Reply:
    file = auditing.view_overview(
        press.work, press.council, by=press.person, audit_id=audit_id, now=press.now
    )
    if file.audit.state in {AuditState.SUBMITTED, AuditState.RETURNED}:
        return show_overview(press, audit_id)
    view = ConflictFormView(
        head=head_of(file.audit, press.today),
        nonce=press.turn.nonce,
        typed=typed,
        errors=tuple(HintView(f, m, blocking=True) for f, m in errors.items()),
        mode=press.turn.mode,
    )
    return Reply(conflict_form(view), title="Declare a conflict")


def _declare(press: Press) -> Outcome:
    auditing.declare_conflict(
        press.work,
        press.council,
        by=press.person,
        audit_id=press.payload.audit_id,
        reason=press.typed("reason"),
        now=press.now,
    )
    return {}


def _show_declared(_press: Press, _: Outcome) -> Reply:
    text = "Thank you for saying so. The QA office will find another audit for you, with a full month for it."
    return Reply(note_card(NoteView("Conflict noted", text, tone="good")), title="Conflict noted")


def _refuse_conflict(press: Press, broken: RuleBroken) -> Reply | None:
    if isinstance(broken, PageRefused):
        return _conflict_form(press, press.payload.audit_id, press.typed("reason"), broken.errors)
    return None


def _submit(press: Press) -> Outcome:
    payload: SubmitAudit = press.payload
    auditing.submit_audit(
        press.work,
        press.council,
        by=press.person,
        audit_id=payload.audit_id,
        revision=payload.version,
        now=press.now,
    )
    return {}


def _refuse_submit(press: Press, broken: RuleBroken) -> Reply | None:
    # The review lists what is missing with a button to each page, and carries today's version.
    if isinstance(broken, NotComplete | Stale):
        return _show_review(press, press.payload.audit_id)
    return _refuse_closed(press, broken)


def _show_guidance(press: Press, _: Outcome) -> Reply:
    payload: ShowGuidance = press.payload
    return guidance_reply(press.framework, press.work, press.person, payload.topic, audit_id=payload.audit_id)


def guidance_reply(
    framework: Framework, work: Work, person: Person, topic: str, *, audit_id: int = 0
) -> Reply:
    """Guidance on a topic, with the example audits there are on it (MO-18)."""
    section = topic if topic in framework.section_keys else ""
    examples = how_many(work, by=person, section=section)
    return Reply(guidance_card(framework, topic, audit_id, examples=examples), title="Guidance")


def _keep_line(press: Press) -> Outcome:
    payload: KeepLine = press.payload
    _, page = lines.keep_line(
        press.work, press.council, by=press.person, line_id=payload.line, box=payload.box, now=press.now
    )
    return {"page": page}


def _show_kept(press: Press, outcome: Outcome) -> Reply:
    return show_page(press, press.payload.audit_id, outcome["page"], just_saved=True)


def _drop_line(press: Press) -> Outcome:
    lines.drop_line(press.work, by=press.person, line_id=press.payload.line)
    return {}


def _show_dropped(_press: Press, _: Outcome) -> Reply:
    view = NoteView(
        "Left out", "I left that line out of the audit.", buttons=(("My audits", ShowMyAudits()),)
    )
    return Reply(note_card(view), title="Left out")


HANDLERS: dict[type[Payload], Handler] = {
    OpenOverview: Handler(_open_overview),
    OpenPage: Handler(_open_page, refuse=_refuse_closed),
    SavePage: Handler(_show_saved, act=_save, refuse=_refuse_save),
    AcceptAudit: Handler(_show_changed, act=_accept, refuse=_refuse_closed),
    AskConflict: Handler(_show_conflict_form),
    DeclareConflict: Handler(_show_declared, act=_declare, refuse=_refuse_conflict),
    SubmitAudit: Handler(_show_changed, act=_submit, refuse=_refuse_submit),
    ShowGuidance: Handler(_show_guidance),
    KeepLine: Handler(_show_kept, act=_keep_line, refuse=_refuse_closed),
    DropLine: Handler(_show_dropped, act=_drop_line),
}
