"""Schedulers as processes: one leads, another takes over from the dead and the frozen, nothing is doubled.

The lease is made short, so that a test takes seconds where a council's takes half a minute.
"""

import asyncio
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.asking import clock
from bot.roles import Role
from bot.settings import Settings
from storage.database import Busy, Database
from storage.leases import Lease
from storage.tables_running import calendar_marks, occurrences
from tests.bot.processes import Process
from tests.databases import TRAIL_KEY
from tests.doubles.settings import demo_settings

LEASE_SECONDS = 2
DAILY = {"seal", "tidy"}


class Schedulers:
    """Processes of the scheduler's role on one database, and a look into that."""

    def __init__(self, settings: Settings, database: Database, folder: Path) -> None:
        self.settings = settings
        self.database = database
        self.folder = folder
        self.started: list[Process] = []

    async def start(self) -> Process:
        """A process that answers; one after another, as a service manager would bring them up."""
        folder = self.folder / str(len(self.started))
        process = Process(self.settings, folder, role=Role.SCHEDULER)
        self.started.append(process)
        await process.listens()
        return process

    def lease(self) -> Lease | None:
        with self.database.read() as view:
            return view.leases.get("calendar")

    async def led_by(self, *processes: Process, epoch: int = 1) -> Process:
        """Whichever of these leads, once the lease is of this epoch or a later one."""

        def leader() -> Process | None:
            lease = self.lease()
            if lease is None or lease.epoch < epoch:
                return None
            return next((one for one in processes if one.leads_as in lease.holder), None)

        return await eventually(leader, *processes)

    async def see_to_yesterday(self, *processes: Process) -> set[int]:
        """Puts the calendar back by a day and waits for it to be seen to; under which epochs that was."""
        now = clock()
        with self.database.engine.begin() as connection:
            if self.database.is_sqlite:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.execute(sa.delete(occurrences))
            connection.execute(sa.update(calendar_marks).values(at=now - timedelta(days=1)))

        def seen_to() -> set[int] | None:
            with self.database.read() as view:
                seen = view.calendar.seen_to()
                mark = view.calendar.mark()
            if mark is None or mark < now or not {one.line for one in seen} >= DAILY:
                return None
            return {one.epoch for one in seen}

        return await eventually(seen_to, *processes)

    def freeze(self, process: Process) -> None:
        """Stops the process where it is, but not while it holds SQLite's one lock, which stops everyone."""
        while True:
            process.running.send_signal(signal.SIGSTOP)
            try:
                with self.database.write():
                    return
            except Busy:
                process.running.send_signal(signal.SIGCONT)


async def eventually(what: Callable[[], Any], *processes: Process) -> Any:
    """The first true answer; the processes' logs when there is none in a minute."""
    try:
        async with asyncio.timeout(60):
            while not (found := what()):
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError("\n".join(one.log.read_text() for one in processes)) from None
    return found


@pytest.fixture
def schedulers(database_url: str, tmp_path: Path) -> Iterator[Schedulers]:
    settings = demo_settings(
        port=0,
        database_url=database_url,
        lease_seconds=LEASE_SECONDS,
        trail_key=TRAIL_KEY.decode(),
        trail_export_dir=tmp_path / "trail",
        mail="folder",
        mail_folder=tmp_path / "mail",
    )
    database = Database(database_url, trail_key=TRAIL_KEY)
    found = Schedulers(settings, database, tmp_path)
    yield found
    for process in found.started:
        process.running.send_signal(signal.SIGCONT)
        process.kill()
    database.close()


async def test_a_leader_that_is_killed_is_replaced_and_a_stopped_one_at_once(schedulers: Schedulers) -> None:
    first, second = await schedulers.start(), await schedulers.start()
    leader = await schedulers.led_by(first, second)
    other = second if leader is first else first

    leader.kill()
    follower = await schedulers.led_by(other, epoch=2)
    epochs = await schedulers.see_to_yesterday(other)
    status, seconds = follower.stop()

    assert epochs == {2}
    assert status == 0
    assert seconds < 15
    with schedulers.database.read() as view:
        lasts = timedelta(seconds=LEASE_SECONDS)
        assert view.leases.is_free("calendar", now=clock(), lasts=lasts)
    assert follower.events("error", "critical") == []


async def test_a_leader_that_is_frozen_is_replaced_and_does_nothing_when_it_wakes(
    schedulers: Schedulers,
) -> None:
    first, second = await schedulers.start(), await schedulers.start()
    frozen = await schedulers.led_by(first, second)
    other = second if frozen is first else first

    schedulers.freeze(frozen)
    await schedulers.led_by(other, epoch=2)
    while_frozen = await schedulers.see_to_yesterday(other)
    frozen.running.send_signal(signal.SIGCONT)
    await eventually(lambda: "the lead was lost" in frozen.events(), frozen, other)
    afterwards = await schedulers.see_to_yesterday(other, frozen)

    assert (while_frozen, afterwards) == ({2}, {2})
    lease = schedulers.lease()
    assert lease is not None
    assert other.leads_as in lease.holder
    assert [one.stop()[0] for one in (frozen, other)] == [0, 0]
