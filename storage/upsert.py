"""Insert or update by primary or unique key, in the words of either engine."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.prepared import Prepared

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


def upsert(
    connection: Connection, table: sa.Table, key: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    """Set `values` on the row of this key, inserting it when it is new."""
    statement = _upserting(connection.dialect.name, table, tuple(key), tuple(values))
    statement.change(connection, {**key, **values})


def upsert_many(
    connection: Connection, table: sa.Table, key: tuple[str, ...], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert these rows, each in place of the row of its key; all name the same columns."""
    if rows:
        values = tuple(name for name in rows[0] if name not in key)
        connection.execute(_overwriting(connection.dialect.name, table, key, values), list(rows))


def insert_once(
    connection: Connection, table: sa.Table, key: Mapping[str, Any], values: Mapping[str, Any]
) -> bool:
    """Insert unless a row of this key exists; whether it was inserted."""
    statement = _inserting(connection.dialect.name, table, tuple(key))
    return statement.change(connection, {**key, **values}) == 1


@cache
def _upserting(engine: str, table: sa.Table, key: tuple[str, ...], values: tuple[str, ...]) -> Prepared:
    return Prepared(_overwriting(engine, table, key, values))


def _overwriting(engine: str, table: sa.Table, key: tuple[str, ...], values: tuple[str, ...]) -> sa.Insert:
    insert = _insert(engine, table)
    fresh = {name: insert.excluded[name] for name in values}
    return insert.on_conflict_do_update(index_elements=list(key), set_=fresh)


@cache
def _inserting(engine: str, table: sa.Table, key: tuple[str, ...]) -> Prepared:
    return Prepared(_insert(engine, table).on_conflict_do_nothing(index_elements=list(key)))


def _insert(engine: str, table: sa.Table) -> "sqlite.Insert | postgresql.Insert":
    # Loading the dialect of the other engine would take a tenth of the start.
    if engine == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as sqlite_insert

        return sqlite_insert(table)
    from sqlalchemy.dialects.postgresql import insert as postgresql_insert

    return postgresql_insert(table)
