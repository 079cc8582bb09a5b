"""What runs at every press and every look of the courier finds its rows by index, however many there are.

Ten years of a large council are three million rows of trail; one statement that reads a whole table would
make every save slower each month.
"""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast

import pytest
import sqlalchemy as sa

from domain.audits import Audit
from domain.framework import Framework
from domain.pages import SectionPage
from storage.database import Database
from storage.work import Work
from tests.builders import (
    NOW,
    Staff,
    a_council,
    an_accepted_audit,
    complete_pages,
    reachable,
    save_pages,
    staff,
)
from tests.databases import TRAIL_KEY
from workflows.audit_access import record_read
from workflows.people import recognise

LATER = NOW + timedelta(minutes=5)


class Plans:
    """How SQLite would find the rows of each statement that is run.

    The driver itself is listened to, since what is prepared passes SQLAlchemy by.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._said: set[str] = set()
        sa.event.listen(database.engine, "checkout", self._listen)

    def forget(self) -> None:
        """Leave out what was run so far."""
        self._said.clear()

    @property
    def steps(self) -> dict[str, list[str]]:
        """Each statement with its steps."""
        with self._database.engine.connect() as connection:
            driver = cast(sqlite3.Connection, connection.connection.driver_connection)
            driver.set_trace_callback(None)
            return {
                said: [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {said}")]
                for said in sorted(self._said)
            }

    @property
    def scans(self) -> dict[str, list[str]]:
        """The statements that read a whole table or index."""
        return {
            said: steps
            for said, steps in self.steps.items()
            if any(step.startswith("SCAN") for step in steps)
        }

    def _listen(self, driver: sqlite3.Connection, _record: object, _proxy: object) -> None:
        driver.set_trace_callback(self._hear)

    def _hear(self, said: str) -> None:
        if said.split(maxsplit=1)[0] in ("SELECT", "UPDATE", "INSERT", "DELETE"):
            self._said.add(said)


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    opened = Database(sqlite_url, trail_key=TRAIL_KEY)
    yield opened
    opened.close()


@pytest.fixture
def people(database: Database) -> Staff:
    with database.write() as work:
        everyone = staff(work)
        reachable(work, everyone.auditor)
    return everyone


@pytest.fixture
def audit(database: Database, people: Staff) -> Audit:
    with database.write() as work:
        return an_accepted_audit(work, people)


def test_a_press_that_saves_a_page_reads_no_table_whole(
    database: Database, framework: Framework, people: Staff, audit: Audit
) -> None:
    council = a_council(database, framework)
    key, page = next(
        (k, p) for k, p in complete_pages(framework, people, audit).items() if isinstance(p, SectionPage)
    )
    plans = Plans(database)

    for version in range(2):
        with database.write() as work:
            person = recognise(work, council, people.auditor.directory_id or "", NOW)
            assert person == people.auditor
            assert work.reach.of(person.id) is not None
            assert work.turns.outcome(f"press {version}") is None
            assert work.audits.get(audit.id) == audit
            assert work.audits.standing(audit) == (people.line_manager.id, people.service.id)
            save_pages(work, audit, {key: page})
            record_read(work, person, audit.id, key, NOW)
            work.turns.answered(f"press {version}", {}, NOW)
            work.turns.move(person.id, audit.id, key, NOW)
            assert work.audits.pages(audit.id)[key].version == version + 1
            assert work.turns.pointer(person.id).page == key
            assert work.audits.of_auditor(person.id) == (audit,)

    assert len(plans.steps) > 15
    assert plans.scans == {}


def test_the_courier_reads_no_table_whole(database: Database, people: Staff, audit: Audit) -> None:
    plans = Plans(database)

    with database.write() as work:
        work.notices.queue(kind="audit_shared", subject_id=audit.id, person_id=people.auditor.id, now=NOW)
        urgent = _claim(work, urgent_only=True)
        claimed = _claim(work, urgent_only=False)
        for notice in claimed:
            assert work.notices.settle(notice, state="sent", now=NOW)
            assert work.notices.of(notice.kind, notice.subject_id) != ()
            assert work.reach.copies_of((notice.kind,), notice.subject_id) == ()

    assert (len(urgent), len(claimed)) == (0, 2)
    assert plans.scans == {}


def _claim(work: Work, *, urgent_only: bool) -> tuple[Any, ...]:
    return work.notices.claim(token="t", now=NOW, until=LATER, limit=20, urgent_only=urgent_only)


def test_looking_up_a_managers_people_reads_no_table_whole(
    database: Database, people: Staff, audit: Audit
) -> None:
    manager = people.line_manager.id
    plans = Plans(database)

    with database.write() as work:
        work.followups.unlearned(supervises=manager)
        work.actions.unconfirmed(answers=manager)
        work.actions.called_done(answers=manager)
        work.followups.unreflected(auditor_id=manager)

    assert len(plans.steps) == 4
    assert plans.scans == {}


def test_whose_turn_it_is_and_what_is_asked_of_a_team_read_no_table_whole(
    database: Database, people: Staff, audit: Audit
) -> None:
    plans = Plans(database)

    with database.write() as work:
        work.moderations.select(
            audit_id=audit.id, reasons=[], due_on=NOW.date(), moderator_id=people.auditor.id, now=NOW
        )
        plans.forget()
        turns = work.moderations.turns({people.auditor.id}, lately=NOW, earlier=NOW - timedelta(days=90))
        work.followups.unchecked(NOW.date(), team_id=people.team.id)

    assert len(turns.opening) == 1
    assert len(plans.steps) == 4
    assert plans.scans == {}
