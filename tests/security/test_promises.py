"""Every promise of docs/security.md names code and a test that are really there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("| \n").split(" | ")]
    for line in (ROOT / "docs/security.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and "tests/" in line
]


def test_there_are_promises() -> None:
    assert len(ROWS) > 15


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:50])
def test_a_promise_names_code_and_a_test_that_exist(row: list[str]) -> None:
    _, code, test = row

    paths = re.findall(r"`([\w./-]+\.(?:py|lock|json))`", f"{code} {test}")

    assert [path for path in paths if not (ROOT / path).is_file()] == []
    assert any(path.startswith("tests/") for path in paths)
    assert any(not path.startswith("tests/") for path in paths)
