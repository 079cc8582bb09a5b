"""The database restarts, is full or has no connection left: no yes without a save, and back by itself."""

from threading import Event

import pytest
from sqlalchemy.engine import Connection

from domain.framework import Framework
from storage import database as module
from storage.database import Database
from tests.builders import Staff, a_council, staff
from tests.databases import TRAIL_KEY
from tests.faults.restarting import restart, server_of
from tests.faults.saving import PEOPLE, assert_kept, at_work, savers, wait_for_a_refusal, wait_for_a_save
from workflows.council import Council


def test_postgresql_may_restart_while_people_save(postgres_url: str, framework: Framework) -> None:
    council = _council(postgres_url, framework)
    everyone = savers(council, _staff(council))
    server = server_of(postgres_url)

    with at_work(everyone):
        for _ in range(2):
            wait_for_a_save(everyone)
            restart(server)
        wait_for_a_save(everyone)

    assert_kept(council, everyone)
    council.database.close()


def test_nothing_is_said_to_be_saved_on_a_full_disk(
    sqlite_url: str, framework: Framework, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = Event()
    _let_no_file_grow(monkeypatch, while_set=full)
    council = _council(sqlite_url, framework)
    everyone = savers(council, _staff(council))

    with at_work(everyone):
        for _ in range(3):
            wait_for_a_save(everyone)
            full.set()
            wait_for_a_refusal(everyone)
            full.clear()
        wait_for_a_save(everyone)

    assert_kept(council, everyone)
    council.database.close()


def test_people_are_told_when_no_connection_is_free(
    database_url: str, framework: Framework, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.2)
    council = _council(database_url, framework, pool_size=PEOPLE)
    everyone = savers(council, _staff(council))

    # Taken before anybody is at work, as a pool gives to whoever asks, not to whoever waited.
    held = [council.database.engine.connect() for _ in range(PEOPLE)]

    with at_work(everyone):
        wait_for_a_refusal(everyone)
        for connection in held:
            connection.close()
        wait_for_a_save(everyone)

    told = {kind for saver in everyone for kind in saver.refused}
    assert told == {"told"}
    assert_kept(council, everyone)
    council.database.close()


def _let_no_file_grow(monkeypatch: pytest.MonkeyPatch, *, while_set: Event) -> None:
    """SQLite then finds its disk full, for every writer."""
    begin = Database._begin_immediate

    def begun(self: Database) -> Connection:
        connection = begin(self)
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one() if while_set.is_set() else 2**30
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        return connection

    monkeypatch.setattr(Database, "_begin_immediate", begun)


def _council(url: str, framework: Framework, *, pool_size: int = 8) -> Council:
    return a_council(Database(url, trail_key=TRAIL_KEY, pool_size=pool_size), framework)


def _staff(council: Council) -> Staff:
    with council.write() as work:
        return staff(work)
