"""A pack in Excel: a sheet for each table, numbers as numbers beside their references, charts with words.

A hidden number is not in the file: its cell says so. Text is text: no cell starts a formula or a link.

Source: OG-05, SG-03; decision 0016.
"""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from domain.charts import Chart
from domain.pack_content import Content, FigureTable, TextTable, Told
from domain.pack_paper import Paper, chart_of
from domain.written import plain

HEADINGS = ("Figure", "Count", "Out of", "Share", "Reference")
BEFORE = ("Before: count", "Before: out of", "Before: share", "Before: reference")
GLANCE, ABOUT, WORDS = "At a glance", "About", "Words"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_WIDE = 60
_COLOURS = ("#0072B2", "#E69F00")
_HATCHED = {"pattern": "wide_upward_diagonal", "fg_color": _COLOURS[1], "bg_color": "white"}
"""The time before, told apart in grey as well."""


def write_workbook(paper: Paper) -> bytes:
    """The .xlsx file."""
    import xlsxwriter

    into = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(into, options) as book:
        book.set_properties(
            {
                "title": plain(paper.content.title),
                "author": plain(paper.council),
                "company": plain(paper.council),
                "subject": plain(paper.standing),
                "comments": f"SHA-256 {paper.hash}" if paper.hash else "Draft, not approved",
                "created": (paper.sent_at or paper.drafted_at).replace(tzinfo=None),
            }
        )
        _Writing(book, paper).everything()
    return into.getvalue()


class _Writing:
    """One workbook as it is written."""

    def __init__(self, book: Any, paper: Paper) -> None:
        self._book, self._paper = book, paper
        self._heading = book.add_format({"bold": True, "bg_color": "#E8E8E8", "border": 1, "text_wrap": True})
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._share = book.add_format({"num_format": "0%", "valign": "top"})
        self._number = book.add_format({"num_format": "#,##0", "valign": "top"})
        self._ref = book.add_format({"valign": "top", "indent": 1})
        self._names: set[str] = set()

    def everything(self) -> None:
        """Every sheet: what it is, the figures at a glance, the words, then a sheet for each table."""
        content = self._paper.content
        self._about(content)
        self._figures(FigureTable(GLANCE, content.highlights), content)
        rows = tuple((part.title, self._paper.words(part)) for part in content.parts)
        self._words(TextTable(WORDS, ("Part", "What it says"), rows))
        for part in content.parts:
            for table in part.figures:
                self._figures(table, content)
            for words in part.tables:
                self._words(words)

    def _about(self, content: Content) -> None:
        paper = self._paper
        facts = (
            ("Title", content.title),
            ("Council", paper.council),
            ("Tells of", content.period),
            ("Beside it", content.before),
            ("In a sentence", content.headline),
            ("How it stands", paper.standing),
            ("Framework version", paper.framework_version),
            ("Check number (SHA-256)", paper.hash or "none while it is a draft"),
            ("About the figures", content.note),
        )
        self._words(TextTable(ABOUT, ("What", "This pack"), facts))

    def _figures(self, table: FigureTable, content: Content) -> None:
        compared = any(line.before for line in table.lines)
        headings = (*HEADINGS, *(BEFORE if compared else ()))
        sheet = self._sheet(table.title, headings, (38, 11, 10, 10, 12, *((15,) * 4 if compared else ())))
        for row, line in enumerate(table.lines, start=1):
            sheet.write_string(row, 0, plain(line.name), self._text)
            self._told(sheet, row, 1, line.now)
            if line.before is not None:
                self._told(sheet, row, 5, line.before)
        chart = chart_of(table, content)
        if chart is not None:
            self._chart(sheet, table, chart)

    def _told(self, sheet: Any, row: int, column: int, told: Told) -> None:
        """Count, out of, share and reference from this column on."""
        if told.count is None:
            sheet.write_string(row, column, told.says, self._text)
        else:
            sheet.write_number(row, column, told.count, self._number)
            if told.of is not None:
                sheet.write_number(row, column + 1, told.of, self._number)
            if told.of:
                sheet.write_number(row, column + 2, told.count / told.of, self._share)
        sheet.write_string(row, column + 3, told.ref, self._ref)

    def _chart(self, sheet: Any, table: FigureTable, chart: Chart) -> None:
        name, last = sheet.get_name(), len(table.lines)
        drawn = self._book.add_chart({"type": "bar"})
        for place, series in enumerate(chart.series):
            # The share stands two columns behind the count.
            column = (1, 5)[place] + (2 if table.in_shares else 0)
            told = [line.before if place else line.now for line in table.lines]
            hidden = [{"value": one.says} if one is not None and one.count is None else None for one in told]
            drawn.add_series(
                {
                    "name": series.name or table.title,
                    "categories": [name, 1, 0, last, 0],
                    "values": [name, 1, column, last, column],
                    # Excel draws words as nothing, so that a bar has to say that it is none.
                    "data_labels": {"value": True, "custom": hidden},
                    "fill": {"color": _COLOURS[0]},
                    "pattern": _HATCHED if place else None,
                }
            )
        drawn.set_title({"name": chart.title, "name_font": {"size": 11}})
        # Bars lie, so the first name stands on top and the values below.
        drawn.set_y_axis({"reverse": True})
        scale = {"num_format": "0%", "min": 0, "max": 1} if table.in_shares else {"num_format": "0", "min": 0}
        drawn.set_x_axis({**scale, "major_gridlines": {"visible": False}, "label_position": "low"})
        drawn.set_legend({"position": "bottom"} if len(chart.series) > 1 else {"none": True})
        drawn.set_size({"width": 620, "height": 140 + 44 * last})
        sheet.insert_chart(last + 2, 0, drawn, {"description": chart.says, "object_position": 1})

    def _words(self, table: TextTable) -> None:
        columns = range(len(table.headings))
        widths = [_WIDE if any(len(row[place]) > 30 for row in table.rows) else 26 for place in columns]
        sheet = self._sheet(table.title, table.headings, widths)
        for row, texts in enumerate(table.rows, start=1):
            for column, text in enumerate(texts):
                sheet.write_string(row, column, plain(text), self._text)
            sheet.set_row(row, _height(texts, widths))

    def _sheet(self, title: str, headings: Sequence[str], widths: Sequence[int]) -> Any:
        sheet = self._book.add_worksheet(self._name(title))
        for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, plain(heading), self._heading)
        sheet.set_row(0, _height(headings, widths))
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&LPage &P of &N&R{plain(self._paper.foot).replace('&', '&&')}")
        return sheet

    def _name(self, title: str) -> str:
        """The sheet's name: what Excel allows, and none twice."""
        base = _FORBIDDEN.sub(" ", plain(title)).strip() or "Table"
        for number in range(1, 1000):
            ending = "" if number == 1 else f" {number}"
            name = base[: _LONGEST_NAME - len(ending)].rstrip() + ending
            if name.casefold() not in self._names:
                self._names.add(name.casefold())
                return name
        raise LookupError("too many sheets of one name")


def _height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """A row's height in points, as not every program works it out for wrapped text; Excel allows 409."""
    lines = max(
        sum(1 + len(line) * 10 // (9 * width) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return min(409.0, 15.0 * lines + 1)
