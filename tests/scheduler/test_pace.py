"""Processes share a tenant's seats through the database, on both engines."""

import asyncio
import threading
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from domain.pacing import Limits, Window, limits
from scheduler.pace import Pace
from scheduler.seating import NotNow
from storage.database import Busy
from workflows.council import Council

TENANT = "tenant"
FEW = limits(tenant_per_second=6)
PATIENT_SECONDS = 30


@pytest.fixture
def new_pace(council: Council) -> Callable[..., Pace]:
    made = iter(range(100))

    def make(kept: Limits = FEW) -> Pace:
        return Pace(council, limits=kept, clock=lambda: datetime.now(UTC), holder=f"process {next(made)}")

    return make


class Arrivals:
    """What reaches the other side, and when."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.names: list[str] = []

    async def send(self, pace: Pace, *, first: bool = False, name: str = "") -> None:
        """One request; it arrives half way."""
        lane = pace.turns if first else pace.courier
        async with lane.request(TENANT, None):
            await asyncio.sleep(0.005)
            self.times.append(asyncio.get_running_loop().time())
            self.names.append(name)
            await asyncio.sleep(0.005)

    def most_in_a_second(self) -> int:
        ordered = sorted(self.times)
        return max(place + 1 - bisect_right(ordered, time - 1.0) for place, time in enumerate(ordered))


async def test_three_processes_together_keep_the_tenants_second_and_use_it(
    new_pace: Callable[..., Pace],
) -> None:
    paces, arrivals = [new_pace() for _ in range(3)], Arrivals()

    async def send_all(pace: Pace, count: int) -> None:
        # As the courier does, no process waits with everything it has.
        for start in range(0, count, 4):
            await asyncio.gather(*(arrivals.send(pace) for _ in range(start, min(start + 4, count))))

    async with asyncio.timeout(PATIENT_SECONDS):
        await asyncio.gather(*(send_all(pace, 8) for pace in paces))
    for pace in paces:
        await pace.close()

    assert len(arrivals.times) == 24
    assert arrivals.most_in_a_second() == FEW.tenant_per_second


async def test_turns_go_before_whatever_the_courier_holds_ready(new_pace: Callable[..., Pace]) -> None:
    pace, arrivals = new_pace(), Arrivals()
    waiting = [asyncio.create_task(arrivals.send(pace, name="courier")) for _ in range(12)]
    while len(arrivals.names) < 6:
        await asyncio.sleep(0.01)

    waiting.append(asyncio.create_task(arrivals.send(pace, first=True, name="turn")))

    async with asyncio.timeout(PATIENT_SECONDS):
        await asyncio.gather(*waiting)
    await pace.close()
    # Six seats: six at once, six a second later, the turn among them, and the one whose place it took.
    assert arrivals.names.index("turn") < 12
    assert arrivals.names[12:] == ["courier"]


async def test_a_process_that_is_done_leaves_its_seats_to_the_others(
    council: Council, new_pace: Callable[..., Pace]
) -> None:
    done, other, arrivals = new_pace(), new_pace(), Arrivals()
    await asyncio.gather(*(arrivals.send(done) for _ in range(6)))

    while done.seats(TENANT).granted:
        await asyncio.sleep(0.05)
    await asyncio.gather(*(arrivals.send(other) for _ in range(6)))

    await other.close()
    assert arrivals.most_in_a_second() == 6


async def test_a_request_given_up_while_it_waits_takes_no_seat(new_pace: Callable[..., Pace]) -> None:
    pace, arrivals = new_pace(limits(tenant_per_second=1)), Arrivals()
    await arrivals.send(pace)
    given_up = asyncio.create_task(arrivals.send(pace, name="given up"))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.gather(given_up, return_exceptions=True)

    async with asyncio.timeout(PATIENT_SECONDS):
        await arrivals.send(pace, name="next")

    await pace.close()
    assert arrivals.names == ["", "next"]


async def test_two_throttled_conversations_stop_the_whole_tenant_in_every_process(
    new_pace: Callable[..., Pace],
) -> None:
    met, other, arrivals = new_pace(), new_pace(), Arrivals()
    await met.courier.throttled(TENANT, "a:1", 60.0)
    await arrivals.send(met, name="after one")
    await met.courier.throttled(TENANT, "a:2", 60.0)

    with pytest.raises(NotNow) as here:
        await arrivals.send(met)
    with pytest.raises(NotNow) as elsewhere:
        await arrivals.send(other, first=True)

    assert arrivals.names == ["after one"]
    assert 50 < here.value.wait_seconds <= 60
    assert 50 < elsewhere.value.wait_seconds <= 60


async def test_a_turns_message_waits_for_its_conversations_room(new_pace: Callable[..., Pace]) -> None:
    pace = new_pace(Limits(50, (Window(2, 1.0), Window(3, 3600.0))))
    left: list[float] = []

    async def post() -> None:
        async with pace.turns.request(TENANT, "a:1"):
            left.append(asyncio.get_running_loop().time())

    for _ in range(3):
        await post()
    with pytest.raises(NotNow) as refused:
        await post()

    await pace.close()
    assert left[2] - left[0] >= 1.0
    assert refused.value.wait_seconds > 3000


async def test_messages_that_wait_for_seats_keep_their_conversations_window_when_they_leave(
    new_pace: Callable[..., Pace],
) -> None:
    pace, arrivals = new_pace(Limits(50, (Window(3, 1.0),))), Arrivals()
    pace.seats(TENANT).pause(2.0)

    async def post() -> None:
        async with pace.turns.request(TENANT, "a:1"):
            arrivals.times.append(asyncio.get_running_loop().time())

    async with asyncio.timeout(PATIENT_SECONDS):
        await asyncio.gather(*(post() for _ in range(6)))
    await pace.close()

    assert len(arrivals.times) == 6
    assert arrivals.most_in_a_second() == 3


async def test_a_turns_message_counts_for_the_courier_until_it_was_answered_and_from_then_on(
    council: Council, new_pace: Callable[..., Pace]
) -> None:
    windows = (Window(1, 60.0),)
    pace = new_pace(Limits(50, windows))

    def free_at(later: timedelta) -> datetime:
        now = datetime.now(UTC) + later
        with council.write() as work:
            given = work.paces.book({"a:1": 1}, windows, claim="courier", now=now, until=now)
        return given["a:1"][0] - later

    async with pace.turns.request(TENANT, "a:1"):
        meanwhile = free_at(timedelta(seconds=10)) - datetime.now(UTC)
    answered = datetime.now(UTC)
    await pace.close()
    afterwards = free_at(timedelta(0)) - answered

    # As if it arrived at the very moment of asking, however long it has been under way.
    assert timedelta(seconds=59) < meanwhile < timedelta(seconds=61)
    assert timedelta(seconds=59) < afterwards < timedelta(seconds=61)


async def test_a_turns_message_that_never_left_takes_no_room(
    council: Council, new_pace: Callable[..., Pace]
) -> None:
    windows = (Window(1, 60.0),)
    pace = new_pace(Limits(50, windows))
    pace.seats(TENANT).pause(60.0)

    with pytest.raises(NotNow):
        async with pace.turns.request(TENANT, "a:1"):
            pass
    await pace.close()

    now = datetime.now(UTC)
    with council.write() as work:
        given = work.paces.book({"a:1": 1}, windows, claim="courier", now=now, until=now)
    assert given["a:1"] == (now,)


async def test_while_the_database_is_away_turns_are_answered_and_the_courier_waits(
    council: Council, new_pace: Callable[..., Pace], monkeypatch: pytest.MonkeyPatch
) -> None:
    pace, arrivals = new_pace(), Arrivals()

    @contextmanager
    def away(_: Council) -> Iterator[None]:
        raise Busy
        yield

    monkeypatch.setattr(Council, "write", away)

    async with pace.turns.request(TENANT, "a:1"):
        arrivals.names.append("turn")
    with pytest.raises(NotNow):
        await arrivals.send(pace, name="courier")

    assert arrivals.names == ["turn"]


async def test_a_database_that_says_nothing_keeps_no_turn_waiting_for_long(
    council: Council, new_pace: Callable[..., Pace], monkeypatch: pytest.MonkeyPatch
) -> None:
    pace, answers = new_pace(), threading.Event()

    @contextmanager
    def hanging(_: Council) -> Iterator[None]:
        answers.wait(PATIENT_SECONDS)
        raise Busy
        yield

    monkeypatch.setattr(Council, "write", hanging)

    async with asyncio.timeout(PATIENT_SECONDS / 2), pace.turns.request(TENANT, "a:1"):
        still_hanging = not answers.is_set()

    answers.set()
    await pace.close()
    assert still_hanging
