"""What every Word document of ours begins with, read back by opening it again."""

import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from reports.word import LABEL_STYLE, add_field, add_heading, add_table, content_of, fit, new_document

AT = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
FORBIDDEN = "".join(
    chr(code) for code in (*range(9), 11, 12, *range(14, 32), 0x7F, 0xFFFE, 0xFFFF, 0x202E, 0xD800)
)


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def a_document() -> Document:
    return new_document(title="A title", author="Exampleshire", header="Confidential.", made_at=AT)


def test_the_title_stands_first_in_the_style_of_titles() -> None:
    document = opened(content_of(a_document()))

    first = document.paragraphs[0]
    assert (first.text, first.style.name if first.style else "") == ("A title", "Title")


def test_it_is_a4_and_in_british_english() -> None:
    document = opened(content_of(a_document()))

    section = document.sections[0]
    languages = document.styles.element.xpath("w:docDefaults//w:lang")
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [found.get(qn("w:val")) for found in languages] == ["en-GB"]
    assert document.core_properties.language == "en-GB"


def test_every_page_says_which_it_is_of_how_many_and_carries_the_header() -> None:
    document = opened(content_of(a_document()))

    section = document.sections[0]
    footer = section.footer.paragraphs[0]
    codes = [str(found.text).strip() for found in footer._p.xpath(".//w:instrText")]
    kinds = [found.get(qn("w:fldCharType")) for found in footer._p.xpath(".//w:fldChar")]
    assert footer.text == "Page 1 of 1"
    assert codes == ["PAGE", "NUMPAGES"]
    assert kinds == ["begin", "separate", "end"] * 2
    assert section.header.paragraphs[0].text == "Confidential."


def test_the_properties_name_the_council_and_nothing_of_the_template() -> None:
    content = content_of(a_document())

    known = opened(content).core_properties
    assert (known.title, known.author, known.last_modified_by) == ("A title", "Exampleshire", "Exampleshire")
    assert known.created == known.modified == AT
    assert (known.comments, known.keywords, known.subject, known.category) == ("", "", "", "")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name]


def test_a_table_repeats_its_headings_and_keeps_each_row_together() -> None:
    document = a_document()
    add_table(document, ("What", "Who"), [("Ring the school.", "Perry"), ("Visit.", "Toni")])

    (table,) = opened(content_of(document)).tables

    repeated = [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows]
    assert repeated == [True, False, False]
    assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in table.rows)
    assert [[cell.text for cell in row.cells] for row in table.rows][1] == ["Ring the school.", "Perry"]
    assert table.rows[0].cells[0].paragraphs[0].runs[0].bold
    assert not table.rows[1].cells[0].paragraphs[0].runs[0].bold


def test_a_label_stays_on_the_page_of_what_it_names() -> None:
    document = a_document()
    add_field(document, "Why", "First line.\nIts second line.\n \nNext paragraph.")

    found = [(p.text, p.style.name if p.style else "") for p in opened(content_of(document)).paragraphs[1:]]

    assert found == [
        ("Why", LABEL_STYLE),
        ("First line.\nIts second line.", "Normal"),
        ("Next paragraph.", "Normal"),
    ]
    assert opened(content_of(document)).styles[LABEL_STYLE].paragraph_format.keep_with_next


@pytest.mark.parametrize("letter", FORBIDDEN)
def test_nothing_that_was_typed_makes_a_document_that_cannot_be_opened(letter: str) -> None:
    document = new_document(title=f"T{letter}t", author=f"A{letter}a", header=f"H{letter}h", made_at=AT)
    add_heading(document, f"O{letter}o")
    add_field(document, f"L{letter}l", f"W{letter}w")
    add_table(document, (f"C{letter}c",), [(f"R{letter}r",)])

    read = opened(content_of(document))

    text = "".join(p.text for p in read.paragraphs) + "".join(
        c.text for r in read.tables[0].rows for c in r.cells
    )
    assert letter not in text
    assert "W" in text
    assert "R" in text


def test_letters_of_every_script_stay() -> None:
    kept = "Zoë, עדי, عبد, 👩🏽‍👧🏽, Ñandú & <b>bold</b> {{DATE(2026)}}\nsecond line"

    assert fit(kept) == kept
