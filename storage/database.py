"""The database: two engines' quirks, one bounded pool, and the two kinds of transaction.

Writes on SQLite open with BEGIN IMMEDIATE: the driver's default lets a concurrent update be overwritten,
and a deferred one fails at once whatever the busy timeout. Within the process they queue (see `writers`),
before they take a connection, so that waiting writers never starve readers. Reads see one moment on both
engines, which PostgreSQL does only when asked for a repeatable read. The pool is as large as the number of
turn threads; whoever finds it empty, or waits too long for a lock, is told that nothing was saved rather
than kept past Teams' limit.

Source: decision 7 of the design.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from domain.errors import RuleBroken
from domain.trail import TrailKey
from storage.work import View, Work
from storage.writers import NotSaved, Writers, writers_of

BUSY_SECONDS = 5.0
"""How long a turn waits for a connection or a lock: well inside Teams' 15 seconds."""

SILENT_SECONDS = 30.0
"""How long a transaction may say nothing before PostgreSQL undoes it: whoever froze in it keeps no locks."""
_VANISHED = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""Seconds, times and milliseconds after which a server's host that fell silent is given up."""

_CONTENTION = ("55P03", "40P01", "40001", "25P03")
"""PostgreSQL's codes for a lock not had in time, a deadlock, a failed serialization and too long silence."""


class Busy(RuleBroken):
    """Too much is going on at this moment."""

    def __init__(self) -> None:
        super().__init__("I am busy at the moment and nothing was saved. Please press again in a minute.")


class Database:
    """A council's database. `read` and `write` each give one transaction."""

    def __init__(
        self, url: str, *, trail_key: bytes, pool_size: int = 8, silent_seconds: float = SILENT_SECONDS
    ) -> None:
        """`silent_seconds`: how long a transaction may say nothing; PostgreSQL alone keeps to it."""
        self.url = url
        self._trail_key = TrailKey(trail_key)
        self._engine = _open(url, pool_size, silent_seconds)
        self._reading = self._engine
        self._writers: Writers | None = None
        if self.is_sqlite:
            self._writers = writers_of(_file(self._engine.url))
        else:
            self._reading = self._engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )

    @property
    def engine(self) -> Engine:
        """The engine itself, for migrations and backups only."""
        return self._engine

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the single-host engine."""
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[View]:
        """A transaction that changes nothing. Raises Busy when no connection is free in time."""
        with _busy_when_locked(), self._reading.begin() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN")
            yield self._view(connection)

    @contextmanager
    def write(self) -> Iterator[Work]:
        """A transaction committed on leaving and undone by any exception. Raises Busy like `read`."""
        with _busy_when_locked(), self._writing() as connection:
            work = self._work(connection)
            yield work
            work.finish()

    def close(self) -> None:
        """Give every connection back."""
        self._engine.dispose()

    def _view(self, connection: Connection) -> View:
        return View(connection, self._trail_key)

    def _work(self, connection: Connection) -> Work:
        return Work(connection, self._trail_key)

    def _writing(self) -> AbstractContextManager[Connection]:
        if self._writers is None:
            return self._engine.begin()
        return self._writers.part(self._begin_immediate, patience=BUSY_SECONDS)

    def _begin_immediate(self) -> Connection:
        connection = self._engine.connect()
        try:
            # By SQLAlchemy, which otherwise would not know that there is something to commit.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def _busy_when_locked() -> Iterator[None]:
    try:
        yield
    except (PoolTimeout, NotSaved) as fault:
        raise Busy from fault
    except (DBAPIError, sqlite3.OperationalError) as fault:
        # What is prepared brings the driver's own errors.
        if _is_contention(fault.orig if isinstance(fault, DBAPIError) else fault):
            raise Busy from fault
        raise


def _is_contention(cause: BaseException | None) -> bool:
    """Whether nothing is wrong but the moment: the same work may be tried again."""
    if isinstance(cause, sqlite3.OperationalError):
        return "locked" in str(cause)
    return getattr(cause, "sqlstate", None) in _CONTENTION


def _open(url: str, pool_size: int, silent_seconds: float) -> Engine:
    parsed = sa.make_url(url)
    bounded: dict[str, Any] = {
        "poolclass": QueuePool,
        "pool_size": pool_size,
        "max_overflow": 0,
        "pool_timeout": BUSY_SECONDS,
        "pool_use_lifo": True,
    }
    if parsed.get_backend_name() == "sqlite":
        file = _file(parsed)
        if file:
            file.parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(parsed, connect_args={"check_same_thread": False}, **bounded)
        event.listen(engine, "do_connect", lambda *_: _make_private(file))
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    parsed = parsed.set(drivername="postgresql+psycopg")
    silent = int(silent_seconds * 1000)
    told = {
        "lock_timeout": int(BUSY_SECONDS * 1000),
        "idle_in_transaction_session_timeout": silent,
        # A client that takes no more of an answer, or whose host is gone, is not idle but just as silent.
        "tcp_user_timeout": silent,
    }
    options = " ".join(f"-c {name}={milliseconds}" for name, milliseconds in told.items())
    waiting = {"connect_timeout": 5, "options": options, **_VANISHED}
    return sa.create_engine(parsed, pool_pre_ping=True, connect_args=waiting, **bounded)


def _make_private(file: Path | None) -> None:
    """A new file is for its owner alone, whatever the shell's umask; SQLite gives its log the same rights."""
    if file and not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver opens no transactions of its own; `read` and `write` say which kind. SQLAlchemy has an event
    # for it, but one listener to an engine's events makes every statement a fifth dearer.
    connection.isolation_level = None
    # Checkpoints stay at SQLite's thousand pages: about 5 ms every hundred saves, whether the file holds ten
    # years or none. Eight thousand made them rarer and five times as long.
    connection.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}").close()
    _use_wal(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "cache_size=-2000"):
        connection.execute(f"PRAGMA {pragma}").close()


def _use_wal(connection: sqlite3.Connection) -> None:
    """Write ahead. Two processes that open the file in the same moment meet a lock that SQLite itself does
    not wait for, so whoever is second asks again.
    """
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
            return
        except sqlite3.OperationalError as fault:
            if not _is_contention(fault) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _file(url: sa.URL) -> Path | None:
    return Path(url.database) if url.database and url.database != ":memory:" else None
