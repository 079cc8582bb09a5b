"""A meeting's agenda and what it decided, in Word. Source: OG-01, OG-05, OG-06."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from reports.word import add_heading, add_table, add_text, content_of, new_document

if TYPE_CHECKING:
    from docx.document import Document

HEADER = "{council}. Agenda and decisions: names no child and no case."


@dataclass(frozen=True, slots=True)
class MinutesPart:
    """One item of the agenda."""

    title: str
    lines: tuple[str, ...]
    noted: tuple[tuple[str, str, str], ...]
    """(title with who put it there, note, where its paper is kept)."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """What the document says."""

    council: str
    title: str
    when: str
    about: tuple[tuple[str, str], ...]
    """Who came, who represented quality assurance, and the like: label and text."""
    parts: tuple[MinutesPart, ...]
    decided: tuple[tuple[str, str, str, str], ...]
    """(what, kind, whose, by when or how it stands)."""
    made_at: datetime


def write_minutes(minutes: Minutes) -> bytes:
    """The .docx file."""
    document = new_document(
        title=f"{minutes.title}, {minutes.when}",
        author=minutes.council,
        header=HEADER.format(council=minutes.council),
        made_at=minutes.made_at,
    )
    if minutes.about:
        add_table(document, ("About", "This meeting"), minutes.about)
    if minutes.decided:
        add_heading(document, "Decided")
        add_table(document, ("What", "Kind", "Whose", "By when, or how it stands"), minutes.decided)
    add_heading(document, "Agenda")
    for number, part in enumerate(minutes.parts, start=1):
        _add_part(document, number, part)
    return content_of(document)


def _add_part(document: "Document", number: int, part: MinutesPart) -> None:
    add_heading(document, f"{number}. {part.title}", 2)
    for line in part.lines:
        add_text(document, line)
    for title, note, paper in part.noted:
        add_text(document, title)
        if note:
            add_text(document, note)
        if paper:
            add_text(document, f"Paper: {paper}")
