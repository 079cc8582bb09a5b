"""A promise of the framework and how far a rehearsed year would keep it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One promise, and how far it would be kept."""

    promise: str
    rules: tuple[str, ...]
    missed: int | None
    """None where the rehearsal is too short to tell."""
    of: int
    where: str = ""
    """The team, the round or the body that most of it falls on."""

    @property
    def is_missed(self) -> bool:
        """Whether anything of it would be missed."""
        return bool(self.missed)


def missed(found: Iterable[Finding]) -> list[Finding]:
    """Those that would be missed."""
    return [one for one in found if one.is_missed]


def most_in(places: Counter[str]) -> str:
    """Where most of it is; the first by name of several alike."""
    if not places:
        return ""
    number = max(places.values())
    name = min(place for place, times in places.items() if times == number)
    return f"most in {name} ({number})"
