"""What short messages show: a typed line, the list of things to do, a note. `cards.views` gives them too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cards.payloads import Payload


@dataclass(frozen=True, slots=True)
class LineView:
    """Asks what to do with a line typed in chat."""

    audit_id: int
    page: str
    page_title: str
    line: int
    text: str
    boxes: tuple[tuple[str, str], ...]
    """(box name, label) it may be put into."""
    repeated: bool
    """The same line came within the last minute; asked about, never appended twice."""
    first_time: bool
    """Says once that typed lines stay in Teams' history and the card is the safer place."""
    nonce: str


@dataclass(frozen=True, slots=True)
class TodoLine:
    """One thing to do, with its button."""

    title: str
    detail: str
    due_on: date | None
    overdue: bool
    audit_id: int
    action: str
    """"open" (the auditor's overview), "read" (a shared audit) or "none"."""
    button: tuple[str, Payload] | None = None
    """(title, payload), in place of the action's own."""


@dataclass(frozen=True, slots=True)
class TodoView:
    """Answer to `my audits` and `status`."""

    name: str
    lines: tuple[TodoLine, ...]
    done_lately: tuple[str, ...]
    to_read: tuple[TodoLine, ...] = ()
    """Shared with the person, and nothing asked of them."""
    also: tuple[TodoLine, ...] = ()
    """What is about no single child: figures, reports, the tracker."""
    unreachable: int = 0
    """For the QA office: how many people cannot be reached."""


@dataclass(frozen=True, slots=True)
class NoteView:
    """A short message: help, a kind refusal, a confirmation, an error with its reference number."""

    title: str
    text: str
    buttons: tuple[tuple[str, Payload], ...] = ()
    """(title, payload)."""
    tone: str = "plain"
    """"plain", "good" or "warning"."""
    carried: Mapping[str, str] | None = None
    """What was typed before this message came between; its buttons take it back."""
