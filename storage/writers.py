"""Writers on SQLite: one at a time, first come first served, one commit for those who queued together.

SQLite lets one transaction write. Left to itself, whoever finds it taken sleeps and tries again, and the
unlucky wait for seconds; here they stand in a queue. Each commit also waits some milliseconds for the disk,
during which nobody else may write. So a writer who finishes while others queue hands its open transaction
on, and the last of them commits for all. Nobody goes on before that commit is on the disk, and whoever fails
undoes their own part alone.

PostgreSQL needs none of this.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock
from weakref import WeakValueDictionary

from sqlalchemy.engine import Connection

from storage.prepared import said

SHARED_SECONDS = 0.1
"""How long a transaction takes in further parts before it is committed."""


class NotSaved(Exception):
    """The queue was too long, or the commit shared with others failed."""


class Writers:
    """Everyone in this process who writes to one database file."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._queue: deque[_Place] = deque()
        self._taken = False

    @contextmanager
    def part(self, begin: Callable[[], Connection], *, patience: float) -> Iterator[Connection]:
        """A connection in a transaction of which this part is kept on leaving and undone by any exception.

        `begin` gives a connection with its transaction begun; `patience` is in seconds. Raises NotSaved.
        """
        shared = self._await_turn(patience)
        if shared is None:
            shared = self._begin(begin)
        try:
            shared.enter()
            yield shared.connection
            shared.leave()
        except BaseException:
            shared.undo()
            self._end_turn(shared, "undone")
            raise
        self._end_turn(shared, "kept")

    def _await_turn(self, patience: float) -> "_Shared | None":
        """The transaction to go on with, or None to begin one."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return None
            place = _Place()
            self._queue.append(place)
        if not place.called.wait(patience):
            with self._guard:
                if place in self._queue:
                    self._queue.remove(place)
                    raise NotSaved("others took too long")
            # Called in the very moment of giving up.
        return place.shared

    def _begin(self, begin: Callable[[], Connection]) -> "_Shared":
        try:
            return _Shared(begin())
        except BaseException:
            self._call_next(None)
            raise

    def _end_turn(self, shared: "_Shared", part: str) -> None:
        if shared.takes_more and self._call_next(shared):
            if part == "kept":
                shared.wait()
            return
        try:
            shared.commit()
        finally:
            self._call_next(None)

    def _call_next(self, shared: "_Shared | None") -> bool:
        """Give the turn to whoever waits longest, with the open transaction; whether anybody waits."""
        with self._guard:
            if self._queue:
                place = self._queue.popleft()
                place.shared = shared
                place.called.set()
                return True
            # An open transaction stays with the caller, who must commit it before the turn is free.
            self._taken = shared is not None
            return False


def writers_of(file: Path | None) -> Writers:
    """Those who write to this file, however often it was opened; each database in memory is its own."""
    if file is None:
        return Writers()
    with _files_guard:
        return _files.setdefault(file.resolve(), Writers())


_files: WeakValueDictionary[Path, Writers] = WeakValueDictionary()
_files_guard = Lock()


class _Place:
    """Someone's place in the queue."""

    def __init__(self) -> None:
        self.called = Event()
        self.shared: _Shared | None = None


class _Shared:
    """An open transaction and the parts that are in it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._parts = 0
        self._opened = time.monotonic()
        self._ended = Event()
        self._fault: BaseException | None = None

    @property
    def takes_more(self) -> bool:
        """Whether another part may join what is there."""
        young = time.monotonic() - self._opened < SHARED_SECONDS
        return young and self._parts > 0 and self._fault is None

    def enter(self) -> None:
        """A part begins. The first needs no savepoint: undoing it undoes all there is."""
        if self._parts:
            said(self.connection, "SAVEPOINT part")

    def leave(self) -> None:
        """The part is complete. Raises when the engine has thrown the transaction away meanwhile."""
        if self._parts:
            said(self.connection, "RELEASE part")
        self._parts += 1

    def undo(self) -> None:
        """Undo the part, and what came before it only when the engine leaves no choice."""
        if not self._parts:
            return
        try:
            said(self.connection, "ROLLBACK TO part")
            said(self.connection, "RELEASE part")
        except Exception as fault:
            # A full disk, for one: SQLite has undone the whole transaction by itself.
            self._fault = fault

    def commit(self) -> None:
        """Commit every part, or roll back when there is none, and tell those who wait."""
        try:
            if self._parts and self._fault is None:
                self.connection.commit()
        except BaseException as fault:
            self._fault = fault
            # A refused commit leaves SQLite's transaction open; this connection must not come back.
            self.connection.invalidate()
            raise
        finally:
            # Closing rolls back whatever was not committed.
            try:
                self.connection.close()
            finally:
                self._ended.set()

    def wait(self) -> None:
        """Until the commit is on the disk. Raises NotSaved when it failed."""
        self._ended.wait()
        if self._fault is not None:
            raise NotSaved("the commit shared with others failed") from self._fault
