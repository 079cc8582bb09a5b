"""An action on its way from agreed to confirmed: what is said of it, and which later day may be asked for.

Source: CA-23, RO-02, RO-03, SG-01; workflow 1B step 16.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.days import uk_date

LONGEST = timedelta(days=92)
"""From the due day, or from today once that has passed. What needs longer is another action."""


class StepKind(StrEnum):
    """What was said or done about an action."""

    PROGRESS = "progress"
    DONE = "done"
    """By its owner, with what changed for the child and where it is recorded."""
    SENT_BACK = "sent_back"
    CONFIRMED = "confirmed"
    OVERSIGHT = "oversight"
    """A manager's note, with where it was left (RO-02)."""
    MORE_TIME_ASKED = "more_time_asked"
    MORE_TIME_GIVEN = "more_time_given"
    MORE_TIME_DECLINED = "more_time_declined"
    HANDED_ON = "handed_on"
    """Somebody else owns it from here on."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing said or done about an action; never changed afterwards."""

    id: int
    action_id: int
    kind: StepKind
    by_id: int
    at: datetime
    text: str
    recorded: str
    """Where it is recorded, never the record itself (SG-01)."""
    until_on: date | None
    """The day asked for, given or set."""


def wrong_with_day(until_on: date | None, *, due_on: date, today: date, later: bool) -> str | None:
    """Why an action cannot become due on this day, as a sentence; None when it can.

    `later` asks for a day after the one it is due on now; whoever is handed an action may keep its day.
    """
    if until_on is None:
        return "Please give the new day, such as 31 May 2026."
    if later and until_on <= max(due_on, today):
        return f"Please choose a day after today and after {uk_date(due_on)}, when it is due now."
    if until_on < today:
        return "Please choose today or a day after it."
    latest = max(due_on, today) + LONGEST
    if until_on > latest:
        return f"Please choose a day up to {uk_date(latest)}; a child should not wait longer for it."
    return None
