"""Insert or update by primary or unique key, in the words of either engine."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection


def upsert(
    connection: Connection, table: sa.Table, key: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    """Set `values` on the row of this key, inserting it when it is new."""
    insert = _insert(connection, table).values(**key, **values)
    connection.execute(insert.on_conflict_do_update(index_elements=list(key), set_=dict(values)))


def insert_once(
    connection: Connection, table: sa.Table, key: Mapping[str, Any], values: Mapping[str, Any]
) -> bool:
    """Insert unless a row of this key exists; whether it was inserted."""
    insert = (
        _insert(connection, table).values(**key, **values).on_conflict_do_nothing(index_elements=list(key))
    )
    # Without this option psycopg's dialect throws the count of an insert away and answers -1, which is true.
    return connection.execute(insert.execution_options(preserve_rowcount=True)).rowcount == 1


def _insert(connection: Connection, table: sa.Table) -> "sqlite.Insert | postgresql.Insert":
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)
