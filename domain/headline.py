"""Did it change anything? Of what was found, how much was talked through, done, confirmed, and lasted.

The answer for the council, or a service, is broken down by team and by theme for readers who may not open
the audits themselves; there, what is too small to show is hidden together with what would give it away.

Source: section E of the framework's loop (workflow 1B steps 15 to 18), CA-19, CA-23, OG-06, RO-02.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.closing import Impact
from domain.loop import Found
from domain.suppression import hidden_places


class Stage(StrEnum):
    """How far something that was found has come."""

    DISCUSSED = "discussed"
    """Audits whose learning was talked through in supervision (CA-19)."""
    DONE = "done"
    """Actions that their owner calls done, confirmed ones among them."""
    CONFIRMED = "confirmed"
    """Actions that whoever answers for the owner has confirmed (CA-23)."""
    CLOSED = "closed"
    """Audits that lack nothing any more."""
    LASTED = "lasted"
    """Audits whose change was still there, of those that were looked at again."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    count: int
    whole: int

    @property
    def rest(self) -> int:
        """Those it does not yet hold for."""
        return self.whole - self.count


@dataclass(frozen=True, slots=True)
class Loop:
    """What became of some audits."""

    audits: int
    actions: int
    shares: Mapping[Stage, Share]


@dataclass(frozen=True, slots=True)
class Group:
    """A team or a theme, as it may be shown."""

    name: str
    audits: int
    shares: Mapping[Stage, Share | None]
    """None where it is not shown."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The whole answer for one reader."""

    of: str
    """Whose audits these are: a team, a service, or empty for the council."""
    since: date
    until: date
    """The last day counted."""
    loop: Loop
    before: Loop
    """The twelve months before."""
    smallest: int
    """Smaller numbers are not shown; 1 where nothing is hidden from this reader."""
    teams: tuple[Group, ...]
    themes: tuple[Group, ...]
    """By the keys of sections and the ids of tags."""


def loop_of(audits: Iterable[Found]) -> Loop:
    """What became of these audits."""
    found = tuple(audits)
    actions = [action for one in found for action in one.actions]
    looked_at = [one for one in found if one.impact is not None]
    counts = {
        Stage.DISCUSSED: Share(sum(one.discussed for one in found), len(found)),
        Stage.DONE: Share(sum(action.state != "open" for action in actions), len(actions)),
        Stage.CONFIRMED: Share(sum(action.state == "confirmed" for action in actions), len(actions)),
        Stage.CLOSED: Share(sum(one.closed for one in found), len(found)),
        Stage.LASTED: Share(sum(one.impact is Impact.LASTED for one in looked_at), len(looked_at)),
    }
    return Loop(len(found), len(actions), counts)


def groups(loops: Mapping[str, Loop], smallest: int) -> tuple[Group, ...]:
    """The groups that may be shown, by name; together they make up the whole that is shown above them.

    A group with few audits is left out, and so is another where one alone would be what the rest leaves of
    the whole. Within those shown, a share stands only where neither it nor what is left of it is small, here
    or, by taking away, in any other group.
    """
    names = sorted(loops)
    few = hidden_places([loops[name].audits for name in names], smallest)
    hidden = {
        stage: _hidden_shares([loops[name].shares[stage] for name in names], smallest, few) for stage in Stage
    }
    return tuple(
        Group(
            name,
            loops[name].audits,
            {s: None if place in hidden[s] else loops[name].shares[s] for s in Stage},
        )
        for place, name in enumerate(names)
        if place not in few
    )


def themed(audits: Iterable[Found], smallest: int) -> tuple[Group, ...]:
    """Each theme that may be shown, the most frequent first; an audit may have several (GP-01 to GP-06).

    What holds for all but a theme's audits could be worked out from the whole, so each theme is looked at
    beside the rest.
    """
    found = tuple(audits)
    made = []
    for theme in sorted({theme for one in found for theme in one.themes}):
        beside = {
            theme: loop_of(one for one in found if theme in one.themes),
            # Nothing is called by an empty name.
            "": loop_of(one for one in found if theme not in one.themes),
        }
        made += [group for group in groups(beside, smallest) if group.name == theme]
    return tuple(sorted(made, key=lambda group: (-group.audits, group.name)))


def _hidden_shares(shares: Sequence[Share], smallest: int, already: frozenset[int]) -> frozenset[int]:
    """The places whose share may not be shown, when these are not."""
    hidden, before = already, None
    while hidden != before:
        before = hidden
        for parts in ([share.count for share in shares], [share.rest for share in shares]):
            hidden = hidden_places(parts, smallest, hidden)
    return hidden
