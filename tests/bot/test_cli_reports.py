"""`plumbline report verify`: whoever runs the machine can check that locked reports are as they were."""

import sqlite3
from pathlib import Path

import pytest

from domain.framework import Framework
from domain.narratives import Report
from storage.database import Database
from tests.bot.commands import Terminal
from tests.builders import NOW, a_council, staff
from tests.databases import TRAIL_KEY
from tests.performance import APRIL, a_narrative, an_indicator, figures, of_service
from workflows.narrating import lock_all


@pytest.fixture
def locked(terminal: Terminal, sqlite_url: str, framework: Framework) -> Terminal:
    """A council that has locked the report of April."""
    database = Database(sqlite_url, trail_key=TRAIL_KEY)
    council = a_council(database, framework)
    with council.write() as work:
        people = staff(work)
        figures(work, an_indicator(work), of_service(people), (60.0,))
        a_narrative(work, people.service_manager, service_id=people.service.id)
        lock_all(work, council, by=people.qa_officer, report=Report.WHOLE_SERVICE, period_on=APRIL, now=NOW)
    database.close()
    return terminal


@pytest.mark.rule("PF-05", "SG-05")
def test_a_locked_report_that_somebody_changed_does_not_verify(locked: Terminal, sqlite_url: str) -> None:
    before = locked.runs("report", "verify")
    with sqlite3.connect(Path(sqlite_url.removeprefix("sqlite:///"))) as connection:
        connection.execute("UPDATE locked_reports SET body = replace(body, '60%', '90%')")
    connection.close()

    after = locked.runs("report", "verify")

    assert (before.status, after.status) == (0, 1)
    assert "Whole-service report, April 2026: as it was locked" in before.out
    assert "somebody changed it" in after.out


def test_before_any_report_is_locked_it_says_so(terminal: Terminal) -> None:
    ran = terminal.runs("report", "verify")

    assert ran.status == 0
    assert "No report has been locked yet." in ran.out
