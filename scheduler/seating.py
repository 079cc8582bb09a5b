"""The seats of one tenant that this process may use: leased from the database, given out without asking it.

Whoever goes first is served first; a seat rests after each request, as `domain.seats` has it.
"""

import asyncio
import heapq
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from itertools import count

from domain.seats import LEASE_SECONDS, rested_at
from storage.pacing import Granted

log = logging.getLogger("plumbline.pace")

PATIENCE_SECONDS = 5.0
"""How long a request waits for its seat: well inside Teams' 15 seconds for a turn."""
DATABASE_SECONDS = 2.0
"""How long a turn waits for a database that says nothing."""
RENEW_SECONDS = 1.0
HURRY_SECONDS = 0.2
"""How soon to ask anew while there are too few seats and nobody else is known to hold them."""
IDLE_SECONDS = 1.5
JOURNEYS = 100
"""How many journeys the shortest is looked for among."""


class NotNow(Exception):
    """There is no room; `wait_seconds` says when to ask again."""

    def __init__(self, wait_seconds: float) -> None:
        super().__init__(f"{wait_seconds:.1f} s")
        self.wait_seconds = wait_seconds


Waiting = tuple[int, int, "asyncio.Future[None]"]
"""(0 for those who go first, order of arrival, what they wait for)."""


class Seats:
    """The seats of one tenant that this process may use."""

    def __init__(
        self,
        renew: Callable[[int, int], Granted],
        *,
        total: int,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
    ) -> None:
        """`renew` asks the database, in a thread: (seats wanted, in use or resting) to what is granted."""
        self.granted = 0
        self._renew = renew
        self._total = total
        self._clock = clock
        self._monotonic = monotonic
        self._lease_ends = 0.0
        self._paused_until = 0.0
        self._asked_at = float("-inf")
        self._used_at = 0.0
        self._short_of = False
        """Whether others hold what this process would like."""
        self._flying = 0
        self._resting: list[float] = []
        self._waiting: list[Waiting] = []
        self._order = count()
        self._journeys = _Journeys()
        self._timer: asyncio.TimerHandle | None = None
        self._asking: asyncio.Task[None] | None = None

    async def take(self, *, first: bool) -> None:
        """Wait for a seat. Raises NotNow."""
        paused = self._paused_until - self._monotonic()
        if paused > PATIENCE_SECONDS:
            raise NotNow(paused)
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (0 if first else 1, next(self._order), place))
        self._pump()
        try:
            if first:
                await self._not_kept_by_the_database(place)
            async with asyncio.timeout(PATIENCE_SECONDS):
                await place
        except BaseException as fault:
            if place.done() and not place.cancelled() and place.exception() is None:
                # Given in the very moment of giving up.
                self._flying -= 1
                self._pump()
            place.cancel()
            if isinstance(fault, TimeoutError):
                paused = self._paused_until - self._monotonic()
                raise NotNow(max(1.0, paused)) from None
            raise

    async def _not_kept_by_the_database(self, place: "asyncio.Future[None]") -> None:
        """Let a turn through when nothing was heard of any seats for a while: its answer must not be lost."""
        await asyncio.wait({place}, timeout=DATABASE_SECONDS)
        if not place.done() and self._monotonic() >= self._lease_ends:
            place.set_result(None)
            self._flying += 1

    def give_back(self, started: float) -> None:
        """The request was answered; its seat rests."""
        now = self._monotonic()
        self._flying -= 1
        self._used_at = now
        self._journeys.add(now - started)
        heapq.heappush(self._resting, rested_at(now, self._journeys.shortest))
        self._pump()

    def pause(self, seconds: float) -> None:
        """Nothing leaves for so long; whoever waits and is not that patient is told."""
        self._paused_until = max(self._paused_until, self._monotonic() + seconds)
        if seconds > PATIENCE_SECONDS:
            for _, _, place in self._waiting:
                if not place.done():
                    place.set_exception(NotNow(seconds))
        self._pump()

    async def close(self) -> None:
        """Give the seats back, as far as they have rested."""
        if self._timer is not None:
            self._timer.cancel()
        if self._asking is not None:
            with suppress(Exception):
                await self._asking
        if self.granted:
            self.granted = 0
            with suppress(Exception):
                await asyncio.to_thread(self._renew, 0, self._in_use)
        if self._timer is not None:
            self._timer.cancel()

    def _pump(self) -> None:
        """Give seats to whoever waits longest, ask for more where that helps, and come back when it may."""
        now = self._monotonic()
        while self._resting and self._resting[0] <= now:
            heapq.heappop(self._resting)
        while self._waiting and self._waiting[0][2].done():
            heapq.heappop(self._waiting)
        may_send = self._paused_until <= now < self._lease_ends
        while may_send and self._waiting and self._in_use < self.granted:
            place = heapq.heappop(self._waiting)[2]
            if not place.done():
                place.set_result(None)
                self._flying += 1
        self._come_back(now)

    @property
    def _in_use(self) -> int:
        return self._flying + len(self._resting)

    def _come_back(self, now: float) -> None:
        """Ask the database where that is due, or set the clock for when something may change."""
        when = []
        ask_at = self._ask_at(now)
        if ask_at is not None and ask_at <= now and self._asking is None:
            self._asking = asyncio.get_running_loop().create_task(self._ask(), name="pace")
        elif ask_at is not None and ask_at > now:
            when.append(ask_at)
        if self._waiting and self._resting:
            when.append(self._resting[0])
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if when:
            wait = max(0.001, min(when) - now)
            self._timer = asyncio.get_running_loop().call_later(wait, self._pump)

    def _ask_at(self, now: float) -> float | None:
        """When to ask for seats anew, or to give them back; None while neither is called for."""
        if not self._waiting:
            if not self.granted or self._flying:
                return None
            return max(self._used_at, self._asked_at) + IDLE_SECONDS
        if now < self._paused_until:
            return self._paused_until
        if not self.granted or now >= self._lease_ends:
            return self._asked_at + HURRY_SECONDS
        if self._in_use + len(self._waiting) > self.granted and not self._short_of:
            return self._asked_at + HURRY_SECONDS
        return self._asked_at + RENEW_SECONDS

    async def _ask(self) -> None:
        now = self._monotonic()
        self._asked_at = now
        # Twice what is asked for at this moment, so that a growing crowd is not asked about at each step.
        wanted = min(self._total, 2 * (self._in_use + len(self._waiting))) if self._waiting else 0
        if not wanted:
            self.granted = 0
        # What it has may all come into use before the answer is here, so none of it is given up yet.
        busy = max(self._in_use, self.granted if now < self._lease_ends else 0)
        try:
            granted = await asyncio.to_thread(self._renew, wanted, busy)
        except Exception as fault:
            log.warning("seats could not be had: %s", type(fault).__name__)
            self._let_down()
        else:
            self.granted = granted.seats
            self._short_of = granted.seats < wanted
            self._lease_ends = now + LEASE_SECONDS
            if granted.paused_until is not None:
                self.pause((granted.paused_until - self._clock()).total_seconds())
        finally:
            self._asking = None
            self._pump()

    def _let_down(self) -> None:
        """The database is away: turns are answered all the same, the courier has nothing to send from."""
        if self._monotonic() < self._lease_ends:
            return
        for rank, _, place in self._waiting:
            if place.done():
                continue
            if rank == 0:
                place.set_result(None)
                self._flying += 1
            else:
                place.set_exception(NotNow(1.0))


class _Journeys:
    """The shortest journey of the last hundred or two; nothing before there are enough to tell."""

    def __init__(self) -> None:
        self._before: float | None = None
        self._lately = float("inf")
        self._count = 0

    def add(self, seconds: float) -> None:
        self._lately = min(self._lately, seconds)
        self._count += 1
        if self._count == JOURNEYS:
            self._before, self._lately, self._count = self._lately, float("inf"), 0

    @property
    def shortest(self) -> float:
        return 0.0 if self._before is None else min(self._before, self._lately)
