"""Indicators: what is measured, of whom and for which time, and how a figure is said.

Source: PF-01, PF-08, PF-09, SG-01.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.governance import quarter_name, quarter_start
from domain.people import Post

PERCENT = "%"
_SPARKS = "▁▂▃▄▅▆▇█"
MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Polarity(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Every(StrEnum):
    """How long a period is."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that is measured."""

    id: int
    key: str
    """The name as it is compared."""
    name: str
    definition: str
    polarity: Polarity
    unit: str
    """"%", or what is counted; empty for a bare number."""
    target: float | None
    tolerance: float | None
    """How far off the target is still within it, in the indicator's unit."""
    theme: str
    """A section or tag whose audit findings stand beside it; empty for none."""
    owner_id: int | None = None
    """The one person who answers for the council's figure, where no post does."""
    owner_post: Post | None = None
    """The post that does; whoever holds it at the time."""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Measured:
    """What a value was measured of: the council when all is empty, down to a case reference (PF-01)."""

    service_id: int | None = None
    team_id: int | None = None
    practitioner_id: int | None = None
    case_ref: str = ""

    @property
    def scope(self) -> str:
        """One text for each; what makes a value the value of the same thing again.

        The finest part tells it apart; its team is named with it, as people and cases move between teams.
        """
        if self.case_ref:
            return f"case:{self.team_id or 0}:{self.case_ref}"
        if self.practitioner_id is not None:
            return f"person:{self.team_id or 0}:{self.practitioner_id}"
        if self.team_id is not None:
            return f"team:{self.team_id}"
        return f"service:{self.service_id}" if self.service_id is not None else COUNCIL


COUNCIL = "council"
"""The scope of the council as a whole."""


@dataclass(frozen=True, slots=True)
class Value:
    """One figure."""

    indicator_id: int
    every: Every
    period_on: date
    """The first day of the week, month or quarter."""
    measured: Measured
    value: float
    numerator: float | None = None
    denominator: float | None = None


def indicator_key(name: str) -> str:
    """The name as it is compared: without regard to capitals and spaces."""
    return " ".join(name.casefold().split())


def says(value: float, unit: str = "") -> str:
    """The figure as people write it: "87%", "1,204", "3.5 days"."""
    rounded = round(value, 1)
    text = f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.1f}"
    if text == "-0":
        text = "0"
    return f"{text}{PERCENT}" if unit == PERCENT else f"{text} {unit}".rstrip()


def period_name(every: Every, on: date) -> str:
    """The period as people call it: "May 2026", "week from 4 May 2026", "Q1 2026/27"."""
    match every:
        case Every.WEEK:
            return f"week from {on.day} {MONTH_NAMES[on.month - 1]} {on.year}"
        case Every.MONTH:
            return f"{MONTH_NAMES[on.month - 1]} {on.year}"
        case Every.QUARTER:
            return quarter_name(on)


def period_start(every: Every, day: date) -> date:
    """The first day of the period that this day lies in."""
    match every:
        case Every.WEEK:
            return day - timedelta(days=day.weekday())
        case Every.MONTH:
            return day.replace(day=1)
        case Every.QUARTER:
            return quarter_start(day)


def period_after(every: Every, on: date) -> date:
    """The first day of the next period."""
    longest = {Every.WEEK: 7, Every.MONTH: 31, Every.QUARTER: 92}[every]
    return period_start(every, on + timedelta(days=longest))


def is_off_target(indicator: Indicator, value: float) -> bool | None:
    """Whether the figure misses the target by more than its tolerance; None without a target."""
    if indicator.target is None:
        return None
    over, slack = value - indicator.target, (indicator.tolerance or 0) + 1e-9
    match indicator.polarity:
        case Polarity.HIGHER:
            return over < -slack
        case Polarity.LOWER:
            return over > slack
        case Polarity.NEITHER:
            return abs(over) > slack


def gap(indicator: Indicator, value: float) -> float:
    """How far beyond its tolerance the figure misses the target, as a share of the target; 0 within it."""
    if indicator.target is None or not is_off_target(indicator, value):
        return 0.0
    missed = abs(value - indicator.target) - (indicator.tolerance or 0)
    return missed / abs(indicator.target) if indicator.target else missed


def target_in_words(indicator: Indicator) -> str:
    """The target as people say it: "90% or more"; empty without one."""
    if indicator.target is None:
        return ""
    figure = says(indicator.target, indicator.unit)
    match indicator.polarity:
        case Polarity.HIGHER:
            return f"{figure} or more"
        case Polarity.LOWER:
            return f"{figure} or less"
        case Polarity.NEITHER:
            slack = (
                f", give or take {says(indicator.tolerance, indicator.unit)}" if indicator.tolerance else ""
            )
            return f"{figure}{slack}"


def spark(values: Sequence[float]) -> str:
    """The series as a row of little bars, for a line of text; empty for fewer than two values."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    if math.isclose(low, high):
        return _SPARKS[3] * len(values)
    last = len(_SPARKS) - 1
    return "".join(_SPARKS[round((value - low) / (high - low) * last)] for value in values)


def newest_run(points: Iterable[tuple[date, float]], every: Every) -> tuple[tuple[date, float], ...]:
    """The points up to the newest, back to where more than one period in a row is missing.

    One month without a figure happens; after a longer gap it is another story, and "eight in a row" would
    be said of figures that never stood in one.
    """
    ordered = sorted(points)
    kept: list[tuple[date, float]] = []
    for point in reversed(ordered):
        if kept and period_after(every, period_after(every, point[0])) < kept[-1][0]:
            break
        kept.append(point)
    return tuple(reversed(kept))
