"""Workbooks built part by part, so that a test can make each one wrong in exactly one way."""

import io
import zipfile

CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def relationships(*links: tuple[str, str, str], extra: str = "") -> str:
    """(id, kind, target) of each link, and further text before the end."""
    inside = "".join(
        f'<Relationship Id="{i}" Type="{_RELATIONSHIPS}/{kind}" Target="{target}"/>'
        for i, kind, target in links
    )
    return f'<Relationships xmlns="{_PACKAGE}">{inside}{extra}</Relationships>'


def worksheet(rows: str) -> str:
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def text_row(number: int, *values: str) -> str:
    cells = "".join(
        f'<c r="{chr(65 + i)}{number}" t="inlineStr"><is><t>{value}</t></is></c>'
        for i, value in enumerate(values)
    )
    return f'<row r="{number}">{cells}</row>'


def parts(rows: str = "", **changed: str | bytes | None) -> dict[str, str | bytes]:
    """The parts of a small workbook; a part given as None is left out."""
    standard: dict[str, str | bytes | None] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relationships(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONSHIPS}"><sheets>'
            '<sheet name="List" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relationships(("r1", "worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": worksheet(
            rows or text_row(1, "Name", "Team") + text_row(2, "Ada", "One")
        ),
    }
    return {name: content for name, content in (standard | changed).items() if content is not None}


def packed(
    contents: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED, level: int | None = None
) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method, compresslevel=level) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return target.getvalue()


def workbook(rows: str = "", **changed: str | bytes | None) -> bytes:
    return packed(parts(rows, **changed))
