"""What became of what we sent or asked of Teams: the outcomes every sender has, and two of Teams' own."""

from dataclasses import dataclass

from domain.delivery import Blocked, Failed, Gone, NotInstalled, Outcome, Refusal, Sent, Throttled

__all__ = [
    "Blocked",
    "Created",
    "Failed",
    "Gone",
    "Member",
    "NotInstalled",
    "Outcome",
    "Refusal",
    "Sent",
    "Throttled",
]


@dataclass(frozen=True, slots=True)
class Created:
    """A conversation is open, with its first message where one was given."""

    conversation_id: str
    activity_id: str = ""


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
