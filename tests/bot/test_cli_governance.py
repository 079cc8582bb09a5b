"""`plumbline plan`, `tracker` and `learning`: drafted, written out, changed and taken in."""

from pathlib import Path

import openpyxl
import pytest

from tests.bot.commands import Terminal

DATA = Path(__file__).parents[1] / "data"


@pytest.mark.rule("OG-07", "PR-06")
def test_a_year_is_drafted_written_out_changed_and_taken_in(terminal: Terminal, tmp_path: Path) -> None:
    terminal.runs("import", "staff", DATA / "staff_windows_1252.csv")
    path = tmp_path / "plan.xlsx"

    drafted = terminal.runs("plan", "draft", "2026/27")
    again = terminal.runs("plan", "draft", "2026")
    exported = terminal.runs("plan", "export", path, "--year", "2026")
    same = terminal.runs("plan", "import", path, "--year", "2026")
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["C2"] = "Another name"
    book.worksheets[0]["J2"] = "It says more."
    book.save(path)
    asked = terminal.runs("plan", "import", path, "--year", "2026")
    saved = terminal.runs("plan", "import", path, "--year", "2026", "--confirm")

    assert drafted.status == 0
    assert "Drafted 2026/27: " in drafted.out
    assert (again.status, "already" in again.err) == (2, True)
    assert exported.status == 0
    assert [sheet.title for sheet in book.worksheets] == ["Forward plan", "What to look at", "Hours"]
    assert (same.status, "Nothing changes" in same.out) == (0, True)
    assert asked.status == 2
    assert "title Another name (It says more.)" in " ".join(asked.out.split())
    assert "--confirm" in asked.out
    assert (saved.status, "Changed the forward plan" in saved.out) == (0, True)


@pytest.mark.rule("OG-06")
def test_the_tracker_is_written_out_and_taken_in(terminal: Terminal, tmp_path: Path) -> None:
    terminal.runs("import", "staff", DATA / "staff_windows_1252.csv")
    path = tmp_path / "tracker.xlsx"

    exported = terminal.runs("tracker", "export", path)
    book = openpyxl.load_workbook(path)
    row = {"B2": "Decision", "C2": "We meet in the mornings"}
    for name, value in row.items():
        book.worksheets[0][name] = value
    book.save(path)
    saved = terminal.runs("tracker", "import", path, "--confirm")
    out = terminal.runs("tracker", "export", path)

    assert (exported.status, "0 rows" in exported.out) == (0, True)
    assert saved.status == 0
    assert "new: We meet in the mornings" in saved.out
    assert "1 rows" in out.out or "1 row" in out.out


@pytest.mark.rule("OG-06", "RO-07")
def test_the_learning_log_is_written_out_and_taken_in_as_drafts(terminal: Terminal, tmp_path: Path) -> None:
    terminal.runs("import", "staff", DATA / "staff_windows_1252.csv")
    path = tmp_path / "log.xlsx"

    exported = terminal.runs("learning", "export", path)
    same = terminal.runs("learning", "import", path)
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["C2"] = "Plans that children can read"
    book.save(path)
    asked = terminal.runs("learning", "import", path)
    saved = terminal.runs("learning", "import", path, "--confirm")
    again = terminal.runs("learning", "export", path)

    assert (exported.status, "0 published entries" in exported.out) == (0, True)
    assert (same.status, "Nothing changes in the learning log" in same.out) == (0, True)
    assert (asked.status, "--confirm" in asked.out) == (2, True)
    assert saved.status == 0
    assert "new draft: Plans that children can read" in saved.out
    # It is the QA office's until they publish it.
    assert "0 published entries" in again.out


def test_a_year_that_is_none_gets_a_plain_sentence(terminal: Terminal) -> None:
    ran = terminal.runs("plan", "draft", "next")

    assert ran.status == 2
    assert "the year its April falls in" in ran.err
