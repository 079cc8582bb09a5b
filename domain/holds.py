"""When an auditor does each step: a time for the calendar, on a day aimed at and a day they work.

Pure: it is given the moment and remembers nothing of earlier answers. Source: CA-22.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from domain.audits import Audit
from domain.days import LONDON, local_day
from domain.deadlines import aimed_days
from domain.framework import Step
from domain.nudges import day_at_work
from domain.people import Person

FIRST_AT, LAST_AT = time(10, 0), time(17, 0)
"""London time. Holds begin no earlier and end no later."""
LASTS = timedelta(minutes=90)
"""How long a hold is, unless more of them share a day than it has room for."""

_DAY = timedelta(days=1)
_HALF_HOUR, _FIVE_MINUTES = timedelta(minutes=30), timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Hold:
    """A time for one step."""

    key: str
    """The step's key in the framework."""
    title: str
    starts_at: datetime
    ends_at: datetime
    """Both aware and in UTC."""


def holds(
    audit: Audit, steps: Iterable[Step], person: Person, bank_holidays: frozenset[date], *, now: datetime
) -> tuple[Hold, ...]:
    """A time for each step whose day has not passed, in the order of the steps; none when all have.

    Each on the aimed day or the working day after, else the one before; never before the audit was
    allocated, past its due date or before `now`. Steps that share a day follow one another from 10:00, and
    what no longer fits goes to the next day the person works; where there is none, all of that day are
    shorter. Source: CA-22, CA-06.
    """
    wanted = [
        (step, day)
        for step, aim in aimed_days(audit.allocated_on, audit.due_on, steps, bank_holidays)
        if (day := day_at_work(aim, audit.due_on, person, bank_holidays)) is not None
        and day >= max(audit.allocated_on, local_day(now))
    ]
    taken: Counter[date] = Counter()
    placed = []
    for step, day in wanted:
        on = _day_with_room(day, taken, audit.due_on, person, bank_holidays, now)
        # What remains of today may be too little, and today the last day there is.
        if _room(on, now):
            taken[on] += 1
            placed.append((step, on))
    given: Counter[date] = Counter()
    made = []
    for step, on in placed:
        made.append(_hold(step, on, given[on], taken[on], now))
        given[on] += 1
    return tuple(made)


def _day_with_room(
    day: date,
    taken: Counter[date],
    due_on: date,
    person: Person,
    bank_holidays: frozenset[date],
    now: datetime,
) -> date:
    while taken[day] >= _room(day, now):
        # Looking on from a day may lead back to it or beyond, when the person does not work after it.
        later = day_at_work(day + _DAY, due_on, person, bank_holidays)
        if later is None or later <= day:
            return day
        day = later
    return day


def _room(day: date, now: datetime) -> int:
    """How many holds of full length this day, today or a later one, still has room for."""
    return max(0, (_at(day, LAST_AT) - _opening(day, now)) // LASTS)


def _opening(day: date, now: datetime) -> datetime:
    """When the day's first hold may begin: at 10:00; today at the next half hour, if that is later."""
    local = now.astimezone(LONDON)
    if day > local.date():
        return _at(day, FIRST_AT)
    begun = local - _at(day, time(0))
    return max(_at(day, FIRST_AT), _at(day, time(0)) + -(-begun // _HALF_HOUR) * _HALF_HOUR)


def _hold(step: Step, day: date, place: int, of: int, now: datetime) -> Hold:
    opening = _opening(day, now)
    each = (_at(day, LAST_AT) - opening) // of // _FIVE_MINUTES * _FIVE_MINUTES
    length = min(LASTS, each)
    starts_at = (opening + place * length).astimezone(UTC)
    return Hold(step.key, step.title, starts_at, starts_at + length)


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, LONDON)
