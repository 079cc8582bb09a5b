"""What was tried before somebody was told: plain records for escalations and requests for more time."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Try:
    """One nudge that an auditor was to hear."""

    on: date
    said: str
    """The framework's words."""
    became: str
    """"seen", "sent", "waiting", "unreachable", "late" or "passed over"."""
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """An audit that is late or may become so, for whoever answers for its auditor."""

    audit_id: int
    auditor_name: str
    allocated_on: date
    due_on: date
    accepted: bool
    tries: tuple[Try, ...]
    """Oldest first."""
    away: str
    """The auditor's leave around the due date in words, or empty."""
    asked: str
    """What has been asked for already, in a sentence, or empty."""
    may_ask: bool


@dataclass(frozen=True, slots=True)
class Request:
    """More time, or none wanted any more, for whoever decides."""

    extension_id: int
    kind: str
    """"extension" or "exemption"."""
    auditor_name: str
    asked_by_name: str
    asked_at: datetime
    due_on: date
    """The due date when it was looked at."""
    until_on: date | None
    reason: str
    state: str
    """"asked", "approved" or "declined"."""
    decision: str
