"""How several processes share what one tenant takes in a second: as seats.

A seat carries one request at a time and rests afterwards until a second has passed since that request can
have arrived. With fifty seats no second ever sees more than fifty arrivals, however long a request takes and
however late a process wakes up; spacing requests evenly would promise that only for equal journeys.

All moments are seconds on one clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass

REST_SECONDS = 1.0
SPARE_SECONDS = 0.005
SURE_SHARE = 0.8
"""How much of the shortest journey seen lately is taken to be part of every journey."""
LEASE_SECONDS = 4.0
"""How long a process may use its seats without asking anew."""
GUARD_SECONDS = 13.0
"""Between the end of one process's lease and another's use of its seats: the longest a request may take to
arrive, its rest, and clocks that differ."""
MOVED_SECONDS = 600.0
"""A lease that ends further ahead was written by a clock that has since been put right."""


def rested_at(ended: float, shortest: float) -> float:
    """When a seat may be used again whose request was answered at `ended`.

    The last request arrived no later than `ended` less the way back, the next arrives no earlier than it
    starts plus the way there; together that is at least the shortest journey there is.
    """
    return ended + REST_SECONDS + SPARE_SECONDS - min(shortest * SURE_SHARE, REST_SECONDS / 2)


@dataclass(frozen=True, slots=True)
class Share:
    """One process's part of a tenant."""

    seats: int
    """Seats nobody else may use: those granted, and those given up that still rest."""
    wanted: int
    until: float


def divided(
    shares: Mapping[str, Share], *, holder: str, wanted: int, busy: int, total: int, at: float
) -> tuple[int, dict[str, Share]]:
    """(seats this process may use now, everybody's shares afterwards).

    `busy` is how many of its seats are in use or rest, or may come to be so before it hears. Who wants little
    gets it, the others share the rest evenly; what others hold beyond their part comes free as they ask anew.
    """
    others = {name: share for name, share in shares.items() if name != holder and _holds(share, at)}
    mine = shares.get(holder)
    held_before = mine.seats if mine is not None and _holds(mine, at) else 0
    wishes = {name: share.wanted for name, share in others.items()}
    fair = evenly({**wishes, holder: wanted}, total)[holder]
    free = total - sum(share.seats for share in others.values())
    granted = max(0, min(fair, free))
    held = max(granted, min(busy, held_before))
    if held or wanted:
        others[holder] = Share(held, wanted, at + LEASE_SECONDS)
    return granted, others


def evenly(wishes: Mapping[str, int], total: int) -> dict[str, int]:
    """Each name's part of the total: nobody gets more than they wish, and whoever got less has their wish."""
    parts: dict[str, int] = {}
    left = total
    # The smallest wishes first, by name where they are equal: everyone who works it out finds the same.
    order = sorted(wishes, key=lambda name: (wishes[name], name))
    for place, name in enumerate(order):
        parts[name] = min(wishes[name], left // (len(order) - place))
        left -= parts[name]
    return parts


def _holds(share: Share, at: float) -> bool:
    """Whether its seats may be in use."""
    return share.until + GUARD_SECONDS > at > share.until - MOVED_SECONDS
