"""What the clock does, looked at each minute: rounds whose day has come, the day's seal, tidying.

Every step asks the database what is due, so it may be looked at as often as one likes, by any number of
processes and after any pause; what was missed is done at the next look.

Source: CA-05, SG-05; decision 5 of the design.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from storage.turns import REPEAT_MEMORY
from workflows.allocating import allocate_due
from workflows.council import Council
from workflows.sealing import is_sealed, seal_day

log = logging.getLogger("plumbline.clockwork")

EVERY = timedelta(minutes=1)
STOP_SECONDS = 5.0
LINE_MEMORY = timedelta(days=7)
"""How long a typed line waits for its yes before its text is emptied."""


class Wakeable(Protocol):
    """The courier, as far as the clock knows it."""

    def nudge(self) -> None:
        """Look at the outbox at once."""


class Clockwork:
    """One council's clock. `tick` is plain; between `start` and `stop` it runs each minute in a thread."""

    def __init__(
        self, council: Council, courier: Wakeable, *, clock: Callable[[], datetime], export_dir: Path
    ) -> None:
        self._council = council
        self._courier = courier
        self._clock = clock
        self._export_dir = export_dir
        self._closed_on: date | None = None
        self._looking = asyncio.Lock()
        # A late look is as good as a punctual one, and several missed ones are one.
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._scheduler.add_job(
            self._look,
            IntervalTrigger(seconds=int(EVERY.total_seconds()), timezone=UTC),
            id="clockwork",
            next_run_time=clock(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Look at once and then each minute, on the running event loop."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Look no more. A look under way is finished first, as the database is closed next."""
        self._scheduler.pause()
        # A look that was handed over a moment ago begins; APScheduler would cancel it and call that an error.
        await asyncio.sleep(0)
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS), self._looking:
                pass
        self._scheduler.shutdown(wait=False)

    async def _look(self) -> None:
        async with self._looking:
            await asyncio.to_thread(self.tick, self._clock())

    def tick(self, now: datetime) -> tuple[str, ...]:
        """Do what is due at this moment; returns the names of steps that failed, which never stop others."""
        steps: tuple[tuple[str, Callable[[datetime], None]], ...] = (
            ("allocate", self._allocate),
            ("revive", self._revive),
            ("close the day", self._close_yesterday),
        )
        failed = []
        for name, step in steps:
            try:
                step(now)
            except Exception as fault:
                log.error("the clock's step %s failed: %s", name, type(fault).__name__)
                failed.append(name)
        return tuple(failed)

    def _allocate(self, now: datetime) -> None:
        with self._council.write() as work:
            made = allocate_due(work, self._council, now)
        if made:
            log.info("%s audits were allocated", made)
            self._courier.nudge()

    def _revive(self, now: datetime) -> None:
        with self._council.write() as work:
            revived = work.notices.revive_reachable(now)
        if revived:
            self._courier.nudge()

    def _close_yesterday(self, now: datetime) -> None:
        """Once a day, told by the file that sealing leaves behind."""
        yesterday = self._council.today(now) - timedelta(days=1)
        if self._closed_on == yesterday or is_sealed(self._export_dir, yesterday):
            self._closed_on = yesterday
            return
        with self._council.write() as work:
            work.turns.forget_presses(now - REPEAT_MEMORY)
            work.turns.empty_lines(now - LINE_MEMORY)
        seal_day(self._council, yesterday, now, self._export_dir)
        log.info("the trail of %s is sealed", yesterday)
