"""What the buttons of the Panel's queue, of a draw and of a moderation carry. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowModeration(Payload):
    """Open a moderation. `part` is "start" or the name of one of its pages."""

    VERB: ClassVar[str] = "moderation"
    moderation_id: int
    part: str


@dataclass(frozen=True, slots=True)
class ShowNomination(Payload):
    """Open a nomination for the chair's answer."""

    VERB: ClassVar[str] = "nomination"
    audit_id: int
