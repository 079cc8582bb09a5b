"""What is assumed of people in a rehearsal, and where its chance comes from.

Each decision draws from a chance of its own, named by the seed, the person and the matter. So the same seed
gives the same year, and a person more on the list changes what they themselves do, not what everyone does.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from domain.days import add_months
from domain.errors import RuleBroken

MOST_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is rehearsed. Shares are between 0 and 1. Raises RuleBroken for what makes no sense."""

    from_on: date
    months: int = 12
    seed: int = 1
    late: float = 0.15
    """How much of what people do comes after its day."""
    absent: float = 0.04
    """How much of their working days people are away unplanned, in spells of five days; leave is besides."""
    unreachable: float = 0.02
    """How many people have not put the app in their Teams when it begins; they do once they hear by mail."""
    most_cards: int = 25
    """More cards and mails than this in one person's week are told."""
    most_hours: float = 15.0
    """More hours than this in one person's week are told."""

    def __post_init__(self) -> None:
        if not 1 <= self.months <= MOST_MONTHS:
            raise RuleBroken(f"Please rehearse between 1 and {MOST_MONTHS} months.")
        for name in ("late", "absent", "unreachable"):
            if not 0 <= getattr(self, name) <= 1:
                raise RuleBroken(f"Please give --{name} as a share between 0 and 1, for example 0.15.")

    @property
    def until_on(self) -> date:
        """The first day that is no longer rehearsed."""
        return add_months(self.from_on, self.months)

    def chance(self, *of: object) -> Random:
        """The chance of this decision, the same whenever it is asked for."""
        # Repeatable make-believe, not a secret.
        return Random("|".join(map(str, (self.seed, *of))))  # noqa: S311
