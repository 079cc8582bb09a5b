"""What the cards of an audit show its auditor: plain values, gathered by `dialogs` and the courier.

The views that many cards share can be had from here as well.

A view holds no authority and no logic. `nonce` makes each button press of one drawn card a single effect,
however often it arrives (decision 4).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

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
from cards.views_parts import AuditHead, Mode, Progress, ReviewPart
from cards.views_shared import SafetyAlertView, SafetyFormView, SharedNoticeView, SharedView
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
class ConflictFormView:
    """The form that declares a conflict."""

    head: AuditHead
    nonce: str
    typed: str = ""
    errors: tuple[HintView, ...] = ()
    mode: Mode = Mode.CHAT
