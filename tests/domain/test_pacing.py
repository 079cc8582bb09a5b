"""The documented windows of one conversation hold wherever messages arrive, and are made use of."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.pacing import (
    CONVERSATION,
    LONGEST_PAUSE_SECONDS,
    MOVED_SECONDS,
    Chat,
    Window,
    book,
    counted,
    limits,
    moments,
    next_free,
    settle,
)

SPARE = 0.02


def breaches(arrivals: Sequence[float], windows: Sequence[Window]) -> list[tuple[Window, float]]:
    """Every window that some span of its length holds too much of."""
    ordered = sorted(arrivals)
    return [
        (window, time)
        for window in windows
        for place, time in enumerate(ordered)
        if place + 1 - bisect_right(ordered, time - window.seconds) > window.most
    ]


@pytest.mark.parametrize(
    ("sent", "leaves"),
    [
        ((), 10.0),
        ((9.5,) * 6, 10.0),
        ((9.5,) * 7, 10.51),
        ((8.5,) + (9.1,) * 7, 10.51),
        ((8.1,) + (9.0,) * 7, 10.11),
        ((7.9,) + (9.0,) * 6 + (9.2,), 10.01),
    ],
)
def test_one_more_waits_until_the_fullest_window_has_room(sent: tuple[float, ...], leaves: float) -> None:
    assert next_free(sent, CONVERSATION, 10.0) == pytest.approx(leaves)


@given(st.lists(st.floats(0, 3), min_size=1, max_size=150), st.integers(10, 100))
def test_no_window_is_ever_exceeded_and_nobody_waits_longer_than_one_asks(
    pauses: list[float], percent: int
) -> None:
    windows = limits(conversation_percent=percent).conversation
    sent: list[float] = []
    asked = 0.0

    for pause in pauses:
        asked = max(asked + pause, sent[-1] if sent else 0.0)
        leaves = next_free(sent, windows, asked)
        if leaves - SPARE > asked:
            assert breaches([*sent, leaves - SPARE], windows), "it could have left sooner"
        sent.append(leaves)

    assert breaches(sent, windows) == []


Step = tuple[int, float, float, float]
"""(messages wanted, time until the next look, how far into the sending each arrives, how long it takes)."""
STEPS = st.lists(
    st.tuples(st.integers(1, 12), st.floats(0, 1.5), st.floats(0, 1), st.floats(0.001, 4)),
    min_size=1,
    max_size=40,
)


@given(STEPS)
def test_processes_that_book_keep_every_window_however_long_each_message_is_on_its_way(
    steps: list[Step],
) -> None:
    chat, at, arrivals = Chat(), 0.0, []
    under_way: list[tuple[float, str, int]] = []
    for number, (wanted, pause, share, takes) in enumerate(steps):
        for ended, claim, many in [w for w in under_way if w[0] <= at]:
            chat = settle(counted(chat, CONVERSATION, at), claim, over=[ended] * many)
        under_way = [w for w in under_way if w[0] > at]
        chat = counted(chat, CONVERSATION, at)
        free = sum(time <= at for time in moments(chat, CONVERSATION, at, wanted))
        chat = book(chat, str(number), free, at + 60)
        arrivals += [at + takes * share] * free
        under_way.append((at + takes, str(number), free))
        at += pause

    assert breaches(arrivals, CONVERSATION) == []


def test_a_conversation_with_much_to_say_uses_what_it_may() -> None:
    chat, at, sent = Chat(), 0.0, []

    for claim in map(str, count()):
        chat = counted(chat, CONVERSATION, at)
        first = moments(chat, CONVERSATION, at, 1)[0]
        at = max(at, first)
        chat = settle(book(chat, claim, 1, at + 60), claim, over=[at])
        sent.append(at)
        if len(sent) == 240:
            break

    # Four times sixty in thirty seconds: the last begins before ninety seconds have passed, and a little.
    assert breaches(sent, CONVERSATION) == []
    assert sent[-1] <= 3 * 30 + 30.5


def test_messages_under_way_count_as_if_they_arrived_now() -> None:
    chat = book(Chat(), "first", 5, until=160.0)

    times = moments(counted(chat, CONVERSATION, 130.0), CONVERSATION, 130.0, 3)

    assert times[:2] == (130.0, 130.0)
    assert times[2] == pytest.approx(131.01)


def test_a_booking_whose_process_died_counts_as_sent_at_its_end() -> None:
    chat = book(Chat(), "dead", 7, until=160.0)

    times = moments(counted(chat, CONVERSATION, 160.5), CONVERSATION, 160.5, 1)

    assert list(times) == [pytest.approx(161.01)]


def test_what_was_put_back_unsent_takes_no_room() -> None:
    chat = book(Chat(), "mine", 7, until=60.0)

    left = settle(chat, "mine", unsent=5, over=[1.0, 1.1])

    assert left == Chat(over=(1.0, 1.1))
    assert moments(left, CONVERSATION, 1.2, 5) == (1.2,) * 5


def test_another_claims_booking_is_left_alone() -> None:
    chat = book(book(Chat(), "mine", 2, until=60.0), "theirs", 3, until=60.0)

    left = settle(chat, "mine", over=[1.0])

    assert {booking.claim: booking.count for booking in left.booked} == {"mine": 1, "theirs": 3}


def test_a_paused_conversation_waits_for_the_end_of_its_pause() -> None:
    chat = counted(Chat(paused_until=40.0), CONVERSATION, 30.0)

    assert moments(chat, CONVERSATION, 30.0, 1) == (40.0,)
    assert counted(chat, CONVERSATION, 40.0).paused_until is None


def test_what_a_clock_wrote_that_ran_ahead_stops_nothing_for_long() -> None:
    ahead = 100.0 + MOVED_SECONDS + 1
    chat = Chat((ahead,) * 7, paused_until=ahead + LONGEST_PAUSE_SECONDS)

    assert counted(book(chat, "ahead", 7, ahead), CONVERSATION, 100.0) == Chat()


@pytest.mark.parametrize(
    ("tenant", "percent", "kept"),
    [
        (50, 100, (50, [7, 8, 60, 1800])),
        (80, 300, (50, [7, 8, 60, 1800])),
        (20, 50, (20, [3, 4, 30, 900])),
        (0, 0, (1, [1, 1, 1, 18])),
    ],
)
def test_a_council_may_go_below_the_documented_figures_and_never_above(
    tenant: int, percent: int, kept: tuple[int, list[int]]
) -> None:
    chosen = limits(tenant_per_second=tenant, conversation_percent=percent)

    assert (chosen.tenant_per_second, [window.most for window in chosen.conversation]) == kept
