"""What the buttons of the Panel's queue, of a draw and of a moderation carry. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class ShowModeration(Payload):
    """Open a moderation. `part` is "start" or the name of one of its pages."""

    VERB: ClassVar[str] = "moderation"
    moderation_id: int
    part: str


@dataclass(frozen=True, slots=True)
class ShowNomination(Payload):
    """Open a nomination for the chair's answer."""

    VERB: ClassVar[str] = "nomination"
    audit_id: int


@dataclass(frozen=True, slots=True)
class ShowPanel(Payload):
    """The Panel's queue, from this one of the others' audits on."""

    VERB: ClassVar[str] = "panel"
    start: int


@dataclass(frozen=True, slots=True)
class TakeModeration(Payload):
    """Take on an audit that is nobody's, or confirm one's own."""

    VERB: ClassVar[str] = "moderation_take"
    WRITES: ClassVar[bool] = True
    moderation_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class AskHandOver(Payload):
    """Open the form that hands an audit over or swaps it."""

    VERB: ClassVar[str] = "moderation_hand_form"
    moderation_id: int


@dataclass(frozen=True, slots=True)
class HandOver(Payload):
    """Hand an audit over; to whom and why are inputs."""

    VERB: ClassVar[str] = "moderation_hand"
    WRITES: ClassVar[bool] = True
    moderation_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class SwapModeration(Payload):
    """Swap one's own audit for a colleague's; for which and why are inputs."""

    VERB: ClassVar[str] = "moderation_swap"
    WRITES: ClassVar[bool] = True
    moderation_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ReadModerated(Payload):
    """Read a part of the audit in full; `back` is the page of the form that the way back leads to."""

    VERB: ClassVar[str] = "moderation_read"
    moderation_id: int
    part: str
    back: str


@dataclass(frozen=True, slots=True)
class SaveModeration(Payload):
    """Save a page and go on to `then`: a page, "panel", or "read:" and a part of the audit."""

    VERB: ClassVar[str] = "moderation_save"
    WRITES: ClassVar[bool] = True
    moderation_id: int
    part: str
    version: int
    then: str
    nonce: str


@dataclass(frozen=True, slots=True)
class AskPanelAlert(Payload):
    """Open the safety alert form beside a moderation (SG-02); the page's inputs come along to be saved."""

    VERB: ClassVar[str] = "moderation_alert_form"
    moderation_id: int
    part: str
    version: int


@dataclass(frozen=True, slots=True)
class RaisePanelAlert(Payload):
    """Raise a safety alert about the moderated audit; `part` is where the way back leads."""

    VERB: ClassVar[str] = "moderation_alert"
    WRITES: ClassVar[bool] = True
    moderation_id: int
    part: str
    nonce: str


@dataclass(frozen=True, slots=True)
class DecideModeration(Payload):
    """Decide the moderation as it stands at this version; the verdict is an input."""

    VERB: ClassVar[str] = "moderation_decide"
    WRITES: ClassVar[bool] = True
    moderation_id: int
    version: int
    nonce: str
