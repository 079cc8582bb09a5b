"""A Word copy of a shared audit, in the same words as its card.

The child comes first and the grade after (PR-01). What is told here arrives as the card's own lines, so that
the two can never say different things. Source: CA-16 to CA-18, GR-05, SG-01, PR-01.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from domain.pages import ACTIONS, CONVERSATION, FILE, JOURNEY, OVERALL, VOICES
from reports.word import add_field, add_heading, add_table, add_text, content_of, new_document

if TYPE_CHECKING:
    from docx.document import Document

TITLE = "Audit of practice"
HEADER = (
    "{council}. Confidential: an audit of practice, for learning. Keep it only where those it was shared "
    "with can read it."
)
"""It does not keep the audit off the child's file, where the framework has it put (RO-01)."""
SECTIONS, HEARD = "What was found", "Whose views were heard"
AGREED = "What is agreed"
COLUMNS = ("What", "Who", "By when", "State")


@dataclass(frozen=True, slots=True)
class CopyPart:
    """A page of the audit."""

    key: str
    title: str
    lines: tuple[tuple[str, str], ...]
    """(label, text), the grade among them."""


@dataclass(frozen=True, slots=True)
class CopyAction:
    """An action as it stands when the copy is made."""

    what: str
    owner: str
    by_when: str
    state: str


@dataclass(frozen=True, slots=True)
class AuditCopy:
    """Everything a copy says, as it is said."""

    council: str
    about: tuple[tuple[str, str], ...]
    """(label, text) of what the audit is: case, people, days, overall grade."""
    parts: tuple[CopyPart, ...]
    actions: tuple[CopyAction, ...]
    comments: tuple[tuple[str, str], ...]
    """(when, the practitioner's words)."""
    review: str
    """One sentence on the team manager's review, or empty."""
    panel: tuple[tuple[str, str], ...]
    """(label, text) of what the Panel said; empty before its moderation is released (MO-21)."""
    made_at: datetime


def write_audit_copy(copy: AuditCopy) -> bytes:
    """The .docx file."""
    header = HEADER.format(council=copy.council)
    document = new_document(title=TITLE, author=copy.council, header=header, made_at=copy.made_at)
    journey = next((part for part in copy.parts if part.key == JOURNEY), None)
    if journey is not None and journey.lines:
        label, text = journey.lines[-1]
        add_heading(document, label)
        add_text(document, text)
    add_heading(document, "About this audit")
    for label, text in copy.about:
        add_field(document, label, text)
    for title, parts in _chapters(copy.parts):
        _add_chapter(document, title, parts)
    if copy.actions:
        _add_actions(document, copy.actions)
    if copy.comments:
        add_heading(document, "The practitioner's view")
        for when, words in copy.comments:
            add_field(document, when, words)
    if copy.review:
        add_heading(document, "The team manager's review")
        add_text(document, copy.review)
    if copy.panel:
        add_heading(document, "The Panel's view")
        for label, text in copy.panel:
            add_field(document, label, text)
    return content_of(document)


def _chapters(parts: Sequence[CopyPart]) -> Iterator[tuple[str, tuple[CopyPart, ...]]]:
    """(heading, pages): sections stand together under one heading, and so do voices."""
    for heading, together in groupby(parts, key=_chapter_of):
        yield heading, tuple(together)


def _chapter_of(part: CopyPart) -> str:
    if part.key in VOICES:
        return HEARD
    alone = part.key in (JOURNEY, FILE, CONVERSATION, OVERALL, ACTIONS)
    return part.title if alone else SECTIONS


def _add_chapter(document: "Document", title: str, parts: Sequence[CopyPart]) -> None:
    add_heading(document, title)
    for part in parts:
        if title in (SECTIONS, HEARD):
            add_heading(document, part.title, 2)
        # What matters most stands at the top already.
        lines = part.lines[:-1] if part.key == JOURNEY else part.lines
        for label, text in lines:
            add_field(document, label, text)
        if not part.lines:
            add_text(document, "Nothing was written here.")


def _add_actions(document: "Document", actions: Sequence[CopyAction]) -> None:
    from docx.shared import Mm

    add_heading(document, AGREED)
    table = add_table(document, COLUMNS, [(a.what, a.owner, a.by_when, a.state) for a in actions])
    table.autofit = False
    for column, width in zip(table.columns, (80, 36, 28, 22), strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
