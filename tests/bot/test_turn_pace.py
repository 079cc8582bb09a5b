"""Nobody takes turns faster than people work, and nobody takes all the threads."""

import asyncio

import pytest

from bot.turn_pace import FEWEST_THREADS, REMEMBERED, Lanes, Pace, ordinary_places


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_so_many_turns_are_taken_at_once_and_no_more(clock: Clock) -> None:
    pace = Pace(20, 5, clock=clock)

    admitted = [pace.admits("alex") for _ in range(30)]

    assert admitted == [True] * 20 + [False] * 10


@pytest.mark.parametrize(("seconds", "more"), [(0.1, 0), (0.2, 1), (1, 5), (4, 20), (3600, 20)])
def test_the_bucket_fills_again_with_time_and_never_beyond_its_brim(
    clock: Clock, seconds: float, more: int
) -> None:
    pace = Pace(20, 5, clock=clock)
    while pace.admits("alex"):
        pass

    clock.now += seconds

    assert sum(pace.admits("alex") for _ in range(50)) == more


def test_asking_in_vain_does_not_make_the_wait_longer(clock: Clock) -> None:
    pace = Pace(5, 5, clock=clock)
    for _ in range(100):
        pace.admits("alex")

    clock.now += 0.25

    assert pace.admits("alex")


def test_several_turns_are_taken_together_or_none_of_them(clock: Clock) -> None:
    pace = Pace(5, 5, clock=clock)

    admitted = [pace.admits("alex", turns) for turns in (3, 3, 2, 1)]

    assert admitted == [True, False, True, False]


def test_one_person_uses_up_nothing_of_another(clock: Clock) -> None:
    pace = Pace(5, 5, clock=clock)
    for _ in range(100):
        pace.admits("alex")

    assert pace.admits("sam")


def test_full_buckets_are_forgotten_and_empty_ones_are_not(clock: Clock) -> None:
    pace = Pace(5, 5, clock=clock)
    for number in range(REMEMBERED):
        pace.admits(number)
    clock.now += 10
    while pace.admits("flooding"):
        pass

    pace.admits("one more")

    assert len(pace._buckets) < 10
    assert not pace.admits("flooding")


async def test_one_person_holds_only_their_places_and_another_goes_ahead() -> None:
    lanes = Lanes(2, 16)
    go_on = asyncio.Event()
    holding: list[str] = []

    async def turn(who: str) -> None:
        async with lanes.place(who):
            holding.append(who)
            await go_on.wait()

    turns = [asyncio.create_task(turn("alex")) for _ in range(5)]
    await asyncio.sleep(0)
    turns.append(asyncio.create_task(turn("sam")))
    await asyncio.sleep(0)
    before = list(holding)
    go_on.set()
    await asyncio.gather(*turns)

    assert before == ["alex", "alex", "sam"]
    assert len(holding) == 6
    assert lanes._lanes == {}


async def test_a_turn_given_up_while_waiting_leaves_no_trace() -> None:
    lanes = Lanes(1, 16)

    async def turn() -> None:
        async with lanes.place("alex"):
            await asyncio.sleep(30)

    turns = [asyncio.create_task(turn()) for _ in range(3)]
    await asyncio.sleep(0)
    for task in turns:
        task.cancel()
    await asyncio.gather(*turns, return_exceptions=True)

    assert lanes._lanes == {}


async def test_only_so_many_of_one_persons_turns_wait_and_another_still_may() -> None:
    lanes = Lanes(2, 3)
    go_on = asyncio.Event()

    async def turn() -> None:
        async with lanes.place("alex"):
            await go_on.wait()

    turns = []
    while not lanes.is_full("alex"):
        turns.append(asyncio.create_task(turn()))
        await asyncio.sleep(0)
    others = lanes.is_full("sam")
    go_on.set()
    await asyncio.gather(*turns)

    assert len(turns) == 2 * (3 + 1)
    assert not others
    assert not lanes.is_full("alex")


@pytest.mark.parametrize("threads", range(FEWEST_THREADS, 65))
def test_an_ordinary_place_an_urgent_one_and_one_for_others_fit_in(threads: int) -> None:
    ordinary = ordinary_places(threads)

    assert 1 <= ordinary <= threads / 2
    assert ordinary + 1 <= threads - 1
