"""What long Word documents have besides: contents, captions, charts with words, tables of set widths.

Source: decision 0016.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from reports.word import element, fit

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

TEXT_MM = 166
"""How wide the text is: A4 less its margins."""
PICTURE_MM = 122
"""How wide a chart is drawn, so that its letters are as large as the text's."""
_TABLE_POINTS = 9.5
_SHORT = 15
"""Rows, that of the headings among them."""


def add_contents(document: "Document", headings: Sequence[str]) -> None:
    """A table of contents: Word makes it anew with page numbers when asked to update it.

    Until then, and in programs that never do, the list of headings stands there, each leading to its own.
    """
    paragraphs = [document.add_paragraph() for _ in headings] or [document.add_paragraph()]
    _mark(paragraphs[0], "begin")
    asked = element("w:instrText", {"xml:space": "preserve"})
    asked.text = ' TOC \\o "1-1" \\h \\z \\u '
    paragraphs[0].add_run()._r.append(asked)
    _mark(paragraphs[0], "separate")
    for number, (paragraph, text) in enumerate(zip(paragraphs, headings, strict=False)):
        link = element("w:hyperlink", {"w:anchor": _anchor(number), "w:history": "1"})
        paragraph._p.append(link)
        run = paragraph.add_run(fit(text))
        link.append(run._r)
        paragraph.paragraph_format.space_after = 0
    _mark(paragraphs[-1], "end")


def add_chapter(document: "Document", text: str, number: int) -> None:
    """A heading that the contents lead to; `number` counts chapters from 0."""
    heading = document.add_heading(fit(text), level=1)
    start = element("w:bookmarkStart", {"w:id": str(number), "w:name": _anchor(number)})
    heading._p.insert(1 if heading._p.pPr is not None else 0, start)
    heading._p.append(element("w:bookmarkEnd", {"w:id": str(number)}))


def add_caption(document: "Document", text: str) -> None:
    """What a table or chart shows, kept on the page of what stands below it."""
    from docx.shared import Pt, RGBColor

    caption = document.add_paragraph(fit(text), style="Caption")
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(8)
    for run in caption.runs:
        run.font.size = Pt(10)
        run.font.bold = True
        run.font.color.rgb = RGBColor(0x24, 0x24, 0x24)


def add_picture(document: "Document", content: bytes, *, alt: str) -> None:
    """A chart with the words for whoever does not see it."""
    from docx.shared import Mm

    drawn = document.add_picture(BytesIO(content), width=Mm(PICTURE_MM))
    drawn._inline.docPr.set("descr", fit(alt))
    document.paragraphs[-1].paragraph_format.keep_together = True


def set_widths(table: "Table", shares: Sequence[int]) -> None:
    """Give the columns these shares of the text's width, whatever they hold."""
    from docx.shared import Mm, Pt

    table.autofit = False
    whole = sum(shares)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(TEXT_MM * share / whole)
    for row in table.rows:
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = Mm(TEXT_MM * share / whole)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(2)
                for run in paragraph.runs:
                    run.font.size = Pt(_TABLE_POINTS)


def keep_together(table: "Table") -> None:
    """Let a short table move to the next page as a whole; a long one runs on with its headings."""
    if len(table.rows) > _SHORT:
        return
    for row in table.rows[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def shade_headings(table: "Table") -> None:
    """A light ground under the row of headings, which stays readable in grey."""
    for cell in table.rows[0].cells:
        shading = element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "E8E8E8"})
        cell._tc.get_or_add_tcPr().append(shading)


def _mark(paragraph: "Paragraph", kind: str) -> None:
    paragraph.add_run()._r.append(element("w:fldChar", {"w:fldCharType": kind}))


def _anchor(number: int) -> str:
    return f"_Toc{number + 1:06}"
