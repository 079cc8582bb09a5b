"""How fast we may send: the documented windows of one conversation, and when they leave room.

A message may arrive any time between our sending it and the answer. So a conversation remembers when each
was *over*, and what is still under way counts as if it were over at this very moment. Whoever books by that
rule keeps every window, wherever inside those spans the messages arrived, in however many processes.

All moments are seconds on one clock. Source: Microsoft's "Optimize your bot with rate limiting in Teams".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

SPARE_SECONDS = 0.01
"""What two clocks, or a rounding, may differ by."""
MOVED_SECONDS = 600.0
"""A moment further ahead than this was written by a clock that has since been put right."""
LONGEST_PAUSE_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Window:
    """At most so many in any span of this length."""

    most: int
    seconds: float


CONVERSATION = (Window(7, 1.0), Window(8, 2.0), Window(60, 30.0), Window(1800, 3600.0))
"""Messages, and likewise creations, of one bot in one conversation."""
TENANT_PER_SECOND = 50
"""Requests of one app in one tenant."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The documented figures, or what a council set below them."""

    tenant_per_second: int = TENANT_PER_SECOND
    conversation: tuple[Window, ...] = CONVERSATION


def limits(*, tenant_per_second: int = TENANT_PER_SECOND, conversation_percent: int = 100) -> Limits:
    """These limits; a figure above the documented one is brought down to it."""
    share = min(max(conversation_percent, 1), 100)
    windows = tuple(replace(window, most=max(1, window.most * share // 100)) for window in CONVERSATION)
    return Limits(min(max(tenant_per_second, 1), TENANT_PER_SECOND), windows)


def next_free(times: Sequence[float], windows: Iterable[Window], at: float) -> float:
    """The first moment from `at` on when one more keeps every window; `times` in ascending order."""
    free = at
    for window in windows:
        if len(times) >= window.most:
            free = max(free, times[-window.most] + window.seconds + SPARE_SECONDS)
    return free


@dataclass(frozen=True, slots=True)
class Booking:
    """Messages that somebody may be sending."""

    claim: str
    count: int
    until: float
    """When whoever booked must be done; whatever they did is over by then."""


@dataclass(frozen=True, slots=True)
class Chat:
    """What one conversation has had lately."""

    over: tuple[float, ...] = ()
    """When each message was over, in ascending order."""
    booked: tuple[Booking, ...] = ()
    paused_until: float | None = None


def counted(chat: Chat, windows: Sequence[Window], at: float) -> Chat:
    """The chat without what no window sees any more; bookings that ran out count as sent at their end."""
    longest = max(window.seconds for window in windows)
    most = max(window.most for window in windows)
    late = [booking for booking in chat.booked if booking.until <= at]
    times = [*chat.over, *(booking.until for booking in late for _ in range(booking.count))]
    kept = sorted(time for time in times if at - longest - SPARE_SECONDS < time < at + MOVED_SECONDS)
    under_way = tuple(b for b in chat.booked if at < b.until < at + MOVED_SECONDS)
    return Chat(tuple(kept[-most:]), under_way, pause_at(chat.paused_until, at))


def pause_at(until: float | None, at: float) -> float | None:
    """The pause, while it lasts."""
    return until if until is not None and at < until <= at + LONGEST_PAUSE_SECONDS + MOVED_SECONDS else None


def moments(chat: Chat, windows: Sequence[Window], at: float, count: int) -> tuple[float, ...]:
    """When each of the next `count` messages may be booked, if nobody else comes between; `at` means now.

    `chat` as `counted` gave it.
    """
    under_way = sum(booking.count for booking in chat.booked)
    times = sorted([*chat.over, *([at] * under_way)])
    start = max(at, chat.paused_until or at)
    found: list[float] = []
    for _ in range(count):
        start = next_free(times, windows, start)
        times.append(start)
        # Something over later than now stands behind it, where a clock ran ahead or a turn was quicker.
        times.sort()
        found.append(start)
    return tuple(found)


def book(chat: Chat, claim: str, count: int, until: float) -> Chat:
    """The chat with so many messages under way."""
    return replace(chat, booked=(*chat.booked, Booking(claim, count, until))) if count else chat


def settle(chat: Chat, claim: str, *, unsent: int = 0, over: Iterable[float] = ()) -> Chat:
    """The chat after some of a booking's messages were sent (`over`: when) and others put back."""
    times = tuple(over)
    done = unsent + len(times)
    left: list[Booking] = []
    for booking in chat.booked:
        if booking.claim != claim:
            left.append(booking)
        elif booking.count > done:
            left.append(replace(booking, count=booking.count - done))
    return replace(chat, over=tuple(sorted((*chat.over, *times))), booked=tuple(left))
