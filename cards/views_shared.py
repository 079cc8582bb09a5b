"""What the cards of a submitted audit's readers show, and those of a safety alert."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cards.views_office import HintView
from cards.views_parts import AuditHead, Mode, ReviewPart


@dataclass(frozen=True, slots=True)
class SharedView:
    """A submitted audit as the practitioner, the managers and the QA office read it."""

    head: AuditHead
    auditor_name: str
    practitioner_name: str
    team_name: str
    submitted_at: datetime
    overall_label: str
    parts: tuple[ReviewPart, ...]
    part: str
    """"summary" or the key of the page being read."""
    actions: tuple[tuple[str, str, date], ...]
    """(what, owner's name, due)."""
    comment: str
    """The practitioner's comment so far."""
    can_comment: bool
    comment_by: date | None
    can_review: bool
    review_by: date | None
    reviewed: str
    """One sentence on the team manager's review, or empty."""
    nonce: str
    reader: str
    """How the reader stands towards the audit: a value of `domain.permissions.Capacity`."""
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()
    mode: Mode = Mode.CHAT
    message: str = ""
    """What came of the last press, in our own words."""
    panel_grade: str = ""
    """The label of the Panel's grade, once the moderation is released; it counts, and all are kept."""
    final_grade: str = ""
    """The label of what the chair recorded after the talk, where that is another than the Panel's."""
    panel_otherwise: int = 0
    """How many sections the Panel graded otherwise; both grades stand with each."""
    panel_practice: str = ""
    """What the Panel says of the practice with this child."""
    confirmed_actions: int = 0
    """How many of the actions are done and confirmed."""


@dataclass(frozen=True, slots=True)
class SharedNoticeView:
    """The card that says an audit has been shared; case-free until opened."""

    audit_id: int
    reader: str
    auditor_name: str
    submitted_at: datetime
    respond_by: date | None


@dataclass(frozen=True, slots=True)
class SafetyFormView:
    """The safety alert form (Q16)."""

    head: AuditHead
    duty_phone: str
    out_of_hours_phone: str
    nonce: str
    typed: str = ""
    errors: tuple[HintView, ...] = ()
    mode: Mode = Mode.CHAT
    page: str = ""
    """Key of the page the form was opened from; the way back leads there, or to the overview."""
    carried: Mapping[str, str] | None = None
    """What was typed on a shared audit before the form came between; the way back takes it along."""
    moderation_id: int = 0
    """Of the moderation beside which somebody of the Panel opened it; 0 elsewhere."""


@dataclass(frozen=True, slots=True)
class SafetyAlertView:
    """The alert as managers receive it."""

    alert_id: int
    reference: str
    team_name: str
    raised_by: str
    raised_at: datetime
    concern: str
    duty_phone: str
    out_of_hours_phone: str
    acknowledged: tuple[tuple[str, datetime], ...]
    """(name, when) of those who acknowledged."""
    can_acknowledge: bool
    escalated: bool
    """Whether this copy goes to the AD for QA."""
    nonce: str
