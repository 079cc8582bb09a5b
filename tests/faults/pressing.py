"""One press ready to be sent, and what it must leave behind."""

from dataclasses import dataclass
from typing import Any

from cards.payloads import Payload
from domain.people import Person


@dataclass(frozen=True, slots=True)
class Press:
    """Who presses what, with what typed beside it."""

    person: Person
    payload: Payload
    typed: dict[str, str]
    leaves: dict[str, int]
    """What is there more than before, by a verb of the trail or a table's name."""

    @property
    def data(self) -> dict[str, Any]:
        """What the button carries."""
        return {**self.typed, **self.payload.pack()}
