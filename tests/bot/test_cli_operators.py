"""Pausing, piloting and looking around at the command line."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from bot.asking import clock
from bot.bank_holidays import england
from domain.days import add_working_days, local_day
from domain.framework import Framework
from storage.database import Database
from tests.bot.commands import Terminal
from tests.builders import (
    Staff,
    a_council,
    a_returned_audit,
    a_round,
    a_submitted_audit,
    an_accepted_audit,
    an_allocated_audit,
    reachable,
    staff,
)
from tests.databases import TRAIL_KEY
from workflows.council import Council


@contextmanager
def opened(url: str, framework: Framework) -> Iterator[Council]:
    database = Database(url, trail_key=TRAIL_KEY)
    yield a_council(database, framework)
    database.close()


@pytest.fixture
def people(terminal: Terminal, sqlite_url: str, framework: Framework) -> Staff:
    with opened(sqlite_url, framework) as council, council.write() as work:
        found = staff(work)
        reachable(work, found.auditor)
        an_allocated_audit(work, found, now=clock())
        work.notices.queue(
            kind="audit_allocated",
            subject_id=1,
            person_id=found.auditor.id,
            now=clock(),
            again="tomorrow",
            due_at=clock() + timedelta(days=1),
        )
    return found


def hold(url: str, framework: Framework) -> None:
    """What is due is held, as a courier would."""
    with opened(url, framework) as council, council.write() as work:
        now = clock()
        for notice in work.notices.claim(token="t", now=now, until=now + timedelta(minutes=1), limit=9):
            work.notices.settle(notice, state="held", now=now, reason="outside the pilot")


def paused(url: str, framework: Framework) -> str | None:
    with opened(url, framework) as council, council.read() as view:
        switch = view.switches.paused()
    return switch.reason if switch else None


def test_pausing_and_resuming_say_what_they_did(
    terminal: Terminal, people: Staff, sqlite_url: str, framework: Framework
) -> None:
    paused_now = terminal.runs("pause", "--reason", "The wrong list.")
    reason = paused(sqlite_url, framework)
    resumed, again = terminal.runs("resume"), terminal.runs("resume")

    assert (paused_now.status, resumed.status) == (0, 0)
    assert "nothing leaves but safety alerts" in paused_now.out
    assert reason == "The wrong list."
    assert "Resumed. 1 notice due by now will leave" in resumed.out
    assert "It was not paused" in again.out
    assert paused(sqlite_url, framework) is None


def test_a_pilot_is_set_shown_and_ended(
    terminal: Terminal, people: Staff, sqlite_url: str, framework: Framework
) -> None:
    before = terminal.runs("pilot", "show")
    terminal.runs("pilot", "set", "conifers 1")
    hold(sqlite_url, framework)
    shown = terminal.runs("pilot", "show")
    widened = terminal.runs("pilot", "set", "Conifers 1", "Brambles 1")
    hold(sqlite_url, framework)
    ended, again = terminal.runs("pilot", "off"), terminal.runs("pilot", "off")

    assert "everybody receives" in before.out
    assert "and the QA office: Conifers 1." in shown.out
    assert "Alex Auditor" in shown.out
    assert "audit allocated" in shown.out
    assert "1 notice held for them will leave" in widened.out
    assert "1 held notice will leave" in ended.out
    assert "There was no pilot" in again.out


def test_an_unknown_team_is_refused_in_a_sentence(terminal: Terminal, people: Staff) -> None:
    ran = terminal.runs("pilot", "set", "Elms 9")

    assert ran.status == 2
    assert "no team called Elms 9" in ran.err
    assert "everybody receives" in terminal.runs("pilot", "show").out


def test_tomorrow_is_previewed_with_names_and_times_and_no_case(terminal: Terminal, people: Staff) -> None:
    today = local_day(clock())
    worked = add_working_days(today, 1, england(today)).isoformat()
    tomorrow = terminal.runs("preview")
    named = terminal.runs("preview", "--day", worked)
    unnamed = terminal.runs("preview", "--day", worked, "--no-names")

    assert tomorrow.status == 0
    assert "Alex Auditor" in named.out
    assert "audit allocated" in named.out
    assert "CF-1001" not in named.out
    assert "audit allocated" in unnamed.out
    assert "Alex Auditor" not in unnamed.out


@pytest.mark.parametrize(
    ("day", "said"), [("next Monday", "for example 2026-05-04"), ("2020-01-01", "today or a day to come")]
)
def test_a_day_that_cannot_be_previewed_is_said(
    terminal: Terminal, people: Staff, day: str, said: str
) -> None:
    ran = terminal.runs("preview", "--day", day)

    assert ran.status == 2
    assert said in ran.err


def test_an_empty_day_says_so(terminal: Terminal) -> None:
    assert "Nothing would leave on" in terminal.runs("preview").out


def test_the_status_of_a_round_counts_states_what_is_late_and_what_is_waiting(
    terminal: Terminal, sqlite_url: str, framework: Framework
) -> None:
    now = clock()
    month, today = local_day(now).replace(day=1), local_day(now)
    with opened(sqlite_url, framework) as council, council.write() as work:
        people = staff(work)
        reachable(work, people.auditor)
        yesterday, soon, later = (today + timedelta(days=days) for days in (-1, 2, 8))
        an_allocated_audit(work, people, reference="CF-1", due_on=yesterday, month=month, now=now)
        an_accepted_audit(work, people, reference="CF-2", due_on=today, month=month, now=now)
        an_accepted_audit(work, people, reference="CF-3", due_on=later, month=month, now=now)
        a_submitted_audit(work, council, people, reference="CF-4", due_on=soon, month=month, now=now)
        a_returned_audit(work, people, reference="CF-5", month=month, now=now)

    table = terminal.runs("status")
    told = json.loads(terminal.runs("status", "--json").out)

    assert told["round"]["audits"] == {"allocated": 1, "accepted": 2, "submitted": 1, "returned": 1}
    assert (told["round"]["overdue"], told["round"]["due_this_week"]) == (1, 1)
    assert told["round"]["waiting"] == {
        "auditors to accept": 1,
        "auditors to submit": 2,
        "the QA office to reallocate": 1,
        "team managers to review": 1,
    }
    assert told["deliveries"]["by_state"]["queued"] == told["deliveries"]["late"]
    assert told["deliveries"]["late"] > 0
    assert "Waiting for auditors to submit: 2" in table.out
    assert f"Round of {month:%B %Y}: allocated" in table.out
    assert "CF-" not in table.out
    assert "Alex" not in table.out


@pytest.mark.parametrize(
    ("state", "waits_for"),
    [("planned", "the QA office to approve the round"), ("approved", "the 1st of the month")],
)
def test_before_the_round_is_out_the_status_says_what_it_waits_for(
    terminal: Terminal, sqlite_url: str, framework: Framework, state: str, waits_for: str
) -> None:
    with opened(sqlite_url, framework) as council, council.write() as work:
        a_round(work, month=date(2026, 5, 1), state=state, by=staff(work).qa_officer)

    told = json.loads(terminal.runs("status", "--json").out)

    assert told["round"]["waiting"] == {waits_for: 1}


def test_a_council_without_a_round_has_a_status_too(terminal: Terminal) -> None:
    ran = terminal.runs("status")

    assert ran.status == 0
    assert "No round has been planned yet" in ran.out
    assert json.loads(terminal.runs("status", "--json").out)["round"] is None


@pytest.mark.parametrize("command", ["status", "preview", "pause", "run"])
def test_a_mistyped_file_is_named_and_not_made(terminal: Terminal, command: str) -> None:
    typo = terminal.folder / "plumblime" / "council.db"
    terminal.set(DATABASE_URL=f"sqlite:///{typo}")

    ran = terminal.runs(command)

    assert ran.status == 2
    assert str(typo) in ran.err
    assert not typo.parent.exists()
