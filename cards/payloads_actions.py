"""What the buttons of actions carry. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowAction(Payload):
    """Open an action, for its owner or for whoever answers for the owner."""

    VERB: ClassVar[str] = "action"
    action_id: int
