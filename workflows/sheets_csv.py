"""A CSV file as case systems and Excel write it: any of three encodings, any of three separators."""

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice

from domain.intake import Cell, SheetRefused, clean
from domain.intake_columns import CASE_FIELDS, STAFF_FIELDS
from domain.intake_headings import match_of
from workflows.sheets_tables import HEADING_ROWS, Rows, Table, Tables
from workflows.sheets_xlsx import LONGEST_TEXT, MOST_COLUMNS, MOST_ROWS, TOO_MANY

LAST_ROW = 1_048_576
"""Where every spreadsheet ends, so that even empty lines are not counted for ever."""

_SEPARATORS = ",;\t"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NOT_TEXT = "This file is neither a workbook nor a CSV text. Send the list as .xlsx or as CSV."
_WEB_PAGE = "This file is really a web page. Open it in Excel, save it as .xlsx and send that."


def read_csv(content: bytes) -> Tables:
    """The one table of the text, by the row numbers a spreadsheet would show.

    Raises SheetRefused when it is no text or its quotes do not match up.
    """
    whole = _decoded(content)
    if whole.lstrip()[:200].casefold().startswith(("<!doctype", "<html", "<table", "<?xml", "<meta")):
        raise SheetRefused(_WEB_PAGE)
    separator = _declared_separator(whole)
    skipped = 1 if separator else 0
    rows: Rows = {}
    for number, values in enumerate(_records(whole, separator or _likely_separator(whole)), start=1):
        if number <= skipped:
            continue
        if number > LAST_ROW:
            raise SheetRefused(TOO_MANY)
        cells: dict[int, Cell] = {
            column: text for column, value in enumerate(values) if (text := clean(value))
        }
        if cells:
            if number > MOST_ROWS or max(cells) >= MOST_COLUMNS:
                raise SheetRefused(TOO_MANY)
            rows[number] = cells
    if not rows:
        raise SheetRefused("This file is empty. Send the list with its heading row.")
    first = {number: rows[number] for number in islice(rows, HEADING_ROWS)}
    return Tables((Table("", first, lambda: rows, _check_no_row_is_longer),))


def _check_no_row_is_longer(rows: Rows, heading_row: int) -> None:
    """Refuse values beyond the last heading: a stray separator has moved every value after it."""
    width = max(rows[heading_row]) + 1
    long = [str(number) for number, cells in rows.items() if number > heading_row and max(cells) >= width]
    if long:
        more = f" and {len(long) - 5} more" if len(long) > 5 else ""
        raise SheetRefused(
            f"More values than headings in row {', '.join(long[:5])}{more}. Name every column, and put "
            "text that holds the separator in double quotes, or save the file as .xlsx."
        )


def _decoded(content: bytes) -> str:
    # UTF-8 first: nearly every text in Windows-1252 breaks its rules, and never the other way round.
    for encoding in ["utf-16"] if content.startswith(_UTF_16) else ["utf-8-sig", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise SheetRefused(_NOT_TEXT)


def _declared_separator(text: str) -> str | None:
    """What Excel's own first line "sep=;" says."""
    line = text[:20].splitlines()[0].strip() if text.strip() else ""
    return line[4] if len(line) == 5 and line[:4].casefold() == "sep=" and line[4] in _SEPARATORS else None


def _likely_separator(text: str) -> str:
    """What makes most known headings, then most columns of the first filled line; a comma when they draw."""
    return max(_SEPARATORS, key=lambda separator: _fitness(text, separator))


def _fitness(text: str, separator: str) -> tuple[int, int]:
    """(most known headings in a row, columns of the first filled line) when the text is parted so."""
    known = width = 0
    try:
        filled = (values for values in _records(text, separator) if any(values))
        for values in islice(filled, HEADING_ROWS):
            width = width or len(values)
            known = max(known, *(match_of(values, fields).known for fields in (STAFF_FIELDS, CASE_FIELDS)))
    except SheetRefused:
        return 0, 0
    return known, width


def _records(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, values in enumerate(reader, start=1):
            if max(map(len, values), default=0) > LONGEST_TEXT:
                raise SheetRefused(f"A text in row {number} is longer than Excel allows. Check its quotes.")
            yield values
    except csv.Error as error:
        raise SheetRefused(
            f"The double quotes in or after row {number + 1} do not match up, so the rest cannot be read. "
            "Correct them, or save the file as .xlsx."
        ) from error
