"""How fast mail may leave one mailbox, and when the next one may.

Exchange takes so many mails a minute and so many recipients a day from a mailbox. A mail that comes when
there is no room is given a moment to come back at, each its own, so that many of them never all come at once.
Some room is kept for safety alerts.

All moments are seconds on one clock. Source: Microsoft's "Exchange Online limits", sending limits; SG-02.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.pacing import Window, next_free

MINUTE_SECONDS = 65.0
"""A minute, and what one mail may be on its way longer than another."""
DAY_SECONDS = 24 * 3600.0
SLOT_SECONDS = 900
"""Mails of a day are counted by quarters of an hour; one counts until its whole quarter is a day old."""
MOST_PROMISED = 600
FORGOTTEN_SECONDS = 120.0
"""Whoever has not come back so long after the moment promised will not come."""
MOVED_SECONDS = 600.0
"""A moment further ahead than this was written by a clock that has since been put right."""


@dataclass(frozen=True, slots=True)
class MailLimits:
    """The documented figures, or what a council set below them."""

    per_minute: int = 30
    per_day: int = 10_000


@dataclass(frozen=True, slots=True)
class Mailbox:
    """What has left one mailbox lately."""

    sent: tuple[float, ...] = ()
    """When each mail of the last minute left, in ascending order."""
    promised: tuple[float, ...] = ()
    """Moments given to mails that found no room, in ascending order."""
    slots: tuple[tuple[int, int], ...] = ()
    """(quarter of an hour, counted from the clock's beginning; mails that left in it)."""
    paused_until: float | None = None


def ask(box: Mailbox, limits: MailLimits, at: float, *, urgent: bool = False) -> tuple[Mailbox, float]:
    """The mailbox afterwards, and the seconds to wait: 0 when the mail may leave now and has been counted."""
    box = _tidied(box, at)
    if box.paused_until is not None:
        return box, box.paused_until - at
    most_a_day = limits.per_day if urgent else limits.per_day - limits.per_day // 50
    if sum(count for _, count in box.slots) >= most_a_day:
        return box, (box.slots[0][0] + 1) * SLOT_SECONDS + DAY_SECONDS - at
    most = limits.per_minute if urgent else max(1, limits.per_minute * 4 // 5)
    window = (Window(most, MINUTE_SECONDS),)
    free = next_free(box.sent, window, at)
    if urgent:
        # Promises to others do not hold up an alert; those others then wait a little longer.
        return (_counted(box, at), 0.0) if free <= at else (box, free - at)
    back = next((moment for moment in box.promised if moment <= at), None)
    others = _without(box.promised, back)
    if free <= at and (back is not None or next_free(sorted((*box.sent, *others)), window, at) <= at):
        return _counted(replace(box, promised=others), at), 0.0
    start = max(free, next_free(sorted((*box.sent, *others)), window, at))
    kept = (*others, start) if len(others) < MOST_PROMISED else others
    return replace(box, promised=tuple(sorted(kept))), start - at


def pause(box: Mailbox, until: float) -> Mailbox:
    """The mailbox after Exchange asked us to wait."""
    return replace(box, paused_until=max(until, box.paused_until or until))


def _tidied(box: Mailbox, at: float) -> Mailbox:
    """Without what no limit sees any more, and without moments that a clock set wrong wrote ahead."""
    ahead = at + MOVED_SECONDS
    longest_ahead = at + MOVED_SECONDS + MOST_PROMISED * MINUTE_SECONDS
    return Mailbox(
        sent=_between(box.sent, at - MINUTE_SECONDS, ahead),
        promised=_between(box.promised, at - FORGOTTEN_SECONDS, longest_ahead),
        slots=tuple(
            (slot, count)
            for slot, count in box.slots
            if (slot + 1) * SLOT_SECONDS > at - DAY_SECONDS and slot * SLOT_SECONDS < ahead
        ),
        paused_until=box.paused_until
        if box.paused_until and at < box.paused_until < at + DAY_SECONDS
        else None,
    )


def _counted(box: Mailbox, at: float) -> Mailbox:
    slot = int(at // SLOT_SECONDS)
    counts = dict(box.slots)
    counts[slot] = counts.get(slot, 0) + 1
    return replace(box, sent=tuple(sorted((*box.sent, at))), slots=tuple(sorted(counts.items())))


def _between(moments: Iterable[float], after: float, before: float) -> tuple[float, ...]:
    return tuple(moment for moment in moments if after < moment < before)


def _without(moments: tuple[float, ...], one: float | None) -> tuple[float, ...]:
    if one is None:
        return moments
    place = moments.index(one)
    return moments[:place] + moments[place + 1 :]
