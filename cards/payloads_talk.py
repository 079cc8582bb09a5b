"""What the buttons of a talk about a moderation and of its release carry. See `cards.payloads`.

`sure` says that the writer was shown what looks like a name and means it as it stands (SG-01).
"""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowTalk(Payload):
    """Open the talk about a moderation."""

    VERB: ClassVar[str] = "talk"
    moderation_id: int


@dataclass(frozen=True, slots=True)
class OpenTalkForm(Payload):
    """Open one of the talk's forms: "invite", "held", "early", "other_time" or "reply"."""

    VERB: ClassVar[str] = "talk_form"
    moderation_id: int
    form: str


@dataclass(frozen=True, slots=True)
class ReadModeration(Payload):
    """Read a moderation, as far as it is the reader's to read by now."""

    VERB: ClassVar[str] = "feedback"
    moderation_id: int


@dataclass(frozen=True, slots=True)
class AskModerationCopy(Payload):
    """Offer a Word copy of a moderation in the reader's own chat."""

    VERB: ClassVar[str] = "feedback_copy"
    WRITES: ClassVar[bool] = True
    moderation_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class WriteReply(Payload):
    """Reply to a moderation; the text is an input."""

    VERB: ClassVar[str] = "feedback_reply"
    WRITES: ClassVar[bool] = True
    moderation_id: int
    sure: bool
    nonce: str


@dataclass(frozen=True, slots=True)
class InviteToTalk(Payload):
    """Invite the auditor; times and message are inputs."""

    VERB: ClassVar[str] = "talk_invite"
    WRITES: ClassVar[bool] = True
    moderation_id: int
    version: int
    sure: bool
    nonce: str


@dataclass(frozen=True, slots=True)
class AcceptSlot(Payload):
    """Take one of the times offered, counted from 0."""

    VERB: ClassVar[str] = "talk_accept"
    WRITES: ClassVar[bool] = True
    moderation_id: int
    version: int
    slot: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ProposeTime(Payload):
    """Ask for another time; the words are an input."""

    VERB: ClassVar[str] = "talk_propose"
    WRITES: ClassVar[bool] = True
    moderation_id: int
    version: int
    sure: bool
    nonce: str


@dataclass(frozen=True, slots=True)
class AskTalkTime(Payload):
    """Offer the time agreed as a calendar file."""

    VERB: ClassVar[str] = "talk_time"
    WRITES: ClassVar[bool] = True
    moderation_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class RecordTalk(Payload):
    """Record that the talk was held; day, note and grade are inputs."""

    VERB: ClassVar[str] = "talk_held"
    WRITES: ClassVar[bool] = True
    moderation_id: int
    sure: bool
    nonce: str


@dataclass(frozen=True, slots=True)
class ReleaseEarly(Payload):
    """Release before the talk; the reason is an input."""

    VERB: ClassVar[str] = "talk_early"
    WRITES: ClassVar[bool] = True
    moderation_id: int
    sure: bool
    nonce: str


@dataclass(frozen=True, slots=True)
class AskGiveCopy(Payload):
    """Ask to whom the team's copy of a moderation is given."""

    VERB: ClassVar[str] = "copy_to_whom"
    moderation_id: int


@dataclass(frozen=True, slots=True)
class GiveCopy(Payload):
    """Give the team's copy to whom is chosen."""

    VERB: ClassVar[str] = "copy_give"
    WRITES: ClassVar[bool] = True
    moderation_id: int
    nonce: str
