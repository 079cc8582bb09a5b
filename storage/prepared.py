"""Statements of every press, given to SQLite's driver as they are.

Looking up one row takes the driver 4 µs and SQLAlchemy 16 µs more, for which a press has some fifteen uses.
These statements are put together by SQLAlchemy once, with the conversions its types ask for, and skip it
from then on. On PostgreSQL the way over the network is what costs, so there they take the ordinary way.

Source: decision 7 of the design; docs/decisions/0009-prepared-statements.md.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.sql.compiler import SQLCompiler

from storage.watching import Watching

Values = Mapping[str, Any]
Conversion = Callable[[Any], Any] | None


class Prepared:
    """A select, insert or update that is run as it stands, again and again.

    An insert must name every column it sets: defaults of the table's declaration are not looked at.
    """

    def __init__(self, statement: "sa.Select[Any] | sa.Insert | sa.Update") -> None:
        # Otherwise psycopg's dialect throws the count of an insert away and answers -1, which is true.
        self._statement = statement.execution_options(preserve_rowcount=True)
        self._on_sqlite: dict[tuple[str, ...], _OnSqlite] = {}

    def row(self, connection: Connection, values: Values) -> Any | None:
        """The one row there is at most, its columns by name and in order."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, values).one_or_none()
        return self._made(connection, values).row(connection, values)

    def rows(self, connection: Connection, values: Values) -> Sequence[Any]:
        """All rows there are, the columns of each by name and in order."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, values).all()
        return self._made(connection, values).rows(connection, values)

    def change(self, connection: Connection, values: Values) -> int:
        """How many rows were written."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, values).rowcount
        return self._made(connection, values).change(connection, values)

    def _made(self, connection: Connection, values: Values) -> "_OnSqlite":
        given = tuple(values)
        made = self._on_sqlite.get(given)
        if made is None:
            compiled = self._statement.compile(dialect=connection.dialect, column_keys=list(given))
            assert isinstance(compiled, SQLCompiler)
            made = self._on_sqlite[given] = _OnSqlite(compiled, connection.dialect)
        return made


class _OnSqlite:
    """The statement's text with what to do to each value on its way in and out."""

    def __init__(self, compiled: SQLCompiler, dialect: Dialect) -> None:
        self._text = str(compiled)
        names = compiled.positiontup or ()
        binds = [compiled.binds[name] for name in names]
        self._inward = tuple(
            (name, bind.type.dialect_impl(dialect).bind_processor(dialect))
            for name, bind in zip(names, binds, strict=True)
        )
        # What the statement itself says, such as a state that is asked for.
        self._own = {
            name: bind.effective_value for name, bind in zip(names, binds, strict=True) if not bind.required
        }
        columns = compiled.statement.selected_columns if isinstance(compiled.statement, sa.Select) else ()
        self._outward: tuple[Conversion, ...] = tuple(
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns
        )
        self._shape = namedtuple("Row", [column.key for column in columns], rename=True)  # type: ignore[misc]

    def row(self, connection: Connection, values: Values) -> Any | None:
        found = self.rows(connection, values)
        if not found:
            return None
        assert len(found) == 1, "a row was asked for by something that is not unique"
        return found[0]

    def rows(self, connection: Connection, values: Values) -> Sequence[Any]:
        # All are fetched, so that no statement stays open beyond the transaction.
        found = _driver(connection, self._text).execute(self._text, self._bound(values)).fetchall()
        return [self._shape(*map(_converted, self._outward, row)) for row in found]

    def change(self, connection: Connection, values: Values) -> int:
        return int(_driver(connection, self._text).execute(self._text, self._bound(values)).rowcount)

    def _bound(self, values: Values) -> Sequence[Any]:
        given = {**self._own, **values} if self._own else values
        return [convert(given[name]) if convert else given[name] for name, convert in self._inward]


def said(connection: Connection, text: str) -> None:
    """Say something to SQLite that has neither values nor rows, such as where a transaction begins."""
    _driver(connection, text).execute(text)


def _converted(convert: Conversion, value: Any) -> Any:
    return convert(value) if convert else value


def _driver(connection: Connection, text: str) -> Any:
    if isinstance(connection, Watching):
        connection.saw(text)
    return connection.connection.driver_connection
