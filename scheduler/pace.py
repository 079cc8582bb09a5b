"""This process's part of what each tenant takes in a second, given out request by request.

Seats are leased from the database (`domain.seats`), so that processes together never exceed the tenant's
figure, and are used without asking it again; a process that sends nothing holds none. Requests of turns and
creations go first. What the courier sends was booked with its conversation when it was claimed; a turn books
its own here.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta
from typing import Protocol

from domain.pacing import Limits
from scheduler.seating import DATABASE_SECONDS, PATIENCE_SECONDS, NotNow, Seats
from storage.pacing import Granted
from workflows.council import Council

log = logging.getLogger("plumbline.pace")

UNNAMED_PAUSE_SECONDS = 2.0
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
        self.turns: Lane = _Lane(self, first=True, notes=True)
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

    async def close(self) -> None:
        """Give every seat back."""
        for seats in self._seats.values():
            await seats.close()


class _Lane:
    def __init__(self, pace: Pace, *, first: bool, notes: bool = False) -> None:
        """`notes`: nobody has booked what is posted here."""
        self._pace = pace
        self._first = first
        self._notes = notes

    @asynccontextmanager
    async def request(self, tenant_id: str | None, posts_in: str | None) -> AsyncIterator[None]:
        if self._notes and posts_in is not None:
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
            async with asyncio.timeout(DATABASE_SECONDS):
                leaves = await asyncio.to_thread(note)
        except Exception as fault:
            log.warning("a turn's message could not be noted: %s", type(fault).__name__)
            return
        if leaves > latest:
            raise NotNow((leaves - now).total_seconds())
        if leaves > now:
            await asyncio.sleep((leaves - now).total_seconds())
