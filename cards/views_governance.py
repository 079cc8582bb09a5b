"""What the cards of meetings, of the tracker and of the forward plan show. See `cards.views`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cards.views_office import HintView
from domain.agenda import Agenda
from domain.forward_plan import PlanItem
from domain.learning import Entry
from domain.meetings import Meeting
from domain.plan_shown import OpenedItem, PlanYear
from domain.tracking import OpenedTracked, Tracked, TrackedLine, Tracker

Choices = tuple[tuple[str, str], ...]
"""(value, title) of each."""


@dataclass(frozen=True, slots=True)
class Form:
    """What every form shows beside what it is about."""

    nonce: str
    typed: Mapping[str, str] | None = None
    """What was typed and could not be kept."""
    errors: tuple[HintView, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingsView:
    """The reader's meetings, from one line on."""

    lines: tuple[tuple[Meeting, str], ...]
    """Each with its body's name."""
    body: str
    body_name: str
    """Empty for all bodies."""
    start: int
    today: date


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One meeting with its agenda."""

    agenda: Agenda
    today: date
    nonce: str
    may_celebrate: bool = False
    message: str = ""


@dataclass(frozen=True, slots=True)
class MeetingFormView:
    """A form of a meeting."""

    agenda: Agenda
    today: date
    form: Form
    owners: Choices = ()
    representatives: Choices = ()
    """Who may have represented quality assurance at a clinic; empty for other bodies."""
    own_line: str = ""
    """What the reader wrote to celebrate."""


@dataclass(frozen=True, slots=True)
class DecisionsView:
    """What a body decided and has not ended, from one line on."""

    meeting: Meeting
    title: str
    lines: tuple[TrackedLine, ...]
    start: int
    today: date


@dataclass(frozen=True, slots=True)
class TrackerView:
    """A part of the tracker, from one line on."""

    tracker: Tracker
    start: int
    today: date
    nonce: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class TrackedView:
    """One row of the tracker."""

    opened: OpenedTracked
    theme: str
    """Its title."""
    today: date
    form: Form
    message: str = ""


@dataclass(frozen=True, slots=True)
class TrackedFormView:
    """A form of a row; None for a new one."""

    row: Tracked | None
    owners: Choices
    themes: Choices
    plan_item_id: int
    keeps: bool
    """Whether the reader's word closes it."""
    form: Form


@dataclass(frozen=True, slots=True)
class PassOnView:
    """The form that passes an entry of the learning log on."""

    entry: Entry
    form: Form


@dataclass(frozen=True, slots=True)
class PlanView:
    """A year's plan."""

    plan: PlanYear
    part: str
    today: date
    nonce: str
    message: str = ""
    left_out: Choices = ()
    """What a draft left out of the year before, with why."""


@dataclass(frozen=True, slots=True)
class PlanItemView:
    """One activity."""

    opened: OpenedItem
    today: date
    nonce: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class PlanFormView:
    """A form of an activity; None for a new one."""

    item: PlanItem | None
    year: int
    owners: Choices
    form: Form
