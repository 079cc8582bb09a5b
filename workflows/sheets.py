"""A file somebody sent becomes a table, or a clear sentence says why not.

What kind of file it is is decided by its content; its name only serves the message.
"""

from collections.abc import Sequence

from domain.intake import Sheet, SheetRefused
from domain.intake_columns import Field
from workflows.sheets_csv import read_csv
from workflows.sheets_tables import Tables, sheet_of
from workflows.sheets_xlsx import read_workbook

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


def read_sheet(content: bytes, filename: str, fields: Sequence[Field] = ()) -> Sheet:
    """The table in this file that has these columns, headings first found, values cleaned.

    Raises SheetRefused, with what to do, for anything that is too large, locked, damaged, hostile or empty.

    Source: SG-01.
    """
    return sheet_of(read_tables(content, filename), fields)


def read_tables(content: bytes, filename: str) -> Tables:
    """Every table in this file. Raises SheetRefused like `read_sheet`."""
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
        return read_workbook(content)
    if content.startswith(b"PK") or filename.casefold().endswith((".xlsx", *_MACRO_NAMES)):
        raise SheetRefused("This is not a whole workbook. Open it in Excel, save it again and send that.")
    return read_csv(content)
