"""What the buttons that begin a round, or undo a change to one, carry. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class BringBack(Payload):
    """Undo leaving a "case" or an "auditor" out, by its id, or a "swap" by the swap's own."""

    VERB: ClassVar[str] = "bring_back"
    WRITES: ClassVar[bool] = True
    round_id: int
    version: int
    what: str
    subject_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class PlanRound(Payload):
    """Draw the sample of a month that has none yet."""

    VERB: ClassVar[str] = "plan"
    WRITES: ClassVar[bool] = True
    month: int
    """As 202605; the round has no id before it is drawn."""
    nonce: str
