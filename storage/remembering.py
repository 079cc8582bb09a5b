"""Answers kept in memory between transactions, for a database that one thread alone uses.

At each press the same things are asked for again and again: who works where, which meetings are planned, what
stands in the log. Each answer of a repository is kept until a table it was read from changes. A process that
serves people must not do this: another one may have written meanwhile.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property, wraps
from types import FunctionType
from typing import Any, TypeVar

from sqlalchemy.engine import Connection, Engine

from storage.database import Database
from storage.watching import Changes, Watching
from storage.work import View, Work

_MOST = 60_000
"""Rows, roughly, that answers may hold together; the ones not asked for longest go first."""
_STATEFUL = frozenset({"trail", "notices", "outbox", "turns"})
"""Repositories that hold something back until the end of a transaction, or are asked for nothing twice."""
_MUTABLE = (dict, list, set)
_PLAIN = frozenset({int, str, bool, date, datetime, type(None)})
"""Kinds of arguments that can be keys as they are."""
Tables = tuple[tuple[str, int], ...]
One = TypeVar("One", bound=View)


@dataclass(slots=True)
class _Kept:
    """An answer."""

    answer: Any
    then: Tables
    tables: frozenset[str]
    weight: int
    tick: int
    """The last one at which the answer was known to stand."""


class Memory:
    """What repositories answered, and how often each table they asked had been changed then."""

    def __init__(self) -> None:
        self.changes = Changes()
        self._answers: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._weight = 0

    def forget(self) -> None:
        """Know nothing any more."""
        self._answers.clear()
        self._weight = 0

    def asked(self, method: Callable[..., Any], repository: Any, given: tuple[Any, ...], more: Any) -> Any:
        """What the method answers, from memory where nothing changed since."""
        if not _PLAIN.issuperset(map(type, given)):
            given = tuple(_settled(one) for one in given)
        key = (method, given, tuple(sorted(more.items()))) if more else (method, given)
        try:
            kept = self._answers.get(key)
        except TypeError:
            return method(repository, *given, **more)
        changes = self.changes
        if kept is not None and self._stands(kept):
            changes.relied_on(kept.tables)
            self._answers.move_to_end(key)
            answer = kept.answer
            return answer.copy() if isinstance(answer, _MUTABLE) else answer
        touched = changes.begin()
        try:
            answer = method(repository, *given, **more)
        finally:
            changes.end()
        if touched.tables and not touched.has_written and not isinstance(answer, Iterator):
            self._keep(key, answer, frozenset(touched.tables))
        return answer

    def _stands(self, kept: _Kept) -> bool:
        """Whether none of the answer's tables was changed since; most often nothing was changed at all."""
        tick = self.changes.tick
        if kept.tick == tick:
            return True
        of = self.changes.of
        for table, count in kept.then:
            if of[table] != count:
                return False
        kept.tick = tick
        return True

    def _keep(self, key: Hashable, answer: Any, tables: frozenset[str]) -> None:
        before = self._answers.pop(key, None)
        if before is not None:
            self._weight -= before.weight
        weight = 1 + len(answer) if isinstance(answer, tuple | Mapping | Set | list) else 1
        then = tuple((table, self.changes.of[table]) for table in tables)
        # The caller may change what it is given.
        mine = answer.copy() if isinstance(answer, _MUTABLE) else answer
        self._answers[key] = _Kept(mine, then, tables, weight, self.changes.tick)
        self._weight += weight
        while self._weight > _MOST:
            self._weight -= self._answers.popitem(last=False)[1].weight


def _settled(given: Any) -> Any:
    """An argument that can be a key; ids may come in any collection, once only."""
    if given.__hash__ is not None and not isinstance(given, Iterator):
        return given
    if isinstance(given, set):
        return frozenset(given)
    return given if isinstance(given, Mapping) else tuple(given)


@cache
def _remembering(kind: type[Any]) -> type[Any]:
    """The repository's class, its public methods answering from memory."""
    methods = {
        name: _from_memory(method)
        for one in reversed(kind.__mro__[:-1])
        for name, method in vars(one).items()
        if isinstance(method, FunctionType) and not name.startswith("_")
    }
    return type(f"Remembering{kind.__name__}", (kind,), methods)


def _from_memory(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def asked(self: Any, *given: Any, **more: Any) -> Any:
        return self.memory.asked(method, self, given, more)

    return asked


def _repositories(kind: type[View]) -> dict[str, Any]:
    """Each repository of a view or work, remembering."""

    def made(build: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def repository(self: Any) -> Any:
            found = build(self)
            found.__class__ = _remembering(found.__class__)
            found.memory = self.memory
            return found

        return repository

    found = {}
    for one in reversed(kind.__mro__[:-1]):
        for name, prop in vars(one).items():
            if isinstance(prop, cached_property) and name not in _STATEFUL:
                found[name] = cached_property(made(prop.func))
                found[name].__set_name__(kind, name)
    return found


def _once(self: Any, count: Callable[..., Any], *given: Any) -> Any:
    """See `View.once`."""
    return self.memory.asked(count, self, given, {})


_View: type[View] = type("_View", (View,), {**_repositories(View), "once": _once})
_Work: type[Work] = type("_Work", (Work,), {**_repositories(Work), "once": _once})


class RememberingDatabase(Database):
    """A database that is asked for nothing twice while it does not change. For one thread alone."""

    def __init__(self, url: str, *, trail_key: bytes) -> None:
        super().__init__(url, trail_key=trail_key, pool_size=1)
        self._memory = Memory()

    @property
    def engine(self) -> Engine:
        """See `Database.engine`. Whoever takes it may change anything."""
        self._memory.forget()
        return super().engine

    def _view(self, connection: Connection) -> View:
        return self._remembered(_View(self._watched(connection), self._trail_key))

    def _work(self, connection: Connection) -> Work:
        return self._remembered(_Work(self._watched(connection), self._trail_key))

    def _watched(self, connection: Connection) -> Connection:
        return Watching.of(connection, self._memory.changes)

    def _remembered(self, view: One) -> One:
        view.__dict__["memory"] = self._memory
        return view

    @contextmanager
    def write(self) -> Iterator[Work]:
        """See `Database.write`."""
        try:
            with super().write() as work:
                yield work
        except BaseException:
            self._memory.changes.undone()
            raise
        finally:
            self._memory.changes.over()
