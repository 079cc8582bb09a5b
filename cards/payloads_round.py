"""What the buttons of a round carry. See `cards.payloads`."""

from dataclasses import dataclass
from typing import ClassVar

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class BringBack(Payload):
    """Undo leaving a "case" or an "auditor" out, by its id, or a "swap" by the swap's own."""

    VERB: ClassVar[str] = "bring_back"
    WRITES: ClassVar[bool] = True
    round_id: int
    version: int
    what: str
    subject_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class PlanRound(Payload):
    """Draw the sample of a month that has none yet."""

    VERB: ClassVar[str] = "plan"
    WRITES: ClassVar[bool] = True
    month: int
    """As 202605; the round has no id before it is drawn."""
    nonce: str


@dataclass(frozen=True, slots=True)
class ShowRound(Payload):
    """A round for the QA office. `part`: "progress", "mix", "pairs", "due" or "returned".

    `start` pages a list: the first pair shown, or on "mix" which dimension.
    """

    VERB: ClassVar[str] = "round"
    round_id: int
    part: str
    start: int


@dataclass(frozen=True, slots=True)
class SwapCase(Payload):
    """Take this auditor's case out of the proposal and propose another for them."""

    VERB: ClassVar[str] = "swap"
    WRITES: ClassVar[bool] = True
    round_id: int
    version: int
    place_id: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ChangePlace(Payload):
    """Open the form for one pair of the proposal: swap the case, exclude the case or the auditor."""

    VERB: ClassVar[str] = "place"
    round_id: int
    place_id: int


@dataclass(frozen=True, slots=True)
class ExcludeFromRound(Payload):
    """Leave a case or an auditor out of the round; the reason is an input. `what`: "case" or "auditor"."""

    VERB: ClassVar[str] = "exclude"
    WRITES: ClassVar[bool] = True
    round_id: int
    version: int
    place_id: int
    what: str
    nonce: str


@dataclass(frozen=True, slots=True)
class ReplanRound(Payload):
    """Plan again; `keep` is "kept" (pairs marked as kept stay) or "none"."""

    VERB: ClassVar[str] = "replan"
    WRITES: ClassVar[bool] = True
    round_id: int
    version: int
    keep: str
    nonce: str


@dataclass(frozen=True, slots=True)
class ApproveRound(Payload):
    """Approve the proposal as it stands at this version."""

    VERB: ClassVar[str] = "approve"
    WRITES: ClassVar[bool] = True
    round_id: int
    version: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ReallocateAudit(Payload):
    """Give a returned audit's auditor a fresh case, or the case a fresh auditor."""

    VERB: ClassVar[str] = "reallocate"
    WRITES: ClassVar[bool] = True
    audit_id: int
    nonce: str
