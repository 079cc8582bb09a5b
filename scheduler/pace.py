"""This process's part of what each tenant takes in a second, given out request by request.

Seats are leased from the database (`domain.seats`), so that processes together never exceed the tenant's
figure, and are used without asking it again; a process that sends nothing holds none. Requests of turns and
creations go first. What the courier sends was booked with its conversation when it was claimed; a turn's
message is booked here before it waits for its seat, and settled once it was answered.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import datetime, timedelta
from itertools import count
from typing import Protocol

from domain.pacing import Limits
from scheduler.seating import DATABASE_SECONDS, PATIENCE_SECONDS, NotNow, Seats
from storage.pacing import Granted
from workflows.council import Council

log = logging.getLogger("plumbline.pace")

UNNAMED_PAUSE_SECONDS = 2.0
BOOKED_SECONDS = 20.0
"""How long a turn's message may be under way: the wait for its seat, and the longest a request may take."""
LEAST_ROOM = 8


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
    """One process's pace. `turns` is the lane of turns and creations, `urgent` that of safety alerts and
    `courier` that of everything else in the outbox.
    """

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
        self._seats: dict[str, Seats] = {}
        self._claims = count()
        self._settling: set[asyncio.Task[None]] = set()
        self.turns: Lane = _Lane(self, first=True, books=True)
        self.urgent: Lane = _Lane(self, first=True)
        self.courier: Lane = _Lane(self, first=False)

    def room(self) -> int:
        """How many notices are worth holding ready: a second's worth, and some for a slow database."""
        return max(LEAST_ROOM, sum(seats.granted for seats in self._seats.values()) * 3 // 2)

    def seats(self, tenant_id: str | None) -> Seats:
        """A tenant's seats; no tenant means the home one."""
        name = self.tenant(tenant_id)
        if name not in self._seats:
            self._seats[name] = Seats(
                lambda wanted, busy: self._renew(name, wanted, busy),
                total=self.limits.tenant_per_second,
                clock=self.clock,
                monotonic=self.monotonic,
            )
        return self._seats[name]

    def _renew(self, tenant: str, wanted: int, busy: int) -> Granted:
        with self.council.write() as work:
            return work.paces.renew(
                tenant, self.holder, wanted=wanted, busy=busy, limits=self.limits, clock=self.clock
            )

    def tenant(self, tenant_id: str | None) -> str:
        """The tenant's name among the paces."""
        return (tenant_id or self._home).lower()

    def new_claim(self) -> str:
        """A name for one booking."""
        return f"{self.holder} turn {next(self._claims)}"

    def book(self, conversation_id: str, claim: str, now: datetime) -> datetime:
        """When one message may leave; it is booked if that is now."""
        with self.council.write() as work:
            windows, until = self.limits.conversation, now + timedelta(seconds=BOOKED_SECONDS)
            given = work.paces.book({conversation_id: 1}, windows, claim=claim, now=now, until=until)
        return given[conversation_id][0]

    def settle_soon(self, conversation_id: str, claim: str, over: datetime | None) -> None:
        """A booked message was over then, or never left; nobody waits until that is written."""
        task = asyncio.create_task(self._settle(conversation_id, claim, over), name="settle a turn")
        self._settling.add(task)
        task.add_done_callback(self._settling.discard)

    async def _settle(self, conversation_id: str, claim: str, over: datetime | None) -> None:
        def write() -> None:
            with self.council.write() as work:
                done = {conversation_id: [(claim, over)]}
                work.paces.settle(done, self.limits.conversation, now=self.clock())

        try:
            await asyncio.to_thread(write)
        except Exception as fault:
            # It counts as sent when its booking runs out.
            log.warning("a turn's message could not be settled: %s", type(fault).__name__)

    async def close(self) -> None:
        """Write what is not settled yet, and give every seat back."""
        if self._settling:
            await asyncio.wait(self._settling, timeout=DATABASE_SECONDS)
        for seats in self._seats.values():
            await seats.close()


class _Lane:
    def __init__(self, pace: Pace, *, first: bool, books: bool = False) -> None:
        """`books`: nobody has booked what is posted here."""
        self._pace = pace
        self._first = first
        self._books = books

    @asynccontextmanager
    async def request(self, tenant_id: str | None, posts_in: str | None) -> AsyncIterator[None]:
        place = self._booked(posts_in) if self._books and posts_in is not None else nullcontext()
        async with place, self._seated(tenant_id):
            yield

    @asynccontextmanager
    async def _seated(self, tenant_id: str | None) -> AsyncIterator[None]:
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

    @asynccontextmanager
    async def _booked(self, conversation_id: str) -> AsyncIterator[None]:
        """A place in the conversation, held until whatever was sent is over."""
        claim = await self._book(conversation_id)
        over: datetime | None = None
        try:
            yield
            over = self._pace.clock()
        except NotNow:
            raise
        except BaseException:
            # It may have left.
            over = self._pace.clock()
            raise
        finally:
            if claim is not None:
                self._pace.settle_soon(conversation_id, claim, over)

    async def _book(self, conversation_id: str) -> str | None:
        """What a place in the conversation is booked as, once there is room. Raises NotNow.

        None without a database, which must not keep an answer from anybody.
        """
        pace, claim = self._pace, self._pace.new_claim()
        latest = pace.clock() + timedelta(seconds=PATIENCE_SECONDS)
        while True:
            now = pace.clock()
            try:
                async with asyncio.timeout(DATABASE_SECONDS):
                    leaves = await asyncio.to_thread(pace.book, conversation_id, claim, now)
            except Exception as fault:
                log.warning("a turn's message could not be booked: %s", type(fault).__name__)
                return None
            if leaves <= now:
                return claim
            if leaves > latest:
                raise NotNow((leaves - now).total_seconds())
            await asyncio.sleep((leaves - now).total_seconds())
