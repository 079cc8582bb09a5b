"""`plumbline pack` and `plumbline trace`: whoever runs the machine can list, read, check and trace packs."""

import json
import sqlite3
from pathlib import Path

import pytest

from domain.framework import Framework
from storage.database import Database
from tests.bot.commands import Terminal
from tests.builders import a_council, staff
from tests.databases import TRAIL_KEY
from tests.packs import a_sent_pack, some_audits


@pytest.fixture
def packed(terminal: Terminal, sqlite_url: str, framework: Framework) -> Terminal:
    """A council whose Board has its report on eight audits."""
    database = Database(sqlite_url, trail_key=TRAIL_KEY)
    council = a_council(database, framework)
    with council.write() as work:
        people = staff(work)
        some_audits(work, council, people)
        a_sent_pack(work, council, people)
    database.close()
    return terminal


@pytest.mark.rule("OG-05", "SG-01")
def test_packs_are_listed_and_shown_and_name_no_case(packed: Terminal) -> None:
    listed = packed.runs("pack", "list")
    shown = packed.runs("pack", "show", 1)
    told = json.loads(packed.runs("pack", "show", 1, "--json").out)

    assert (listed.status, shown.status) == (0, 0)
    assert "Quarterly report to the QA Board" in listed.out
    assert "P1-01" in shown.out
    assert "8 of 8 (100%)" in shown.out
    assert told["sha256"][:16] in json.loads(packed.runs("pack", "list", "--json").out)[0]["sha256"]
    assert "Children's own views" in told["texts"]["children"]
    assert "PK-" not in listed.out + shown.out + json.dumps(told)


@pytest.mark.rule("SG-05")
def test_a_pack_that_somebody_changed_does_not_verify(packed: Terminal, sqlite_url: str) -> None:
    before = packed.runs("pack", "verify", 1)
    with sqlite3.connect(Path(sqlite_url.removeprefix("sqlite:///"))) as connection:
        connection.execute("UPDATE packs SET content = replace(content, '8 of 8', '9 of 9')")
    connection.close()

    after = packed.runs("pack", "verify", 1)

    assert (before.status, after.status) == (0, 1)
    assert "It is as it was sent" in before.out
    assert "somebody changed it" in after.out


@pytest.mark.rule("OG-05", "SG-01", "SG-05")
def test_a_figure_traces_to_its_audits_and_their_cases(packed: Terminal) -> None:
    traced = packed.runs("trace", "p1-01")
    told = json.loads(packed.runs("trace", "P1-01", "--json").out)

    assert traced.status == 0
    assert "says: 8 of 8 (100%)" in traced.out
    assert "of the council, Q1 2026/27" in traced.out
    assert "audit 1 (PK-0)" in traced.out
    assert "the same, record for record" in traced.out
    assert (told["measure"], told["same_today"], len(told["counted"])) == ("voice_child", True, 8)


def test_the_files_are_written_as_readers_have_them(packed: Terminal, tmp_path: Path) -> None:
    written = packed.runs("pack", "write", 1, tmp_path / "out")

    assert written.status == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["pack-1.docx", "pack-1.xlsx"]


def test_where_there_is_nothing_it_says_so(terminal: Terminal) -> None:
    listed = terminal.runs("pack", "list")
    wrong = [terminal.runs("pack", "verify", 9), terminal.runs("trace", "P9-01")]

    assert "No pack has been drafted yet." in listed.out
    assert [one.status for one in wrong] == [2, 2]
    assert "There is no pack of that id" in wrong[0].err
    assert "No pack holds that reference" in wrong[1].err
