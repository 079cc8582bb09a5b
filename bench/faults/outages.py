"""What a process leans on fails under load and comes back; nobody restarts the process meanwhile."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import sqlalchemy as sa

from bench.faults.kills import LONGEST_LIFE_SECONDS, STOP_SECONDS, Run, until_settled
from bench.faults.presses import Hand
from bench.faults.subjects import Subject, free_port
from storage.tables import notices

BACK_SECONDS = 30.0
"""How soon presses must be saved again once what failed is back."""


async def restart_database(run: Run, times: int) -> None:
    """PostgreSQL's server goes and comes back, so many times."""
    async with _under_load(run) as (_, hands):
        for _ in range(times):
            await run.queue()
            await asyncio.sleep(run.random.uniform(0.05, LONGEST_LIFE_SECONDS))
            await asyncio.to_thread(run.engine.restart)
            run.restarts += 1
            await _saves_again(run, hands, "the database's restart")


async def fill_disk(run: Run, seconds: float) -> None:
    """SQLite's file cannot grow for so long."""
    flag = run.work / "disk-full"
    async with _under_load(run, disk_full_while=str(flag)) as (_, hands):
        for _ in range(2):
            await run.queue()
            flag.touch()
            before = sum(hand.refused for hand in hands)
            await asyncio.sleep(seconds)
            if sum(hand.refused for hand in hands) == before:
                run.tally.wrong.append("a full disk was not noticed")
            flag.unlink()
            await _saves_again(run, hands, "the full disk")


async def hang(run: Run, seconds: float) -> None:
    """Connector, token endpoint and key endpoint take every request and answer none for so long.

    A process that serves already goes on saving. One that starts meanwhile has no keys, so it lets nobody in,
    and does so once the endpoint answers.
    """
    async with _under_load(run) as (_, hands):
        await _saves_again(run, hands, "the start")
        await run.queue()
        run.around.hanging = True
        saved = sum(hand.saved for hand in hands)
        await asyncio.sleep(seconds / 2)
        if sum(hand.saved for hand in hands) == saved:
            run.tally.wrong.append("nothing was saved while Microsoft's endpoints hung")
        late = run.start(free_port())
        await late.is_ready()
        await asyncio.sleep(seconds / 2)
        run.around.hanging = False
        for hand in hands:
            hand.ports[:] = [late.port]
        await _saves_again(run, hands, "the endpoints' hanging")
        await run.queue()
        await until_settled(run)
        for hand in hands:
            hand.ports[:] = [run.port]
    await late.end(signal.SIGTERM, STOP_SECONDS)
    run.saw(late)


@asynccontextmanager
async def _under_load(run: Run, **order: object) -> AsyncIterator[tuple[Subject, list[Hand]]]:
    """One process with hands on it, from its start to its orderly stop."""
    run.port = free_port()
    subject = run.start(run.port, **order)
    await subject.is_ready()
    async with run.pressing([run.port]) as hands:
        yield subject, hands
    await until_settled(run)
    await subject.end(signal.SIGTERM, STOP_SECONDS)
    run.saw(subject)
    run.allowed |= await asyncio.to_thread(_doubtful, run)


async def _saves_again(run: Run, hands: list[Hand], after: str) -> None:
    saved, started = sum(hand.saved for hand in hands), time.monotonic()
    while sum(hand.saved for hand in hands) == saved:
        if time.monotonic() - started > BACK_SECONDS:
            run.tally.wrong.append(f"nothing was saved within {BACK_SECONDS:.0f} s of {after}")
            return
        await asyncio.sleep(0.02)
    run.longest_return_seconds = max(run.longest_return_seconds, time.monotonic() - started)


def _doubtful(run: Run) -> set[tuple[int, str]]:
    """What is flagged: a timeout or a lost commit leaves it open whether it left."""
    with run.engine.database.read() as view:
        rows = view._connection.execute(
            sa.select(notices.c.id).where(notices.c.possibly_repeated).order_by(notices.c.id)
        )
        return {(row.id, f"outage on port {run.port}") for row in rows}
