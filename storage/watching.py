"""A connection that says which tables each statement reads and writes, and keeps count of the changes.

For answers that are kept until something they were read from changes; see `storage.remembering`.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy.engine import Connection

if TYPE_CHECKING:
    from types import TracebackType

    from sqlalchemy.engine import CursorResult, NestedTransaction

_NAME = re.compile(r"\w+")
_CHANGES = re.compile(r"\b(?:INSERT|UPDATE|DELETE|REPLACE)\b")


@lru_cache(maxsize=2048)
def _named(text: str) -> tuple[frozenset[str], bool]:
    """The tables whose names stand in a statement, and whether it may change them.

    A column or an alias of a table's name counts as the table: too many do no harm.
    """
    from storage.tables import metadata

    return frozenset(_NAME.findall(text)) & metadata.tables.keys(), bool(_CHANGES.search(text))


@dataclass(slots=True)
class Touched:
    """What was read and written within a stretch of work."""

    tables: set[str] = field(default_factory=set)
    has_written: bool = False


class Changes:
    """How often each table was changed, and what the work under way touches."""

    def __init__(self) -> None:
        self.of: Counter[str] = Counter()
        self.tick = 0
        """How often any table was changed."""
        self._open: list[Touched] = []
        self._written: set[str] = set()
        """Since the transaction began."""

    def saw(self, text: str) -> None:
        """A statement is run."""
        tables, changes = _named(text)
        if changes:
            self._written |= tables
            self._bump(tables)
        for touched in self._open[-1:]:
            touched.tables |= tables
            touched.has_written |= changes

    def begin(self) -> Touched:
        """Follow what is touched from here on, until `end`."""
        touched = Touched()
        self._open.append(touched)
        return touched

    def end(self) -> None:
        """The stretch begun last is over; the one around it touched the same."""
        inner = self._open.pop()
        for touched in self._open[-1:]:
            touched.tables |= inner.tables
            touched.has_written |= inner.has_written

    def relied_on(self, tables: "frozenset[str]") -> None:
        """Something was answered from what these tables held."""
        if self._open:
            self._open[-1].tables |= tables

    def undone(self) -> None:
        """Something of the transaction was taken back: its tables are not as they were read since."""
        self._bump(self._written)

    def over(self) -> None:
        """The transaction is over."""
        self._written = set()

    def _bump(self, tables: "frozenset[str] | set[str]") -> None:
        self.tick += 1
        for table in tables:
            self.of[table] += 1


class Watching:
    """Stands for a connection wherever statements are run."""

    def __init__(self, connection: Connection, changes: Changes) -> None:
        self._watched, self._changes = connection, changes
        self.dialect = connection.dialect

    @classmethod
    def of(cls, connection: Connection, changes: Changes) -> Connection:
        """The connection, watched."""
        return cast("Connection", cls(connection, changes))

    @property
    def connection(self) -> Any:
        """The driver's connection, as SQLAlchemy hands it out."""
        return self._watched.connection

    def saw(self, text: str) -> None:
        """A statement goes to the driver past SQLAlchemy."""
        self._changes.saw(text)

    def execute(self, *given: Any, **more: Any) -> "CursorResult[Any]":
        """See `Connection.execute`."""
        result = self._watched.execute(*given, **more)
        self._changes.saw(result.context.statement)
        return result

    def begin_nested(self) -> "_Part":
        """See `Connection.begin_nested`."""
        return _Part(self._watched.begin_nested(), self._changes)


class _Part:
    """A part of a transaction that may be undone by itself."""

    def __init__(self, point: "NestedTransaction", changes: Changes) -> None:
        self._point, self._changes = point, changes

    def __enter__(self) -> "_Part":
        self._point.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: "TracebackType | None"
    ) -> None:
        self._point.__exit__(kind, fault, trace)
        if kind is not None:
            self._changes.undone()

    def rollback(self) -> None:
        """See `Transaction.rollback`."""
        self._point.rollback()
        self._changes.undone()
