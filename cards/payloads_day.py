"""What the buttons of a person's day, of putting off and of more time carry. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowDay(Payload):
    """The person's day as it stands; also what a refresh asks for, so it changes nothing."""

    VERB: ClassVar[str] = "day"
    day: str
    """The day of the card, year first: "2026-05-28"."""


@dataclass(frozen=True, slots=True)
class AskPutOff(Payload):
    """Open the form that puts things off to a later day."""

    VERB: ClassVar[str] = "put_off_form"
    day: str


@dataclass(frozen=True, slots=True)
class PutOff(Payload):
    """Put things off; which, and until when, are inputs."""

    VERB: ClassVar[str] = "put_off"
    WRITES: ClassVar[bool] = True
    day: str
    nonce: str


@dataclass(frozen=True, slots=True)
class AskHolds(Payload):
    """Send the auditor calendar holds for the days of this audit."""

    VERB: ClassVar[str] = "holds"
    WRITES: ClassVar[bool] = True
    audit_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ShowTeamWeek(Payload):
    """A team's open work for its manager, from this line of the list on."""

    VERB: ClassVar[str] = "team_week"
    team_id: int
    start: int


@dataclass(frozen=True, slots=True)
class ShowTried(Payload):
    """What was tried with an audit that is overdue, and what its auditor's manager can do."""

    VERB: ClassVar[str] = "tried"
    audit_id: int


@dataclass(frozen=True, slots=True)
class AskExtension(Payload):
    """Open the form that asks for an "extension" or an "exemption"."""

    VERB: ClassVar[str] = "extension_form"
    audit_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class RequestExtension(Payload):
    """Ask the AD for QA; the reason and the new due date are inputs."""

    VERB: ClassVar[str] = "extension"
    WRITES: ClassVar[bool] = True
    audit_id: int
    kind: str
    nonce: str


@dataclass(frozen=True, slots=True)
class DecideExtension(Payload):
    """Approve or decline what was asked for; the reason is an input."""

    VERB: ClassVar[str] = "extension_decide"
    WRITES: ClassVar[bool] = True
    extension_id: int
    approve: bool
    nonce: str


@dataclass(frozen=True, slots=True)
class ReallocateAway(Payload):
    """Take the audit from an auditor whose leave covers its due date and give the case to someone else."""

    VERB: ClassVar[str] = "reallocate_away"
    WRITES: ClassVar[bool] = True
    audit_id: int
    nonce: str
