"""Several processes share a tenant's requests a second without ever exceeding them together."""

import heapq

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.seats import GUARD_SECONDS, LEASE_SECONDS, Share, divided, evenly, rested_at


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 80)), st.integers(1, 50))
def test_seats_are_shared_evenly_and_none_is_left_while_somebody_wants_it(
    wishes: dict[str, int], total: int
) -> None:
    parts = evenly(wishes, total)

    assert sum(parts.values()) == min(total, sum(wishes.values()))
    assert all(part <= wishes[name] for name, part in parts.items())
    unsatisfied = [part for name, part in parts.items() if part < wishes[name]]
    assert all(part >= max(parts.values()) - 1 for part in unsatisfied)


Asking = tuple[str, int, float, float]
"""(process, seats wanted, share of its seats that rest, seconds until the next asks)."""
ASKINGS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(0, 60), st.floats(0, 1), st.floats(0, 5)), max_size=40
)


@given(ASKINGS)
def test_processes_never_hold_more_seats_together_than_there_are(askings: list[Asking]) -> None:
    shares: dict[str, Share] = {}
    at = 1000.0
    for holder, wanted, resting, pause in askings:
        held = shares[holder].seats if holder in shares else 0

        granted, shares = divided(
            shares, holder=holder, wanted=wanted, busy=round(held * resting), total=50, at=at
        )

        assert granted <= wanted
        assert sum(share.seats for share in shares.values()) <= 50
        at += pause


def test_those_who_want_much_come_to_share_evenly_and_one_who_wants_little_gets_it() -> None:
    shares: dict[str, Share] = {}
    granted = {}
    for step in range(3):
        for holder, wanted in (("first", 50), ("second", 50), ("turns", 2)):
            granted[holder], shares = divided(
                shares, holder=holder, wanted=wanted, busy=0, total=50, at=float(step)
            )

    assert granted == {"first": 24, "second": 24, "turns": 2}


def test_seats_that_rest_are_not_given_to_others_yet() -> None:
    _, shares = divided({}, holder="first", wanted=50, busy=0, total=50, at=0.0)
    _, shares = divided(shares, holder="second", wanted=50, busy=0, total=50, at=0.5)

    granted, shares = divided(shares, holder="first", wanted=50, busy=40, total=50, at=1.0)
    second, _ = divided(shares, holder="second", wanted=50, busy=0, total=50, at=1.1)

    assert (granted, second) == (25, 10)


@pytest.mark.parametrize(("late", "granted"), [(-0.1, 0), (0.1, 50)])
def test_a_process_that_died_loses_its_seats_when_its_lease_and_the_guard_are_over(
    late: float, granted: int
) -> None:
    _, shares = divided({}, holder="dead", wanted=50, busy=0, total=50, at=0.0)

    seats, _ = divided(
        shares, holder="alive", wanted=50, busy=0, total=50, at=LEASE_SECONDS + GUARD_SECONDS + late
    )

    assert seats == granted


def test_a_lease_from_a_clock_that_ran_an_hour_ahead_is_void() -> None:
    _, shares = divided({}, holder="ahead", wanted=50, busy=0, total=50, at=3600.0)

    seats, _ = divided(shares, holder="other", wanted=50, busy=0, total=50, at=0.0)

    assert seats == 50


def test_who_wants_nothing_and_has_nothing_resting_leaves() -> None:
    _, shares = divided({}, holder="done", wanted=9, busy=0, total=50, at=0.0)

    assert divided(shares, holder="done", wanted=0, busy=0, total=50, at=1.0) == (0, {})


JOURNEYS = st.lists(
    st.tuples(st.floats(0.001, 0.3), st.floats(0, 0.5), st.floats(0, 0.3), st.floats(0, 0.2)),
    min_size=30,
    max_size=200,
)
"""(the least each way takes, what the way there took beyond it, the way back, lateness in waking up)."""


@given(JOURNEYS, st.integers(1, 12))
def test_no_second_sees_more_arrivals_than_there_are_seats_whatever_journeys_take(
    journeys: list[tuple[float, float, float, float]], seats: int
) -> None:
    least = min(way for way, *_ in journeys)
    free = [0.0] * seats
    arrivals = []
    shortest = 2 * least
    for _, there, back, late in journeys:
        starts = heapq.heappop(free) + late
        arrived = starts + least + there
        arrivals.append(arrived)
        heapq.heappush(free, rested_at(arrived + least + back, shortest))

    arrivals.sort()
    assert all(later - earlier >= 1.0 for earlier, later in zip(arrivals, arrivals[seats:], strict=False))


def test_a_seat_does_not_crawl_over_a_long_line() -> None:
    at = 0.0
    for _ in range(100):
        at = rested_at(at + 0.15, shortest=0.15)

    assert at <= 100 * 1.04
