"""What the clock does in one process: seek the lead, and as leader see to the calendar and to each minute.

APScheduler wakes it at the moment something falls due. The beat that keeps the lead does not depend on it:
APScheduler goes by the wall clock, and one that is put back by an hour would hold every job for that hour.
Each beat looks at the calendar as well, so nothing hangs on a timer that went off in time.

Source: CA-05, SG-05; decisions 5 and 7 of the design; docs/decisions/0010-cadence-and-lead.md.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.catching_up import catch_up
from scheduler.leading import Leading, LeadLost
from scheduler.sweeps import require_known
from scheduler.triggers import CadenceTrigger
from workflows.council import Council
from workflows.sealing import export_day, is_sealed

log = logging.getLogger("plumbline.clockwork")

MINUTE = timedelta(minutes=1)
BEATS_IN_A_LEASE = 3
"""A leader may miss a beat or two; whoever waits finds a lease that ran out within a third of its length."""


class Wakeable(Protocol):
    """The courier, as far as the clock knows it."""

    def nudge(self) -> None:
        """Look at the outbox at once."""


class Clockwork:
    """One process's clock. `tick` is plain; between `start` and `stop` it runs in a thread.

    Raises UnknownLine when the calendar names something that nothing answers to.
    """

    def __init__(
        self,
        council: Council,
        courier: Wakeable,
        leading: Leading,
        *,
        clock: Callable[[], datetime],
        export_dir: Path,
    ) -> None:
        require_known(council.framework)
        self._council = council
        self._courier = courier
        self._leading = leading
        self._clock = clock
        self._export_dir = export_dir
        self._exported_on: date | None = None
        self._minute_at: datetime | None = None
        self._stopping = False
        self._wake = asyncio.Event()
        self._beating: asyncio.Task[None] | None = None
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        # A late wake is as good as a punctual one, and several missed ones are one.
        self._scheduler.add_job(
            self._fall_due,
            CadenceTrigger(council),
            id="calendar",
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    @property
    def leads(self) -> bool:
        """Whether this process led the calendar when it last looked."""
        return self._leading.epoch is not None

    def start(self) -> None:
        """Beat at once and from then on, on the running event loop."""
        self._scheduler.start()
        self._beating = asyncio.create_task(self._beat(), name="clockwork")

    async def stop(self) -> None:
        """Beat no more and let another lead. A step under way is finished first."""
        self._stopping = True
        self._wake.set()
        if self._beating is not None:
            await self._beating
        self._scheduler.shutdown(wait=False)

    def tick(self, now: datetime) -> tuple[str, ...]:
        """Do what is due at this moment; returns the names of steps that failed, which never stop others."""
        try:
            if not self._leading.seek():
                return ()
            return (*self._see_to_calendar(now), *self._see_to_minute(now))
        except LeadLost:
            return ()

    async def _beat(self) -> None:
        pause = self._leading.lasts.total_seconds() / BEATS_IN_A_LEASE
        while not self._stopping:
            self._wake.clear()
            await self._in_thread("look at the calendar", lambda: self.tick(self._clock()))
            if not self._stopping:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), pause)
        await self._in_thread("give the lead back", self._leading.give_back)

    async def _in_thread(self, what: str, work: Callable[[], object]) -> None:
        try:
            await asyncio.to_thread(work)
        except Exception as fault:
            # The database may be busy or away; the calendar waits in it until it is back.
            log.warning("could not %s: %s", what, type(fault).__name__)

    async def _fall_due(self) -> None:
        self._wake.set()

    def _see_to_calendar(self, now: datetime) -> tuple[str, ...]:
        caught_up = catch_up(self._council, self._leading, now, stopping=lambda: self._stopping)
        if caught_up.queued:
            self._courier.nudge()
        if caught_up.done:
            # A seal is written out at once.
            self._minute_at = None
        return caught_up.failed

    def _see_to_minute(self, now: datetime) -> tuple[str, ...]:
        """What the leader does each minute, by the clock whichever way it went."""
        if self._minute_at is not None and abs(now - self._minute_at) < MINUTE:
            return ()
        self._minute_at = now
        steps: tuple[tuple[str, Callable[[datetime], None]], ...] = (
            ("revive", self._revive),
            ("export the seal", self._export),
        )
        failed = []
        for name, step in steps:
            try:
                step(now)
            except LeadLost:
                raise
            except Exception as fault:
                log.error("the clock's step %s failed: %s", name, type(fault).__name__)
                failed.append(name)
        return tuple(failed)

    def _revive(self, now: datetime) -> None:
        with self._council.write() as work:
            self._leading.check(work)
            revived = work.notices.revive_reachable(now)
        if revived:
            self._courier.nudge()

    def _export(self, now: datetime) -> None:
        """Write the sealed heads out, once: the seal is in the database by then, and the file may be lost."""
        with self._council.read() as view:
            sealed = view.calendar.last_done("seal")
        if sealed is None or sealed.on == self._exported_on:
            return
        day = sealed.on - timedelta(days=1)
        if not is_sealed(self._export_dir, day):
            export_day(self._council, day, now, self._export_dir)
            log.info("the trail of %s is sealed", day)
        self._exported_on = sealed.on
