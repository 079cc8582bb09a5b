"""How far people who judged the same things agree, beyond what chance alone would give.

The measure is Krippendorff's alpha for ordered values. Values in, values out: ours and not a library's,
for the reasons in decision 0013. Nothing here knows who judged; there is no figure of one person (SG-03).

Source: MO-21, SG-03, SG-04, PR-05; Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011).
"""

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import combinations

from domain.grades import Grade
from domain.suppression import shown_parts

RESAMPLES = 2_000
SEED = 20_111
"""The same audits give the same interval, whoever asks and however often."""
LEAST_DEFINED = 0.9
"""The share of resamples in which alpha must exist for an interval to be told."""

FIRM_FROM, TENTATIVE_FROM = 0.8, 0.667
"""Krippendorff's own customary limits ("Content Analysis", 2004, p. 241)."""

Kind = tuple[int, ...]
"""The values that one thing was given, in order of size; who gave which plays no part."""
Distance = Callable[[int, int, Mapping[int, int]], float]
"""How far apart two values are, the smaller first, given how often each was used."""
Interval = tuple[float, float]


class Firmness(StrEnum):
    """What an alpha allows people to conclude."""

    FIRM = "firm"
    TENTATIVE = "tentative"
    NOT_RELIABLE = "not_reliable"


@dataclass(frozen=True, slots=True)
class Pair:
    """What an auditor and the Panel made of the same thing."""

    original: Grade
    moderated: Grade


@dataclass(frozen=True, slots=True)
class Compared:
    """An audit that the Panel moderated: what both graded, without who."""

    overall: Pair
    sections: Mapping[str, Pair]
    """Section key to both grades, for the sections that both graded."""
    is_random: bool
    """Whether chance alone chose it; only these speak for all audits."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One alpha with what it rests on."""

    counted: int
    """How many audits, or sections."""
    is_enough: bool
    """Whether there are enough to tell; without it nothing else is told."""
    alpha: float | None = None
    """From below 0 to 1; None where one single grade was given throughout, so that chance explains all."""
    interval: Interval | None = None
    """Where 95 of 100 repetitions would lie."""

    @property
    def firmness(self) -> Firmness | None:
        """What it allows people to conclude."""
        return None if self.alpha is None else firmness_of(self.alpha)


@dataclass(frozen=True, slots=True)
class Direction:
    """Which way auditors differ from the Panel: numbers of audits, None where too small to show."""

    kinder: int | None
    alike: int | None
    harsher: int | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far auditors and the Panel agree, of the service as a whole."""

    every: Reading
    random: Reading
    chosen: Reading
    """What a rule or the Panel chose: biased by design, as it is chosen for being unlike the rest."""
    before: Reading
    """Of the year before, for the way it goes (MO-21); without an interval."""
    direction: Direction | None
    """None until there are enough audits."""
    sections: Mapping[str, Reading]
    """Section key to its reading, in the order of the framework; without intervals."""
    directions: Mapping[str, Direction]
    """Section key to which way auditors differ in it, for those with enough audits."""


def ordinal(low: int, high: int, used: Mapping[int, int]) -> float:
    """The squared distance of two ordered values: what lies between them counts by how often it is used."""
    between = sum(count for value, count in used.items() if low <= value <= high)
    return float((between - (used[low] + used[high]) / 2) ** 2)


def alpha(units: Iterable[Collection[int]], distance: Distance = ordinal) -> float | None:
    """Krippendorff's alpha; `units` holds the values that each thing was given, of any number of people.

    What only one person judged says nothing of agreement and is left out. None where nothing is left or one
    value alone was used.
    """
    return _alpha(Counter(tuple(sorted(values)) for values in units), distance)


def interval(units: Iterable[Collection[int]]) -> Interval | None:
    """Alpha's 95 % percentile interval by bootstrap over the units.

    None where alpha has no value in too many resamples, and where all are alike: that nobody differed in
    these says nothing of how sure one may be.
    """
    counted = Counter(tuple(sorted(values)) for values in units)
    return _interval(tuple(sorted(counted.items())))


def firmness_of(figure: float) -> Firmness:
    """What an alpha allows people to conclude, as it is shown: to three figures behind the point."""
    told = round(figure, 3)
    if told >= FIRM_FROM:
        return Firmness.FIRM
    return Firmness.TENTATIVE if told >= TENTATIVE_FROM else Firmness.NOT_RELIABLE


def agreement(
    compared: Sequence[Compared],
    before: Sequence[Compared],
    *,
    section_keys: Iterable[str],
    least: int,
    smallest: int,
) -> Agreement:
    """The service's agreement from the audits of a year, and of the year `before` it.

    Nothing is told of fewer than `least` audits, no number of audits below `smallest` is shown.
    """
    overall = [one.overall for one in compared]
    sections = {key: [one.sections[key] for one in compared if key in one.sections] for key in section_keys}
    return Agreement(
        every=_reading(overall, least),
        random=_reading([one.overall for one in compared if one.is_random], least),
        chosen=_reading([one.overall for one in compared if not one.is_random], least),
        before=_reading([one.overall for one in before], least, with_interval=False),
        direction=_direction(overall, smallest) if len(overall) >= least else None,
        sections={key: _reading(pairs, least, with_interval=False) for key, pairs in sections.items()},
        directions={
            key: _direction(pairs, smallest) for key, pairs in sections.items() if len(pairs) >= least
        },
    )


def _reading(pairs: Sequence[Pair], least: int, *, with_interval: bool = True) -> Reading:
    if len(pairs) < least:
        return Reading(len(pairs), is_enough=False)
    units = [(pair.original.rank, pair.moderated.rank) for pair in pairs]
    return Reading(len(pairs), True, alpha(units), interval(units) if with_interval else None)


def _direction(pairs: Sequence[Pair], smallest: int) -> Direction:
    by_sign = Counter(_sign(pair.original.rank - pair.moderated.rank) for pair in pairs)
    kinder, alike, harsher = shown_parts([by_sign[way] for way in (1, 0, -1)], smallest)
    return Direction(kinder, alike, harsher)


def _sign(difference: int) -> int:
    return (difference > 0) - (difference < 0)


# Kept, as a card is opened more often than audits are released.
@lru_cache(maxsize=64)
def _interval(counted: tuple[tuple[Kind, int], ...]) -> Interval | None:
    if not counted:
        return None
    kinds = [kind for kind, _ in counted]
    weights = [count for _, count in counted]
    chance = random.Random(SEED)  # noqa: S311 - chance for statistics, not for secrets
    found = []
    for _ in range(RESAMPLES):
        figure = _alpha(Counter(chance.choices(kinds, weights, k=sum(weights))), ordinal)
        if figure is not None:
            found.append(figure)
    found.sort()
    if len(found) < LEAST_DEFINED * RESAMPLES or found[0] == found[-1]:
        return None
    return _percentile(found, 0.025), _percentile(found, 0.975)


def _percentile(ordered: Sequence[float], share: float) -> float:
    """Between the two nearest values, in proportion."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _alpha(kinds: Mapping[Kind, int], distance: Distance) -> float | None:
    paired = {kind: count for kind, count in kinds.items() if len(kind) > 1}
    used: Counter[int] = Counter()
    for kind, count in paired.items():
        for value in kind:
            used[value] += count
    apart = {(low, high): distance(low, high, used) for low, high in combinations(sorted(used), 2)}
    expected = sum(used[low] * used[high] * far for (low, high), far in apart.items())
    if not expected:
        return None
    observed = sum(
        count * times * apart[pair] / (len(kind) - 1)
        for kind, count in paired.items()
        for pair, times in _differing(kind)
    )
    return 1 - (sum(used.values()) - 1) * observed / expected


@lru_cache(maxsize=256)
def _differing(kind: Kind) -> tuple[tuple[tuple[int, int], int], ...]:
    """Two different values to how many pairs of judges gave one each, whatever the number of judges."""
    given = Counter(kind)
    return tuple(((low, high), given[low] * given[high]) for low, high in combinations(sorted(given), 2))
