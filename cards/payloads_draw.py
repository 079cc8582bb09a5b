"""What the buttons of a draw carry. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowDraw(Payload):
    """A draw in numbers; 0 is the latest."""

    VERB: ClassVar[str] = "draw"
    draw_id: int


@dataclass(frozen=True, slots=True)
class PassDraw(Payload):
    """Go on above the most per cent; the reason is an input."""

    VERB: ClassVar[str] = "draw_pass"
    WRITES: ClassVar[bool] = True
    draw_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ShowSuspects(Payload):
    """The audits that look misgraded, from this line of the list on."""

    VERB: ClassVar[str] = "suspects"
    start: int


@dataclass(frozen=True, slots=True)
class AskChoose(Payload):
    """An audit in short, with the form that chooses it for moderation."""

    VERB: ClassVar[str] = "choose_form"
    audit_id: int


@dataclass(frozen=True, slots=True)
class ChooseAudit(Payload):
    """Choose the audit for moderation; the reason is an input."""

    VERB: ClassVar[str] = "choose"
    WRITES: ClassVar[bool] = True
    audit_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class AnswerNomination(Payload):
    """Accept or decline a nomination; the reason is an input."""

    VERB: ClassVar[str] = "nomination_answer"
    WRITES: ClassVar[bool] = True
    audit_id: int
    accept: bool
    nonce: str
