"""Empties the outbox: claims what is due, draws it, hands it over and settles it.

All work on the database is synchronous and runs in threads of the courier's own; only the handing over is
asynchronous. Delivery is at least once. A process that dies anywhere leaves a claim that runs out, and the
next try is flagged as possibly repeated. Safety alerts have a lane to themselves, so that they never wait
behind other notices (Q16, SG-02).

Source: decision 2 of the design and "the life of a notice".
"""

import asyncio
import logging
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from scheduler.drawing import Postponed
from scheduler.handing import hand_over
from scheduler.ledger import keep_verdict
from scheduler.ports import Mailer, Post
from scheduler.preparing import Decided, Parcel, prepare
from scheduler.verdicts import Later, Settle, Verdict, after_fault, judge
from storage.notices import Notice
from workflows.council import Council

log = logging.getLogger("plumbline.courier")
T = TypeVar("T")

LEASE = timedelta(seconds=60)
MARGIN = timedelta(seconds=25)
"""A claim with less time left is given back unsent: handing over and settling might outlast it."""
BATCH = 8
THREADS = 2
IDLE_SECONDS = 5.0
"""How often the outbox is looked at unasked: for what falls due, and for what other processes wrote."""
RECORD_TRIES = 3


async def _first_of(*events: asyncio.Event, timeout: float) -> None:
    """Wait for whichever comes first, the timeout included."""
    waiting = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()


@dataclass(slots=True)
class Courier:
    """One council's courier. `nudge` wakes it, `run` works until stopped, `drain_once` serves tests."""

    council: Council
    post: Post
    mailer: Mailer
    clock: Callable[[], datetime]
    nonce: Callable[[], str]
    """Fresh random words, for the buttons of a card and for claims."""
    jitter: Callable[[], float] = random.random
    idle_seconds: float = IDLE_SECONDS
    record_pause_seconds: float = 1.0
    _threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(THREADS, thread_name_prefix="courier")
    )
    _wake: dict[bool, asyncio.Event] = field(default_factory=dict)
    _loop: asyncio.AbstractEventLoop | None = None

    def nudge(self) -> None:
        """Look at the outbox at once; from any thread, and harmless when the courier is not running."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake_up)

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set; what is under way then is finished first."""
        self._loop = asyncio.get_running_loop()
        self._wake = {True: asyncio.Event(), False: asyncio.Event()}
        try:
            await asyncio.gather(self._lane(stop, urgent_only=True), self._lane(stop, urgent_only=False))
        finally:
            self._loop = None
            self._threads.shutdown(wait=False)

    async def drain_once(self) -> int:
        """Deliver everything due at this moment; returns how many notices were taken up."""
        taken = await self._round(urgent_only=True)
        while more := await self._round(urgent_only=False):
            taken += more
        return taken

    def _wake_up(self) -> None:
        for event in self._wake.values():
            event.set()

    async def _lane(self, stop: asyncio.Event, *, urgent_only: bool) -> None:
        wake = self._wake[urgent_only]
        while not stop.is_set():
            wake.clear()
            taken = 0
            try:
                taken = await self._round(urgent_only=urgent_only)
            except Exception as fault:
                # The database may be busy or away; the outbox keeps everything until it is back.
                log.warning("the outbox could not be read: %s", type(fault).__name__)
            if not taken:
                await _first_of(stop, wake, timeout=self.idle_seconds)

    async def _round(self, *, urgent_only: bool) -> int:
        """Claim a batch and deliver it: people side by side, each person's notices in order."""
        until = self.clock() + LEASE
        claimed = await self._in_thread(lambda: self._claim(until, urgent_only))
        queues: dict[tuple[int | None, bool], list[Notice]] = {}
        for notice in claimed:
            queues.setdefault((notice.person_id, notice.medium == "email"), []).append(notice)
        await asyncio.gather(*(self._deliver_in_order(queue, until) for queue in queues.values()))
        return len(claimed)

    def _claim(self, until: datetime, urgent_only: bool) -> tuple[Notice, ...]:
        with self.council.write() as work:
            return work.notices.claim(
                token=self.nonce(), now=self.clock(), until=until, limit=BATCH, urgent_only=urgent_only
            )

    async def _deliver_in_order(self, queue: list[Notice], until: datetime) -> None:
        for notice in queue:
            try:
                await self._deliver(notice, until)
            except Exception as fault:
                # One bad notice never stops the others. Its text may stand in the exception, so only the
                # kind of fault is told.
                log.error("notice %s (%s) failed: %s", notice.id, notice.kind, type(fault).__name__)
                verdict = after_fault(fault, notice, now=self.clock(), jitter=self.jitter())
                await self._record(notice, verdict)

    async def _deliver(self, notice: Notice, until: datetime) -> None:
        if self.clock() > until - MARGIN:
            again = self.clock() + timedelta(seconds=1)
            await self._record(notice, Later(again, "the batch took too long"))
            return
        parcel = await self._in_thread(lambda: self._prepare(notice))
        if isinstance(parcel, Decided):
            await self._record(notice, Settle(parcel.state, parcel.reason))
            return
        if isinstance(parcel, Postponed):
            await self._record(notice, Later(parcel.until, parcel.reason))
            return
        outcome = await hand_over(parcel, self.post, self.mailer)
        verdict = judge(outcome, notice, now=self.clock(), jitter=self.jitter())
        await self._record(notice, verdict, parcel)

    def _prepare(self, notice: Notice) -> Parcel:
        with self.council.read() as view:
            return prepare(view, self.council, notice, now=self.clock(), nonce=self.nonce())

    async def _record(self, notice: Notice, verdict: Verdict, parcel: Parcel | None = None) -> None:
        """Write the verdict down. A notice that was sent must not go out again because this failed once."""

        def write() -> None:
            with self.council.write() as work:
                keep_verdict(work, notice, verdict, parcel, now=self.clock())

        for left in reversed(range(RECORD_TRIES)):
            try:
                await self._in_thread(write)
                if isinstance(verdict, Settle) and verdict.state == "dead":
                    log.error("notice %s (%s) is dead: %s", notice.id, notice.kind, verdict.reason)
                return
            except Exception as fault:
                log.warning("notice %s could not be settled: %s", notice.id, type(fault).__name__)
                if not left:
                    return
                await asyncio.sleep(self.record_pause_seconds)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)
