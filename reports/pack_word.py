"""A pack in Word: contents, parts with their words, tables and charts, page numbers, the hash on every page.

Source: OG-05, PR-01; decision 0016.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from domain.pack_content import FigureLine, FigureTable, TextTable
from domain.pack_paper import Paper, chart_of
from reports.charts import PAGE_DPI, picture
from reports.word import add_heading, add_table, add_text, content_of, fit, new_document
from reports.word_layout import (
    add_caption,
    add_chapter,
    add_contents,
    add_picture,
    keep_together,
    set_widths,
    shade_headings,
)

if TYPE_CHECKING:
    from docx.document import Document

FIGURE, REFERENCE = "Figure", "Reference"
AT_A_GLANCE, CONTENTS, ABOUT = "At a glance", "Contents", "About these figures"
_WITH_BEFORE = (40, 23, 23, 14)
_ALONE = (55, 30, 15)
_MOST_REFS = 3


def write_pack(paper: Paper) -> bytes:
    """The .docx file."""
    content = paper.content
    document = new_document(
        title=content.title,
        author=paper.council,
        header=f"{paper.council}. {content.title}.",
        made_at=paper.sent_at or paper.drafted_at,
    )
    _tell_standing(document, paper)
    add_text(document, content.headline)
    _add_figures(document, FigureTable(AT_A_GLANCE, content.highlights), paper)
    add_heading(document, CONTENTS, 2)
    chapters = [*(part.title for part in content.parts), ABOUT]
    add_contents(document, chapters)
    for number, part in enumerate(content.parts):
        add_chapter(document, part.title, number)
        add_text(document, paper.words(part))
        for table in part.figures:
            _add_figures(document, table, paper)
        for words in part.tables:
            _add_words(document, words)
    add_chapter(document, ABOUT, len(content.parts))
    add_text(document, content.note)
    return content_of(document)


def _tell_standing(document: "Document", paper: Paper) -> None:
    properties = document.core_properties
    properties.subject = paper.standing
    properties.version = paper.framework_version
    properties.identifier = paper.hash
    properties.comments = f"SHA-256 {paper.hash}" if paper.hash else "Draft, not approved"
    foot = document.sections[0].footer.paragraphs[0]
    foot.add_run(f".  {fit(paper.foot)}")


def _add_figures(document: "Document", table: FigureTable, paper: Paper) -> None:
    content = paper.content
    add_caption(document, f"Table: {table.title} ({_refs(table.lines)})")
    if any(line.before for line in table.lines):
        headings: tuple[str, ...] = (FIGURE, content.period, content.before, REFERENCE)
        rows = [_row(line) for line in table.lines]
        widths: tuple[int, ...] = _WITH_BEFORE
    else:
        headings = (FIGURE, "How many", REFERENCE)
        rows = [(line.name, line.now.says, line.now.ref) for line in table.lines]
        widths = _ALONE
    made = add_table(document, headings, rows)
    set_widths(made, widths)
    shade_headings(made)
    keep_together(made)
    chart = chart_of(table, content)
    if chart is not None:
        add_caption(document, f"Chart: {chart.title} ({_refs(table.lines)})")
        add_picture(document, picture(chart, dpi=PAGE_DPI), alt=chart.says)


def _row(line: FigureLine) -> tuple[str, ...]:
    before = line.before.says if line.before else "none"
    return line.name, line.now.says, before, line.now.ref


def _add_words(document: "Document", table: TextTable) -> None:
    add_caption(document, f"Table: {table.title}")
    made = add_table(document, table.headings, table.rows, splits=True)
    widest = [max(len(row[place]) for row in table.rows) for place in range(len(table.headings))]
    # Long texts get the room, and short ones enough for their longest word.
    set_widths(made, [max(3, min(8, 1 + longest // 25)) for longest in widest])
    shade_headings(made)


def _refs(lines: Sequence[FigureLine]) -> str:
    refs = [line.now.ref for line in lines]
    return ", ".join(refs) if len(refs) <= _MOST_REFS else f"{refs[0]} to {refs[-1]}"
