"""What became of something we sent. Nothing here is raised; the courier decides by the type."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """It was taken."""

    id: str
    """The activity's id, by which the posted copy can be edited later; empty when none was given."""
    conversation_id: str = ""
    """The thread that a post in a channel began; empty for any other message."""


@dataclass(frozen=True, slots=True)
class Throttled:
    """Too many at once; nothing was sent."""

    wait_seconds: float | None
    """What we were asked to wait; None when no time was named, so the sender backs off on its own."""
    ours: bool = False
    """Whether our own pace left no room, so that the other side was not even asked."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The conversation, message, member or mailbox is no longer there."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person or an administrator has blocked the bot; nothing more until they write themselves."""

    code: str


@dataclass(frozen=True, slots=True)
class NotInstalled:
    """The bot is not installed there; an installation will be announced."""

    code: str


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not work for another reason."""

    status: int
    """The status the other side answered with; 0 when there was no answer."""
    retryable: bool
    reason: str
    """A short code for the ledger and the log, never text of the message."""
    uncertain: bool = False
    """Whether it may have arrived all the same: a repeat could show it twice."""


Refusal = Throttled | Gone | Blocked | NotInstalled | Failed
Outcome = Sent | Refusal
