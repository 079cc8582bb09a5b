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

MOST_EMPTY = 10_000
"""Empty lines in a row; no list has so many, and ten megabytes of them would be counted for half a minute."""
SOUNDED = 2_000
"""Records from the top, empty ones too, among which the separator is looked for."""
MOST_VALUES = 16_384
"""Where every spreadsheet's row ends."""

_SEPARATORS = ",;\t"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NOT_TEXT = "This file is neither a workbook nor a CSV text. Send the list as .xlsx or as CSV."
_TOO_EMPTY = (
    f"This file has more than {MOST_EMPTY:,} empty lines in a row. Delete the empty rows, save it and send "
    "it again."
)
_WEB_PAGE = "This file is really a web page. Open it in Excel, save it as .xlsx and send that."


class _TooWide(SheetRefused):
    """A line of more values than any row has; those before it still tell the separator."""


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
    filled = 0
    for number, values in enumerate(_records(whole, separator or _likely_separator(whole)), start=1):
        if number <= skipped:
            continue
        cells: dict[int, Cell] = {
            column: text for column, value in enumerate(values) if (text := clean(value))
        }
        if cells:
            if number > MOST_ROWS or max(cells) >= MOST_COLUMNS:
                raise SheetRefused(TOO_MANY)
            rows[number] = cells
            filled = number
        elif number - filled > MOST_EMPTY:
            raise SheetRefused(_TOO_EMPTY)
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
        sounded = islice(_records(text, separator), SOUNDED)
        filled = (values for values in sounded if any(values))
        for values in islice(filled, HEADING_ROWS):
            width = width or len(values)
            known = max(known, *(match_of(values, fields).known for fields in (STAFF_FIELDS, CASE_FIELDS)))
    except _TooWide:
        pass
    except SheetRefused:
        return 0, 0
    return known, width


def _lines(text: str, separator: str) -> Iterator[str]:
    """The lines of the text; one with more values than any row has is refused before it is taken apart."""
    for line in io.StringIO(text, newline=""):
        if len(line) > MOST_VALUES and line.count(separator) >= MOST_VALUES:
            raise _TooWide(TOO_MANY)
        yield line


def _records(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(_lines(text, separator), delimiter=separator, strict=True)
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
