"""Backups of a SQLite database, made while it is used, and put back when nobody uses it.

PostgreSQL has its own tools, which do this better; here they are only named.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa

from domain.errors import RuleBroken
from storage.database import Database


class BackupRefused(RuleBroken):
    """A backup cannot be made or put back; the message says what to do instead."""


def require_sqlite(database: Database) -> None:
    """Raise BackupRefused for PostgreSQL, with the tool to use."""
    if not database.is_sqlite:
        raise BackupRefused(
            "This database is PostgreSQL, which has its own tool: please run pg_dump --format=custom "
            "--file=FILE with the address in PLUMBLINE_DATABASE_URL (docs/running.md)."
        )


def back_up(database: Database, file: Path) -> int:
    """Write the database as it stands at this moment to a new file; returns its size in bytes.

    Work goes on meanwhile. The file is whole and proved to be readable, or it is not there. Raises
    BackupRefused.
    """
    require_sqlite(database)
    if file.exists():
        raise BackupRefused(f"{file} is there already. Please give a name that is not taken.")
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f".{file.name}.{os.getpid()}.part")
    raw = database.engine.raw_connection()
    try:
        source = raw.driver_connection
        assert isinstance(source, sqlite3.Connection)
        _copy(source, half)
        _require_sound(half)
        _flush(half)
        half.replace(file)
    finally:
        raw.close()
        half.unlink(missing_ok=True)
    return file.stat().st_size


def sqlite_file(url: str) -> Path:
    """The file behind this address. Raises BackupRefused for PostgreSQL."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise BackupRefused(
            "This database is PostgreSQL: please stop every process, run pg_restore --clean --if-exists into "
            "it, and then “plumbline restore --after-pg-restore” before anything is started "
            "(docs/running.md)."
        )
    return Path(parsed.database)


@contextmanager
def held_alone(target: Path) -> Iterator[sqlite3.Connection]:
    """A connection that nobody else has beside it until the block is left. Raises BackupRefused.

    Every process that uses the database keeps a connection to it, and leaving WAL mode needs to be the only
    one. That shows whoever runs, scheduler or not, without a lock file that could be left behind.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(_opened(target)) as connection:
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE").close()
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
            connection.execute("BEGIN EXCLUSIVE").close()
            connection.execute("COMMIT").close()
        except sqlite3.OperationalError:
            mode = "in use"
        except sqlite3.DatabaseError:
            raise BackupRefused(
                f"{target} is damaged. Please move it away, together with the files beside it whose names "
                "begin alike, and run this again."
            ) from None
        if mode != "delete":
            raise BackupRefused(
                "Something is using the database. Please stop Plumbline and every command of it first."
            )
        yield connection


@contextmanager
def a_copy_of(file: Path, beside: Path) -> Iterator[Path]:
    """A sound copy of a backup next to where it will go, taken away afterwards. Raises BackupRefused."""
    copy = beside.with_name(f".{beside.name}.{os.getpid()}.restoring")
    try:
        try:
            with closing(sqlite3.connect(f"file:{file.resolve()}?mode=ro", uri=True)) as source:
                _copy(source, copy)
        except sqlite3.DatabaseError:
            raise BackupRefused(f"{file} is not a backup that can be read; nothing was changed.") from None
        _require_sound(copy)
        yield copy
    finally:
        for left in (copy, *(copy.with_name(copy.name + end) for end in ("-wal", "-shm", "-journal"))):
            left.unlink(missing_ok=True)


def put_in_place(copy: Path, target: sqlite3.Connection) -> None:
    """The copy takes the place of what stands there, as one transaction: all of it or none."""
    with closing(_opened(copy)) as source:
        source.execute("PRAGMA journal_mode=DELETE").close()
        source.backup(target)


def keep_aside(target: sqlite3.Connection, file: Path) -> Path | None:
    """What stands there now, kept as a file; None when there was nothing."""
    if not target.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        return None
    _copy(target, file)
    _flush(file)
    return file


def _copy(source: sqlite3.Connection, file: Path) -> None:
    # Nobody else on the machine may read it: it holds what people wrote.
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(_opened(file)) as target:
        # In one step: with several, every write of another process would begin the copy anew.
        source.backup(target, pages=-1)
        target.execute("PRAGMA journal_mode=DELETE").close()


def _require_sound(file: Path) -> None:
    with closing(_opened(file)) as connection:
        try:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError:
            found, dangling = "unreadable", None
    if found != "ok" or dangling is not None:
        raise BackupRefused("The copy is damaged; nothing was changed. Please take an earlier backup.")


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, isolation_level=None, timeout=1.0)


def _flush(file: Path) -> None:
    with file.open("rb") as written:
        os.fsync(written.fileno())
