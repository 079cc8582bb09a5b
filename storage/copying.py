"""A copy of a council's database in memory, to try things out on. The original is only ever read.

Nothing of the copy reaches a disk, and it is gone with the process. It is SQLite whatever the original is.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection

from domain.errors import RuleBroken
from storage.database import Database
from storage.migrating import migrate, require_current
from storage.remembering import RememberingDatabase
from storage.tables import audits, channels, metadata, notices, reach, rounds
from storage.tables_running import calendar_marks, leases, occurrences, paces, switches

LISTS = frozenset({"services", "teams", "people", "person_posts", "cases", "imports"})
"""Tables that lists fill: who works here and which cases are open."""

_IN_MEMORY = "sqlite://"
_KEY = b"the trail of a copy proves nothing"
_ROWS_AT_ONCE = 500


class CopyRefused(RuleBroken):
    """The council's database could not be read."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The council's database could not be copied: {why}")


@contextmanager
def empty_in_memory() -> Iterator[Database]:
    """A database with this version's tables and nothing in them."""
    database = _opened()
    try:
        migrate(database)
        yield database
    finally:
        database.close()


@contextmanager
def copied_to_memory(url: str) -> Iterator[Database]:
    """Everything the database at this address holds, at one moment.

    Raises SchemaBehind when it has another version's tables, and CopyRefused when it cannot be read.
    """
    if sa.make_url(url).get_backend_name() == "sqlite":
        with _opened_again() as database:
            _back_up(Path(str(sa.make_url(url).database)), database)
            require_current(database)
            yield database
        return
    source = Database(url, trail_key=_KEY, pool_size=1)
    try:
        require_current(source)
        with empty_in_memory() as database:
            _read_over(source, database)
            yield database
    finally:
        source.close()


def make_ready(database: Database, *, at: datetime) -> bool:
    """Prepare the copy for a make-believe time that begins at this moment; whether its work was kept.

    Where a round was planned or an audit allocated later than that, nobody could be in both times, so the
    lists alone are kept. In any case nobody's real chat is left in it, nothing waits to be sent, the calendar
    is read from this moment on, and what operators set (a pause, a pilot) is off.
    """
    with database.engine.begin() as connection:
        # The driver opens no transaction of its own.
        connection.exec_driver_sql("BEGIN")
        keeps = not _has_worked_since(connection, at)
        gone = {reach, channels, leases, paces, switches, calendar_marks, occurrences}
        if not keeps:
            gone |= {table for table in metadata.sorted_tables if table.name not in LISTS}
        for table in reversed(metadata.sorted_tables):
            if table in gone:
                connection.execute(sa.delete(table))
        unsent = notices.c.state.in_(("queued", "claimed", "held", "unreachable"))
        before = {"state": "dropped", "reason": "before the rehearsal", "claim": None, "settled_at": at}
        connection.execute(sa.update(notices).where(unsent).values(**before))
    return keeps


def _has_worked_since(connection: Connection, at: datetime) -> bool:
    newest = (
        sa.select(sa.func.max(rounds.c.planned_at)),
        sa.select(sa.func.max(rounds.c.allocated_at)),
        sa.select(sa.func.max(audits.c.accepted_at)),
        sa.select(sa.func.max(audits.c.submitted_at)),
    )
    found = (connection.execute(one).scalar_one_or_none() for one in newest)
    return any(moment is not None and moment >= at for moment in found)


def _opened() -> Database:
    database = RememberingDatabase(_IN_MEMORY, trail_key=_KEY)
    # One connection, which is the database: closing it would lose everything, so it is never given up.
    event.listen(database.engine, "connect", _make_quick)
    return database


@contextmanager
def _opened_again() -> Iterator[Database]:
    database = _opened()
    try:
        yield database
    finally:
        database.close()


def _make_quick(connection: sqlite3.Connection, _record: object) -> None:
    # There is no disk to be safe from.
    for pragma in ("synchronous=OFF", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}").close()


def _back_up(file: Path, database: Database) -> None:
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=5.0)) as source:
            raw = database.engine.raw_connection()
            try:
                target = raw.driver_connection
                assert isinstance(target, sqlite3.Connection)
                source.backup(target)
            finally:
                raw.close()
    except sqlite3.Error as fault:
        raise CopyRefused(f"{file.name}: {fault}.") from None


def _read_over(source: Database, target: Database) -> None:
    """Every row, as of one moment, in a transaction that may not write."""
    reading = source.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with reading.begin() as here, target.engine.begin() as there:
        there.exec_driver_sql("BEGIN")
        # People name their managers and covers, who may stand further down.
        there.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for table in metadata.sorted_tables:
            rows = here.execute(sa.select(table)).mappings()
            while some := rows.fetchmany(_ROWS_AT_ONCE):
                there.execute(sa.insert(table), [dict(row) for row in some])
