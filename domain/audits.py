"""An audit, the pages an auditor fills and the states it passes through.

The text of an audit lives in pages. Each page has a version of its own, so that two people (or one
person on two devices) never overwrite each other unseen.

Source: CA-06 to CA-18, CA-22 to CA-24; workflow 1B steps 3 to 10.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class AuditState(StrEnum):
    """Few states drive decisions; what has been done so far is read from the pages."""

    ALLOCATED = "allocated"
    ACCEPTED = "accepted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    """Back with the QA office; `returned_because` says why. A reallocation is a new audit."""


class Returned(StrEnum):
    """Why an audit went back to the QA office."""

    CONFLICT = "conflict_declared"
    CASE_CLOSED = "case_closed"
    AUDITOR_LEFT = "auditor_left"
    AUDITOR_AWAY = "auditor_away"
    """On leave over the due date; the case goes to someone else (CA-02)."""
    EXEMPT = "exempt"
    """Let off by the AD for QA; nothing takes its place (workflow 1B, side states)."""


@dataclass(frozen=True, slots=True)
class Audit:
    """One auditor's audit of one case in one round, with who stood where when it was allocated."""

    id: int
    round_id: int
    case_id: int
    case_reference: str
    auditor_id: int
    practitioner_id: int
    team_id: int
    """The team holding the case at allocation."""
    state: AuditState
    framework_version: str
    allocated_on: date
    due_on: date
    lookback_from: date
    """First day of the look-back window; it ends on the allocation date (CA-07, Q19)."""
    has_contact_section: bool
    """Whether the episode's opening contact falls in the window (Q18)."""
    accepted_at: datetime | None = None
    submitted_at: datetime | None = None
    overall: str | None = None
    """The submitted overall grade; empty until submission."""
    returned_because: Returned | None = None
    replaces_id: int | None = None
    """The returned audit this one stands in for."""
    version: int = 1


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page as it was last saved: the body as plain JSON values, read through `domain.pages`."""

    audit_id: int
    page: str
    version: int
    body: dict[str, object]
    saved_at: datetime
    saved_by: int
