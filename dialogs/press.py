"""How a press is handled: an act that changes something once, and a show that answers every time.

The act returns a small JSON-able outcome, which is kept under the press's key in the same transaction. When
the same press arrives again, the act is skipped and the outcome is shown again (decision 4).
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cards.payloads import Payload
from dialogs.turn import Reply, Turn
from domain.errors import RuleBroken
from domain.framework import Framework
from domain.people import Person
from domain.written import readable
from workflows.council import Council, Work

Outcome = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Press:
    """A press within its transaction."""

    council: Council
    work: Work
    turn: Turn
    person: Person
    payload: Any
    """The declared payload; each handler knows its class."""
    inputs: dict[str, Any]

    @property
    def now(self) -> datetime:
        """The moment of the turn."""
        return self.turn.now

    @property
    def today(self) -> date:
        """The day of the turn in England."""
        return self.council.today(self.turn.now)

    @property
    def framework(self) -> Framework:
        """The council's framework."""
        return self.council.framework

    def typed(self, name: str) -> str:
        """The text of an input, made fit to keep."""
        value = self.inputs.get(name)
        return readable(value) if isinstance(value, str) else ""

    @property
    def typed_texts(self) -> dict[str, str]:
        """Every input as text, to be shown again when it could not be used."""
        return {name: value if isinstance(value, str) else str(value) for name, value in self.inputs.items()}


@dataclass(frozen=True, slots=True)
class Handler:
    """What a payload class leads to."""

    show: Callable[[Press, Outcome], Reply]
    act: Callable[[Press], Outcome] | None = None
    refuse: Callable[[Press, RuleBroken], Reply | None] | None = None
    """The answer to a broken rule with everything typed still in place; None leaves it to a plain note."""


def press_key(person: Person, payload: Payload, inputs: dict[str, Any]) -> str:
    """The same press, however often and under whatever activity ids it arrives, has the same key."""
    text = json.dumps([person.id, payload.pack(), inputs], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
