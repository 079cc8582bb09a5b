"""What became of something we sent. Nothing here is raised; the courier decides by the type."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """Teams took it."""

    id: str
    """The activity's id, by which the posted copy can be edited later; empty when Teams gave none."""


@dataclass(frozen=True, slots=True)
class Created:
    """A conversation is open, with its first message where one was given."""

    conversation_id: str
    activity_id: str = ""


@dataclass(frozen=True, slots=True)
class Throttled:
    """Too many at once; nothing was sent."""

    wait_seconds: float | None
    """What Teams asked us to wait; None when it named no time, so the sender backs off on its own."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The conversation, message or member is no longer there."""


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
    """The HTTP status; 0 when there was no answer."""
    retryable: bool
    reason: str
    """A short code for the log, never text of the message."""
    uncertain: bool = False
    """Whether it may have arrived all the same: a repeat could show it twice."""


@dataclass(frozen=True, slots=True)
class Member:
    """Someone in a conversation, as the directory knows them."""

    id: str
    """The Teams id ("29:…")."""
    directory_id: str | None
    email: str | None
    upn: str | None
    name: str
    tenant_id: str | None


Refusal = Throttled | Gone | Blocked | NotInstalled | Failed
Outcome = Sent | Refusal
