"""The one scale on which practice is judged, in every activity.

Source: GR-01 to GR-05.
"""

from enum import StrEnum


class Grade(StrEnum):
    """A judgement of practice. The stored value never changes; labels live in framework.toml."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires_improvement"
    INADEQUATE = "inadequate"

    @property
    def rank(self) -> int:
        """4 for Outstanding down to 1 for Inadequate, for ordering only; grades are never averaged (Q24)."""
        return _RANKS[self]

    @property
    def below_good(self) -> bool:
        """Whether an action plan is compulsory (CA-24)."""
        return self.rank < Grade.GOOD.rank


_RANKS = {
    Grade.OUTSTANDING: 4,
    Grade.GOOD: 3,
    Grade.REQUIRES_IMPROVEMENT: 2,
    Grade.INADEQUATE: 1,
}
