"""How many turns one person may take, so that one client never keeps the others waiting.

Each process counts for itself. A person with a finger on the button may be answered "not so fast"; someone
who works never is.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

REMEMBERED = 4096
"""Buckets kept before those that have filled up again are dropped."""
FEWEST_THREADS = 3
"""An ordinary turn and an urgent one of somebody whose turns hang, and a thread for everybody else."""


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Pace:
    """A bucket for each person: so many turns at once, and so many more a second."""

    def __init__(self, burst: int, per_second: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._per_second = per_second
        self._clock = clock
        self._buckets: dict[Hashable, _Bucket] = {}

    def admits(self, who: Hashable, turns: int = 1) -> bool:
        """Whether this one may take a turn now, or so many; counts them if so."""
        now = self._clock()
        bucket = self._buckets.get(who)
        if bucket is None:
            self._make_room(now)
            bucket = self._buckets[who] = _Bucket(self._burst, now)
        bucket.left = self._filled(bucket, now)
        bucket.at = now
        if bucket.left < turns:
            return False
        bucket.left -= turns
        return True

    def _filled(self, bucket: _Bucket, now: float) -> float:
        return min(float(self._burst), bucket.left + (now - bucket.at) * self._per_second)

    def _make_room(self, now: float) -> None:
        if len(self._buckets) >= REMEMBERED:
            self._buckets = {k: b for k, b in self._buckets.items() if self._filled(b, now) < self._burst}


@dataclass(slots=True)
class _Lane:
    places: asyncio.Semaphore
    users: int = field(default=0)


class Lanes:
    """Lets each person use some of the threads at once; what comes on top waits behind their own turns."""

    def __init__(self, places: int, waiting_for_each: int) -> None:
        self._places = places
        self._most = places * (waiting_for_each + 1)
        self._lanes: dict[Hashable, _Lane] = {}

    def is_full(self, who: Hashable) -> bool:
        """Whether so many of this person's turns wait already that one more would take others' room."""
        lane = self._lanes.get(who)
        return lane is not None and lane.users >= self._most

    @asynccontextmanager
    async def place(self, who: Hashable) -> AsyncIterator[None]:
        """One of this person's places, held until the block is left."""
        lane = self._lanes.get(who)
        if lane is None:
            lane = self._lanes[who] = _Lane(asyncio.Semaphore(self._places))
        lane.users += 1
        try:
            async with lane.places:
                yield
        finally:
            lane.users -= 1
            if not lane.users:
                del self._lanes[who]


def ordinary_places(threads: int) -> int:
    """How many threads one person's ordinary turns may hold: with an urgent one beside, never all."""
    return max(1, min(threads // 2, threads - 2))
