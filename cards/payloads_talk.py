"""What the buttons of a talk about a moderation and of its release carry. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowTalk(Payload):
    """Open the talk about a moderation."""

    VERB: ClassVar[str] = "talk"
    moderation_id: int
