"""Workbooks as each of ours is: headed sheets with a frozen first row, widths that fit, text that is text.

Source: decision 0015.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TypeAlias

from domain.written import plain

Value: TypeAlias = str | int | float | date | None

LEAST_WIDTH, MOST_WIDTH = 10, 60
"""Characters; longer texts wrap."""
MOST_TEXT = 32_767
"""Characters that a cell holds."""
_MADE_AT = datetime(2020, 1, 1)  # noqa: DTZ001 - the format knows no zones
_NO_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    """Each as long as `headings`."""


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """The .xlsx file. No cell starts a formula or a link, whatever stands in it; days are real dates."""
    import xlsxwriter

    into = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(into, options) as book:
        # The same rows give the same file whenever it is written.
        book.set_properties({"created": _MADE_AT})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
        number = book.add_format({"valign": "top"})
        for given in sheets:
            sheet = book.add_worksheet(plain(given.name).translate(_NO_NAME)[:31])
            sheet.freeze_panes(1, 0)
            sheet.repeat_rows(0)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            for column, heading in enumerate(given.headings):
                sheet.set_column(column, column, _width(given, column))
                sheet.write_string(0, column, plain(heading), head)
            for place, values in enumerate(given.rows, start=1):
                for column, value in enumerate(values):
                    match value:
                        case None | "":
                            sheet.write_blank(place, column, None, text)
                        case date():
                            sheet.write_datetime(place, column, value, day)
                        case str():
                            sheet.write_string(place, column, plain(value)[:MOST_TEXT], text)
                        case _:
                            sheet.write_number(place, column, value, number)
    return into.getvalue()


def _width(sheet: Sheet, column: int) -> int:
    """As wide as its longest line, within reason."""
    texts = [sheet.headings[column], *(str(row[column] or "") for row in sheet.rows)]
    longest = max(len(line) for text in texts for line in (text.split("\n") or [""]))
    return min(MOST_WIDTH, max(LEAST_WIDTH, longest + 2))
