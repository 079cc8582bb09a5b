"""Whether a file that claims to be a workbook may be opened at all, found out before anything reads it."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from domain.intake import SheetRefused
from workflows.sheets_xml import CHUNK, DAMAGED, parse

MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 2000
LARGEST_DIRECTORY = 1 << 20
"""Bytes of the list of parts. Python builds it whole on opening, so it is measured first."""

_END = b"PK\x05\x06"
_END_SIZE = 22
_ZIP64 = b"PK\x06\x07"
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_FAULTS = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, KeyError, IndexError,
    NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip
"""What a damaged archive makes the standard library raise."""

TOO_LARGE = (
    "This workbook unpacks to more than 100 MB. Send only the table: copy it into a new workbook, without "
    "pictures, other sheets and formatting of empty cells."
)
_MACROS = (
    "This workbook holds macros, and files with macros are not opened. Save it as an ordinary workbook "
    "(.xlsx) or as CSV and send that."
)
_LINKS = (
    "This workbook draws on other files. Copy the table and paste it as values into a new workbook, "
    "then send that."
)
_BINARY = "This is a binary workbook (.xlsb). Save it as an ordinary workbook (.xlsx) and send that."
_OPEN_DOCUMENT = "This is an OpenDocument sheet (.ods). Save it as .xlsx or CSV and send that."
_LOCKED = "This file is protected by a password. Remove the password, save it and send it again."
_NO_WORKBOOK = "This archive holds no Excel workbook. Send the spreadsheet itself, as .xlsx or CSV."


class Parts:
    """The parts of a workbook that passed every check, read as streams."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._entries = {_plain(entry.filename): entry for entry in archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._entries

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part of this name, inflated piece by piece; SheetRefused when it is missing or damaged."""
        entry = self._entries.get(_plain(name))
        if entry is None:
            raise SheetRefused(DAMAGED)
        try:
            with self._archive.open(entry) as stream:
                while chunk := stream.read(CHUNK):
                    yield chunk
        except _FAULTS as error:
            raise SheetRefused(DAMAGED) from error


def open_workbook(content: bytes) -> Parts:
    """The parts of this workbook; SheetRefused for anything hostile, damaged, locked or of another kind.

    Every part is unpacked once and thrown away, counting: what the archive says of itself proves nothing.
    """
    _check_directory(content)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except _FAULTS as error:
        raise SheetRefused(DAMAGED) from error
    names = [_plain(entry.filename) for entry in entries]
    _check_names(names)
    if len(set(names)) != len(names):
        # Two parts of one name: which of them is read depends on who reads.
        raise SheetRefused(DAMAGED)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise SheetRefused(_LOCKED)
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise SheetRefused(DAMAGED)
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise SheetRefused(TOO_LARGE)
    parts = Parts(archive)
    unpacked = 0
    for name in names:
        chunks = _counted(parts.chunks(name), MOST_UNPACKED - unpacked)
        if name.endswith((".xml", ".rels", ".vml")):
            sizes: list[int] = []
            parse(_sized(chunks, sizes), start=_refuse_links if name.endswith(".rels") else None)
            unpacked += sum(sizes)
        else:
            unpacked += sum(len(chunk) for chunk in chunks)
    return parts


def _check_directory(content: bytes) -> None:
    at = content.rfind(_END, max(0, len(content) - 0xFFFF - _END_SIZE))
    if at < 0 or len(content) - at < _END_SIZE:
        raise SheetRefused(DAMAGED)
    count, size = struct.unpack_from("<HL", content, at + 10)
    if count > MOST_PARTS or size > LARGEST_DIRECTORY or content[max(0, at - 20) : at].startswith(_ZIP64):
        raise SheetRefused(
            "This archive has far more parts than a spreadsheet. "
            "Copy the table into a new workbook and send that."
        )


def _check_names(names: list[str]) -> None:
    if "mimetype" in names:
        raise SheetRefused(_OPEN_DOCUMENT)
    if any(n.endswith("vbaproject.bin") or n.startswith(("xl/macrosheets/", "xl/activex/")) for n in names):
        raise SheetRefused(_MACROS)
    if "xl/workbook.bin" in names:
        raise SheetRefused(_BINARY)
    if any(name.startswith("xl/externallinks/") for name in names):
        raise SheetRefused(_LINKS)
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise SheetRefused(_NO_WORKBOOK)


def _refuse_links(name: str, attributes: dict[str, str]) -> None:
    # Excel turns every e-mail address into a link; those are text to us and lead nowhere.
    external = name == "Relationship" and attributes.get("TargetMode") == "External"
    if external and not attributes.get("Type", "").endswith("/hyperlink"):
        raise SheetRefused(_LINKS)


def _counted(chunks: Iterator[bytes], allowed: int) -> Iterator[bytes]:
    for chunk in chunks:
        allowed -= len(chunk)
        if allowed < 0:
            raise SheetRefused(TOO_LARGE)
        yield chunk


def _sized(chunks: Iterator[bytes], sizes: list[int]) -> Iterator[bytes]:
    for chunk in chunks:
        sizes.append(len(chunk))
        yield chunk


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
