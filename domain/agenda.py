"""The agenda of a meeting: its standing items, each with what is known of it, and what people put on it.

Source: OG-01 to OG-09, QB-01, PF-02, PF-04, PF-06.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.governance import AgendaItem
from domain.meetings import Came, Meeting

MOST_LINES = 4
"""Lines under one item; an agenda is read on a phone on the way to the meeting."""
MOST_OPEN = 12
"""Lines under what was decided and is still open: the meeting goes through each of them."""
LAST_TIME = "last_time"
OTHER = "other"
"""The part that holds what belongs to no standing item."""
CELEBRATION = "celebration"
EXCEPTIONS = "exceptions"


@dataclass(frozen=True, slots=True)
class Noted:
    """What somebody put on an agenda."""

    item: str
    """The standing item it belongs to; empty for one of its own."""
    title: str
    note: str
    paper: str
    """Where the paper is kept, or its title; empty when there is none."""
    by_name: str
    pack_id: int = 0
    """The pack that is its paper, where the reader may open it; else 0."""


@dataclass(frozen=True, slots=True)
class Part:
    """One item of an agenda."""

    key: str
    title: str
    lines: tuple[str, ...]
    """What is known of it, as short sentences; texts of people among them."""
    noted: tuple[Noted, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided in a meeting, as a line."""

    tracked_id: int
    title: str
    is_action: bool
    owner_name: str
    due: str
    """The day in words, or empty."""
    state: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who belongs in the room."""

    person_id: int
    name: str
    is_chair: bool
    is_guest: bool
    came: Came


@dataclass(frozen=True, slots=True)
class Agenda:
    """A meeting as one of its people sees it."""

    meeting: Meeting
    title: str
    """The body's name, with the service's for one of each service."""
    minutes: int
    parts: tuple[Part, ...]
    decided: tuple[Decided, ...]
    people: tuple[Asked, ...]
    rep_name: str
    may_run: bool

    @property
    def came(self) -> int:
        """How many came."""
        return sum(one.came is Came.CAME for one in self.people)


def parts_of(
    items: Iterable[AgendaItem], facts: Mapping[str, tuple[str, ...]], noted: Iterable[Noted]
) -> tuple[Part, ...]:
    """The standing items in their order with what is known and noted of each, then what is noted besides.

    `facts` holds the key of an item to its lines. What was noted under an item that the framework file no
    longer has comes last, so that nothing anybody wrote is lost.
    """
    chosen = tuple(items)
    known = {item.key for item in chosen}
    kept = tuple(noted)
    parts = [
        Part(
            item.key,
            item.title,
            cut(facts.get(item.key, ()), MOST_OPEN if item.key == LAST_TIME else MOST_LINES),
            tuple(one for one in kept if one.item == item.key),
        )
        for item in chosen
    ]
    rest = tuple(one for one in kept if one.item not in known)
    if rest:
        parts.append(Part(OTHER, "Also put forward", (), rest))
    return tuple(parts)


def cut(lines: tuple[str, ...], most: int = MOST_LINES) -> tuple[str, ...]:
    """The first lines, and how many there are besides."""
    if len(lines) <= most:
        return lines
    return (*lines[: most - 1], f"And {len(lines) - most + 1} more.")
