"""What buttons that ask for a file carry, besides those of a round or a day. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class AskCopy(Payload):
    """Offer a Word copy of a shared audit in the reader's own chat."""

    VERB: ClassVar[str] = "copy"
    WRITES: ClassVar[bool] = True
    audit_id: int
    nonce: str
