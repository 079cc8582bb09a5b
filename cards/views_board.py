"""What the board of a team's actions shows."""

from dataclasses import dataclass
from datetime import date

from domain.action_board import Next
from domain.closing import Impact


@dataclass(frozen=True, slots=True)
class BoardLine:
    """An action that nobody has confirmed yet."""

    action_id: int
    next: Next
    owner_name: str
    owner_left: bool
    practitioner_name: str
    """Whose work was audited."""
    reference: str
    what: str
    """Empty for a reader who does not answer for the owner."""
    due_on: date
    days_left: int
    asked_until_on: date | None
    openable: bool


@dataclass(frozen=True, slots=True)
class ConfirmedLine:
    """An action that was confirmed lately."""

    action_id: int
    owner_name: str
    reference: str
    confirmed_on: date
    impact: Impact | None
    """Whether it lasted for the child; None while nobody has said."""
    asked_on: date | None
    """When that is asked; None until the audit is closed."""
    openable: bool


@dataclass(frozen=True, slots=True)
class NotedLine:
    """Where the reader noted oversight."""

    recorded: str
    reference: str
    on: date


@dataclass(frozen=True, slots=True)
class BoardView:
    """What a manager follows up."""

    actions: tuple[BoardLine, ...]
    """By what comes next, in the order of `Next`."""
    confirmed: tuple[ConfirmedLine, ...]
    oversight: tuple[NotedLine, ...]
    private: bool
    """Whether the card is the answer to a press, so that it may name cases and say what was agreed."""
    start: int = 0
    """The first line shown."""
