"""What the views of several cards are made of: where one is drawn, its audit in short, a page as it reads."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
class ReviewPart:
    """One page in the review of everything."""

    key: str
    title: str
    lines: tuple[tuple[str, str], ...]
    """(label, text) as it will be shared."""
    grade_label: str
    missing: tuple[str, ...]
