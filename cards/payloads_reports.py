"""What buttons of reports and praise carry. See `cards.payloads`.

No team or service stands in them: whose figures a reader gets follows from who they are. Whoever covers
several managers says which of them is meant, and whether they cover that one is looked up at each press.
"""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowReport(Payload):
    """A report: "headline" (of no round, so 0), or "team", "service" or "moderation" of a round.

    With "_covered" behind it, it is that of a manager whom the reader covers.
    """

    VERB: ClassVar[str] = "report"
    report: str
    round_id: int
    """For somebody covered the round with the manager, as one number; older buttons say the round alone."""


@dataclass(frozen=True, slots=True)
class AskReportCopy(Payload):
    """Offer the same report as a Word copy in the reader's own chat."""

    VERB: ClassVar[str] = "report_copy"
    WRITES: ClassVar[bool] = True
    report: str
    round_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ShowPraise(Payload):
    """Good work that could be praised, from this place of the list on."""

    VERB: ClassVar[str] = "praise"
    start: int


@dataclass(frozen=True, slots=True)
class WritePraise(Payload):
    """Open the form that words a praise note."""

    VERB: ClassVar[str] = "write_praise"
    audit_id: int


@dataclass(frozen=True, slots=True)
class AskPraiseCopy(Payload):
    """Offer the praise of an audit's work as a Word copy in the reader's own chat."""

    VERB: ClassVar[str] = "praise_copy"
    WRITES: ClassVar[bool] = True
    audit_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class SendPraise(Payload):
    """Send the note; its words are an input."""

    VERB: ClassVar[str] = "send_praise"
    WRITES: ClassVar[bool] = True
    audit_id: int
    nonce: str
