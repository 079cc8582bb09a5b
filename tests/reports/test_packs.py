"""A pack in Word and Excel, read back: the card's numbers, nothing hidden, nothing beyond the edge."""

import io
import re
from dataclasses import replace
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Length

from bot.making import MAKERS
from cards.packs import pack_card, part_card
from cards.views_packs import PackPartView, PackView
from domain.grades import Grade
from domain.moderation import ReleaseKind, Verdict
from domain.pack_content import FigureLine, FigureTable, Part, Told
from domain.pack_paper import Paper, chart_of
from domain.packs import PackKind, PackState
from domain.suppression import NOT_SHOWN
from reports.pack_excel import write_workbook
from reports.pack_word import write_pack
from reports.word_layout import PICTURE_MM, TEXT_MM
from storage.packs import PackRow
from tests.builders import Staff, a_submitted_audit
from tests.chat import nodes
from tests.dialogs.scripts import on_one_engine
from tests.learning import an_entry
from tests.moderations import a_released_moderation, the_panel
from tests.packs import LATER, a_drafted_pack, a_sent_pack, some_audits
from tests.security.hostile import MARK, PIECES
from workflows.council import Council
from workflows.offer_kinds import PACKS
from workflows.pack_look import paper_of

REF = re.compile(r"P\d+-\d+B?")
_written: dict[str, bytes] = {}
"""A copy takes a second or two to draw, and the same one is looked at by several tests."""


def word_of(paper: Paper) -> bytes:
    """The Word copy."""
    key = repr(paper)
    if key not in _written:
        _written[key] = write_pack(paper)
    return _written[key]


Numbers = dict[str, str]
"""Reference to the figure in words."""


@pytest.fixture
def papers(council: Council, people: Staff) -> dict[PackKind, Paper]:
    """Every kind of pack, of audits of which one was moderated to the lowest grade."""
    lower: dict[str, Any] = {"kind": ReleaseKind.DISCUSSED, "verdict": Verdict.CONCERN}
    with council.write() as work:
        panel = the_panel(work)
        some_audits(work, council, people)
        a_submitted_audit(work, council, people, reference="PK-50", auditor_id=people.second_auditor.id)
        a_released_moderation(
            work, council, people, panel, reference="PK-77", overall=Grade.INADEQUATE, **lower
        )
        an_entry(work, people.service_manager)
        packs = {kind: a_drafted_pack(work, council, people, kind) for kind in PackKind}
        return {kind: paper_of(work, council, pack) for kind, pack in packs.items()}


def in_content(paper: Paper) -> Numbers:
    return {ref: told.says for ref, told in paper.content.told.items()}


def in_word(paper: Paper) -> Numbers:
    """What stands in the rows of the Word copy's tables of figures."""
    found: Numbers = {}
    for table in docx.Document(io.BytesIO(word_of(paper))).tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        if rows[0][-1] != "Reference":
            continue
        for row in rows[1:]:
            add(found, row[-1], row[1])
            if len(row) == 4 and row[2] != "none":
                add(found, f"{row[-1]}B", row[2])
    return found


def in_excel(paper: Paper) -> Numbers:
    """What the workbook's numbers say, in the words of the others."""
    found: Numbers = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(write_workbook(paper))):
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        if rows[0][0] != "Figure":
            continue
        for row in rows[1:]:
            for at in (1, 5):
                if len(row) > at + 3 and row[at + 3]:
                    add(found, str(row[at + 3]), said(*row[at : at + 3]))
    return found


def in_cards(paper: Paper) -> Numbers:
    """What every card of the pack says."""
    view = PackView(paper, PackState.DRAFT, "", True, False, "", "n")
    cards = [pack_card(view), *(part_card(PackPartView(paper, part, True)) for part in paper.content.parts)]
    found: Numbers = {}
    for card in cards:
        for node in nodes(card):
            runs = [one["text"] for one in node.get("inlines", [])]
            if len(runs) > 2 and REF.fullmatch(runs[-1].strip()):
                ref = runs[-1].strip()
                add(found, ref, runs[1])
                if len(runs) == 4:
                    add(found, f"{ref}B", runs[2].removeprefix("; before "))
    return found


def said(count: object, of: object, share: object) -> str:
    """A row of the workbook in words; the share is its own number and must agree with the others."""
    if isinstance(count, str):
        return count
    assert isinstance(count, int)
    if of is None:
        return str(count)
    assert isinstance(of, int)
    if not of:
        return "none to count"
    assert share == pytest.approx(count / of)
    return f"{count} of {of} ({round(100 * count / of)}%)"


def add(found: Numbers, ref: str, says: str) -> None:
    """Where a figure stands twice it says the same."""
    assert REF.fullmatch(ref), ref
    assert found.setdefault(ref, says) == says


@pytest.mark.rule("OG-05", "PF-06", "PF-11", "PF-15")
@on_one_engine
def test_card_word_and_excel_say_the_same_under_every_reference(papers: dict[PackKind, Paper]) -> None:
    for kind, paper in papers.items():
        kept = in_content(paper)

        assert len(kept) > 20
        assert in_word(paper) == kept, kind
        assert in_excel(paper) == kept, kind
        assert in_cards(paper) == kept, kind


@pytest.mark.rule("SG-03")
@on_one_engine
def test_what_is_hidden_is_in_no_file(papers: dict[PackKind, Paper]) -> None:
    paper = papers[PackKind.BOARD]
    hidden = [ref for ref, told in paper.content.told.items() if told.is_hidden]

    assert hidden
    assert {in_excel(paper)[ref] for ref in hidden} == {NOT_SHOWN}
    for chart in filter(None, (chart_of(t, paper.content) for p in paper.content.parts for t in p.figures)):
        assert len(chart.series[0].values) == len(chart.names)
    told = [line.now for part in paper.content.parts for table in part.figures for line in table.lines]
    assert all(one.count is None and one.of is None for one in told if one.is_hidden)


@pytest.mark.rule("PR-01", "PR-05")
@on_one_engine
def test_word_has_contents_that_lead_to_its_chapters(papers: dict[PackKind, Paper]) -> None:
    for paper in papers.values():
        document = opened(word_of(paper))
        chapters = [p for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
        links = document.element.xpath("//w:hyperlink")
        marks = [mark.get(qn("w:name")) for mark in document.element.xpath("//w:bookmarkStart")]
        codes = [str(code.text).split()[0] for code in document.element.xpath("//w:instrText")]

        assert codes == ["TOC"]
        assert [link.get(qn("w:anchor")) for link in links] == marks
        assert [link.text for link in links] == [one.text for one in chapters]
        assert chapters[-2].text == "What changed"


@on_one_engine
def test_nothing_of_the_word_copy_lies_beyond_its_text(papers: dict[PackKind, Paper]) -> None:
    for paper in papers.values():
        document = opened(word_of(paper))
        section = document.sections[0]
        text = millimetres(section.page_width, section.left_margin, section.right_margin)
        high = millimetres(section.page_height, section.top_margin, section.bottom_margin)

        assert text == pytest.approx(TEXT_MM, abs=0.1)
        for table in document.tables:
            for row in table.rows:
                widths = [cell.width for cell in row.cells]
                assert sum(width.mm for width in widths if width is not None) <= TEXT_MM + 0.5
                assert min(width.mm for width in widths if width is not None) >= 15
        for picture in document.inline_shapes:
            assert picture.width.mm == pytest.approx(PICTURE_MM, abs=0.1)
            # With its caption on one page.
            assert picture.height.mm < high - 20


@on_one_engine
def test_every_table_has_marked_headings_and_every_picture_says_what_it_shows(
    papers: dict[PackKind, Paper],
) -> None:
    for paper in papers.values():
        document = opened(word_of(paper))
        said = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]

        for table in document.tables:
            assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
            assert all(cell.text for cell in table.rows[0].cells)
            before = table._tbl.getprevious()
            assert before.xpath("./w:pPr/w:pStyle/@w:val") == ["Caption"]
        assert all(text and "." in text for text in said)
        charts = [chart_of(table, paper.content) for part in paper.content.parts for table in part.figures]
        assert said == [chart.says for chart in charts if chart is not None]


@pytest.mark.rule("SG-05")
@on_one_engine
def test_a_sent_pack_carries_its_hash_and_framework_and_a_draft_says_that_it_is_one(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        some_audits(work, council, people)
        sent = a_sent_pack(work, council, people)
        draft = a_drafted_pack(work, council, people, PackKind.SMT)
        papers = [paper_of(work, council, pack) for pack in (sent, draft)]

    for paper in papers:
        document = opened(word_of(paper))
        book = openpyxl.load_workbook(io.BytesIO(write_workbook(paper)))
        foot = document.sections[0].footer.paragraphs[0].text
        about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}

        assert foot == f"Page 1 of 1.  {paper.foot}"
        assert document.core_properties.version == about["Framework version"] == "1.0"
        assert (document.core_properties.identifier or "none while it is a draft") == about[
            "Check number (SHA-256)"
        ]
    assert papers[0].hash == sent.hash
    assert sent.hash[:16] in papers[0].foot
    assert "not approved" in papers[1].foot


@on_one_engine
def test_every_sheet_is_headed_and_prints_a_page_wide(papers: dict[PackKind, Paper]) -> None:
    for paper in papers.values():
        content = write_workbook(paper)
        book = openpyxl.load_workbook(io.BytesIO(content))
        tables = [table for part in paper.content.parts for table in (*part.figures, *part.tables)]

        assert len(book.sheetnames) == len(tables) + 3
        for sheet in book:
            assert sheet.freeze_panes == "A2"
            assert all(cell.value for cell in sheet[1])
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.print_title_rows == "$1:$1"
        with ZipFile(io.BytesIO(content)) as package:
            drawings = [package.read(n).decode() for n in package.namelist() if "drawings/drawing" in n]
        assert drawings
        assert all(re.search(r'descr="[^"]{20,}"', drawing) for drawing in drawings)


@on_one_engine
def test_whoever_takes_a_copy_gets_it_made_for_them(council: Council, people: Staff) -> None:
    with council.write() as work:
        pack: PackRow = a_drafted_pack(work, council, people)
        made = [MAKERS[kind](work, council, people.qa_officer, pack.id, LATER) for kind in PACKS.values()]

    assert [content[:2] for content in made] == [b"PK", b"PK"]


@on_one_engine
@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", '=HYPERLINK("//x")', *PIECES])
def test_no_text_of_a_pack_acts_in_word_or_excel(text: str, a_paper: Paper) -> None:
    line = FigureLine(text + MARK, Told("P1-01", "3", 3, None))
    part = Part("why", text + MARK, text + MARK, (FigureTable(text + MARK, (line,)),))
    paper = replace(a_paper, content=replace(a_paper.content, parts=(part,)))

    book = openpyxl.load_workbook(io.BytesIO(write_workbook(paper)))
    document = opened(word_of(paper))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if MARK in str(cell.value)]
    assert len(cells) >= 3
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink or cell.comment for cell in cells)
    assert MARK in "\n".join(paragraph.text for paragraph in document.paragraphs)


@pytest.fixture
def a_paper(council: Council, people: Staff) -> Paper:
    """A draft of nothing much."""
    with council.write() as work:
        return paper_of(work, council, a_drafted_pack(work, council, people))


def millimetres(whole: Length | None, *less: Length | None) -> float:
    """What is left of a length."""
    return Length((whole or 0) - sum(one or 0 for one in less)).mm


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))
