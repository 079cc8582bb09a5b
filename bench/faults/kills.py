"""Kills under load: half at named points, half at random; and orderly stops, which leave nothing behind."""

import asyncio
import itertools
import random
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.faults.council import MadeUp, make_up
from bench.faults.engines import Engine
from bench.faults.ledger import Tally, in_flight, notices_tally, saves_tally, unsettled
from bench.faults.points import POINTS
from bench.faults.presses import Desk, Hand, learn
from bench.faults.subjects import Nursery, Subject, environment, free_port
from bench.faults.surroundings import Surroundings
from bench.turn.hands import OpenPage

HANDS = 3
NOTICES_A_CYCLE = 15
LONGEST_LIFE_SECONDS = 1.2
POINT_SECONDS = 4.0
RANDOM = "random"
STOP_SECONDS = 15.0
SETTLED_SECONDS = 240.0
"""Claims of the dead run out after a minute; then everything goes out at the pace that is allowed."""


@dataclass(slots=True)
class Run:
    """One engine's run."""

    engine: Engine
    nursery: Nursery
    around: Surroundings
    made_up: MadeUp
    work: Path
    random: random.Random
    desk: Desk
    pages: list[OpenPage] = field(default_factory=list)
    allowed: set[tuple[int, str]] = field(default_factory=set)
    """What was in the hands of a process when it was killed."""
    tried_again: Counter[int] = field(default_factory=Counter)
    """How often a notice that an outage met was tried after that."""
    killed: Counter[str] = field(default_factory=Counter)
    """How many died where."""
    tally: Tally = field(default_factory=Tally)
    stall_ms: float = 0.0
    stops: int = 0
    longest_stop_seconds: float = 0.0
    longest_return_seconds: float = 0.0
    """From the end of an outage to the first save after it."""
    restarts: int = 0
    full_disks: int = 0
    seconds: float = 0.0
    refused: int = 0
    """Presses answered that nothing was saved."""
    port: int = 0
    saved: int = 0
    delivered_again: int = 0
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @property
    def killed_at_points(self) -> int:
        """How many of them died at a named point."""
        return self.killed.total() - self.killed[RANDOM]

    def start(self, port: int, **order: object) -> Subject:
        """A process of this run."""
        settings = environment(self.engine.url, self.around.entra.url, self.work)
        name = f"run{next(self._numbers)}"
        return self.nursery.start(name, port, settings, entra=self.around.entra.url, **order)

    def saw(self, subject: Subject) -> None:
        """Remember its longest stall."""
        self.stall_ms = max(self.stall_ms, subject.stall_ms)

    async def queue(self, count: int = NOTICES_A_CYCLE) -> None:
        """So many notices more."""
        await asyncio.to_thread(self.made_up.queue, self.engine.database, count)

    @asynccontextmanager
    async def pressing(self, ports: Sequence[int]) -> AsyncIterator[list[Hand]]:
        """Hands that save pages until the block is left, and then until every press has its answer.

        Leave it while a process is there to answer.
        """
        over = False
        hands = [Hand(self.desk, self.pages[n::HANDS], list(ports)) for n in range(HANDS)]
        tasks = [asyncio.create_task(hand.press_on(lambda: over)) for hand in hands]
        try:
            yield hands
            over = True
            await asyncio.wait_for(asyncio.gather(*tasks), 60)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self.saved += sum(hand.saved for hand in hands)
            self.delivered_again += sum(hand.delivered_again for hand in hands)
            self.refused += sum(hand.refused for hand in hands)


async def opened(engine: Engine, nursery: Nursery, around: Surroundings, work: Path, seed: int) -> Run:
    """A made-up council in this engine, its pages learnt from a first process."""
    made_up = await asyncio.to_thread(make_up, engine.database, around.service_url)
    desk = Desk(around.service_url, around.tokens())
    run = Run(engine, nursery, around, made_up, work, random.Random(seed), desk)
    first = run.start(free_port())
    await first.is_ready()
    run.pages = await learn(desk, made_up.live, first.port)
    await first.end(signal.SIGTERM, STOP_SECONDS)
    run.saw(first)
    return run


async def stop_orderly(run: Run, count: int) -> None:
    """Ask processes to stop under load; none may leave a notice in its hands, or anything to repeat."""
    port = free_port()
    subject = run.start(port)
    await subject.is_ready()
    async with run.pressing([port]):
        for _ in range(count):
            await run.queue()
            await asyncio.sleep(run.random.uniform(0.05, LONGEST_LIFE_SECONDS / 2))
            asked = time.monotonic()
            status = await subject.end(signal.SIGTERM, STOP_SECONDS)
            run.longest_stop_seconds = max(run.longest_stop_seconds, time.monotonic() - asked)
            run.saw(subject)
            run.stops += 1
            left = await asyncio.to_thread(in_flight, run.engine.database, subject.run)
            if status or left:
                run.tally.wrong.append(f"{subject.run} stopped with {status} and {len(left)} in its hands")
            subject = run.start(port)
            await subject.is_ready()
    await until_settled(run)
    await subject.end(signal.SIGTERM, STOP_SECONDS)


async def kill(run: Run, count: int) -> None:
    """Kill processes under load, one after another."""
    port = free_port()
    points = itertools.cycle(POINTS)
    async with run.pressing([port]):
        for number in range(count):
            # A point that was not reached in time is made up for by the next one.
            named_next = 2 * run.killed_at_points <= number
            await _live_and_die(run, port, next(points) if named_next else None)
        # Somebody has to be there for the presses that wait for their answer.
        last = run.start(port)
        await last.is_ready()
    await until_settled(run)
    await last.end(signal.SIGTERM, STOP_SECONDS)
    run.saw(last)


async def _live_and_die(run: Run, port: int, point: str | None) -> None:
    """One process from its start to its kill."""
    await run.queue()
    skip = run.random.randrange({"sent": 1, "claimed": 2}.get(point or "", 12))
    subject = run.start(port, point=point, skip=skip)
    await subject.is_ready()
    where = RANDOM
    if point is None:
        await asyncio.sleep(run.random.uniform(0.0, LONGEST_LIFE_SECONDS))
    else:
        try:
            await asyncio.wait_for(subject.reached.wait(), POINT_SECONDS)
            where = point
        except TimeoutError:
            pass
        if point == "within commit":
            await asyncio.sleep(run.random.uniform(0.0, 0.004))
    await subject.end(signal.SIGKILL, STOP_SECONDS)
    run.killed[where] += 1
    run.saw(subject)
    run.allowed |= await asyncio.to_thread(in_flight, run.engine.database, subject.run)


async def until_settled(run: Run) -> None:
    """Wait until the outbox is empty."""
    ends = time.monotonic() + SETTLED_SECONDS
    while time.monotonic() < ends:
        if not await asyncio.to_thread(unsettled, run.engine.database):
            return
        await asyncio.sleep(0.5)
    run.tally.wrong.append("the outbox was not emptied in time")


def count_up(run: Run) -> None:
    """Hold everything that was done against what is there."""
    database, made_up = run.engine.database, run.made_up
    allowance = Counter(notice for notice, _ in run.allowed) + run.tried_again
    run.tally.add(notices_tally(database, run.around.arrived, allowance, made_up.queued))
    run.tally.add(saves_tally(database, run.pages))
