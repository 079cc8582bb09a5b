"""Word documents as each of ours begins: A4, British English, headings and page numbers one can use.

Source: decision 0012.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, cast

from domain.written import readable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table
    from docx.text.paragraph import Paragraph

LANGUAGE = "en-GB"
LABEL_STYLE = "Field label"
"""A paragraph style of ours: the name of a field, kept on the page of what stands below it."""

_FONT = "Arial"
_NO_XML = re.compile("[\ufffe\uffff]")
_BLANK_LINES = re.compile(r"\n\s*\n")
_THUMBNAIL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"


def fit(text: str) -> str:
    """The text as a document can hold it: no control or direction marks, nothing that XML forbids."""
    return _NO_XML.sub("", readable(text))


def new_document(*, title: str, author: str, header: str, made_at: datetime) -> "Document":
    """An empty document with its title on the first page, `header` and "Page x of y" on every one.

    `author` stands in the document's properties: a body, never a person.
    """
    from docx import Document as open_template

    document = open_template()
    _set_language(document)
    _set_page(document)
    _set_styles(document)
    _set_properties(document, title=fit(title), author=fit(author), made_at=made_at)
    section = document.sections[0]
    section.header.paragraphs[0].add_run(fit(header))
    _number_pages(section.footer.paragraphs[0])
    document.add_heading(fit(title), level=0)
    return document


def add_heading(document: "Document", text: str, level: int = 1) -> None:
    """A heading in Word's own style, so that readers can jump to it."""
    document.add_heading(fit(text), level=level)


def add_field(document: "Document", label: str, text: str) -> None:
    """A label with its text below."""
    document.add_paragraph(fit(label), style=LABEL_STYLE)
    add_text(document, text)


def add_text(document: "Document", text: str) -> None:
    """The text in paragraphs: a blank line begins a new one, any other line end is a line break."""
    from docx.oxml.text.paragraph import CT_P
    from docx.text.paragraph import Paragraph

    for block in _BLANK_LINES.split(fit(text)):
        # python-docx looks through the whole body to add one paragraph, which takes long texts many seconds.
        made = cast(CT_P, element("w:p"))
        document.element.body[-1].addprevious(made)
        Paragraph(made, document._body).add_run(block)


def add_table(
    document: "Document",
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    splits: bool = False,
) -> "Table":
    """A table whose row of headings is marked as such and comes again on every page it runs onto.

    `splits` lets a row run on to the next page, for texts that may be longer than one.
    """
    table: Table = document.add_table(1 + len(rows), len(headings), style="Table Grid")
    for place, (drawn, texts) in enumerate(zip(table.rows, (headings, *rows), strict=True)):
        properties = drawn._tr.get_or_add_trPr()
        if place == 0 or not splits:
            properties.append(element("w:cantSplit"))
        if place == 0:
            properties.append(element("w:tblHeader"))
        for cell, text in zip(drawn.cells, texts, strict=True):
            cell.paragraphs[0].add_run(fit(text)).bold = place == 0 or None
    return table


def content_of(document: "Document") -> bytes:
    """The document as a file."""
    into = BytesIO()
    document.save(into)
    return into.getvalue()


def _set_language(document: "Document") -> None:
    for settled in document.styles.element.xpath("w:docDefaults//w:lang"):
        settled.set(_name("w:val"), LANGUAGE)
    for settled in document.settings.element.xpath("w:themeFontLang"):
        settled.set(_name("w:val"), LANGUAGE)
    # 15 is what Word has written since 2013; the template's 14 opens in its compatibility mode.
    for settled in document.settings.element.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']"):
        settled.set(_name("w:val"), "15")


def _set_page(document: "Document") -> None:
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(22)


def _set_styles(document: "Document") -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    normal = document.styles["Normal"]
    label = document.styles.add_style(LABEL_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    for style in (normal, label, *(document.styles[name] for name in ("Title", "Heading 1", "Heading 2"))):
        style.font.name = _FONT
    normal.font.size = Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    label.base_style = normal
    label.font.bold = True
    label.paragraph_format.keep_with_next = True
    label.paragraph_format.space_after = Pt(0)


def _set_properties(document: "Document", *, title: str, author: str, made_at: datetime) -> None:
    known = document.core_properties
    known.title, known.language = title, LANGUAGE
    known.author = known.last_modified_by = author
    known.created = known.modified = made_at.astimezone(UTC)
    known.comments = known.keywords = known.subject = ""
    # The template's own picture of an empty page is nothing of ours.
    package = document.part.package
    for key in [key for key, to in package.rels.items() if to.reltype == _THUMBNAIL]:
        del package.rels[key]


def _number_pages(paragraph: "Paragraph") -> None:
    """ "Page x of y", worked out by Word for each page."""
    paragraph.add_run("Page ")
    _add_code(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _add_code(paragraph, "NUMPAGES")


def _add_code(paragraph: "Paragraph", code: str) -> None:
    def mark(kind: str) -> None:
        paragraph.add_run()._r.append(element("w:fldChar", {"w:fldCharType": kind}))

    mark("begin")
    asked = element("w:instrText", {"xml:space": "preserve"})
    asked.text = f" {code} "
    paragraph.add_run()._r.append(asked)
    mark("separate")
    paragraph.add_run("1")
    mark("end")


def element(name: str, attributes: dict[str, str] | None = None) -> "BaseOxmlElement":
    """An element of the document's XML, for what python-docx has no call for."""
    from docx.oxml.parser import OxmlElement

    return OxmlElement(name, {_name(key): value for key, value in (attributes or {}).items()})


def _name(prefixed: str) -> str:
    from docx.oxml.ns import qn

    return qn(prefixed)
