"""The talk of a chair and an auditor about a moderation: its times, and what speaks against waiting for it.

Pure. Times are typed as people say them and meant in London. Source: MO-16, MO-17, Q14.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from domain.audits import Audit
from domain.days import LONDON, local_day, parse_uk_date, uk_date
from domain.differences import SectionDifference
from domain.grades import Grade
from domain.moderation import Moderation

SLOTS = 3
"""How many times an invite offers."""
LASTS = timedelta(minutes=45)
"""How long a talk is, for the calendar."""
FURTHEST = timedelta(days=92)
"""From now. A time beyond it is a slip of the finger."""

_TIME = re.compile(
    r"(?P<day>.+?),?\s+(?:at\s+)?(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2}))?\s*(?P<half>am|pm)?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+", re.IGNORECASE)


class TalkState(StrEnum):
    """Where a talk stands."""

    DUE = "due"
    """Nobody has been invited yet."""
    INVITED = "invited"
    PROPOSED = "proposed"
    """The auditor asks for another time."""
    AGREED = "agreed"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class TalkToHold:
    """A talk on the list of whoever leads it; it names no case."""

    moderation_id: int
    auditor_name: str
    state: TalkState
    due_on: date
    agreed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk as one of the two who hold it sees it."""

    moderation: Moderation
    audit: Audit
    version: int
    leads: bool
    """Whether the reader chairs; else it is the auditor."""
    state: TalkState
    due_on: date
    auditor_name: str
    original: Grade
    """The auditor's own overall grade."""
    invited_by: str
    """The name of who invited; empty before."""
    invited_at: datetime | None
    slots: tuple[datetime, ...]
    message: str
    agreed_at: datetime | None
    proposed: str
    held_on: date | None
    note: str
    """What was agreed for next time; the two's alone (SG-03)."""
    sections: tuple[SectionDifference, ...] = ()
    """Those that the Panel graded otherwise than the auditor, in the order of the framework."""
    early_because: tuple[str, ...] = ()
    """What speaks for an early release, for the chair alone; a person decides (SG-04)."""

    def ahead(self, now: datetime) -> tuple[tuple[int, datetime], ...]:
        """The times offered that have not passed, each with its place among all of them, counted from 0."""
        return tuple((place, at) for place, at in enumerate(self.slots) if at > now)


def read_time(text: str, *, today: date) -> datetime:
    """The instant that this text says in London: "Tue 12 May at 14:30", "12/05/2026 2.30pm".

    Without a year it is the next such day. Raises ValueError, with a sentence, for what is no such time.
    """
    wrong = ValueError("Please give a day and a time, such as 12 May 2026 at 14:30.")
    found = _TIME.fullmatch(" ".join(text.split()))
    if found is None:
        raise wrong
    try:
        day = _day(_WEEKDAY.sub("", found["day"], count=1), today)
        at = _clock(int(found["hour"]), int(found["minute"] or 0), (found["half"] or "").lower())
    except ValueError:
        raise wrong from None
    if found["minute"] is None and not found["half"]:
        # "12 May 2026" would otherwise be a day in some year at twenty to nine.
        raise wrong
    return datetime.combine(day, at, LONDON).astimezone(UTC)


def say_time(at: datetime) -> str:
    """The time as an invite says it: "Tuesday 12 May 2026 at 14:30"."""
    local = at.astimezone(LONDON)
    return f"{local:%A} {uk_date(local.date())} at {local:%H:%M}"


def too_late(slots: Iterable[datetime], due_on: date) -> bool:
    """Whether any of these times lies after the day by which the talk is due."""
    return any(local_day(at) > due_on for at in slots)


def why_early(
    moderated: Grade, action_days: Sequence[date], due_on: date, *, auditor_left: bool = False
) -> tuple[str, ...]:
    """What speaks for telling the team manager before the talk; nothing where it can well wait (Q14).

    `action_days` are those of open and of missing actions.
    """
    found = []
    if auditor_left:
        found.append("The auditor has left, so there is nobody to talk with.")
    if moderated is Grade.INADEQUATE:
        found.append("The Panel's grade says that the child may be at risk now.")
    urgent = [day for day in action_days if day < due_on]
    if urgent:
        found.append(f"An action is due on {uk_date(min(urgent))}, before the talk has to be held.")
    return tuple(found)


def _day(text: str, today: date) -> date:
    try:
        return parse_uk_date(text)
    except ValueError:
        day = parse_uk_date(f"{text.rstrip(' ,')} {today.year}")
        return day if day >= today else parse_uk_date(f"{text.rstrip(' ,')} {today.year + 1}")


def _clock(hour: int, minute: int, half: str) -> time:
    if half and not 1 <= hour <= 12:
        raise ValueError("no such hour")
    return time(hour % 12 + 12 * (half == "pm") if half else hour, minute)
