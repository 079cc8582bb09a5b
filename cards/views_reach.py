"""What the card about people who cannot be reached shows."""

from dataclasses import dataclass

from domain.reachability import Unreached


@dataclass(frozen=True, slots=True)
class UnreachableView:
    """Everyone who cannot be reached, those of one reason together."""

    people: tuple[Unreached, ...]
    start: int = 0
    """The place of the first person shown."""
