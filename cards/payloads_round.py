"""What the button that undoes a change to a round carries. See `cards.payloads`."""

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
