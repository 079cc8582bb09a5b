"""What buttons for the QA office carry besides those of a round. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowUnreachable(Payload):
    """Who cannot be reached, from the person at this place of the list on."""

    VERB: ClassVar[str] = "unreachable"
    start: int = 0


@dataclass(frozen=True, slots=True)
class SendProposal(Payload):
    """Offer the round's proposal as a workbook."""

    VERB: ClassVar[str] = "send_proposal"
    WRITES: ClassVar[bool] = True
    round_id: int
    nonce: str
