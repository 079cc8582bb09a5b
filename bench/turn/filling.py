"""Bulk inserts into the tables that the migrations made."""

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from domain.framework import Framework
from domain.framework_reading import read
from storage.database import Database
from storage.migrating import migrate

TRAIL_KEY = b"a key that only the turn bench uses"

Row = tuple[object, ...]


class Filling:
    """One database file being filled; durable once closed and not before."""

    def __init__(self, path: Path) -> None:
        database = Database(f"sqlite:///{path}", trail_key=TRAIL_KEY)
        migrate(database)
        database.close()
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000", "foreign_keys=OFF"):
            self._connection.execute(f"PRAGMA {pragma}")
        # Built again at the end, sorted: several times faster than keeping them through millions of rows.
        self._indexes = self._connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall()
        for name, _ in self._indexes:
            self._connection.execute(f'DROP INDEX "{name}"')
        self._connection.execute("BEGIN")

    def add(self, table: str, columns: str, rows: Iterable[Row]) -> None:
        """Rows in the order of the columns, named with spaces between."""
        names = columns.split()
        marks = ", ".join("?" * len(names))
        quoted = ", ".join(f'"{name}"' for name in names)
        self._connection.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({marks})", rows)

    def close(self) -> None:
        """Commit, build the indexes again and put the file back into the mode it is served in."""
        self._connection.execute("COMMIT")
        for _, sql in self._indexes:
            self._connection.execute(sql)
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.close()


@cache
def framework() -> Framework:
    """The framework that comes with the product."""
    return read((Path(__file__).parents[2] / "domain" / "framework.toml").read_text())


def stored(moment: datetime) -> str:
    """An instant as the tables hold it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
