"""Workbooks as each of ours is: headed, frozen, wrapped, and nothing in them runs."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from reports.sheets import MOST_WIDTH, Sheet, write_workbook

A_SHEET = Sheet(
    "Plan [1] of two", ("What", "When", "Hours"), (("Neglect", date(2026, 6, 1), 12.5), ("", None, 3))
)


def opened(*sheets: Sheet) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_workbook(sheets)))


def test_headings_stay_in_view_and_days_are_real_dates() -> None:
    book = opened(A_SHEET)

    sheet = book.worksheets[0]
    assert sheet.title == "Plan  1  of two"
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == ["What", "When", "Hours"]
    assert all(cell.font.bold for cell in sheet[1])
    assert [cell.value for cell in sheet[2]] == ["Neglect", datetime(2026, 6, 1), 12.5]  # noqa: DTZ001
    assert sheet["B2"].number_format == "dd/mm/yyyy"
    assert [cell.value for cell in sheet[3]] == [None, None, 3]


def test_long_texts_wrap_in_columns_of_a_width_one_can_read() -> None:
    sheet = opened(Sheet("S", ("A", "B"), (("x" * 500, "y"),))).worksheets[0]

    assert sheet["A2"].alignment.wrap_text
    assert round(sheet.column_dimensions["A"].width) in range(MOST_WIDTH, MOST_WIDTH + 2)
    assert sheet.column_dimensions["B"].width < 12


@pytest.mark.parametrize(
    "hostile", ["=1+1", "+1+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x.example", "\t=1+1"]
)
def test_no_cell_starts_a_formula_or_a_link(hostile: str) -> None:
    sheet = opened(Sheet(hostile.replace(":", "")[:20] or "S", (hostile,), ((hostile,),))).worksheets[0]

    for cell in (sheet["A1"], sheet["A2"]):
        assert cell.data_type == "s"
        assert cell.value == hostile
        assert cell.hyperlink is None


def test_the_same_rows_give_the_same_file() -> None:
    assert write_workbook((A_SHEET,)) == write_workbook((A_SHEET,))
