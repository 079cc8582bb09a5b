"""Whether a figure changed by more than chance: the chart of individual values and moving ranges (XmR).

The natural limits are the mean of a baseline of values plus and minus 2.66 times the mean of the steps
between neighbours. A value beyond them, eight in a row on one side of the mean, or six in a row each further
the same way is a sign that something changed; all else is noise, and chasing it wastes everybody's time.

A shift that has lasted as long as a baseline becomes the new baseline: it is how things are now, be that good
or not. Whether it is good is for the target to say.

The constant and a worked example to check against: NIST/SEMATECH e-Handbook of Statistical Methods, section
6.3.2.2 (individuals control charts). The rules for runs and trends: L. S. Nelson, Journal of Quality
Technology 16(4), 1984, as used for public services by NHS England, "Making Data Count".

Source: PF-09; design D (so that noise is not chased).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

NATURAL = 2.66
"""Three standard deviations, told from the mean step between neighbours: 3 / 1.128."""
RUN = 8
"""Values in a row on one side of the mean that are a sign."""
TREND = 6
"""Values in a row, each further the same way than the one before, that are an early sign."""
_HAIR = 1e-9
"""How far apart two numbers must lie to differ at all: sums of shares do not come out even."""


class Sign(StrEnum):
    """What shows that something changed."""

    LIMIT = "limit"
    RUN = "run"
    TREND = "trend"


@dataclass(frozen=True, slots=True)
class Limits:
    """What is normal for a figure, in its own unit."""

    mean: float
    moving_range: float
    """The mean step between neighbours."""

    @property
    def lower(self) -> float:
        """The lower natural limit; it may lie below nought."""
        return self.mean - NATURAL * self.moving_range

    @property
    def upper(self) -> float:
        """The upper natural limit."""
        return self.mean + NATURAL * self.moving_range

    def beyond(self, value: float) -> int:
        """1 above the limits, -1 below them, 0 within."""
        return (value > self.upper + _HAIR) - (value < self.lower - _HAIR)

    def side(self, value: float) -> int:
        """1 above the mean, -1 below it, 0 on it."""
        return (value > self.mean + _HAIR) - (value < self.mean - _HAIR)


@dataclass(frozen=True, slots=True)
class Seen:
    """A sign at the newest value."""

    sign: Sign
    up: bool
    periods: int
    """How many values in a row, the newest last, it has been there."""


@dataclass(frozen=True, slots=True)
class Control:
    """What a series says at its newest value."""

    limits: Limits | None
    """What was normal until now; None while there are too few values to say."""
    since: int
    """The place of the first value that these limits are told from."""
    seen: tuple[Seen, ...]


def limits_of(values: Sequence[float]) -> Limits:
    """The limits these values give themselves. Raises ValueError for fewer than two."""
    if len(values) < 2:
        raise ValueError("Natural limits need two values at least.")
    steps = [abs(after - before) for before, after in pairwise(values)]
    return Limits(sum(values) / len(values), sum(steps) / len(steps))


def control(values: Sequence[float], points: int) -> Control:
    """What the series says at its newest value; `points` values make a baseline.

    Only a trend shows before there is a baseline.
    """
    if len(values) < max(points, 2):
        return Control(None, 0, _trend(values))
    since = 0
    limits = limits_of(values[:points])
    while (shifted := _shift(values, since, limits, points)) is not None:
        since = shifted
        limits = limits_of(values[since : since + points])
    seen = []
    beyond = limits.beyond(values[-1])
    if beyond:
        seen.append(Seen(Sign.LIMIT, beyond > 0, _lasting([limits.beyond(v) for v in values[since:]])))
    sides = [limits.side(value) for value in values[since:]]
    if sides[-1] and _lasting(sides) >= RUN:
        seen.append(Seen(Sign.RUN, sides[-1] > 0, _lasting(sides)))
    return Control(limits, since, (*seen, *_trend(values[since:])))


def _shift(values: Sequence[float], since: int, limits: Limits, points: int) -> int | None:
    """Where a run begins that has lasted as long as a baseline; None when there is none."""
    begins, side = since, 0
    for place in range(since, len(values)):
        here = limits.side(values[place])
        if here != side:
            begins, side = place, here
        if side and begins > since and place - begins + 1 >= points:
            return begins
    return None


def _trend(values: Sequence[float]) -> tuple[Seen, ...]:
    steps = [(after > before + _HAIR) - (after < before - _HAIR) for before, after in pairwise(values)]
    if not steps or not steps[-1]:
        return ()
    lasted = _lasting(steps) + 1
    return (Seen(Sign.TREND, steps[-1] > 0, lasted),) if lasted >= TREND else ()


def _lasting(marks: Sequence[int]) -> int:
    """How many marks at the end are the last one."""
    lasted = 0
    for mark in reversed(marks):
        if mark != marks[-1]:
            break
        lasted += 1
    return lasted
