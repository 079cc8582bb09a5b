"""Seats are shared without a breach even while the database takes long to answer."""

import asyncio
import threading
import time
from bisect import bisect_right
from datetime import UTC, datetime

from domain.seats import Share, divided
from scheduler.seating import NotNow, Seats
from storage.pacing import Granted

TOTAL = 6
COMMIT_SECONDS = 0.3
"""Long enough for much to be sent meanwhile."""


class SlowTenant:
    """The tenant's row: locked from the decision until it is committed."""

    def __init__(self) -> None:
        self.shares: dict[str, Share] = {}
        self.lock = threading.Lock()
        self.given_back = False

    def seats(self, holder: str) -> Seats:
        """The seats of one process."""

        def renew(wanted: int, busy: int) -> Granted:
            with self.lock:
                granted, self.shares = divided(
                    self.shares, holder=holder, wanted=wanted, busy=busy, total=TOTAL, at=time.monotonic()
                )
                self.given_back = self.given_back or not wanted
                time.sleep(COMMIT_SECONDS)
            return Granted(granted, None)

        return Seats(renew, total=TOTAL, clock=lambda: datetime.now(UTC), monotonic=time.monotonic)


async def test_a_process_that_gives_its_seats_back_uses_none_of_them_meanwhile() -> None:
    tenant, arrivals = SlowTenant(), list[float]()
    first, second = tenant.seats("first"), tenant.seats("second")

    async def send(seats: Seats) -> None:
        while True:
            try:
                await seats.take(first=False)
                break
            except NotNow:
                continue
        started = time.monotonic()
        await asyncio.sleep(0.01)
        arrivals.append(time.monotonic())
        seats.give_back(started)

    async with asyncio.timeout(60):
        await asyncio.gather(*(send(first) for _ in range(TOTAL)))
        while not tenant.given_back:
            await asyncio.sleep(0.01)
        # The first process has more to send while what it gave back is still being written.
        await asyncio.gather(*(send(seats) for seats in (first, second) for _ in range(TOTAL)))
    await first.close()
    await second.close()

    ordered = sorted(arrivals)
    most = max(place + 1 - bisect_right(ordered, at - 1.0) for place, at in enumerate(ordered))
    assert len(arrivals) == 3 * TOTAL
    assert most <= TOTAL
