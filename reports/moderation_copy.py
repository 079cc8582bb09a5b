"""A Word copy of a moderation, in the same words as its card and in the version of whoever has it.

The practice with the child comes first, what is the auditor's alone next (and in nobody else's copy but the
Panel's and their own service manager's), grades after both. Source: MO-09, MO-15, MO-18, MO-19, MO-21, SG-01,
SG-03, PR-01.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from reports.word import add_field, add_heading, add_table, add_text, content_of, new_document

if TYPE_CHECKING:
    from docx.document import Document

TITLE = "Moderation of an audit of practice"
HEADER = (
    "{council}. Confidential: a moderation, for learning. It is for the person it was sent to; please do not "
    "pass it on."
)
SECTIONS = ("Section", "The auditor's grade", "The Panel's", "Why")
ACTIONS = ("What", "Who", "By when")
TESTS = ("Test", "How far it is met")


@dataclass(frozen=True, slots=True)
class CopyAction:
    """An action that the Panel found missing."""

    what: str
    owner: str
    by_when: str


@dataclass(frozen=True, slots=True)
class ModerationCopy:
    """What the document says; what its reader may not have is empty."""

    council: str
    about: tuple[tuple[str, str], ...]
    """(label, text)."""
    practice: str
    grades: tuple[tuple[str, str], ...]
    counts: str
    """Which of the grades reports count, in a sentence."""
    sections: tuple[tuple[str, str, str, str], ...]
    """(title, the auditor's grade, the Panel's, why)."""
    own: tuple[tuple[str, str], ...]
    """(label, text) of what is the auditor's alone (SG-03)."""
    actions: tuple[CopyAction, ...]
    organisation: str
    tests: tuple[tuple[str, str], ...]
    heard: tuple[tuple[str, str], ...]
    made_at: datetime


def write_moderation_copy(copy: ModerationCopy) -> bytes:
    """The document as a file."""
    header = HEADER.format(council=copy.council)
    document = new_document(title=TITLE, author=copy.council, header=header, made_at=copy.made_at)
    if copy.practice:
        add_heading(document, "This child's help")
        add_text(document, copy.practice)
    for label, text in copy.own:
        add_heading(document, label)
        add_text(document, text)
    add_heading(document, "Grades")
    for label, text in copy.grades:
        add_field(document, label, text)
    add_text(document, copy.counts)
    _add_rows(document, "Section by section", SECTIONS, copy.sections, (38, 30, 30, 68))
    rows = [(action.what, action.owner, action.by_when) for action in copy.actions]
    _add_rows(document, "Actions the Panel found missing", ACTIONS, rows, (98, 40, 28))
    if copy.organisation:
        add_heading(document, "What the organisation can learn")
        add_text(document, copy.organisation)
    _add_rows(document, "The five tests of an audit", TESTS, copy.tests, (120, 46))
    for label, text in copy.heard:
        add_heading(document, label)
        add_text(document, text)
    add_heading(document, "About this moderation")
    for label, text in copy.about:
        add_field(document, label, text)
    return content_of(document)


def _add_rows(
    document: "Document",
    heading: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
) -> None:
    """A table under its heading, with columns of these widths in millimetres; nothing without rows."""
    from docx.shared import Mm

    if not rows:
        return
    add_heading(document, heading)
    table = add_table(document, columns, rows)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
