"""What each card shows: plain values, gathered by `dialogs` and the courier, drawn by the other modules.

A view holds no authority and no logic. `nonce` makes each button press of one drawn card a single effect,
however often it arrives (decision 4).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from cards.views_messages import LineView, NoteView, TodoLine, TodoView
from cards.views_office import (
    PAIRS_ON_A_CARD,
    HintView,
    ImportView,
    LeftOutRow,
    MixRow,
    PairRow,
    PlaceFormView,
    RoundView,
)
from domain.framework import Framework
from domain.pages import Page

__all__ = [
    "OVERVIEW",
    "PAIRS_ON_A_CARD",
    "REVIEW",
    "AllocationView",
    "AuditHead",
    "ConflictFormView",
    "HintView",
    "ImportView",
    "LeftOutRow",
    "LineView",
    "MixRow",
    "Mode",
    "NoteView",
    "OverviewView",
    "PageLink",
    "PageView",
    "PairRow",
    "PersonChoice",
    "PlaceFormView",
    "Progress",
    "ReviewPart",
    "ReviewView",
    "RoundView",
    "SafetyAlertView",
    "SafetyFormView",
    "SharedNoticeView",
    "SharedView",
    "StepView",
    "SubmittedView",
    "TodoLine",
    "TodoView",
]

OVERVIEW = "overview"
"""Stands for the audit's overview wherever a page key is expected."""
REVIEW = "everything"
"""Stands for the review of everything wherever a page key is expected; "review" is a section's own key."""


class Mode(StrEnum):
    """Where a card is drawn: in the chat (Action.Execute, swapped in place) or a dialog (Action.Submit)."""

    CHAT = "chat"
    DIALOG = "dialog"


class Progress(StrEnum):
    """How far a page is."""

    TODO = "todo"
    STARTED = "started"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class AuditHead:
    """What stands at the top of everything about one audit."""

    audit_id: int
    reference: str
    due_on: date
    days_left: int
    """Calendar days to the due date; negative when overdue."""
    submitted: bool = False


@dataclass(frozen=True, slots=True)
class StepView:
    """One of the seven steps."""

    title: str
    aim_on: date
    done: bool


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page in the overview."""

    key: str
    title: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class AllocationView:
    """The allocation card: what, by when, why it matters. `reference` is shown in the card's body only."""

    head: AuditHead
    auditor_name: str
    practitioner_name: str
    team_name: str
    lookback_from: date
    lookback_to: date
    steps: tuple[StepView, ...]
    accept_by: date
    nonce: str
    owner_mri: str = ""
    """Whose client may refresh the card; empty leaves refresh out."""


@dataclass(frozen=True, slots=True)
class LeftPage:
    """The page just saved and left, when the coach has something to say about it."""

    key: str
    title: str
    hints: tuple[str, ...]
    """What would make it stronger, a sentence each."""


@dataclass(frozen=True, slots=True)
class OverviewView:
    """The auditor's overview. `case_free` draws the stored message, which names no case (design, Faces)."""

    head: AuditHead
    practitioner_name: str
    team_name: str
    lookback_from: date
    lookback_to: date
    steps: tuple[StepView, ...]
    pages: tuple[PageLink, ...]
    next_page: str
    """Key of the first page not done, or REVIEW."""
    accepted: bool
    nonce: str
    case_free: bool = False
    owner_mri: str = ""
    mode: Mode = Mode.CHAT
    offer_safety: bool = False
    """Whether to offer the safety alert in words, as after a page graded Inadequate was saved (SG-02)."""
    left: LeftPage | None = None


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """Someone who may own an action."""

    person_id: int
    label: str
    """Name and part in the case: "A. Example (practitioner)"."""


@dataclass(frozen=True, slots=True)
class PageView:
    """A page to fill."""

    head: AuditHead
    framework: Framework
    key: str
    title: str
    body: Page
    version: int
    number: int
    """1-based place among the pages."""
    of: int
    previous: str
    """Key of the page before, or OVERVIEW."""
    following: str
    """Key of the page after, or REVIEW."""
    nonce: str
    typed: Mapping[str, str] | None = None
    """Raw typed inputs to show instead of the saved body, when a save was refused; nothing typed is lost."""
    hints: tuple[HintView, ...] = ()
    saved_at: datetime | None = None
    just_saved: bool = False
    nothing_typed: bool = False
    """Save was pressed here on a page that was and is blank, so there was nothing to save."""
    lookback_from: date | None = None
    lookback_to: date | None = None
    owners: tuple[PersonChoice, ...] = ()
    suggested_action_day: date | None = None
    overall_below_good: bool = False
    section_grades: tuple[tuple[str, str], ...] = ()
    """(section title, grade label) already given, shown on the overall page; never averaged."""
    would_lift: str = ""
    """What the overall page says would make it better, shown above the actions (WH-08)."""
    other_version: Page | None = None
    """What someone (or another device) saved meanwhile, shown beside the typed text."""
    other_saved_at: datetime | None = None
    mode: Mode = Mode.CHAT
    offer_safety: bool = False
    """Whether to offer the safety alert in words, as after a page graded Inadequate was saved (SG-02).

    A page whose own grade is Inadequate offers it unasked.
    """
    left: LeftPage | None = None


@dataclass(frozen=True, slots=True)
class ReviewPart:
    """One page in the review of everything."""

    key: str
    title: str
    lines: tuple[tuple[str, str], ...]
    """(label, text) as it will be shared."""
    grade_label: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Review before submission: every page, what is missing, and Submit when nothing is."""

    head: AuditHead
    parts: tuple[ReviewPart, ...]
    version: int
    """The audit's version that Submit speaks of."""
    nonce: str
    mode: Mode = Mode.CHAT
    left: LeftPage | None = None


@dataclass(frozen=True, slots=True)
class SubmittedView:
    """What the auditor sees once the audit is shared; the posted card shrinks to this and names no case."""

    audit_id: int
    submitted_at: datetime
    on_time: bool
    overall_label: str
    """Shown in the presser's own view only; empty in the stored message."""
    shared_with: tuple[str, ...]
    """Who received it, by part: "practitioner", "team manager"."""


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
    """The label of the Panel's grade, once the moderation is released; both are kept (MO-21)."""
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
class ConflictFormView:
    """The form that declares a conflict."""

    head: AuditHead
    nonce: str
    typed: str = ""
    errors: tuple[HintView, ...] = ()
    mode: Mode = Mode.CHAT


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
