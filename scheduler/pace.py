"""This process's part of what each tenant takes in a second, given out request by request.

Seats are leased from the database (`domain.seats`), so that processes together never exceed the tenant's
figure, and are used without asking it again; a process that sends nothing holds none. Requests of turns and
creations go first. What the courier sends was booked with its conversation when it was claimed; a turn books
its own here.
"""

import asyncio
import heapq
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import datetime, timedelta
from itertools import count
from typing import Protocol

from domain.pacing import Limits
from domain.seats import LEASE_SECONDS, rested_at
from storage.pacing import Granted
from workflows.council import Council

log = logging.getLogger("plumbline.pace")

PATIENCE_SECONDS = 5.0
"""How long a request waits for its seat: well inside Teams' 15 seconds for a turn."""
RENEW_SECONDS = 1.0
HURRY_SECONDS = 0.2
"""How soon to ask anew while there are too few seats and nobody else is known to hold them."""
IDLE_SECONDS = 1.5
LEAST_ROOM = 8
UNNAMED_PAUSE_SECONDS = 2.0
JOURNEYS = 100
"""How many journeys the shortest is looked for among."""


class NotNow(Exception):
    """There is no room; `wait_seconds` says when to ask again."""

    def __init__(self, wait_seconds: float) -> None:
        super().__init__(f"{wait_seconds:.1f} s")
        self.wait_seconds = wait_seconds


class Lane(Protocol):
    """How requests of one kind get their turn."""

    def request(self, tenant_id: str | None, posts_in: str | None) -> AbstractAsyncContextManager[None]:
        """Wait until a request may leave, and hold its place until it was answered. Raises NotNow.

        `posts_in` is the conversation that a message or a creation counts for.
        """

    async def throttled(
        self, tenant_id: str | None, conversation_id: str, wait_seconds: float | None
    ) -> None:
        """Teams asked us to wait."""


class Unpaced:
    """Everything leaves at once: for tools and tests that send next to nothing."""

    @asynccontextmanager
    async def request(self, _tenant_id: str | None, _posts_in: str | None) -> AsyncIterator[None]:
        """No wait."""
        yield

    async def throttled(
        self, _tenant_id: str | None, _conversation_id: str, _wait_seconds: float | None
    ) -> None:
        """Nothing to remember."""


class Pace:
    """One process's pace. `turns` is the lane of turns and creations, `courier` that of the outbox."""

    def __init__(
        self,
        council: Council,
        *,
        limits: Limits,
        clock: Callable[[], datetime],
        holder: str,
        home_tenant: str = "",
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.council = council
        self.limits = limits
        self.clock = clock
        self.holder = holder
        self.monotonic = monotonic
        self._home = home_tenant
        self._seats: dict[str, _Seats] = {}
        self.turns: Lane = _Lane(self, first=True)
        self.courier: Lane = _Lane(self, first=False)

    def room(self) -> int:
        """How many notices are worth holding ready: about a second's worth."""
        return max(LEAST_ROOM, sum(seats.granted for seats in self._seats.values()))

    def seats(self, tenant_id: str | None) -> "_Seats":
        """A tenant's seats; no tenant means the home one."""
        name = self.tenant(tenant_id)
        if name not in self._seats:
            self._seats[name] = _Seats(self, name)
        return self._seats[name]

    def tenant(self, tenant_id: str | None) -> str:
        """The tenant's name among the paces."""
        return (tenant_id or self._home).lower()

    async def close(self) -> None:
        """Give every seat back."""
        for seats in self._seats.values():
            await seats.close()


class _Lane:
    def __init__(self, pace: Pace, *, first: bool) -> None:
        self._pace = pace
        self._first = first

    @asynccontextmanager
    async def request(self, tenant_id: str | None, posts_in: str | None) -> AsyncIterator[None]:
        if self._first and posts_in is not None:
            await self._note(posts_in)
        seats = self._pace.seats(tenant_id)
        await seats.take(first=self._first)
        started = self._pace.monotonic()
        try:
            yield
        finally:
            seats.give_back(started)

    async def throttled(
        self, tenant_id: str | None, conversation_id: str, wait_seconds: float | None
    ) -> None:
        wait = UNNAMED_PAUSE_SECONDS if wait_seconds is None else max(wait_seconds, 1.0)
        pace, now = self._pace, self._pace.clock()

        def keep() -> datetime | None:
            with pace.council.write() as work:
                tenant, until = pace.tenant(tenant_id), now + timedelta(seconds=wait)
                return work.paces.throttled(tenant, conversation_id, until, now)

        try:
            paused_until = await asyncio.to_thread(keep)
        except Exception as fault:
            log.warning("a pause could not be kept: %s", type(fault).__name__)
            return
        if paused_until is not None:
            pace.seats(tenant_id).pause((paused_until - now).total_seconds())

    async def _note(self, conversation_id: str) -> None:
        """Wait for the conversation's room. A database that is away must not keep an answer from anybody."""
        pace, now = self._pace, self._pace.clock()
        latest = now + timedelta(seconds=PATIENCE_SECONDS)

        def note() -> datetime:
            with pace.council.write() as work:
                windows = pace.limits.conversation
                return work.paces.note_turn(conversation_id, windows, now=now, latest=latest)

        try:
            leaves = await asyncio.to_thread(note)
        except Exception as fault:
            log.warning("a turn's message could not be noted: %s", type(fault).__name__)
            return
        if leaves > latest:
            raise NotNow((leaves - now).total_seconds())
        if leaves > now:
            await asyncio.sleep((leaves - now).total_seconds())


Waiting = tuple[int, int, "asyncio.Future[None]"]
"""(0 for those who go first, order of arrival, what they wait for)."""


class _Seats:
    """The seats of one tenant that this process may use."""

    def __init__(self, pace: Pace, tenant: str) -> None:
        self.granted = 0
        self._pace = pace
        self._tenant = tenant
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
        paused = self._paused_until - self._pace.monotonic()
        if paused > PATIENCE_SECONDS:
            raise NotNow(paused)
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (0 if first else 1, next(self._order), place))
        self._pump()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await place
        except BaseException as fault:
            if place.done() and not place.cancelled() and place.exception() is None:
                # Given in the very moment of giving up.
                self._flying -= 1
                self._pump()
            place.cancel()
            if isinstance(fault, TimeoutError):
                paused = self._paused_until - self._pace.monotonic()
                raise NotNow(max(1.0, paused)) from None
            raise

    def give_back(self, started: float) -> None:
        """The request was answered; its seat rests."""
        now = self._pace.monotonic()
        self._flying -= 1
        self._used_at = now
        self._journeys.add(now - started)
        heapq.heappush(self._resting, rested_at(now, self._journeys.shortest))
        self._pump()

    def pause(self, seconds: float) -> None:
        """Nothing leaves for so long; whoever waits and is not that patient is told."""
        self._paused_until = max(self._paused_until, self._pace.monotonic() + seconds)
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
            with suppress(Exception):
                await asyncio.to_thread(self._renew, 0, self._flying + len(self._resting))
            self.granted = 0
        if self._timer is not None:
            self._timer.cancel()

    def _pump(self) -> None:
        """Give seats to whoever waits longest, ask for more where that helps, and come back when it may."""
        now = self._pace.monotonic()
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
        now = self._pace.monotonic()
        self._asked_at = now
        total = self._pace.limits.tenant_per_second
        # Twice what is asked for at this moment, so that a growing crowd is not asked about at each step.
        wanted = min(total, 2 * (self._in_use + len(self._waiting))) if self._waiting else 0
        try:
            granted = await asyncio.to_thread(self._renew, wanted, self._in_use)
        except Exception as fault:
            log.warning("seats could not be had: %s", type(fault).__name__)
            self._let_down()
        else:
            self.granted = granted.seats
            self._short_of = granted.seats < wanted
            self._lease_ends = now + LEASE_SECONDS
            if granted.paused_until is not None:
                self.pause((granted.paused_until - self._pace.clock()).total_seconds())
        finally:
            self._asking = None
            self._pump()

    def _renew(self, wanted: int, busy: int) -> Granted:
        pace = self._pace
        with pace.council.write() as work:
            return work.paces.renew(
                self._tenant,
                pace.holder,
                wanted=wanted,
                busy=busy,
                limits=pace.limits,
                now=pace.clock(),
            )

    def _let_down(self) -> None:
        """The database is away: turns are answered all the same, the courier has nothing to send from."""
        if self._pace.monotonic() < self._lease_ends:
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
