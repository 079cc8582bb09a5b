"""A file somebody sent becomes a table, or a clear sentence says why not.

What kind of file it is is decided by its content; its name only serves the message.
"""

from domain.intake import Cell, Sheet, SheetRefused, shown
from workflows.sheets_csv import check_no_row_is_longer, read_csv
from workflows.sheets_xlsx import Rows, read_workbook

MOST_BYTES = 10 * 1024 * 1024

_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_OTHER_KINDS = {
    b"%PDF": "This is a PDF. Send the list as .xlsx or CSV.",
    b"{\\rtf": "This is a text document. Send the list as .xlsx or CSV.",
    b"\x1f\x8b": "This is a compressed archive. Unpack it and send the spreadsheet itself.",
    b"7z\xbc\xaf": "This is a compressed archive. Unpack it and send the spreadsheet itself.",
    b"Rar!": "This is a compressed archive. Unpack it and send the spreadsheet itself.",
}
_ENCRYPTED = "This workbook is protected by a password. Remove the password, save it and send it again."
_OLD_EXCEL = "This is a workbook in the old format (.xls). Open it in Excel, save it as .xlsx and send that."
_MACRO_NAMES = (".xlsm", ".xltm", ".xlam")


def read_sheet(content: bytes, filename: str) -> Sheet:
    """The table in this file, headings first found, values cleaned.

    The heading row is the first with at least two filled cells, so that a title above it does no harm.
    Raises SheetRefused, with what to do, for anything that is too large, locked, damaged, hostile or empty.

    Source: SG-01.
    """
    if len(content) > MOST_BYTES:
        raise SheetRefused("This file is larger than 10 MB. Send only the columns and rows the list needs.")
    for beginning, message in _OTHER_KINDS.items():
        if content.startswith(beginning):
            raise SheetRefused(message)
    if content.startswith(_OLE):
        raise SheetRefused(_ENCRYPTED if _OLE_ENCRYPTED in content else _OLD_EXCEL)
    if not content.strip():
        raise SheetRefused("This file is empty. Send the list with its heading row.")
    if content.startswith(_ZIP):
        if filename.casefold().endswith(_MACRO_NAMES):
            raise SheetRefused("Files with macros are not opened. Save it as .xlsx or CSV and send that.")
        worksheet = read_workbook(content)
        return _sheet(worksheet.rows, _heading_row(worksheet.rows), worksheet.notes)
    if content.startswith(b"PK") or filename.casefold().endswith((".xlsx", *_MACRO_NAMES)):
        raise SheetRefused("This is not a whole workbook. Open it in Excel, save it again and send that.")
    rows = read_csv(content)
    heading_row = _heading_row(rows)
    check_no_row_is_longer(rows, heading_row)
    return _sheet(rows, heading_row, ())


def _heading_row(rows: Rows) -> int:
    found = next((number for number in sorted(rows) if len(rows[number]) >= 2), None)
    if found is None:
        raise SheetRefused(
            "No heading row was found: no row has two filled cells. "
            "Send a table whose first row names the columns."
        )
    return found


def _sheet(rows: Rows, heading_row: int, notes: tuple[str, ...]) -> Sheet:
    width = max(max(cells) for number, cells in rows.items() if number >= heading_row) + 1
    headings = tuple(shown(rows[heading_row].get(column, "")) for column in range(width))
    last = max(rows)
    return Sheet(
        headings,
        tuple(_row(rows.get(number), width) for number in range(heading_row + 1, last + 1)),
        heading_row + 1,
        notes,
    )


def _row(cells: dict[int, Cell] | None, width: int) -> tuple[Cell, ...]:
    return tuple(cells.get(column, "") for column in range(width)) if cells else ()
