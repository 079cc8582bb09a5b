"""What the buttons of the library of example audits carry. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowExamples(Payload):
    """The examples of a section, of "overall", or of everything when empty, from this one of the list on."""

    VERB: ClassVar[str] = "examples"
    section: str
    start: int
    audit_id: int
    """Where the way back leads; 0 when asked for outside an audit."""
    moderation_id: int
    """The moderation whose card offered an example, to which the way back leads; 0 for none."""


@dataclass(frozen=True, slots=True)
class ShowExample(Payload):
    """One example."""

    VERB: ClassVar[str] = "example"
    example_id: int
    audit_id: int
    moderation_id: int


@dataclass(frozen=True, slots=True)
class AskExample(Payload):
    """Open the form: blank, from a moderated section, or an example that waits to be approved.

    An id that is 0 is none.
    """

    VERB: ClassVar[str] = "example_form"
    example_id: int
    moderation_id: int
    section: str


@dataclass(frozen=True, slots=True)
class ProposeExample(Payload):
    """Put an example forward, or change one that waits; its texts are inputs."""

    VERB: ClassVar[str] = "example_propose"
    WRITES: ClassVar[bool] = True
    example_id: int
    """0 for a new one."""
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ApproveExample(Payload):
    """Let auditors read the example as it stands at this version."""

    VERB: ClassVar[str] = "example_approve"
    WRITES: ClassVar[bool] = True
    example_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class WithdrawExample(Payload):
    """Take the example out of the library."""

    VERB: ClassVar[str] = "example_withdraw"
    WRITES: ClassVar[bool] = True
    example_id: int
    version: int
    nonce: str
