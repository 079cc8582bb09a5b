"""Long lists as workbooks: a headed first row that stays in view, wide enough columns, text that is text.

A cell that somebody typed never becomes a formula or a link. The same rows give the same file, byte for
byte, whenever it is written. Rows are written as they come, so
that hundreds of thousands of them need no memory.

Source: docs/decisions/0018-rehearsal.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from domain.written import plain

Cell = str | int | float | date | datetime | None

MOST_ROWS = 1_000_000
"""A sheet holds a few more; what is beyond goes on in another sheet."""

_MADE_AT = datetime(2020, 1, 1)  # noqa: DTZ001 - the format knows no zones, and no real time belongs here
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and its width in characters."""

    heading: str
    width: int = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook. Days are shown as such; a moment is given in the reader's own time."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def write_workbook(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write these sheets to a new file, in order."""
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), _OPTIONS) as book:
        book.set_properties({"created": _MADE_AT})
        formats = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "ddd d mmm yyyy", "align": "left"}),
            "moment": book.add_format({"num_format": "ddd d mmm yyyy hh:mm", "align": "left"}),
        }
        for sheet in sheets:
            _write(book, sheet, formats)


def _write(book, sheet: Sheet, formats) -> None:  # type: ignore[no-untyped-def]
    made, number, part = None, 0, 0
    for cells in sheet.rows:
        if made is None or number > MOST_ROWS:
            part += 1
            made, number = _headed(book, sheet, part, formats["head"]), 1
        for column, cell in enumerate(cells):
            _put(made, number, column, cell, formats)
        number += 1
    if made is None:
        _headed(book, sheet, 1, formats["head"])


def _headed(book, sheet: Sheet, part: int, head):  # type: ignore[no-untyped-def]
    made = book.add_worksheet(sheet.title if part == 1 else f"{sheet.title} {part}")
    made.freeze_panes(1, 0)
    for place, column in enumerate(sheet.columns):
        made.set_column(place, place, column.width)
        made.write_string(0, place, plain(column.heading), head)
    return made


def _put(made, row: int, column: int, cell: Cell, formats) -> None:  # type: ignore[no-untyped-def]
    match cell:
        case None | "":
            return
        case datetime():
            made.write_datetime(row, column, cell.replace(tzinfo=None), formats["moment"])
        case date():
            made.write_datetime(row, column, cell, formats["day"])
        case bool() | str():
            made.write_string(row, column, plain(str(cell)))
        case _:
            made.write_number(row, column, cell)
