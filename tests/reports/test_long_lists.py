"""Long lists as workbooks, read back with another library."""

from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl

from reports.long_lists import Column, Sheet, write_workbook


def a_sheet(*rows: tuple[object, ...]) -> Sheet:
    return Sheet("Notices", (Column("When", 20), Column("Who"), Column("Cards")), rows)  # type: ignore[arg-type]


def test_what_was_typed_never_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    moment = datetime(2026, 4, 1, 8, 30, tzinfo=UTC)
    rows = (date(2026, 4, 1), "=1+1", 3), (moment, "https://example.org", 2.5)

    write_workbook(tmp_path / "list.xlsx", [a_sheet(*rows)])

    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx")["Notices"]
    assert [cell.value for cell in sheet[1]] == ["When", "Who", "Cards"]
    assert sheet.freeze_panes == "A2"
    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].value == "=1+1"
    assert sheet["B3"].hyperlink is None
    assert sheet["A3"].value.isoformat() == "2026-04-01T08:30:00"
    assert (sheet["C2"].value, sheet["C3"].value) == (3, 2.5)


def test_a_list_longer_than_a_sheet_goes_on_in_another(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("reports.long_lists.MOST_ROWS", 2)

    write_workbook(tmp_path / "list.xlsx", [a_sheet(*((None, f"row {n}", n) for n in range(3)))])

    book = openpyxl.load_workbook(tmp_path / "list.xlsx")
    assert book.sheetnames == ["Notices", "Notices 2"]
    assert book["Notices 2"]["B2"].value == "row 2"


def test_an_empty_list_still_has_its_headings(tmp_path: Path) -> None:
    write_workbook(tmp_path / "list.xlsx", [a_sheet()])

    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx")["Notices"]
    assert [cell.value for cell in sheet[1]] == ["When", "Who", "Cards"]


def test_the_same_rows_give_the_same_file(tmp_path: Path) -> None:
    for name in ("first", "second"):
        write_workbook(tmp_path / f"{name}.xlsx", [a_sheet((None, "one", 1))])

    assert (tmp_path / "first.xlsx").read_bytes() == (tmp_path / "second.xlsx").read_bytes()
