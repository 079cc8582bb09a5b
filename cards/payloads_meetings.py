"""What the buttons of meetings carry. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowMeetings(Payload):
    """The reader's meetings, of one body ("" for all), from this line on."""

    VERB: ClassVar[str] = "meetings"
    body: str
    start: int


@dataclass(frozen=True, slots=True)
class ShowMeeting(Payload):
    """One meeting with its agenda."""

    VERB: ClassVar[str] = "meeting"
    meeting_id: int


@dataclass(frozen=True, slots=True)
class AskMeeting(Payload):
    """Open a form: to "change" it, for a "guest", an agenda "item", who came ("hold"), what was decided
    ("decide") or a team's line ("celebrate")."""

    VERB: ClassVar[str] = "meeting_form"
    meeting_id: int
    form: str


@dataclass(frozen=True, slots=True)
class MoveMeeting(Payload):
    """Give a meeting another day, time or place; all of them are inputs."""

    VERB: ClassVar[str] = "meeting_move"
    WRITES: ClassVar[bool] = True
    meeting_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class CancelMeeting(Payload):
    """Cancel a meeting; the reason is an input."""

    VERB: ClassVar[str] = "meeting_cancel"
    WRITES: ClassVar[bool] = True
    meeting_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class AskGuest(Payload):
    """Ask somebody to one meeting; their e-mail is an input (OG-12)."""

    VERB: ClassVar[str] = "meeting_guest"
    WRITES: ClassVar[bool] = True
    meeting_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class PutOnAgenda(Payload):
    """Put something on an agenda; what it is, and its paper, are inputs."""

    VERB: ClassVar[str] = "agenda_add"
    WRITES: ClassVar[bool] = True
    meeting_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class Celebrate(Payload):
    """A team manager's line for the clinic, which is an input (PF-04)."""

    VERB: ClassVar[str] = "celebrate"
    WRITES: ClassVar[bool] = True
    meeting_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class HoldMeeting(Payload):
    """Record that a meeting was held; who came is an input."""

    VERB: ClassVar[str] = "meeting_held"
    WRITES: ClassVar[bool] = True
    meeting_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class Decide(Payload):
    """Record a decision, or something to be done; what, who and when are inputs."""

    VERB: ClassVar[str] = "decide"
    WRITES: ClassVar[bool] = True
    meeting_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ShowDecisions(Payload):
    """What the body of this meeting decided and has not ended, from this line on."""

    VERB: ClassVar[str] = "decisions"
    meeting_id: int
    start: int


@dataclass(frozen=True, slots=True)
class AskMinutes(Payload):
    """Have agenda and decisions as a Word document."""

    VERB: ClassVar[str] = "minutes"
    WRITES: ClassVar[bool] = True
    meeting_id: int
    nonce: str
