"""What the buttons of supervision, closing and impact carry. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowSupervision(Payload):
    """Open what is to be talked of in a practitioner's next supervision."""

    VERB: ClassVar[str] = "supervision"
    practitioner_id: int


@dataclass(frozen=True, slots=True)
class PlanSupervision(Payload):
    """Set the day of the next supervision, which is an input."""

    VERB: ClassVar[str] = "supervision_plan"
    WRITES: ClassVar[bool] = True
    practitioner_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ShowSupervisionDays(Payload):
    """Whose next supervision has no day yet, of those whom the reader supervises."""

    VERB: ClassVar[str] = "supervision_days"


@dataclass(frozen=True, slots=True)
class SetSupervisionDays(Payload):
    """Set the days of several supervisions; each is an input that names its practitioner's id."""

    VERB: ClassVar[str] = "supervision_days_set"
    WRITES: ClassVar[bool] = True
    nonce: str


@dataclass(frozen=True, slots=True)
class RecordDiscussed(Payload):
    """The learning on this card was talked of; when, and where it is noted, are inputs."""

    VERB: ClassVar[str] = "supervision_held"
    WRITES: ClassVar[bool] = True
    practitioner_id: int
    audits: str
    """Ids of the audits on the card, with commas between: what came since is not recorded unseen. Empty where
    actions alone were open."""
    nonce: str


@dataclass(frozen=True, slots=True)
class ShowFollowUp(Payload):
    """Open what an audit still needs before it is closed, or its impact check."""

    VERB: ClassVar[str] = "follow_up"
    audit_id: int


@dataclass(frozen=True, slots=True)
class RecordReflection(Payload):
    """The reflective session was held; the day is an input."""

    VERB: ClassVar[str] = "reflection"
    WRITES: ClassVar[bool] = True
    audit_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ShowFiles(Payload):
    """The audits to put on children's files, from this line of the list on."""

    VERB: ClassVar[str] = "files"
    start: int


@dataclass(frozen=True, slots=True)
class ConfirmFile(Payload):
    """Audit and actions are on the child's file."""

    VERB: ClassVar[str] = "file_confirm"
    WRITES: ClassVar[bool] = True
    audit_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class RecordImpact(Payload):
    """Say whether it lasted for the child; the answer is an input."""

    VERB: ClassVar[str] = "impact"
    WRITES: ClassVar[bool] = True
    audit_id: int
    nonce: str
