"""What buttons of the QA Group's digest carry. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowDigest(Payload):
    """A part of the digest of one month's round, or all of it.

    Pressed in the channel, it is sent to the presser's own chat; pressed there, it takes the card's place.
    """

    VERB: ClassVar[str] = "digest"
    month: int
    """202605."""
    topic: str
    """A `domain.digest.Topic`."""


@dataclass(frozen=True, slots=True)
class ShowAhead(Payload):
    """What the coming weeks hold, from one line on. In the channel it is sent to the presser's own chat."""

    VERB: ClassVar[str] = "digest_ahead"
    start: int
