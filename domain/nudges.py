"""Who is reminded of what on which day: pure rules of the nudges.

A line of the framework names a day relative to something a person has been asked to do. The day is moved to
one on which that person works. Nothing here remembers what was sent: the caller says which lines are known.

Source: CA-06, CA-22, CA-23, Q2; workflow 1B; decision 5 of the design.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from domain.days import LONDON, add_working_days, is_working_day
from domain.people import Person

FIRST_AT, LAST_AT = time(8, 30), time(17, 30)
"""London time. Nobody is reminded before the one or after the other."""

FURTHEST_DAYS = 400
"""How far ahead a working day of somebody on long leave is sought."""

OVERTAKEN = "a later reminder says it better"

_DAY = timedelta(days=1)
_AGAIN = ":"
"""Between a line's key and how often it was said again; no key of the framework file holds it."""


class About(StrEnum):
    """What a person has been asked to do."""

    ACCEPT = "accept"
    """Take the audit on, or declare a conflict; an auditor's."""
    AUDIT = "audit"
    """Finish and submit the audit; an auditor's."""
    COMMENT = "comment"
    """A practitioner's (CA-17)."""
    REVIEW = "review"
    """A team manager's (CA-18)."""
    ACTION = "action"
    """Whoever owns it (CA-23)."""
    MODERATE = "moderate"
    """Whoever of the Panel has it in their queue (MO-07)."""
    LATE_MODERATION = "late_moderation"
    """The Panel's chair sees to one that somebody else has and that is overdue (MO-07)."""
    NOMINATION = "nomination"
    """The Panel's chair answers what a team manager nominated (Q6)."""
    TALK = "talk"
    """The auditor and the chair talk a moderation through (MO-16)."""
    CONFIRM = "confirm"
    """A manager confirms what an owner calls done, or sends it back (CA-23)."""
    SUPERVISE = "supervise"
    """A manager takes the learning to supervision (CA-19)."""
    REFLECT = "reflect"
    """The auditor holds the reflective session, or a manager once they have left (SU-08)."""
    FILE = "file"
    """Audit and actions are put on the child's file (RO-01)."""
    IMPACT = "impact"
    """Did it last? A manager's or the QA office's (workflow 1B step 18)."""


class CountedFrom(StrEnum):
    """Where a line's working days are counted from."""

    START = "start"
    HALF_WAY = "half way"
    DUE = "due"


class Tells(StrEnum):
    """Who hears of a line."""

    OWN = "own"
    """The person who is asked to do it."""
    TEAM_MANAGER = "team manager"
    SERVICE_MANAGER = "service manager"


@dataclass(frozen=True, slots=True)
class NudgeLine:
    """One line of the framework's nudges."""

    key: str
    about: About
    counted_from: CountedFrom
    working_days: int
    """Before the day counted from when negative."""
    says: str
    """What the person reads beside the thing to do, in plain words."""
    rules: tuple[str, ...]
    tells: Tells = Tells.OWN
    every: int = 0
    """Said again after so many working days, on and on until it is done; 0 for once."""

    @property
    def chases(self) -> bool:
        """Whether it speaks of something overdue."""
        return self.counted_from is CountedFrom.DUE and self.working_days > 0


@dataclass(frozen=True, slots=True)
class Thing:
    """Something a person has been asked to do."""

    about: About
    subject_id: int
    """Id of the audit; of an action its own."""
    since_on: date
    """The day it was asked, or the day its due date was last moved."""
    due_on: date


@dataclass(frozen=True, slots=True)
class Falling:
    """A line that falls to be said today, or one that no longer needs to be."""

    line: NudgeLine
    on: date
    """The day it was meant for."""
    late: bool
    skipped: str = ""
    """Why it is not said; empty when it is."""


def works_on(person: Person, day: date, bank_holidays: frozenset[date]) -> bool:
    """Whether the person is at work on this day: no day off, no leave, no bank holiday."""
    return is_working_day(day, bank_holidays) and person.works_on(day)


def is_on_leave(person: Person, day: date) -> bool:
    """Whether the day lies in the person's leave; a day of the week they never work is no leave."""
    return any(leave.covers(day) for leave in person.leave)


def next_day_at_work(person: Person, day: date, bank_holidays: frozenset[date]) -> date | None:
    """The first day from this one on that the person works; None when it is further off than a year."""
    return _nearest(person, day, bank_holidays, _DAY, day + FURTHEST_DAYS * _DAY)


def planned_on(line: NudgeLine, thing: Thing, person: Person, bank_holidays: frozenset[date]) -> date | None:
    """The day this line falls on for this person; None when no working day is left for it.

    Due on a day off: the working day before. What speaks of the start or of being overdue waits for the
    working day after, as before it there was nothing to say. Source: CA-06, CA-22; decision 5 of the design.
    """
    match line.counted_from:
        case CountedFrom.START:
            meant = add_working_days(thing.since_on, line.working_days, bank_holidays)
        case CountedFrom.HALF_WAY:
            half = thing.since_on + (thing.due_on - thing.since_on) // 2
            meant = add_working_days(half, line.working_days, bank_holidays)
        case CountedFrom.DUE:
            last = last_working_day(thing.due_on, bank_holidays)
            meant = add_working_days(last, line.working_days, bank_holidays)
    if line.chases or line.counted_from is CountedFrom.START:
        return next_day_at_work(person, meant, bank_holidays)
    return _nearest(person, meant, bank_holidays, -_DAY, thing.since_on)


def falling(
    lines: Iterable[NudgeLine],
    thing: Thing,
    person: Person,
    *,
    known: Collection[str],
    today: date,
    bank_holidays: frozenset[date],
) -> tuple[Falling, ...]:
    """What this person is to hear of this thing today, and what was overtaken while nothing ran.

    `lines` are those this person hears of; `known` holds the keys of those seen to already for this due date.
    Of several that have come round, only the newest still makes sense; it is late when its day has passed.
    """
    come: list[tuple[date, NudgeLine]] = []
    for line in lines:
        on, said = None, line
        if line.about is thing.about:
            on, said = _latest(line, thing, person, today, bank_holidays)
        if on is not None and on <= today and said.key not in known:
            come.append((on, said))
    # Lines that meet on one day stand in the order of the framework, and the last of them is the nearest.
    come.sort(key=lambda found: found[0])
    return tuple(
        Falling(line, on, late=on < today, skipped="" if place == len(come) else OVERTAKEN)
        for place, (on, line) in enumerate(come, start=1)
    )


def key_of_line(said: str) -> str:
    """The key of the framework's line, of one that may have been said again."""
    return said.partition(_AGAIN)[0]


def last_working_day(due_on: date, bank_holidays: frozenset[date]) -> date:
    """The last day the council works up to the due date."""
    return due_on if is_working_day(due_on, bank_holidays) else add_working_days(due_on, -1, bank_holidays)


def may_be_told(person: Person, now: datetime, bank_holidays: frozenset[date]) -> datetime:
    """The first moment from now on, in UTC, at which this person may be reminded: now, or a later morning.

    On days they work, from 08:30 to 17:30 in London. Safety alerts never ask.
    """
    local = now.astimezone(LONDON)
    if works_on(person, local.date(), bank_holidays) and local.time() <= LAST_AT:
        return max(now, opening_of(local.date()))
    day = next_day_at_work(person, local.date() + _DAY, bank_holidays)
    # Somebody away for longer than a year is looked at again in a year.
    return opening_of(day or local.date() + FURTHEST_DAYS * _DAY)


def opening_of(day: date) -> datetime:
    """The instant, in UTC, from which people may be reminded on this day."""
    return datetime.combine(day, FIRST_AT, LONDON).astimezone(UTC)


def day_at_work(chosen: date, due_on: date, person: Person, bank_holidays: frozenset[date]) -> date | None:
    """The day at work that a chosen day comes to; None when it is past the due date.

    The day itself, or the working day after when the person is off; never past the due date, so then the
    last working day before it. Source: CA-06, CA-22.
    """
    if chosen > due_on:
        return None
    after = _nearest(person, chosen, bank_holidays, _DAY, due_on)
    return after or _nearest(person, chosen, bank_holidays, -_DAY, chosen - FURTHEST_DAYS * _DAY)


def snooze_ends(until_on: date, person: Person, today: date, bank_holidays: frozenset[date]) -> bool:
    """Whether what was put off until a day comes back today.

    On that day; when leave has been entered over it since, on the person's last day at work before the leave,
    as otherwise the due date may pass in silence. Source: CA-06.
    """
    if until_on <= today:
        return True
    next_on = next_day_at_work(person, today + _DAY, bank_holidays)
    return is_on_leave(person, until_on) and (next_on is None or next_on > until_on)


def _latest(
    line: NudgeLine, thing: Thing, person: Person, today: date, bank_holidays: frozenset[date]
) -> tuple[date | None, NudgeLine]:
    """The day of a line; of one that is said again, the latest that has come, with a key of its own."""
    on, latest = planned_on(line, thing, person, bank_holidays), line
    while line.every and on is not None and on <= today:
        times = (latest.working_days - line.working_days) // line.every + 1
        again = replace(
            line, key=f"{line.key}{_AGAIN}{times}", working_days=line.working_days + times * line.every
        )
        next_on = planned_on(again, thing, person, bank_holidays)
        if next_on is None or next_on > today:
            break
        on, latest = next_on, again
    return on, latest


def _nearest(
    person: Person, day: date, bank_holidays: frozenset[date], step: timedelta, last: date
) -> date | None:
    """The first day the person works, going this way and no further than the last one."""
    while (day <= last) if step > timedelta() else (day >= last):
        if works_on(person, day, bank_holidays):
            return day
        day += step
    return None
