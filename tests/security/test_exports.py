"""What leaves as a file: text is text, whatever it begins with."""

from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from reports.proposal import write_proposal
from tests.security.hostile import MARK, PIECES

BEGINNINGS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", '=HYPERLINK("//x")')


@pytest.mark.parametrize("text", [*BEGINNINGS, *PIECES])
def test_no_cell_of_a_proposal_starts_a_formula_a_link_or_a_comment(tmp_path: Path, text: str) -> None:
    path = tmp_path / "proposal.xlsx"
    pair = dict.fromkeys(("auditor", "reference", "team", "practitioner", "why"), text + MARK)
    summary: dict[str, Any] = {
        "mix": {"plan_type": [(text + MARK, 0.5, 0.5, 1)]},
        "gave_way": [text + MARK],
        "unplaced": [text + MARK],
    }

    write_proposal(path, month=date(2026, 5, 1), summary=summary, pairs=[pair])

    cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    typed = [cell for cell in cells if MARK in str(cell.value)]
    assert len(typed) == 8
    assert {cell.data_type for cell in typed} == {"s"}
    assert [cell.hyperlink or cell.comment for cell in cells if cell.hyperlink or cell.comment] == []
    with ZipFile(path) as package:
        written = b"".join(package.read(name) for name in package.namelist() if "sheet" in name)
        links = [name for name in package.namelist() if "_rels/sheet" in name]
    assert b"<f>" not in written
    assert b"\xe2\x80\xae" not in b"".join(str(cell.value).encode() for cell in typed)
    assert links == []
