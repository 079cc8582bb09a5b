"""What the buttons of supervision, closing and impact carry. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowSupervision(Payload):
    """Open what is to be talked of in a practitioner's next supervision."""

    VERB: ClassVar[str] = "supervision"
    practitioner_id: int


@dataclass(frozen=True, slots=True)
class ShowFollowUp(Payload):
    """Open what an audit still needs before it is closed, or its impact check."""

    VERB: ClassVar[str] = "follow_up"
    audit_id: int
