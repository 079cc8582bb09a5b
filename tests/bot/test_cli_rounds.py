"""`plumbline round` and `plumbline trail`, from two real lists to a round and its proof."""

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from bot.asking import clock
from domain.days import local_day
from storage.database import Database
from tests.bot.commands import Terminal
from tests.databases import TRAIL_KEY

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def lists(terminal: Terminal) -> Terminal:
    """A council with staff and cases."""
    terminal.runs("import", "staff", DATA / "staff_windows_1252.csv")
    terminal.runs("import", "cases", DATA / "cases_utf8_bom.csv")
    return terminal


def this_month() -> date:
    return local_day(clock()).replace(day=1)


def next_month() -> date:
    return (this_month() + timedelta(days=32)).replace(day=1)


def month(day: date) -> tuple[str, ...]:
    """The options for a round of this month, whether or not the calendar has one."""
    return ("--month", f"{day:%Y-%m}")


def audits(url: str) -> int:
    database = Database(url, trail_key=TRAIL_KEY)
    with database.read() as view:
        chosen = view.rounds.latest()
        found = len(view.audits.of_round(chosen.id)) if chosen else 0
    database.close()
    return found


def test_a_workbook_that_cannot_be_written_is_named_and_the_proposal_stands(lists: Terminal) -> None:
    (lists.folder / "taken").mkdir()
    options = (*month(next_month()), "--any-month")

    ran = lists.runs("round", "plan", *options, "--out", "taken")

    assert ran.status == 2
    assert "taken" in ran.err
    assert "broke on our side" not in ran.err
    assert lists.runs("round", "check", *month(next_month())).status == 0


@pytest.mark.rule("CA-05")
def test_a_round_is_planned_with_its_reasons_and_waits_for_the_first(
    lists: Terminal, sqlite_url: str
) -> None:
    planned = lists.runs("round", "plan", *month(next_month()), "--any-month", "--seed", "7")
    approved = lists.runs("round", "approve", *month(next_month()))

    assert planned.status == 0
    assert "CF-10234" in planned.out
    assert "Renée Fennimore" in planned.out
    assert "Practitioners due now: 2, of whom 2 are covered" in planned.out
    assert "Seed 7, population" in planned.out
    assert approved.status == 0
    assert f"auditors get their cards on 1 {next_month():%B %Y}" in approved.out
    assert audits(sqlite_url) == 0


@pytest.mark.rule("CA-05")
def test_a_round_approved_in_its_month_is_allocated_at_once(lists: Terminal, sqlite_url: str) -> None:
    lists.runs("round", "plan", *month(this_month()), "--any-month")

    approved = lists.runs("round", "approve", *month(this_month()))

    assert "Approved and allocated" in approved.out
    assert audits(sqlite_url) == 2


def test_the_same_seed_gives_the_same_plan(lists: Terminal) -> None:
    plan = ("round", "plan", *month(next_month()), "--any-month", "--seed", "11")

    first, again = lists.runs(*plan), lists.runs(*plan)

    assert first.out == again.out


@pytest.mark.rule("Q1")
def test_half_the_pool_is_planned_in_a_month_between_rounds_too(lists: Terminal) -> None:
    def planned(*more: str) -> int:
        ran = lists.runs("round", "plan", "--month", *more)
        return int(ran.out.split(" auditors. Practitioners due")[0].rsplit(" ", 1)[1])

    whole, half, other = (
        planned("2031-05"),
        planned("2031-05", "--half-pool"),
        planned("2031-06", "--half-pool"),
    )

    assert half + other == whole
    assert half > 0 < other


def test_a_proposal_can_be_worked_out_again_to_show_that_nobody_changed_its_pairs(
    lists: Terminal, sqlite_url: str
) -> None:
    lists.runs("round", "plan", *month(next_month()), "--any-month")

    untouched = lists.runs("round", "check", *month(next_month()))
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as database:
        database.execute("DELETE FROM round_places WHERE id = (SELECT max(id) FROM round_places)")
    database.close()
    changed = lists.runs("round", "check", *month(next_month()))

    assert (untouched.status, changed.status) == (0, 1)
    assert "The same pairs again" in untouched.out
    assert "The pairs are not those" in changed.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("plan", "--month", "May"), "for example 2026-05"),
        (("approve", "--month", "2026-13"), "for example 2026-05"),
        (("approve", "--month", "2031-05"), "No round has been planned for May 2031"),
        (("plan", "--month", "2031-04"), "April"),
        (("plan", "--month", "2031-05", "--opt-in", "nobody@x.example"), "not on the staff list"),
    ],
    ids=["a name", "no such month", "not planned", "outside the calendar", "an unknown director"],
)
def test_what_cannot_be_planned_is_said_in_a_sentence(
    lists: Terminal, words: tuple[str, ...], said: str
) -> None:
    ran = lists.runs("round", *words)

    assert ran.status == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_an_approved_round_is_not_approved_twice(lists: Terminal) -> None:
    lists.runs("round", "plan", *month(this_month()), "--any-month")
    lists.runs("round", "approve", *month(this_month()))

    ran = lists.runs("round", "approve", *month(this_month()))

    assert ran.status == 2
    assert "approved already" in ran.err


def test_the_proposal_can_be_had_as_a_workbook(lists: Terminal) -> None:
    ran = lists.runs("round", "plan", *month(next_month()), "--any-month", "--out", "out/proposal.xlsx")

    book = openpyxl.load_workbook(lists.folder / "out" / "proposal.xlsx")
    assert ran.status == 0
    assert {row[1] for row in book["Pairs"].iter_rows(values_only=True)} <= {
        "Case",
        "CF-10234",
        "CF-10235",
        "CF-10236",
    }
    assert book["Pairs"].max_row == 3


def test_a_proposal_that_left_as_a_file_is_in_the_trail(lists: Terminal, sqlite_url: str) -> None:
    lists.runs("round", "plan", *month(next_month()), "--any-month", "--out", "proposal.xlsx")

    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as database:
        rows = database.execute("SELECT subject FROM trail WHERE verb = 'exported'").fetchall()
    database.close()
    assert rows == [("round 1",)]


def test_a_place_that_cannot_be_written_is_said_without_a_stack_trace(lists: Terminal) -> None:
    (lists.folder / "taken").write_text("a file, not a folder")

    ran = lists.runs("round", "plan", *month(next_month()), "--any-month", "--out", "taken/proposal.xlsx")

    assert ran.status == 2
    assert "taken" in ran.err
    assert "Traceback" not in ran.err


def test_an_untouched_trail_proves_and_can_be_sealed(lists: Terminal) -> None:
    verified = lists.runs("trail", "verify")
    sealed = lists.runs("trail", "seal")

    assert verified.status == 0
    assert "every row is there" in verified.out
    assert sealed.status == 0
    assert lists.runs("trail", "verify").status == 0
    assert list((lists.folder / "var" / "trail").iterdir()) != []


@pytest.mark.rule("SG-05")
@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE trail SET verb = 'read' WHERE verb = 'imported staff'",
        "DELETE FROM trail WHERE verb = 'imported staff'",
        "DELETE FROM trail WHERE verb = 'imported cases'",
    ],
    ids=["a row edited", "a row taken out", "the tail cut"],
)
def test_a_trail_that_was_tampered_with_ends_with_status_1_and_names_the_place(
    lists: Terminal, sqlite_url: str, tampering: str
) -> None:
    lists.runs("trail", "seal")
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as database:
        assert database.execute(tampering).rowcount == 1
    database.close()

    ran = lists.runs("trail", "verify")

    assert ran.status == 1
    assert f"{local_day(clock()):%Y-%m-%d}" in ran.out
    assert "row" in ran.out
