"""What of an indicator needs a look, what to be glad of, and what to leave alone.

A figure is an exception when it misses its target by more than the tolerance, or when it changed for the
worse by more than chance. Change for the better is celebrated, never chased; noise is neither.

Source: PF-01, PF-04, PF-09.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.control import Limits, Seen, Sign, control
from domain.indicators import Every, Indicator, Polarity, is_off_target

_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


class Kind(StrEnum):
    """Why somebody should look at it."""

    LIMIT = "limit"
    """Beyond its natural limits."""
    RUN = "run"
    """Shifted: many in a row on the worse side of its mean."""
    TREND = "trend"
    """Getting worse step by step; an early warning."""
    TARGET = "target"
    """Off its target and no worse than usual."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One indicator of one scope at its newest value."""

    off_target: bool | None
    """None without a target."""
    worse: tuple[Seen, ...]
    """Signs that it changed for the worse, or at all where neither way is good."""
    better: tuple[Seen, ...]
    limits: Limits | None
    """None while there are too few periods to say what is normal."""
    every: Every
    either_way: bool

    @property
    def exception(self) -> Kind | None:
        """The gravest reason to look at it; None when there is none."""
        signs = {seen.sign for seen in self.worse}
        for kind in (Kind.LIMIT, Kind.RUN, Kind.TREND):
            if Sign(kind.value) in signs:
                return kind
        return Kind.TARGET if self.off_target else None

    @property
    def celebrates(self) -> bool:
        """Whether it got better by more than chance and nothing about it got worse."""
        return bool(self.better) and not self.worse

    @property
    def says(self) -> str:
        """A short plain sentence: what it is, and what to do."""
        standing = {True: "Off target", False: "On target", None: ""}[self.off_target]
        if self.worse:
            return _joined(standing, self._sign(self.worse[0]))
        if self.better:
            return _joined(standing, _glad(self.better[0], self.every))
        if self.limits is None:
            few = f"Too few {_noun(self.every, 2)} yet to say what is normal."
            return _joined(standing, few)
        if self.off_target:
            return (
                f"Off target, and steady: one more {_noun(self.every, 1)} will not change that, another way "
                "of working may."
            )
        return f"{standing or 'Within its normal range'} and steady: nothing to chase."

    def _sign(self, seen: Seen) -> str:
        many = _many(seen.periods, self.every)
        worse = "outside" if self.either_way else "worse than"
        match seen.sign:
            case Sign.LIMIT:
                return f"{many} {worse} its normal range: find out what changed."
            case Sign.RUN:
                side = "one side" if self.either_way else "the worse side"
                return f"{many} in a row on {side} of its average: something has shifted, find out what."
            case Sign.TREND:
                return f"Worse {_NUMBERS[min(seen.periods - 1, 12)]} times in a row: an early warning."


def judge(indicator: Indicator, every: Every, values: Sequence[float], *, points: int) -> Judgement:
    """What the series says at its newest value; `points` periods make a baseline. It holds one at least."""
    found = control(values, points)
    either_way = indicator.polarity is Polarity.NEITHER
    # Without a good way there is no bad one to creep towards; a step beyond what is normal wants a look.
    told = [seen for seen in found.seen if not (either_way and seen.sign is Sign.TREND)]
    bad_is_up = indicator.polarity is Polarity.LOWER
    return Judgement(
        off_target=is_off_target(indicator, values[-1]),
        worse=tuple(seen for seen in told if either_way or seen.up == bad_is_up),
        better=tuple(seen for seen in told if not either_way and seen.up != bad_is_up),
        limits=found.limits,
        every=every,
        either_way=either_way,
    )


def _glad(seen: Seen, every: Every) -> str:
    match seen.sign:
        case Sign.LIMIT:
            return "Better than its normal range: say well done, and learn how."
        case Sign.RUN:
            many = _many(seen.periods, every)
            return f"{many} in a row on the better side of its average: a real improvement."
        case Sign.TREND:
            return f"Better {_NUMBERS[min(seen.periods - 1, 12)]} times in a row: worth saying so."


def _many(periods: int, every: Every) -> str:
    number = _NUMBERS[periods] if periods < len(_NUMBERS) else str(periods)
    return f"{number.capitalize()} {_noun(every, periods)}"


def _noun(every: Every, periods: int) -> str:
    return every.value if periods == 1 else f"{every.value}s"


def _joined(standing: str, sentence: str) -> str:
    return f"{standing}. {sentence}" if standing else sentence
