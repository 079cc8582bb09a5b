"""What the bench adds to a process under test: named points to die at, marks on notices, a watch on the loop.

The product knows nothing of this. It is put in place after the fork, before `plumbline run` starts.
"""

import asyncio
import itertools
import os
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultDialect

import bot.app
import scheduler.courier
from bot.asking import fresh_nonce
from bot.edge import credentials
from bot.roles import Role
from bot.settings import Settings
from domain import seats
from scheduler import preparing, seating
from scheduler.courier import Courier
from scheduler.preparing import Edit, Message
from scheduler.settling import Outcome, Settling
from scheduler.verdicts import Settle
from storage import database
from storage.work import Work
from tests.doubles.service import EntraForMsal

Tell = Callable[..., None]

POINTS = ("claimed", "sent", "before commit", "within commit", "after commit")
MARK = "notice"
"""Where a message carries the number of its notice, for the connector's stand-in."""
TICK_SECONDS = 0.01
WORTH_TELLING_MS = 20.0
SEAT_SECONDS = 1.5
SCHEDULED = Path("/proc/thread-self/schedstat")
"""Nanoseconds this thread ran, and nanoseconds it was ready to run and did not."""


class Points:
    """Tells the bench when a named point is reached, and stands still there until the process is killed."""

    def __init__(self, wanted: str | None, skip: int, tell: Tell) -> None:
        self._wanted = wanted
        self._left = itertools.count(skip, -1)
        self._tell = tell
        self._lock = threading.Lock()
        self._reached = False

    def at(self, name: str, *, pause: bool = True) -> None:
        """This point is passed."""
        if name != self._wanted:
            return
        with self._lock:
            if self._reached or next(self._left) > 0:
                return
            self._reached = True
        self._tell("at", point=name)
        while pause:
            time.sleep(60)


def set_points(points: Points) -> None:
    """Put the named points into the courier and the database."""
    claim, write = Courier._claim, Settling._write

    def claimed(self: Courier, *given: Any) -> Any:
        found = claim(self, *given)
        if found:
            points.at("claimed")
        return found

    def settled(self: Settling, batch: list[Outcome]) -> None:
        if any(isinstance(one.verdict, Settle) and one.verdict.state == "sent" for one in batch):
            points.at("sent")
        write(self, batch)

    _replace(Courier, _claim=claimed)
    _replace(Settling, _write=settled)
    _set_commit_points(points)


def _set_commit_points(points: Points) -> None:
    """Around every commit that saves something, whichever engine it is."""
    finish, commit = Work.finish, cast(Any, DefaultDialect.do_commit)
    writing: set[int] = set()

    def finished(self: Work) -> None:
        finish(self)
        writing.add(id(self._connection.connection.dbapi_connection))

    def committed(self: DefaultDialect, connection: Any) -> None:
        key = id(getattr(connection, "dbapi_connection", connection))
        if key not in writing:
            commit(self, connection)
            return
        writing.discard(key)
        points.at("before commit")
        points.at("within commit", pause=False)
        commit(self, connection)
        points.at("after commit")

    _replace(Work, finish=finished)
    _replace(DefaultDialect, do_commit=committed)


def mark_notices(run: str) -> None:
    """Put a notice's number on its message, and the run's name on its claims."""
    prepare, nonce = vars(scheduler.courier)["prepare"], fresh_nonce

    def marked(view: Any, council: Any, notice: Any, **given: Any) -> Any:
        parcel = prepare(view, council, notice, **given)
        if isinstance(parcel, Message | Edit):
            return replace(parcel, activity={**parcel.activity, "channelData": {MARK: notice.id}})
        return parcel

    _replace(scheduler.courier, prepare=marked)
    _replace(bot.app, fresh_nonce=lambda: f"{run}-{nonce()}")


def free_seats_soon() -> None:
    """Let the dead give their seats up sooner than in production, where few die every second.

    Otherwise hardly anything would be on its way out when the next kill comes.
    """
    for module in (seats, seating):
        _replace(module, LEASE_SECONDS=SEAT_SECONDS)
    _replace(seats, GUARD_SECONDS=0.1)


def write_at_any_hour() -> None:
    """Let cards leave at night too, when the bench may be run."""
    _replace(preparing, leaves_at=lambda _council, _notice, _person, now: now)


def sign_in_at(entra_url: str) -> None:
    """Let MSAL, which insists on https, speak to the stand-in for Entra."""
    acquire = credentials.acquire_token
    entra = EntraForMsal(cast(Any, SimpleNamespace(url=entra_url)))

    def acquired(settings: Settings, http_client: Any = None, **given: Any) -> dict[str, Any]:
        return acquire(settings, http_client or entra, **given)

    _replace(credentials, acquire_token=acquired)


def fill_the_disk(flag: Path) -> None:
    """While the flag is there, SQLite's file may not grow, as on a full disk."""
    begin = database.Database._begin_immediate

    def begun(self: database.Database) -> sa.Connection:
        connection = begin(self)
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one() if flag.exists() else 2**30
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        return connection

    _replace(database.Database, _begin_immediate=begun)


def watch_the_loop(tell: Tell) -> None:
    """Say when the process serves, and each longest stall of its event loop from then on."""
    serving = bot.app.serving

    @asynccontextmanager
    async def watched(settings: Settings, role: Role = Role.ALL) -> AsyncIterator[Any]:
        async with serving(settings, role) as running:
            tell("ready")
            watching = asyncio.create_task(_watch(tell))
            try:
                yield running
            finally:
                watching.cancel()

    _replace(bot.app, serving=watched)


def _replace(owner: object, **given: object) -> None:
    for name, value in given.items():
        setattr(owner, name, value)


async def _watch(tell: Tell) -> None:
    """How late the loop wakes this task, less the time the machine gave the core to other processes."""
    worst = WORTH_TELLING_MS
    while True:
        started, waited = time.perf_counter(), _waited_for_a_core()
        await asyncio.sleep(TICK_SECONDS)
        late = time.perf_counter() - started - TICK_SECONDS - (_waited_for_a_core() - waited)
        if late * 1000 > worst:
            worst = late * 1000
            tell("stall", ms=round(worst, 1))


def _waited_for_a_core() -> float:
    """Seconds this thread was ready to run and did not."""
    try:
        return int(SCHEDULED.read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


@contextmanager
def as_asked(order: Mapping[str, Any], tell: Tell) -> Iterator[None]:
    """Everything that this order wants."""
    os.environ.update(order["environment"])
    sign_in_at(order["entra"])
    mark_notices(order["run"])
    free_seats_soon()
    write_at_any_hour()
    watch_the_loop(tell)
    set_points(Points(order.get("point"), order.get("skip", 0), tell))
    if flag := order.get("disk_full_while"):
        fill_the_disk(Path(flag))
    yield
