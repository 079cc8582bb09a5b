"""How much each of the Panel has to moderate, so that turns are fair, to newcomers as well (MO-07)."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Counted:
    """The moderations that are or were somebody's."""

    person_id: int
    open: int
    """Not decided yet, however long ago they were chosen."""
    lately: int
    """Chosen lately, decided or not."""
    is_settled: bool
    """Whether they had one in the time before that, and so were there already."""


@dataclass(frozen=True, slots=True)
class Turns:
    """Whose the moderations were that were chosen in the last while."""

    counted: tuple[Counted, ...]
    opening: Sequence[int]
    """Whose they were one by one, from the first chosen lately to the first of every member who was not
    settled then. It may go on beyond that."""


class Load(NamedTuple):
    """What somebody has to do now and, of equals, had lately; the smaller comes first."""

    open: int = 0
    lately: int = 0
    """Chosen lately; whoever joined since counts as level with the least of the others."""


def loads(turns: Turns, members: Collection[int]) -> dict[int, Load]:
    """Person to load, for everyone who is counted and every member.

    A member who is not settled has joined (or come back) since. They start where their first turn makes them
    level with the member who had least until then, and so owe nobody the turns of a time when they were not
    there.
    """
    counted = {one.person_id: one for one in turns.counted}
    settled = {i for i, one in counted.items() if one.is_settled}
    had = dict.fromkeys((*members, *counted), 0)
    for person in turns.opening:
        if person in members and person not in settled:
            had[person] = _start(had, members)
            settled.add(person)
        had[person] += 1
    told = Counter(turns.opening)
    for person, one in counted.items():
        had[person] += one.lately - told[person]
    # Apart from the others, so that two who have had none yet start alike.
    starts = {i: _start(had, members) for i in members if i not in settled}
    return {i: Load(counted[i].open if i in counted else 0, starts.get(i, taken)) for i, taken in had.items()}


def _start(had: dict[int, int], members: Collection[int]) -> int:
    """One below the least of the members who had any."""
    return max(min((had[i] for i in members if had[i]), default=0) - 1, 0)
