"""Writers on one SQLite file: in turn, with one commit for those who queued, and each undone alone."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from storage import database as module
from storage import writers
from storage.database import Busy, Database
from storage.tables import teams
from storage.work import Work
from storage.writers import writers_of
from tests.databases import TRAIL_KEY


@pytest.fixture
def database(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """An open SQLite database whose transactions take in parts for as long as a slow test runs."""
    monkeypatch.setattr(writers, "SHARED_SECONDS", 60.0)
    opened = Database(sqlite_url, trail_key=TRAIL_KEY)
    yield opened
    opened.close()


class Queue:
    """Writers started one after another, each queueing before the next one starts."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._pool = ThreadPoolExecutor(8)
        self._writers = writers_of(_file(database))

    def hold(self, do: Callable[[Work], None]) -> tuple[Future[None], Event]:
        """A writer that has the turn, and the event that lets it leave."""
        inside, leave = Event(), Event()

        def act(work: Work) -> None:
            do(work)
            inside.set()
            assert leave.wait(10)

        ended = self._pool.submit(self._write, act)
        assert inside.wait(10)
        return ended, leave

    def join(self, do: Callable[[Work], None]) -> Future[None]:
        """A writer that stands in the queue."""
        before = len(self._writers._queue)
        ended = self._pool.submit(self._write, do)
        while len(self._writers._queue) == before and not ended.done():
            time.sleep(0.001)
        return ended

    def close(self) -> None:
        self._pool.shutdown()

    def _write(self, do: Callable[[Work], None]) -> None:
        with self.database.write() as work:
            do(work)


@pytest.fixture
def queue(database: Database) -> Iterator[Queue]:
    opened = Queue(database)
    yield opened
    opened.close()


def test_writers_come_in_the_order_in_which_they_queued(queue: Queue) -> None:
    seen: list[int] = []
    first, leave = queue.hold(lambda _: None)
    rest = [queue.join(lambda _, number=number: seen.append(number)) for number in range(6)]  # type: ignore[misc]

    leave.set()
    for ended in (first, *rest):
        ended.result(10)

    assert seen == [0, 1, 2, 3, 4, 5]


def test_nobody_goes_on_before_the_shared_commit_is_on_the_disk(queue: Queue) -> None:
    first, leave = queue.hold(_adds("Conifers"))
    seen_by_others: list[tuple[bool, list[str]]] = []
    second = queue.join(lambda _: seen_by_others.append((first.done(), _services(queue.database))))

    leave.set()
    first.result(10)
    second.result(10)

    assert seen_by_others == [(False, [])]
    assert _services(queue.database) == ["Conifers"]


def test_those_who_queued_share_one_commit(queue: Queue) -> None:
    commits: list[int] = []
    sa.event.listen(queue.database.engine, "commit", lambda _: commits.append(1))
    first, leave = queue.hold(_adds("Conifers"))
    rest = [queue.join(_adds(name)) for name in ("Brambles", "Larches")]

    leave.set()
    for ended in (first, *rest):
        ended.result(10)

    assert len(commits) == 1
    assert _services(queue.database) == ["Brambles", "Conifers", "Larches"]


def test_a_transaction_that_has_waited_long_enough_is_committed_before_the_next_part(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "SHARED_SECONDS", 0.0)
    first, leave = queue.hold(_adds("Conifers"))
    seen: list[list[str]] = []
    second = queue.join(lambda _: seen.append(_services(queue.database)))

    leave.set()
    first.result(10)
    second.result(10)

    assert seen == [["Conifers"]]


@pytest.mark.parametrize("failing", [0, 1, 2])
def test_whoever_fails_undoes_their_own_part_alone(queue: Queue, failing: int) -> None:
    def act(number: int) -> Callable[[Work], None]:
        def part(work: Work) -> None:
            work.people.service_named(f"Service {number}")
            if number == failing:
                raise LookupError(f"no service {number}")

        return part

    first, leave = queue.hold(lambda _: None)
    rest = [queue.join(act(number)) for number in range(3)]

    leave.set()
    first.result(10)

    assert [type(ended.exception(10)) for ended in rest] == [
        LookupError if number == failing else type(None) for number in range(3)
    ]
    assert _services(queue.database) == [f"Service {n}" for n in range(3) if n != failing]


def test_a_failure_that_nobody_follows_leaves_the_turn_free(queue: Queue) -> None:
    def fail(_: Work) -> None:
        raise LookupError("nothing there")

    first, leave = queue.hold(_adds("Conifers"))
    second = queue.join(fail)
    leave.set()
    first.result(10)
    assert isinstance(second.exception(10), LookupError)

    with queue.database.write() as work:
        work.people.service_named("Brambles")

    assert _services(queue.database) == ["Brambles", "Conifers"]


def test_when_the_shared_commit_fails_everyone_in_it_is_told_that_nothing_was_saved(queue: Queue) -> None:
    def lose_a_reference(work: Work) -> None:
        connection = work.people._connection
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        connection.execute(sa.insert(teams).values(name="Lost", service_id=99))

    first, leave = queue.hold(_adds("Conifers"))
    second = queue.join(lose_a_reference)

    leave.set()

    assert isinstance(first.exception(10), Busy)
    assert isinstance(second.exception(10), IntegrityError)
    assert _services(queue.database) == []


def test_when_the_engine_throws_the_transaction_away_everyone_in_it_is_told(queue: Queue) -> None:
    def lose_everything(work: Work) -> None:
        # What SQLite does by itself on a full disk.
        work.people._connection.exec_driver_sql("ROLLBACK")
        raise OSError("disk full")

    first, leave = queue.hold(_adds("Conifers"))
    second = queue.join(lose_everything)

    leave.set()

    assert isinstance(first.exception(10), Busy)
    assert isinstance(second.exception(10), OSError)
    assert _services(queue.database) == []


def test_after_any_end_the_next_writer_begins_afresh(queue: Queue) -> None:
    with pytest.raises(LookupError), queue.database.write() as work:
        work.people.get(99)

    with queue.database.write() as work:
        work.people.service_named("Conifers")

    assert _services(queue.database) == ["Conifers"]


def test_waiting_writers_leave_the_connections_to_the_readers(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Database(sqlite_url, trail_key=TRAIL_KEY, pool_size=2)
    queue = Queue(small)
    first, leave = queue.hold(lambda _: None)
    rest = [queue.join(lambda _: None) for _ in range(5)]
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.2)

    seen = _services(small)

    leave.set()
    for ended in (first, *rest):
        ended.result(10)
    queue.close()
    small.close()
    assert seen == []


def test_whoever_gives_up_leaves_the_queue(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    first, leave = queue.hold(_adds("Conifers"))
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    gave_up = queue.join(_adds("Brambles"))
    assert isinstance(gave_up.exception(10), Busy)
    monkeypatch.setattr(module, "BUSY_SECONDS", 5.0)
    third = queue.join(_adds("Larches"))

    leave.set()
    first.result(10)
    third.result(10)

    assert _services(queue.database) == ["Conifers", "Larches"]


def test_a_file_opened_twice_has_one_queue(queue: Queue, sqlite_url: str) -> None:
    again = Database(sqlite_url, trail_key=TRAIL_KEY)
    first, leave = queue.hold(_adds("Conifers"))
    other = Queue(again)
    second = other.join(_adds("Brambles"))

    leave.set()
    first.result(10)
    second.result(10)

    other.close()
    again.close()
    assert _services(queue.database) == ["Brambles", "Conifers"]


def test_a_file_is_the_same_however_its_path_is_written(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()

    one, other = writers_of(tmp_path / "a.db"), writers_of(tmp_path / "inner" / ".." / "a.db")

    assert one is other
    assert writers_of(tmp_path / "b.db") is not one
    assert writers_of(None) is not writers_of(None)


def test_another_process_holding_the_file_is_waited_for_and_then_named_busy(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.1)
    database = Database(sqlite_url, trail_key=TRAIL_KEY)
    other = sqlite3.connect(_file(database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(Busy), database.write():
        pass

    other.execute("ROLLBACK")
    other.close()
    with database.write() as work:
        work.people.service_named("Conifers")
    assert _services(database) == ["Conifers"]
    database.close()


def _adds(name: str) -> Callable[[Work], None]:
    def add(work: Work) -> None:
        work.people.service_named(name)

    return add


def _services(database: Database) -> list[str]:
    with database.read() as view:
        return sorted(service.name for service in view.people.services().values())


def _file(database: Database) -> Path:
    return Path(database.engine.url.database or "")
