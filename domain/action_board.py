"""What a manager must do next with each action of their people (RO-02, CA-23)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.days import add_working_days

SOON_WORKING_DAYS = 10
"""Due by then is worth a word in the next supervision (P)."""
LATELY = timedelta(days=30)
"""How far back the board shows what was confirmed and where oversight was noted (P)."""


class Next(StrEnum):
    """What comes next for the manager, in the order of the board."""

    CONFIRM = "confirm"
    OVERDUE = "overdue"
    SOON = "soon"
    SENT_BACK = "sent_back"
    MORE_TIME = "more_time"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """How far an action is that nobody has confirmed."""

    called_done: bool
    asks_time: bool
    """Whether its owner asked for a later day and nobody has answered."""
    sent_back: bool
    """Whether its last proof did not hold."""
    due_on: date


def comes_next(action: Unconfirmed, today: date, holidays: frozenset[date]) -> Next:
    """The one place of an action: what waits for the manager's own answer first, then what is most pressing.

    A proof that was sent back stands apart until it is overdue: its owner may not know what to do.
    """
    if action.called_done:
        return Next.CONFIRM
    if action.asks_time:
        return Next.MORE_TIME
    if action.due_on < today:
        return Next.OVERDUE
    if action.sent_back:
        return Next.SENT_BACK
    soon = action.due_on <= add_working_days(today, SOON_WORKING_DAYS, holidays)
    return Next.SOON if soon else Next.LATER
