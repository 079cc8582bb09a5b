"""Two transactions at once, on both engines: nothing is overwritten unseen, and nobody waits too long."""

import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from domain.days import local_day
from domain.pages import JOURNEY, JourneyPage
from domain.trail import day_chain
from storage import database as module
from storage.database import Busy, Database
from storage.tables import services
from tests.builders import NOW, Staff, an_accepted_audit, save_pages
from tests.databases import TRAIL_KEY
from workflows.council import Council


@pytest.fixture
def impatient(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A database with two connections that waits for a fifth of a second only."""
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.2)
    opened = Database(database_url, trail_key=TRAIL_KEY, pool_size=2)
    yield opened
    opened.close()


def test_what_is_written_is_kept_when_the_transaction_ends(database: Database) -> None:
    with database.write() as work:
        work.people.service_named("Conifers")

    assert _services(database) == ["Conifers"]


def test_an_exception_undoes_everything_of_its_transaction(database: Database) -> None:
    def fail_halfway() -> None:
        with database.write() as work:
            work.people.service_named("Conifers")
            work.people.get(99)

    with pytest.raises(LookupError):
        fail_halfway()

    assert _services(database) == []


def test_a_read_sees_one_moment_while_others_write(database: Database) -> None:
    with database.read() as view:
        before = view.people.services()
        with database.write() as work:
            work.people.service_named("Conifers")
        after = view.people.services()

    assert before == after == {}
    assert _services(database) == ["Conifers"]


def test_reading_does_not_wait_for_a_writer(impatient: Database) -> None:
    with impatient.write() as work:
        work.people.service_named("Conifers")
        with impatient.read() as view:
            seen = view.people.services()

    assert seen == {}


def test_a_read_cannot_write(postgres_url: str) -> None:
    database = Database(postgres_url, trail_key=TRAIL_KEY)

    with pytest.raises(DBAPIError, match="read-only"), database.read() as view:
        view.people._connection.execute(sa.insert(services).values(name="Conifers"))

    database.close()


def test_a_write_holds_the_lock_from_its_first_word_on_sqlite(sqlite_url: str) -> None:
    database = Database(sqlite_url, trail_key=TRAIL_KEY)
    other = sqlite3.connect(database.engine.url.database or "", timeout=0)

    with database.write(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")

    other.execute("BEGIN IMMEDIATE").close()
    other.close()
    database.close()


def test_every_sqlite_connection_is_durable_and_checks_its_references(sqlite_url: str) -> None:
    database = Database(sqlite_url, trail_key=TRAIL_KEY)

    with database.engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }

    database.close()
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_whoever_finds_every_connection_taken_is_told_that_nothing_was_saved(impatient: Database) -> None:
    with impatient.read(), impatient.read(), pytest.raises(Busy, match="nothing was saved"), impatient.read():
        pass


def test_whoever_waits_too_long_for_a_lock_is_told_that_nothing_was_saved(impatient: Database) -> None:
    with impatient.write() as work:
        work.people.service_named("Conifers")
        with pytest.raises(Busy), impatient.write() as other:
            other.people.service_named("Conifers")

    assert _services(impatient) == ["Conifers"]


def test_two_deadlocked_transactions_end_with_one_kept_and_one_told(postgres_url: str) -> None:
    database = Database(postgres_url, trail_key=TRAIL_KEY)
    with database.write() as work:
        first, second = (work.people.service_named(name).id for name in ("Brambles", "Conifers"))
    both_hold_one = Barrier(2)

    def rename(in_order: tuple[int, int]) -> str:
        try:
            with database.write() as work:
                connection = work.people._connection
                _rename(connection, in_order[0], f"first of {in_order}")
                both_hold_one.wait()
                _rename(connection, in_order[1], f"second of {in_order}")
        except Busy:
            return "told"
        return "kept"

    with ThreadPoolExecutor(2) as pool:
        ended = sorted(pool.map(rename, [(first, second), (second, first)]))

    database.close()
    assert ended == ["kept", "told"]


def test_writers_take_turns_and_none_is_lost(database: Database) -> None:
    with database.write() as work:
        work.trail.add(now=NOW, actor=1, verb="counted", subject="x", audit_id=1)

    def count(_number: int) -> None:
        with database.write() as work:
            work.trail.add(now=NOW, actor=1, verb="counted", subject="x", audit_id=1)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(count, range(24)))

    with database.read() as view:
        assert len(view.trail.rows("audit:1")) == 25
        assert view.trail.verify() == ()


def test_two_saves_from_the_same_version_keep_exactly_one(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
        save_pages(work, audit, {JOURNEY: JourneyPage("As it stood.", "")})
    start = Barrier(2)

    def save(text: str) -> bool:
        start.wait()
        with council.write() as work:
            return work.audits.save_page(
                audit_id=audit.id,
                page=JOURNEY,
                version=1,
                body={"journey": text},
                grade=None,
                by=people.auditor.id,
                now=NOW,
            )

    with ThreadPoolExecutor(2) as pool:
        saved = list(pool.map(save, ("from the phone", "from the laptop")))

    with council.read() as view:
        page = view.audits.page(audit.id, JOURNEY)
    winner = ("from the phone", "from the laptop")[saved.index(True)]
    assert sorted(saved) == [False, True]
    assert page is not None
    assert (page.version, page.body) == (2, {"journey": winner})


def test_two_first_saves_of_one_page_keep_exactly_one(council: Council, people: Staff) -> None:
    with council.write() as work:
        audit = an_accepted_audit(work, people)
    start = Barrier(2)

    def save(text: str) -> bool:
        start.wait()
        with council.write() as work:
            return work.audits.save_page(
                audit_id=audit.id,
                page=JOURNEY,
                version=0,
                body={"journey": text},
                grade=None,
                by=people.auditor.id,
                now=NOW,
            )

    with ThreadPoolExecutor(2) as pool:
        saved = list(pool.map(save, ("one", "two")))

    assert sorted(saved) == [False, True]


def test_a_change_of_an_audit_from_an_old_version_is_refused(council: Council, people: Staff) -> None:
    with council.write() as work:
        old = an_accepted_audit(work, people)
        newer = work.audits.change(old, {"overall": None})
        stale = work.audits.change(old, {"overall": None})

    assert (newer, stale) == (True, False)


def test_a_press_counts_once_however_many_replicas_answer_it(database: Database) -> None:
    holding, release = Event(), Event()

    def slow() -> bool:
        with database.write() as work:
            first = work.turns.answered("press", {"by": "slow"}, NOW)
            holding.set()
            release.wait(5)
            return first

    def quick() -> bool:
        holding.wait(5)
        release.set()
        with database.write() as work:
            return work.turns.answered("press", {"by": "quick"}, NOW)

    with ThreadPoolExecutor(2) as pool:
        ended = [pool.submit(slow), pool.submit(quick)]

    with database.write() as work:
        assert work.turns.outcome("press") == {"by": "slow"}
    assert [done.result() for done in ended] == [True, False]


def _services(database: Database) -> list[str]:
    with database.read() as view:
        return [service.name for service in view.people.services().values()]


def _rename(connection: sa.Connection, service_id: int, name: str) -> None:
    connection.execute(sa.update(services).where(services.c.id == service_id).values(name=name))


def test_whoever_falls_silent_in_the_middle_of_a_save_keeps_nobody_else_from_saving(
    postgres_url: str,
) -> None:
    frozen = Database(postgres_url, trail_key=TRAIL_KEY, silent_seconds=0.5)
    other = Database(postgres_url, trail_key=TRAIL_KEY)

    def bring_in(database: Database) -> None:
        with database.write() as work:
            work.trail.add(now=NOW, actor=None, verb="was brought in", subject="people")

    def take_off_and_fall_silent() -> None:
        with frozen.write() as work:
            work.trail.add(now=NOW, actor=None, verb="was taken off", subject="people")
            # It waits for the locks of this one until the server has ended it.
            bring_in(other)

    with pytest.raises(Busy):
        take_off_and_fall_silent()

    with other.read() as view:
        kept = [row.verb for row in view.trail.rows(day_chain(local_day(NOW)))]
    bring_in(frozen)
    frozen.close()
    other.close()
    assert kept == ["was brought in"]


def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "council.db"
    before = os.umask(0o022)
    try:
        database = Database(f"sqlite:///{file}", trail_key=TRAIL_KEY)
        with database.engine.connect() as connection:
            connection.exec_driver_sql("CREATE TABLE kept (id INTEGER)")
            rights = {one.name: one.stat().st_mode & 0o777 for one in tmp_path.iterdir()}
        database.close()
    finally:
        os.umask(before)

    assert rights.keys() >= {"council.db", "council.db-wal"}
    assert set(rights.values()) == {0o600}
