"""Bodies that meet, who sits on them by post, and the year's activities: values read from the framework file.

Source: Q28, Q31, Q33, OG-01 to OG-12, QB-01, QB-03, PF-02, PF-06, PF-09, appendix 1A.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from domain.people import Person, Post

CLINIC, QA_GROUP, QA_BOARD, SMT, CDLT = "clinic", "qa_group", "qa_board", "smt", "cdlt"
"""Keys of the bodies the product does something of its own for."""


class ActivityKind(StrEnum):
    """What an activity of the year is."""

    CORE = "core"
    MODERATION = "moderation"
    THEMATIC = "thematic"
    DIP = "dip"
    PRACTICE_WEEK = "practice_week"
    SUPERVISION = "supervision"
    SURVEY = "survey"
    REPORT = "report"
    REVIEW = "review"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A standing item of a body's agenda."""

    key: str
    title: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A body that meets, and when."""

    key: str
    body: str
    """The body's name in the alias table (Q28)."""
    of_each_service: bool
    """Whether every service has one of its own, as with Performance Clinics (PF-02)."""
    months: tuple[int, ...]
    """Months of the year in which it meets."""
    week: int
    """Which of the month's weekdays of this name: 1 to 4, or 5 for the last."""
    weekday: int
    """Monday is 0."""
    at: time
    minutes: int
    chairs: tuple[Post, ...]
    members: tuple[Post, ...]
    """Chairs among them."""
    items: tuple[AgendaItem, ...]


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity that comes every year: the pattern a year's forward plan is drafted from."""

    key: str
    title: str
    kind: ActivityKind
    months: tuple[int, ...]
    """The months it begins in."""
    weeks: int
    """How many weeks each takes."""
    owner: Post
    hours: int
    """Hours of auditors' and managers' work each time, beside what is counted from the pool."""
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """How somebody stands to one body."""

    sits: bool
    """A member by post, or a guest of the meeting in question."""
    chairs: bool
    approves: bool = False
    """Whether they approve the pack in question, for it or for somebody on leave."""


NO_SEAT = Seat(sits=False, chairs=False)


def seat_of(person: Person, line: MeetingLine, *, service_id: int | None = None, guest: bool = False) -> Seat:
    """The person's seat on the body.

    `service_id` is the service whose meeting it is, for a body of each service: there that service's people
    sit and chair, with those who belong to no service, and the QA office, which is represented (PF-03).
    """
    posts = person.posts
    if line.of_each_service and person.service_id != service_id:
        elsewhere = person.service_id is not None
        sits = guest or person.in_qa_office or (not elsewhere and bool(posts & frozenset(line.members)))
        return Seat(sits=sits, chairs=False)
    chairs = bool(posts & frozenset(line.chairs))
    in_office = line.of_each_service and person.in_qa_office
    return Seat(sits=chairs or guest or in_office or bool(posts & frozenset(line.members)), chairs=chairs)


def meets_on(line: MeetingLine, month: date) -> date | None:
    """The day the body meets in this month, days off aside; None in a month it does not meet in."""
    first = month.replace(day=1)
    if first.month not in line.months:
        return None
    day = first + timedelta(days=(line.weekday - first.weekday()) % 7)
    days = [one for week in range(5) if (one := day + timedelta(weeks=week)).month == first.month]
    return days[-1] if line.week == 5 else days[line.week - 1]


def quarter_start(day: date) -> date:
    """The first day of the quarter this day belongs to; quarters follow the year from April (Q33)."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarter_name(day: date) -> str:
    """The quarter as people call it: "Q1 2026/27"."""
    year = day.year if day.month >= 4 else day.year - 1
    return f"Q{(day.month - 4) % 12 // 3 + 1} {year}/{(year + 1) % 100:02}"


def line_named(lines: Iterable[MeetingLine], key: str) -> MeetingLine | None:
    """The body's line by its key, or None."""
    return next((line for line in lines if line.key == key), None)
