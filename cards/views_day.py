"""What the cards of a person's day show: things to do, putting off, a team's week."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cards.payloads import Payload
from cards.views import HintView


@dataclass(frozen=True, slots=True)
class DayLine:
    """One thing to do, with its button. Nothing here names a case: the message stays in the chat."""

    title: str
    detail: str
    due_on: date | None
    """None for what no day is set for."""
    days_left: int
    """Calendar days to the due date; negative when overdue."""
    says: str = ""
    """What the framework says of it today."""
    late: bool = False
    """Whether that should have been said before."""
    button: tuple[str, Payload] | None = None
    """(title, payload)."""


@dataclass(frozen=True, slots=True)
class WeekView:
    """A team's open work: actions first, then audits to read."""

    team_id: int
    team_name: str
    open_actions: int
    overdue_actions: int
    actions: tuple[DayLine, ...]
    reviews: tuple[DayLine, ...]
    start: int = 0
    """The first line shown when the whole list is."""


@dataclass(frozen=True, slots=True)
class TrackerWeekView:
    """What the card says of the activity tracker, once a week."""

    overdue: tuple[DayLine, ...]
    lacking: int
    """Rows without owner or day; 0 for anybody but the QA office."""
    to_close: int


@dataclass(frozen=True, slots=True)
class DayView:
    """The person's day."""

    day: date
    lines: tuple[DayLine, ...]
    weeks: tuple[WeekView, ...]
    put_off: int
    can_put_off: bool
    holds_audit_id: int | None
    nonce: str
    owner_mri: str = ""
    """Whose client may refresh the card; empty leaves refresh out."""
    message: str = ""
    """What the last press did, in a sentence."""
    leads: bool = False
    """Whether to offer the board of the team's actions."""
    tracker: TrackerWeekView | None = None


@dataclass(frozen=True, slots=True)
class PutOffView:
    """The form that puts things off."""

    day: date
    choices: tuple[tuple[str, str], ...]
    """(value, title) of what may be put off."""
    latest_on: date
    """The latest due date among them."""
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()
