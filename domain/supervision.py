"""Somebody with whom there is something to talk of in supervision, and no day for it (CA-19, CA-23)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class WithoutDay:
    """Somebody whose next supervision has no day."""

    practitioner_id: int
    name: str
    audits: int
    """Whose learning is open."""
    actions: int
    """Not confirmed yet."""
    passed_on: date | None
    """The day that was set last and has passed without a word; None where none was set."""

    @property
    def field(self) -> str:
        """The input that takes the day."""
        return field_of(self.practitioner_id)


def field_of(practitioner_id: int) -> str:
    """The input that takes the day of this practitioner's next supervision."""
    return f"next_on_{practitioner_id}"
