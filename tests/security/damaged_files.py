"""Lists that somebody damaged, or made to do damage; each is made from its number alone."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator

from tests.workflows.workbooks import packed, parts, relationships, text_row, worksheet
from workflows.sheets import MOST_BYTES

ROWS = text_row(1, "Case reference", "Plan type", "Team") + text_row(2, "CF-1", "Child in need", "One")
SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = packed(parts(ROWS))
CSV = b"Case reference,Plan type,Team\r\nCF-1,Child in need,One\r\nCF-2,Child Protection,Two\r\n"

Make = Callable[[random.Random], tuple[str, bytes]]
"""File name and content."""


def _cut(chance: random.Random) -> tuple[str, bytes]:
    return "cases.xlsx", WORKBOOK[: chance.randrange(1, len(WORKBOOK) - 1)]


def _turned_bytes(chance: random.Random) -> tuple[str, bytes]:
    content = bytearray(WORKBOOK)
    for _ in range(chance.randrange(1, 30)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return "cases.xlsx", bytes(content)


def _spliced(chance: random.Random) -> tuple[str, bytes]:
    at, length = chance.randrange(len(WORKBOOK)), chance.randrange(1, 200)
    piece = chance.randbytes(length)
    return "cases.xlsx", WORKBOOK[:at] + piece + WORKBOOK[at + chance.randrange(length) :]


def _cut_part(chance: random.Random) -> tuple[str, bytes]:
    contents = parts(ROWS)
    name = chance.choice(sorted(contents))
    text = str(contents[name])
    return "cases.xlsx", packed({**contents, name: text[: chance.randrange(len(text))]})


def _without_part(chance: random.Random) -> tuple[str, bytes]:
    contents = parts(ROWS)
    del contents[chance.choice(sorted(contents))]
    return "cases.xlsx", packed(contents)


def _bomb(chance: random.Random) -> tuple[str, bytes]:
    """Megabytes of zeros in a few kilobytes."""
    size = chance.choice((101, 110, 130)) * 1024 * 1024
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts(ROWS).items():
            archive.writestr(name, content)
        with archive.open(chance.choice(("xl/media/image1.png", "xl/printerSettings1.bin")), "w") as stream:
            block = bytes(1024 * 1024)
            for _ in range(size // len(block)):
                stream.write(block)
    return "cases.xlsx", target.getvalue()


def _lying_bomb(chance: random.Random) -> tuple[str, bytes]:
    """The same, and the list of parts says that they are small."""
    name, content = _bomb(chance)
    changed = bytearray(content)
    at = changed.rfind(b"PK\x01\x02")
    while at >= 0:
        changed[at + 24 : at + 28] = (16).to_bytes(4, "little")
        at = changed.rfind(b"PK\x01\x02", 0, at)
    return name, bytes(changed)


def _many_parts(chance: random.Random) -> tuple[str, bytes]:
    more = {f"xl/media/{n}.bin": "" for n in range(chance.choice((2001, 3000)))}
    return "cases.xlsx", packed({**parts(ROWS), **more})


def _nested_archive(chance: random.Random) -> tuple[str, bytes]:
    content = WORKBOOK
    for depth in range(chance.randrange(1, 20)):
        content = packed({f"{depth}.xlsx": content})
    return "cases.xlsx", content


def _entities(chance: random.Random) -> tuple[str, bytes]:
    levels = chance.randrange(3, 12)
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(levels))
    text = f"<!DOCTYPE x [{entities}]>" + worksheet(text_row(1, "Case reference", f"&e{levels - 1};"))
    return "cases.xlsx", packed({**parts(ROWS), _some_part(chance): text})


def _outside_entity(chance: random.Random) -> tuple[str, bytes]:
    target = chance.choice(("file:///etc/passwd", "http://127.0.0.1:1/x", "\\\\host\\share", "php://input"))
    how = chance.choice(("SYSTEM", 'PUBLIC "x"'))
    text = f'<!DOCTYPE x [<!ENTITY e {how} "{target}">]>' + worksheet(text_row(1, "Case reference", "&e;"))
    return "cases.xlsx", packed({**parts(ROWS), _some_part(chance): text})


def _some_part(chance: random.Random) -> str:
    return chance.choice((SHEET, "xl/workbook.xml", "[Content_Types].xml", "docProps/app.xml"))


def _macros(chance: random.Random) -> tuple[str, bytes]:
    name = chance.choice(
        ("xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml", "xl/activeX/a.bin")
    )
    file = chance.choice(("cases.xlsx", "cases.xlsm", "cases.csv", "cases"))
    return file, packed({**parts(ROWS), name: chance.randbytes(50)})


def _links(chance: random.Random) -> tuple[str, bytes]:
    kind = chance.choice(("externalLinkPath", "oleObject", "attachedTemplate", "image"))
    target = chance.choice(("file:///C:/x.xlsx", "https://evil.example/x.xlsx", "\\\\host\\share\\x.xlsx"))
    outside = (
        f'<Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
        f' Target="{target}" TargetMode="External"/>'
    )
    rels = chance.choice(("xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet1.xml.rels"))
    own = (("r1", "worksheet", "worksheets/sheet1.xml"),) if "workbook" in rels else ()
    return "cases.xlsx", packed({**parts(ROWS), rels: relationships(*own, extra=outside)})


def _other_kind(chance: random.Random) -> tuple[str, bytes]:
    beginnings = (
        b"%PDF-1.7\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"MZ\x90\x00",
        b"\x7fELF",
        b"Rar!\x1a\x07",
        b"7z\xbc\xaf\x27\x1c",
        b"\x1f\x8b\x08",
        b"{\\rtf1",
        b"<!doctype html><table>",
        b"<?xml version='1.0'?>",
        b"SQLite format 3\0",
    )
    name = chance.choice(("cases.xlsx", "cases.csv", "cases.pdf", "cases", "cases.exe"))
    return name, chance.choice(beginnings) + chance.randbytes(chance.randrange(0, 2000)) + b"\0"


def _noise(chance: random.Random) -> tuple[str, bytes]:
    return chance.choice(("cases.csv", "cases.xlsx")), chance.randbytes(chance.randrange(1, 5000)) + b"\0"


def _wild_cells(chance: random.Random) -> tuple[str, bytes]:
    cell = chance.choice(
        (
            '<c r="A0"><v>1</v></c>',
            '<c r="XFE1"><v>1</v></c>',
            '<c r="ZZZ9999999"><v>1</v></c>',
            '<c r="A1" t="s"><v>999999</v></c>',
            '<c r="A1" t="s"><v>-1</v></c>',
            '<c r="A1" t="s"><v>one</v></c>',
            '<c r="A1" t="n"><v>1e999999</v></c>',
            '<c r="A1" s="99999" t="n"><v>5</v></c>',
            '<c r="A1" t="d"><v>yesterday</v></c>',
            '<c r="A1" t="e"><v>#REF!</v></c>',
            '<c r="💥"><v>1</v></c>',
        )
    )
    row = chance.choice((1, 2, 1048577, 99999999999))
    return "cases.xlsx", packed(parts(f'<row r="{row}">{cell * chance.randrange(1, 50)}</row>'))


def _wild_csv(chance: random.Random) -> tuple[str, bytes]:
    lines = [
        CSV + b'"never closed,' + b"x" * chance.randrange(5000),
        CSV + b"CF-3," * chance.randrange(10, 400) + b"\r\n",
        CSV.replace(b"\r\n", b"\0\n"),
        CSV.decode().encode("utf-16") + chance.randbytes(1),
        b'a"b"c,"d"e' + CSV,
        b"," * chance.randrange(1, 5000) + b"\n" * 50,
        b"\r" * chance.randrange(1, 5000),
        CSV[: chance.randrange(2, 25)],
        b"\xef\xbb\xbf" * chance.randrange(1, 20),
        b"\xff\xfe" + chance.randbytes(301),
    ]
    return "cases.csv", chance.choice(lines)


def _long_text(chance: random.Random) -> tuple[str, bytes]:
    """Ten megabytes that hold next to nothing."""
    piece = chance.choice(
        (b"\n", b"\r", b"\r\n", b",", b",,\r\n", b" \n", b'""\n', b'"",', b'"', b"\t\n", b"\xc2\xa0\n")
    )
    opened = chance.choice((b"", b'"'))
    return "cases.csv", (CSV + opened + piece * (MOST_BYTES // len(piece)))[:MOST_BYTES]


KINDS: dict[str, tuple[Make, int]] = {
    "cut short": (_cut, 60),
    "bytes turned": (_turned_bytes, 60),
    "a piece spliced in": (_spliced, 40),
    "a part cut short": (_cut_part, 40),
    "a part missing": (_without_part, 10),
    "a bomb": (_bomb, 3),
    "a bomb that lies": (_lying_bomb, 3),
    "thousands of parts": (_many_parts, 4),
    "archives in archives": (_nested_archive, 15),
    "entities upon entities": (_entities, 30),
    "entities from outside": (_outside_entity, 25),
    "macros": (_macros, 25),
    "links to other files": (_links, 25),
    "another kind of file": (_other_kind, 60),
    "noise": (_noise, 40),
    "cells no sheet has": (_wild_cells, 30),
    "a text no table has": (_wild_csv, 30),
    "ten megabytes of text": (_long_text, 9),
}
"""Kind to how it is made and how many of it."""

MAY_BE_READ = frozenset({"bytes turned", "a piece spliced in", "a text no table has"})
"""Damage that need not reach what is read, or that leaves another table than was sent."""


def damaged(kind: str) -> Iterator[tuple[str, bytes]]:
    """(file name, content) of each file of this kind."""
    make, count = KINDS[kind]
    for number in range(count):
        yield make(random.Random(f"{kind} {number}"))
