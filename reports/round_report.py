"""A report in Word, drawn from the same report as its card.

Tables that are to be filled in stand here alone. Source: CA-20, MO-20, RO-08.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from domain.reporting import Line, Part, Report
from reports.word import add_heading, add_table, add_text, content_of, new_document

if TYPE_CHECKING:
    from docx.document import Document

HEADER = "{council}. For its reader: {about}."
FIGURES = ("What", "How many")
BEFORE = "Before"


def write_report(report: Report, *, council: str, made_at: datetime) -> bytes:
    """The .docx file."""
    header = HEADER.format(council=council, about=report.about)
    document = new_document(title=report.title, author=council, header=header, made_at=made_at)
    add_text(document, report.lead)
    for part in report.parts:
        _add_part(document, part)
    if report.note:
        add_heading(document, "About these figures")
        add_text(document, report.note)
    return content_of(document)


def _add_part(document: "Document", part: Part) -> None:
    if part.title:
        add_heading(document, part.title)
    if part.who:
        add_heading(document, part.who, 2)
    if part.says:
        add_text(document, part.says)
    if part.lines:
        _add_lines(document, part.lines)
    for text in part.bullets:
        add_text(document, text)
    if part.columns:
        add_table(document, part.columns, part.rows)


def _add_lines(document: "Document", lines: Sequence[Line]) -> None:
    with_before = any(line.before for line in lines)
    headings = (*FIGURES, BEFORE) if with_before else FIGURES
    rows = [(line.name, line.figure, line.before)[: len(headings)] for line in lines]
    add_table(document, headings, rows)
