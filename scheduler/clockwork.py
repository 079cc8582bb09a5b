"""What the clock does, looked at each minute: rounds whose day has come, the day's seal, tidying.

Every step asks the database what is due, so it may be looked at as often as one likes, by any number of
processes and after any pause; what was missed is done at the next look.

Source: CA-05, SG-05; decision 5 of the design.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from storage.turns import REPEAT_MEMORY
from workflows.allocating import allocate_due
from workflows.council import Council
from workflows.sealing import export_path, seal_day

log = logging.getLogger("plumbline.clockwork")

EVERY = timedelta(minutes=1)
LINE_MEMORY = timedelta(days=7)
"""How long a typed line waits for its yes before its text is emptied."""


@dataclass(frozen=True, slots=True)
class Clockwork:
    """One council's clock. `tick` is plain and synchronous; `schedule` wakes it."""

    council: Council
    export_folder: Path
    nudge: Callable[[], None]
    """Wakes the courier after something was queued."""

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
        with self.council.write() as work:
            made = allocate_due(work, self.council, now)
        if made:
            log.info("%s audits were allocated", made)
            self.nudge()

    def _revive(self, now: datetime) -> None:
        with self.council.write() as work:
            revived = work.notices.revive_reachable(now)
        if revived:
            self.nudge()

    def _close_yesterday(self, now: datetime) -> None:
        """Once a day, told by the file that sealing leaves behind."""
        yesterday = self.council.today(now) - timedelta(days=1)
        if export_path(self.export_folder, yesterday).exists():
            return
        with self.council.write() as work:
            work.turns.forget_presses(now - REPEAT_MEMORY)
            work.turns.empty_lines(now - LINE_MEMORY)
        heads = seal_day(self.council, yesterday, now, self.export_folder)
        log.info("the trail of %s is sealed: %s heads", yesterday, heads)


def wake_each_minute(clockwork: Clockwork, clock: Callable[[], datetime]) -> AsyncIOScheduler:
    """A scheduler, not started yet, that looks at the clock at once and then each minute.

    The job is plain, so it runs in a worker thread. A late look is as good as a punctual one, and several
    missed ones are one.
    """
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(
        lambda: clockwork.tick(clock()),
        IntervalTrigger(seconds=int(EVERY.total_seconds()), timezone=UTC),
        id="clockwork",
        next_run_time=clock(),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    return scheduler
