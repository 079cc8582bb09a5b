"""What a process leans on fails under load and comes back; nobody restarts the process meanwhile."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bench.faults.kills import LONGEST_LIFE_SECONDS, STOP_SECONDS, Run, until_settled
from bench.faults.ledger import tries, tries_before
from bench.faults.presses import Hand
from bench.faults.small_disk import SmallDisk
from bench.faults.subjects import free_port

BACK_SECONDS = 30.0
"""How soon presses must be saved again once what failed is back."""
FULL_SECONDS = 30.0
"""How soon a full disk must be felt: SQLite writes over what its log holds before it asks for more room."""


@dataclass(slots=True)
class Load:
    """The hands on a process, and the notices that outages met on their way."""

    run: Run
    hands: list[Hand]
    _tries_before: dict[int, int] = field(default_factory=dict)
    """Notice to how often it was tried before the first outage that met it."""

    @property
    def saved(self) -> int:
        """Presses saved so far."""
        return sum(hand.saved for hand in self.hands)

    @property
    def refused(self) -> int:
        """Presses answered that nothing was saved."""
        return sum(hand.refused for hand in self.hands)

    @asynccontextmanager
    async def outage(self) -> AsyncIterator[None]:
        """Something fails from here to the end of the block; remembers which notices were on their way."""
        database = self.run.engine.database
        before = await asyncio.to_thread(tries_before, database)
        yield
        for notice, count in (await asyncio.to_thread(tries, database)).items():
            if count > before.get(notice, 0):
                self._tries_before.setdefault(notice, before.get(notice, 0))

    def allow(self) -> None:
        """All is settled: each of those may have arrived at every try since then, and is due once."""
        for notice, count in tries(self.run.engine.database).items():
            since = count - self._tries_before.get(notice, count)
            self.run.tried_again[notice] += max(since - 1, 0)

    async def saves_again(self, after: str) -> None:
        """Wait for the next save."""
        saved, started = self.saved, time.monotonic()
        while self.saved == saved:
            if time.monotonic() - started > BACK_SECONDS:
                self.run.tally.wrong.append(f"nothing was saved within {BACK_SECONDS:.0f} s of {after}")
                return
            await asyncio.sleep(0.02)
        took = time.monotonic() - started
        self.run.longest_return_seconds = max(self.run.longest_return_seconds, took)


async def restart_database(run: Run, times: int) -> None:
    """PostgreSQL's server goes and comes back, so many times."""
    async with _under_load(run) as load:
        for _ in range(times):
            await run.queue()
            await asyncio.sleep(run.random.uniform(0.05, LONGEST_LIFE_SECONDS))
            async with load.outage():
                await asyncio.to_thread(run.engine.restart)
            run.restarts += 1
            await load.saves_again("the database's restart")


async def stop_growth(run: Run, seconds: float) -> None:
    """SQLite's file cannot grow for so long."""
    flag = run.work / "disk-full"
    async with _under_load(run, disk_full_while=str(flag)) as load:
        for _ in range(2):
            await run.queue()
            async with load.outage():
                flag.touch()
                before = load.refused
                await asyncio.sleep(seconds)
                if load.refused == before:
                    run.tally.wrong.append("a file that may not grow was not noticed")
                flag.unlink()
            await load.saves_again("the file's growth was stopped")


async def fill_disk(run: Run, disk: SmallDisk, seconds: float) -> None:
    """The disk that the database lies on is full for so long, twice.

    PostgreSQL gives up when it can write no log, and is started again once there is room, as what runs
    services does.
    """
    async with _under_load(run) as load:
        for _ in range(2):
            await run.queue()
            await asyncio.sleep(seconds)
            async with load.outage():
                before, ends = load.refused, time.monotonic() + FULL_SECONDS
                disk.fill()
                while load.refused == before and time.monotonic() < ends:
                    await asyncio.sleep(0.05)
                    # What a checkpoint gave back meanwhile.
                    disk.fill()
                if load.refused == before:
                    run.tally.wrong.append("a full disk was not noticed")
                await asyncio.sleep(seconds)
                disk.clear()
                if run.engine.server is not None:
                    await asyncio.to_thread(run.engine.restart)
            await load.saves_again("the full disk")


async def hang(run: Run, seconds: float) -> None:
    """Connector, token endpoint and key endpoint take every request and answer none for so long.

    A process that serves already goes on saving. One that starts meanwhile has no keys, so it lets nobody in,
    and does so once the endpoint answers.
    """
    async with _under_load(run) as load:
        await load.saves_again("the start")
        await run.queue()
        async with load.outage():
            run.around.hanging = True
            saved = load.saved
            await asyncio.sleep(seconds / 2)
            if load.saved == saved:
                run.tally.wrong.append("nothing was saved while Microsoft's endpoints hung")
            late = run.start(free_port())
            await late.is_ready()
            await asyncio.sleep(seconds / 2)
            run.around.hanging = False
        for hand in load.hands:
            hand.ports[:] = [late.port]
        await load.saves_again("the endpoints' hanging")
        await run.queue()
        await until_settled(run)
        for hand in load.hands:
            hand.ports[:] = [run.port]
    await late.end(signal.SIGTERM, STOP_SECONDS)
    run.saw(late)


@asynccontextmanager
async def _under_load(run: Run, **order: object) -> AsyncIterator[Load]:
    """One process with hands on it, from its start to its orderly stop."""
    run.port = free_port()
    subject = run.start(run.port, **order)
    await subject.is_ready()
    async with run.pressing([run.port]) as hands:
        load = Load(run, hands)
        yield load
    await until_settled(run)
    await subject.end(signal.SIGTERM, STOP_SECONDS)
    run.saw(subject)
    await asyncio.to_thread(load.allow)
