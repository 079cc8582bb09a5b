"""What the courier needs of the outside: a post that reaches chats, a mailer that reaches mailboxes.

Neither raises for what the other side answers; each call returns what became of it, and the courier decides
by the type. `bot` supplies both.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from domain.charts import Chart
from domain.delivery import Blocked, Failed, Gone, NotInstalled, Outcome, Refusal, Sent, Throttled
from storage.reach import Address

__all__ = [
    "Activity",
    "Attachment",
    "Blocked",
    "DrawChart",
    "Failed",
    "Gone",
    "Mail",
    "Mailer",
    "NotInstalled",
    "Outcome",
    "Post",
    "Refusal",
    "Sent",
    "Throttled",
]


Activity = dict[str, Any]

DrawChart = Callable[[Chart], bytes]
"""Makes a picture (a PNG) of a chart; `bot` hands it in, as the calendar knows no reports."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    content_type: str
    """For example "text/calendar"."""
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """One message in plain text."""

    to: str
    subject: str
    body: str
    message_id: str
    """The same for every try, so that a mailbox can tell a repeat; without angle brackets."""
    attachments: tuple[Attachment, ...] = ()
    urgent: bool = False
    """Whether it leaves before other mail that waits for room (SG-02)."""


class Post(Protocol):
    """Reaches people's chats."""

    async def send(self, address: Address, activity: Mapping[str, Any]) -> Outcome:
        """What became of a new message in this chat, or in this channel where nobody has a Teams id."""

    async def update(self, address: Address, activity_id: str, activity: Mapping[str, Any]) -> Outcome:
        """What became of replacing a message already posted there."""


class Mailer(Protocol):
    """Reaches people's mailboxes."""

    async def send(self, mail: Mail) -> Outcome:
        """What became of a message."""
