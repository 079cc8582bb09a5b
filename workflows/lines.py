"""Lines typed in chat while a page is open: they wait, and land in the page when the auditor says where.

Source: the issue of typing beside the card; WH-03, SG-01.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.audits import Audit, AuditState
from domain.errors import NotAllowed, RuleBroken
from domain.page_reading import from_body, to_body
from domain.pages import (
    TEXT_LIMIT,
    ConversationPage,
    FilePage,
    JourneyPage,
    OverallPage,
    Page,
    SectionPage,
    VoicePage,
)
from domain.people import Person
from domain.permissions import Verb
from storage.work import Work
from workflows.audit_access import require_audit, require_open
from workflows.council import Council
from workflows.filling import write_page


@dataclass(frozen=True, slots=True)
class TakenLine:
    """A line that waits for a yes."""

    line_id: int
    audit: Audit
    page: str
    text: str
    boxes: tuple[tuple[str, str], ...]
    repeated: bool
    first_time: bool


def boxes_of(page: Page) -> tuple[tuple[str, str], ...]:
    """(box, label) of the page's texts that a line may land in; the likeliest first."""
    match page:
        case SectionPage() | OverallPage():
            return (
                ("judgement", "My judgement"),
                ("action", "Because of"),
                ("impact", "Impact on the child"),
            )
        case JourneyPage():
            return (("journey", "The journey"), ("matters_most", "What matters most now"))
        case VoicePage():
            return (("summary", "What they said"), ("reason", "Why not obtained"))
        case ConversationPage():
            return (("feedback", "What I fed back"), ("reflections", "What the practitioner said"))
        case FilePage():
            return (("note", "Note"),)
        case _:
            return ()


def take_line(work: Work, council: Council, *, by: Person, text: str, now: datetime) -> TakenLine | None:
    """Keep a typed line waiting for the page the person is on; None when they are on none that takes text."""
    pointer = work.turns.pointer(by.id)
    if pointer.audit_id is None or pointer.page is None:
        return None
    audit = work.audits.get(pointer.audit_id)
    if audit is None or audit.auditor_id != by.id or audit.state is not AuditState.ACCEPTED:
        return None
    boxes = boxes_of(from_body(pointer.page, None))
    if not boxes:
        return None
    if len(text) > TEXT_LIMIT:
        raise RuleBroken(f"That is {len(text):,} characters; please keep a line within {TEXT_LIMIT:,}.")
    since = now - timedelta(seconds=council.framework.numbers.typed_repeat_seconds)
    repeated = work.turns.same_line_since(by.id, text, since)
    line_id = work.turns.keep_waiting(by.id, audit.id, pointer.page, text, now)
    work.trail.add(
        now=now,
        actor=by.id,
        verb="typed a line",
        subject=f"audit {audit.id}",
        audit_id=audit.id,
        fields={"page": pointer.page, "text": text},
    )
    if not pointer.warned_typing:
        work.turns.warned(by.id)
    return TakenLine(line_id, audit, pointer.page, text, boxes, repeated, not pointer.warned_typing)


def keep_line(
    work: Work, council: Council, *, by: Person, line_id: int, box: str, now: datetime
) -> tuple[Audit, str]:
    """Append the line to a box of its page; returns the audit and the page."""
    line = work.turns.line(line_id)
    if line is None or line.person_id != by.id:
        raise NotAllowed("I no longer have that line. Please type it on the page itself.")
    work.audits.hold(line.audit_id)
    audit, _ = require_audit(work, council, Verb.FILL, by=by, audit_id=line.audit_id, now=now)
    require_open(audit)
    if line.state != "waiting":
        return audit, line.page
    if not line.text:
        raise RuleBroken("That line is too old for me to have kept. Please type it on the page itself.")
    saved = work.audits.page(audit.id, line.page)
    page = from_body(line.page, saved.body if saved else None)
    if box not in dict(boxes_of(page)):
        raise RuleBroken("That page has no such box. Here it is again.")
    text = f"{getattr(page, box)}\n{line.text}".strip()
    if len(text) > TEXT_LIMIT:
        raise RuleBroken(
            "That box is full. Please shorten it on the page first; your line is still in the chat."
        )
    body = to_body(replace(page, **{box: text}))  # type: ignore[arg-type]
    write_page(
        work,
        audit,
        page=line.page,
        version=saved.version if saved else 0,
        before=saved,
        body=body,
        by=by,
        now=now,
    )
    work.turns.settle_line(line_id, "kept")
    return audit, line.page


def drop_line(work: Work, *, by: Person, line_id: int) -> None:
    """Forget the line."""
    line = work.turns.line(line_id)
    if line is None or line.person_id != by.id:
        raise NotAllowed("I no longer have that line.")
    if line.state == "waiting":
        work.turns.settle_line(line_id, "dropped")
