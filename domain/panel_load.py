"""How much each of the Panel has to moderate, so that turns are fair, to newcomers as well (MO-07)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Turn:
    """One moderation and whose it is."""

    person_id: int
    chosen_at: datetime
    is_open: bool
    """Not decided yet."""


class Load(NamedTuple):
    """What somebody has to do now and, of equals, had lately; the smaller comes first."""

    open: int = 0
    lately: int = 0
    """Chosen lately; whoever joined since counts as level with the least of the others."""


def loads(
    turns: Iterable[Turn], members: Collection[int], *, lately: datetime, earlier: datetime
) -> dict[int, Load]:
    """Person to load, for everyone named in `turns` and every member.

    `lately` is the moment from which turns count, and `earlier` one before it: a member with none between the
    two has joined (or come back) since. They start where their first turn makes them level with the member
    who had least until then, and so owe nobody the turns of a time when they were not there.
    """
    known = sorted(turns, key=lambda one: one.chosen_at)
    recent = [one for one in known if one.chosen_at >= lately]
    settled = {one.person_id for one in known if earlier <= one.chosen_at < lately}
    had = dict.fromkeys((*members, *(one.person_id for one in known)), 0)
    for one in recent:
        if one.person_id in members and one.person_id not in settled:
            had[one.person_id] = _start(had, members)
            settled.add(one.person_id)
        had[one.person_id] += 1
    # Apart from the others, so that two who have had none yet start alike.
    starts = {i: _start(had, members) for i in members if i not in settled}
    waiting = [one.person_id for one in known if one.is_open]
    return {i: Load(waiting.count(i), starts.get(i, taken)) for i, taken in had.items()}


def _start(had: dict[int, int], members: Collection[int]) -> int:
    """One below the least of the members who had any."""
    return max(min((had[i] for i in members if had[i]), default=0) - 1, 0)
