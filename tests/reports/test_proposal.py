"""A proposal as a workbook: everything said is there, and nothing in it runs."""

from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from reports.proposal import write_proposal

MAY = date(2026, 5, 1)
SUMMARY: dict[str, Any] = {
    "mix": {"plan_type": [("Child in Need", 0.625, 0.5, 20), ("Child Protection", 0.375, 0.5, 12)]},
    "gave_way": ["One auditor has a case of their own service."],
    "unplaced": ["Ari Assistant has no case."],
}
PAIR = {
    "auditor": "Alex Auditor",
    "reference": "CF-1001",
    "team": "Conifers 1",
    "practitioner": "Perry Practitioner",
    "why": "Not audited yet.",
}


def written(tmp_path: Path, **changes: str) -> openpyxl.Workbook:
    path = tmp_path / "new folder" / "proposal.xlsx"
    write_proposal(path, month=MAY, summary=SUMMARY, pairs=[{**PAIR, **changes}])
    return openpyxl.load_workbook(path)


def test_the_pairs_the_mix_and_what_gave_way_have_a_sheet_each(tmp_path: Path) -> None:
    book = written(tmp_path)

    pairs, mix, notes = (list(sheet.iter_rows(values_only=True)) for sheet in book)
    assert pairs == [
        ("Auditor", "Case", "Team", "Practitioner", "Why"),
        ("Alex Auditor", "CF-1001", "Conifers 1", "Perry Practitioner", "Not audited yet."),
    ]
    assert mix == [
        ("Round of May 2026", "", "Caseload", "Sample", "Cases"),
        ("Plan type", "Child in Need", 0.625, 0.5, 20),
        ("Plan type", "Child Protection", 0.375, 0.5, 12),
    ]
    assert notes == [(SUMMARY["gave_way"][0],), (SUMMARY["unplaced"][0],)]


@pytest.mark.parametrize(
    "hostile", ["=1+1", "+1+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x.example", "\t=1+1"]
)
def test_no_cell_starts_a_formula_or_a_link(tmp_path: Path, hostile: str) -> None:
    book = written(tmp_path, auditor=hostile, why=hostile)

    row = book["Pairs"][2]
    assert [cell.data_type for cell in row] == ["s"] * 5
    assert row[0].value == hostile
    assert row[0].hyperlink is None
    with ZipFile(tmp_path / "new folder" / "proposal.xlsx") as package:
        sheets = [package.read(name) for name in package.namelist() if "worksheets/" in name]
    assert all(b"<f>" not in sheet and b"<hyperlink" not in sheet for sheet in sheets)
