"""`plumbline draw`: anybody with the settings can see the draws and draw again."""

import json
import sqlite3
from pathlib import Path

import pytest

from domain.framework import Framework
from storage.database import Database
from tests.bot.commands import Terminal
from tests.builders import a_council, staff
from tests.databases import TRAIL_KEY
from tests.workflows.drawn import DRAW_DAY, a_proficient_auditor, draws, submits
from tests.workflows.test_selecting import MID_MAY


@pytest.fixture
def drawn(terminal: Terminal, sqlite_url: str, framework: Framework) -> Terminal:
    """A council with one draw of six audits."""
    database = Database(sqlite_url, trail_key=TRAIL_KEY)
    council = a_council(database, framework)
    with council.write() as work:
        people = staff(work)
        for number in range(6):
            auditor = a_proficient_auditor(work, people, f"Proficient {number}")
            submits(work, council, people, auditor, now=MID_MAY)
    assert draws(council, DRAW_DAY) == 1
    database.close()
    return terminal


@pytest.mark.rule("MO-05", "Q3")
def test_a_draw_is_listed_and_comes_out_the_same_again(drawn: Terminal) -> None:
    listed = drawn.runs("draw", "list")
    again = drawn.runs("draw", "replay", 1)
    told = json.loads(drawn.runs("draw", "replay", 1, "--json").out)

    assert (listed.status, again.status) == (0, 0)
    assert "2026-05" in listed.out
    assert "within the limits" in listed.out
    assert "Seed 202605, rules 1, framework 1.0, limits 20 to 30 per cent" in again.out
    assert f"Population {told['population']}" in again.out
    assert f"Drawn by lot: {', '.join(map(str, told['drawn']))}" in again.out
    assert "it comes out the same" in again.out
    assert (told["same"], told["drawn"], len(told["drawn"])) == (True, told["drawn_again"], 2)
    assert "CF-" not in listed.out + again.out
    assert json.loads(drawn.runs("draw", "list", "--json").out)[0]["audits"] == 6


@pytest.mark.rule("SG-05")
def test_a_draw_that_somebody_changed_comes_out_otherwise_with_status_1(
    drawn: Terminal, sqlite_url: str
) -> None:
    with sqlite3.connect(Path(sqlite_url.removeprefix("sqlite:///"))) as connection:
        connection.execute("UPDATE draws SET seed = seed + 1, selected = '[1]'")
    connection.close()

    again = drawn.runs("draw", "replay", 1)

    assert again.status == 1
    assert "That is not the same." in again.out


def test_where_there_is_nothing_it_says_so(terminal: Terminal) -> None:
    listed = terminal.runs("draw", "list")
    replayed = terminal.runs("draw", "replay", 9)

    assert "Nothing has been drawn yet." in listed.out
    assert replayed.status == 2
    assert "There is no such draw." in replayed.err
