"""What a person's day holds: plain records, read by `workflows.day` and shown by the cards.

Source: CA-06, CA-18, CA-23, OG-06, PR-02, RO-02.
"""

from dataclasses import dataclass
from datetime import date

from domain.audits import Audit
from domain.nudges import About
from domain.tracking import Tracked

ESCALATION, TEAM_ACTION = "escalation", "team_action"
"""What managers are told of, beside what they were asked to do themselves."""

MOST_WEEK_LINES = 4
"""How many lines of a team's week stand on the day's card, the most overdue first."""

_OWN = frozenset(about.value for about in About)


@dataclass(frozen=True, slots=True)
class DayItem:
    """One thing to do."""

    about: str
    """A value of `domain.nudges.About`, "escalation" or "team_action"."""
    subject_id: int
    audit: Audit
    due_on: date
    overdue: bool
    says: str = ""
    """The line that fell due for it, in the framework's words; empty when none did."""
    late: bool = False
    """Whether that should have been said before."""
    owner: str = ""
    """Who owns a team's action, or whose audit is overdue; empty for one's own."""


@dataclass(frozen=True, slots=True)
class WeekReview:
    """An audit in the team that waits to be read."""

    audit: Audit
    review_by: date
    moderate_by: date
    """The last day for its moderation, should it be chosen (MO-07, Q7)."""


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """A team's open work for its manager."""

    team_id: int
    team_name: str
    actions: tuple[DayItem, ...]
    """Open actions, the most overdue first."""
    reviews: tuple[WeekReview, ...]

    @property
    def on_the_card(self) -> frozenset[int]:
        """The actions that the day's card names under the week."""
        return frozenset(item.subject_id for item in self.actions[:MOST_WEEK_LINES])


@dataclass(frozen=True, slots=True)
class TrackerWeek:
    """What once a week stands in somebody's card of the activity tracker (OG-06)."""

    overdue: tuple[Tracked, ...]
    """Their own, the longest overdue first."""
    lacking: int
    """Rows without an owner or a day, for the QA office; 0 for anybody else."""
    to_close: int
    """Rows called done, for the QA office; 0 for anybody else."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something of the person's that is no audit's, told on the day it falls due to be told."""

    kind: str
    """One of `workflows.reminders.KINDS`."""
    subject_id: int
    due_on: date | None = None
    what: str = ""
    """The title it has, where it has one."""
    who: str = ""
    """Who asked, or whose it is; empty for one's own."""
    number: int = 0
    """How many wait, where the kind counts."""
    beside: int = 0
    """How many of another sort, where it counts two."""
    opens: bool = True
    """Whether the person may open it."""


@dataclass(frozen=True, slots=True)
class Day:
    """What a person's card shows."""

    items: tuple[DayItem, ...]
    weeks: tuple[TeamWeek, ...]
    put_off: int
    """How many things the person has put off to a later day."""
    holds_audit_id: int | None
    """The open audit whose days may go into the person's calendar."""
    leads: bool = False
    """Whether the person has people whose actions they follow up (RO-02)."""
    tracker: TrackerWeek | None = None
    """On the day of the week's chase, while something is left to say."""
    reminders: tuple[Reminder, ...] = ()
    """What fell due to be told since the card before, while it waits."""

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to say."""
        return not self.items and not self.weeks and self.tracker is None and not self.reminders

    def may_wait(self, today: date) -> tuple[DayItem, ...]:
        """One's own things that are not due yet; what is due or overdue cannot be put off."""
        return tuple(item for item in self.items if item.about in _OWN and item.due_on > today)
