"""The worksheets of a workbook that are not hidden, and the cells of each.

The parts are read as streams of XML, so that nothing in the file decides how much memory is taken: a cell
far out costs one cell and not the rectangle before it, and a text used a million times is kept once.
"""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from posixpath import normpath

from domain.intake import Cell, SheetRefused, clean, shown
from workflows.sheets_styles import Styles, cell_styles, day_of, number_text, percent_text
from workflows.sheets_tables import HEADING_ROWS, Rows, Table, Tables
from workflows.sheets_xml import DAMAGED, parse
from workflows.sheets_zip import Parts, open_workbook

MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_CELLS = 4_000_000
LONGEST_TEXT = 32_767
"""Excel's own limit for one cell."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LETTERS = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")

TOO_MANY = (
    f"The table is too large: at most {MOST_ROWS:,} rows and {MOST_COLUMNS} columns are read. "
    "Delete what does not belong to the list and send it again."
)
_NOT_CALCULATED = (
    "Some formulas in this workbook have never been worked out, so their cells are empty. Open it in Excel, "
    "save it and send it again."
)


@dataclass(frozen=True, slots=True)
class _Link:
    """A relationship from one part of the workbook to another."""

    id: str
    kind: str
    """Last word of its type: "worksheet", "sharedStrings", "styles"."""
    part: str


@dataclass(slots=True)
class _Book:
    """What the workbook part says: which sheets there are and how dates count."""

    shown: list[tuple[str, str]] = field(default_factory=list)
    """(name, relationship id) of each sheet that is not hidden, in order."""
    hidden: int = 0
    from_1904: bool = False


class _Enough(Exception):
    """The rows that were asked for have been read."""


def read_workbook(content: bytes) -> Tables:
    """Every worksheet that is not hidden, of which only the first rows are read so far."""
    parts = open_workbook(content)
    book_part = next((link.part for link in _links(parts, "") if link.kind == "officeDocument"), "")
    links = _links(parts, book_part)
    book = _book(parts, book_part)
    texts = [text for link in links if link.kind == "sharedStrings" for text in _shared(parts, link.part)]
    styles = next((cell_styles(parts.chunks(link.part)) for link in links if link.kind == "styles"), Styles())
    worksheets = {link.id: link.part for link in links if link.kind == "worksheet"}

    def table(name: str, part: str) -> Table:
        def rows(most: int | None = None) -> Rows:
            reader = _CellReader(texts, styles, from_1904=book.from_1904, most_rows=most)
            with suppress(_Enough):
                parse(parts.chunks(part), reader.start, reader.end, reader.text)
            return reader.rows

        try:
            first = rows(HEADING_ROWS)
        except SheetRefused:
            # Said when this sheet turns out to be the one to be read; another may be the list.
            first = {}
        return Table(shown(clean(name)), first, rows)

    tables = [table(name, worksheets[link_id]) for name, link_id in book.shown if link_id in worksheets]
    return Tables(tuple(tables), book.hidden)


def _links(parts: Parts, part: str) -> list[_Link]:
    folder, _, name = part.rpartition("/")
    links: list[_Link] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            whole = target if target.startswith("/") else f"/{folder}/{target}"
            kind = attributes.get("Type", "").rpartition("/")[2]
            links.append(_Link(attributes.get("Id", ""), kind, normpath(whole).lstrip("/")))

    parse(parts.chunks(f"{folder}/_rels/{name}.rels"), start)
    return links


def _book(parts: Parts, part: str) -> _Book:
    book = _Book()

    def start(element: str, attributes: dict[str, str]) -> None:
        if element == "workbookPr":
            book.from_1904 = attributes.get("date1904") in {"1", "true"}
        elif element == "sheet" and attributes.get("state", "visible") != "visible":
            book.hidden += 1
        elif element == "sheet":
            link_id = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            book.shown.append((attributes.get("name", ""), link_id))

    parse(parts.chunks(part), start)
    return book


def _shared(parts: Parts, part: str) -> list[str]:
    """The texts that cells refer to by number."""
    reader = _SharedReader()
    parse(parts.chunks(part), reader.start, reader.end, reader.text)
    return reader.texts


class _SharedReader:
    """Collects the plain text of each entry: all its runs, without the reading aids of East Asian text."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._taking = False
        self._aside = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._aside += 1
        elif name == "t":
            self._taking = not self._aside

    def end(self, name: str) -> None:
        if name == "si":
            self.texts.append(_text("".join(self._pieces)))
        elif name == "rPh":
            self._aside -= 1
        elif name == "t":
            self._taking = False

    def text(self, piece: str) -> None:
        if self._taking:
            self._pieces.append(piece)


class _CellReader:
    """Collects the filled cells of one worksheet, values of formulas included."""

    def __init__(
        self, texts: list[str], styles: Styles, *, from_1904: bool, most_rows: int | None = None
    ) -> None:
        self.rows: Rows = {}
        self._most_rows = most_rows
        self._texts = texts
        self._styles = styles
        self._from_1904 = from_1904
        self._columns: dict[str, int] = {}
        self._row = 0
        self._filled: dict[int, Cell] = {}
        self._column = -1
        self._cells = 0
        self._attributes: dict[str, str] = {}
        self._pieces: list[str] = []
        self._taking = False
        self._aside = 0
        self._has_value = False
        self._has_formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cells += 1
            if self._cells > MOST_CELLS:
                raise SheetRefused(TOO_MANY)
            self._column = self._column_of(attributes.get("r"))
            self._attributes = attributes
            self._pieces = []
            self._has_value = self._has_formula = False
        elif name == "v":
            self._taking = self._has_value = True
        elif name == "t":
            self._taking = not self._aside
            self._has_value = True
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._aside += 1
        elif name == "row":
            self._start_row(attributes.get("r"))

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self._taking = False
        elif name == "c":
            self._keep()
        elif name == "rPh":
            self._aside -= 1

    def text(self, piece: str) -> None:
        if self._taking:
            self._pieces.append(piece)

    def _start_row(self, number: str | None) -> None:
        row = int(number) if number else self._row + 1
        if row <= self._row:
            raise SheetRefused(DAMAGED)
        if len(self.rows) == self._most_rows:
            raise _Enough
        self._row, self._column, self._filled = row, -1, {}

    def _column_of(self, reference: str | None) -> int:
        if not reference:
            return self._column + 1
        letters = reference.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            if _LETTERS.fullmatch(reference) is None:
                raise SheetRefused(DAMAGED)
            column = -1
            for letter in letters:
                column = (column + 1) * 26 + ord(letter) - ord("A")
            self._columns[letters] = column
        if column <= self._column:
            raise SheetRefused(DAMAGED)
        return column

    def _keep(self) -> None:
        if not self._has_value:
            if self._has_formula:
                raise SheetRefused(_NOT_CALCULATED)
            return
        cell = self._cell("".join(self._pieces))
        if cell == "":
            return
        if not self._row:
            raise SheetRefused(DAMAGED)
        if self._row > MOST_ROWS or self._column >= MOST_COLUMNS:
            raise SheetRefused(TOO_MANY)
        if not self._filled:
            self.rows[self._row] = self._filled
        self._filled[self._column] = cell

    def _cell(self, raw: str) -> Cell:
        kind = self._attributes.get("t", "n")
        if kind == "s":
            place = int(raw)
            if place < 0:
                raise SheetRefused(DAMAGED)
            return self._texts[place]
        if kind in {"str", "inlineStr", "e"}:
            return _text(raw)
        if kind == "b":
            return "yes" if raw.strip() == "1" else "no"
        if kind == "d":
            return date.fromisoformat(raw.strip()[:10])
        return self._number(raw.strip()) if raw.strip() else ""

    def _number(self, raw: str) -> Cell:
        number = float(raw)
        if not isfinite(number):
            raise SheetRefused(DAMAGED)
        style = int(self._attributes.get("s", "0"))
        if style in self._styles.percents:
            return percent_text(number)
        if style in self._styles.dates:
            day = day_of(number, from_1904=self._from_1904)
            if day is not None:
                return day
        return number_text(number)


def _text(raw: str) -> str:
    if len(raw) > LONGEST_TEXT:
        raise SheetRefused(DAMAGED)
    return clean(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), raw) if "_x" in raw else raw)
