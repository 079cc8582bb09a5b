"""What people answer to figures: a team's week, an exception, a report that a group asked for.

Source: PF-01, PF-04, PF-09, PF-12.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.errors import RuleBroken
from domain.exceptions import Kind
from domain.indicators import Every, Measured


class ChangedMeanwhile(RuleBroken):
    """Somebody else wrote here since it was opened; nothing was saved, and what was typed is still there."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody has changed this since you opened it. Please read it again, then press once more."
        )


class Answer(StrEnum):
    """What a team manager says to the week's figures (PF-01)."""

    SEEN = "seen"
    ACTING = "acting"


@dataclass(frozen=True, slots=True)
class TeamReport:
    """A team's weekly report."""

    id: int
    team_id: int
    week_on: date
    """The Monday of the week it came out in."""
    posted_at: datetime
    answer: Answer | None
    text: str
    answered_by: int | None
    answered_at: datetime | None


class ExceptionState(StrEnum):
    """Where an exception stands. One that is overtaken or put right is closed without an answer."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception that somebody is asked about (PF-04, PF-09)."""

    id: int
    indicator_id: int
    every: Every
    period_on: date
    measured: Measured
    kind: Kind
    value: float
    owner_id: int | None
    due_on: date | None
    reply: str
    """Why, in a line."""
    action: str
    """What is done about it; may be empty where the line says that nothing need be."""
    state: ExceptionState
    answered_by: int | None
    answered_at: datetime | None
    closed_at: datetime | None
    version: int


class RequestState(StrEnum):
    """Where a report that a group asked for stands."""

    OPEN = "open"
    ANSWERED = "answered"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """A qualitative report that a group has triggered (PF-12)."""

    id: int
    body: str
    """The key of the group's line in the framework file."""
    what: str
    why: str
    asked_by: int
    asked_at: datetime
    owner_id: int
    due_on: date
    state: RequestState
    answer: str
    """What it found, in short."""
    kept_where: str
    """Where the whole of it is kept; empty where the answer is all."""
    answered_at: datetime | None
    version: int
