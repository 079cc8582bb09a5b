"""Writes down what became of notices, several in one transaction."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.pacing import Window
from scheduler.ledger import keep_verdict
from scheduler.preparing import Parcel
from scheduler.verdicts import Settle, Verdict
from storage.notices import Claimed
from workflows.council import Council

log = logging.getLogger("plumbline.courier")

RECORD_TRIES = 3
ENOUGH = 32
"""So many are written at once without waiting for more."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one notice."""

    notice: Claimed
    verdict: Verdict
    parcel: Parcel | None = None
    over_at: datetime | None = None
    """When the other side had it, or may have had it; None when nothing left."""


@dataclass(slots=True)
class Settling:
    """Gathers outcomes and writes them, in order, in a thread."""

    council: Council
    clock: Callable[[], datetime]
    windows: Sequence[Window]
    in_thread: Callable[[Callable[[], bool]], Awaitable[bool]]
    gather_seconds: float
    """How long the first of several waits for others: what a killed process may have to repeat."""
    pause_seconds: float
    """Between two tries to write."""
    due_anew: Callable[[], None]
    """Told when something went into the outbox or back: whoever sleeps until the next thing falls due may
    have looked before that."""
    _waiting: list[Outcome] = field(default_factory=list)
    _writing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _some: asyncio.Event = field(default_factory=asyncio.Event)
    _enough: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, outcome: Outcome) -> None:
        """Take an outcome, to be written soon."""
        self._waiting.append(outcome)
        self._some.set()
        if len(self._waiting) >= ENOUGH:
            self._enough.set()

    async def run(self) -> None:
        """Write what comes, until cancelled; whoever cancels flushes."""
        while True:
            await self._some.wait()
            try:
                async with asyncio.timeout(self.gather_seconds):
                    await self._enough.wait()
            except TimeoutError:
                pass
            await asyncio.shield(self.flush())

    async def flush(self) -> None:
        """Write everything taken so far, after what is being written already."""
        async with self._writing:
            batch, self._waiting = self._waiting, []
            self._some.clear()
            self._enough.clear()
            if batch:
                await self._record(batch)

    async def _record(self, batch: list[Outcome]) -> None:
        """Write the verdicts down. A notice that was sent must not go out again because this failed once."""
        for left in reversed(range(RECORD_TRIES)):
            try:
                has_queued = await self.in_thread(lambda: self._write(batch))
            except Exception as fault:
                ids = ", ".join(str(outcome.notice.id) for outcome in batch)
                log.warning("notices %s could not be settled: %s", ids, type(fault).__name__)
                if len(batch) > 1:
                    # One that cannot be written must not undo the others.
                    for outcome in batch:
                        await self._record([outcome])
                    return
                if left:
                    await asyncio.sleep(self.pause_seconds)
            else:
                _tell_of_the_dead(batch)
                if has_queued:
                    self.due_anew()
                return

    def _write(self, batch: list[Outcome]) -> bool:
        """Whether anything waits in the outbox anew because of this."""
        now = self.clock()
        with self.council.write() as work:
            done: dict[str, list[tuple[str, datetime | None]]] = {}
            for outcome in batch:
                notice = outcome.notice
                keep_verdict(work, notice, outcome.verdict, outcome.parcel, now=now)
                if notice.booked_in is not None and notice.claim is not None:
                    done.setdefault(notice.booked_in, []).append((notice.claim, outcome.over_at))
            work.paces.settle(done, self.windows, now=now)
            return work.has_queued


def _tell_of_the_dead(batch: list[Outcome]) -> None:
    for outcome in batch:
        verdict, notice = outcome.verdict, outcome.notice
        if isinstance(verdict, Settle) and verdict.state == "dead":
            log.error("notice %s (%s) is dead: %s", notice.id, notice.kind, verdict.reason)
