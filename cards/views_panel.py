"""What the cards of the Panel show: plain values, gathered by `dialogs`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cards.views import HintView, ReviewPart
from domain.framework import Framework
from domain.moderation import Moderation
from domain.moderation_file import ModerationFile
from domain.moderation_form import ModerationForm
from domain.talks import TalkToHold


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One audit in the queue; it names no case, as a queue that was typed for stays in the chat."""

    moderation: Moderation
    auditor_name: str
    team_name: str
    holder_name: str
    may_open: bool


@dataclass(frozen=True, slots=True)
class PanelView:
    """The Panel's queue as one of them sees it."""

    mine: tuple[QueueLine, ...]
    others: tuple[QueueLine, ...]
    start: int
    """Which of the others stands first."""
    today: date
    nonce: str
    message: str = ""
    talks: tuple[TalkToHold, ...] = ()
    """Those that the reader leads and has yet to hold."""


@dataclass(frozen=True, slots=True)
class HandingView:
    """The form that hands an audit over or swaps it."""

    moderation: Moderation
    reference: str
    auditor_name: str
    holder_name: str
    people: tuple[tuple[int, str, int], ...]
    """(id, name, how many are theirs already)."""
    swaps: tuple[QueueLine, ...]
    today: date
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()


@dataclass(frozen=True, slots=True)
class ModerationView:
    """One page of a moderation."""

    found: ModerationFile
    framework: Framework
    part: str
    today: date
    nonce: str
    parts: tuple[ReviewPart, ...]
    """The audit's own parts, each to be read in full."""
    reviewed: str
    """One sentence on the team manager's review, or empty."""
    duty_phone: str
    out_of_hours_phone: str
    talk_by: date
    """When a talk would be due, were it decided today (Q14)."""
    typed: Mapping[str, str] | None = None
    """Raw inputs to show instead of what is saved, when a save was refused."""
    hints: tuple[HintView, ...] = ()
    other: ModerationForm | None = None
    """What somebody else saved meanwhile."""
    message: str = ""
