"""A year's plan drafted: from the framework's pattern, or from the year before.

Source: OG-07, PR-06, Q33, appendix 1A.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.days import add_months, is_working_day, month_end
from domain.forward_plan import PlanItem, PlanState, months_of, plan_year
from domain.governance import ActivityKind, ActivityLine
from domain.people import Post


@dataclass(frozen=True, slots=True)
class Drafted:
    """An activity as a draft puts it."""

    kind: ActivityKind
    title: str
    starts_on: date
    ends_on: date
    owner_post: Post
    hours: int
    note: str = ""


def draft(lines: Iterable[ActivityLine], year: int, *, bank_holidays: frozenset[date]) -> tuple[Drafted, ...]:
    """A year from the framework's pattern, earliest first.

    Core audits fill their month. Anything else begins on the month's first Monday that is a working day, or
    on the working day after; thematic work begins after the panel fortnight of its month, as the same people
    do both (appendix 1A).
    """
    chosen = tuple(lines)
    panel_weeks = {
        month: line.weeks for line in chosen if line.kind is ActivityKind.MODERATION for month in line.months
    }
    found: list[Drafted] = []
    for line in chosen:
        for month in months_of(year):
            if month.month not in line.months:
                continue
            if line.kind is ActivityKind.CORE:
                starts_on, ends_on = month, month_end(month)
            else:
                later = panel_weeks.get(month.month, 0) if line.kind is ActivityKind.THEMATIC else 0
                starts_on = working(first_monday(month) + timedelta(weeks=later), bank_holidays)
                ends_on = friday(starts_on, line.weeks)
            number = sum(one.kind is line.kind and one.title.startswith(line.title) for one in found) + 1
            title = f"{line.title} {number}" if len(line.months) > 1 else line.title
            found.append(Drafted(line.kind, title, starts_on, ends_on, line.owner, line.hours))
    return tuple(sorted(found, key=lambda one: (one.starts_on, one.title)))


def next_year(
    items: Iterable[PlanItem], year: int, *, bank_holidays: frozenset[date]
) -> tuple[tuple[Drafted, ...], tuple[tuple[str, str], ...]]:
    """(the year's activities put a year on, what was left out with why).

    Kept are kind, title, who leads it, hours, and the note, which is the Group's own words on what it looks
    at. What belongs to the year gone is not: the state, the changes and their reasons, and the terms of
    reference with who signed them and when, as each thematic audit needs terms of its own (TA-03, TA-04).

    Dates move to the same week of the next year: the same weekday, 52 weeks on. What was cancelled, and what
    is done and came once, stays behind; the framework's own activities come every year.
    """
    kept, left = [], []
    for item in items:
        if item.state is PlanState.CANCELLED:
            left.append((item.title, "it was cancelled"))
        elif item.state is PlanState.DONE and item.kind is ActivityKind.OTHER:
            left.append((item.title, "it is done, and came once"))
        else:
            starts_on, ends_on = _year_on(item, bank_holidays)
            if plan_year(starts_on) != year + 1:
                starts_on += timedelta(weeks=1)
                ends_on += timedelta(weeks=1)
            kept.append(
                Drafted(item.kind, item.title, starts_on, ends_on, item.owner_post, item.hours, item.note)
            )
    return tuple(sorted(kept, key=lambda one: (one.starts_on, one.title))), tuple(left)


def first_monday(month: date) -> date:
    """The first Monday of the month this day belongs to."""
    first = month.replace(day=1)
    return first + timedelta(days=-first.weekday() % 7)


def working(day: date, bank_holidays: frozenset[date]) -> date:
    """The day, or the working day after when it is a day off."""
    while not is_working_day(day, bank_holidays):
        day += timedelta(days=1)
    return day


def friday(starts_on: date, weeks: int) -> date:
    """The Friday of the last of so many weeks, the first being the one it starts in."""
    return starts_on - timedelta(days=starts_on.weekday()) + timedelta(weeks=weeks - 1, days=4)


def _year_on(item: PlanItem, bank_holidays: frozenset[date]) -> tuple[date, date]:
    if item.kind is ActivityKind.CORE:
        first = add_months(item.starts_on.replace(day=1), 12)
        return first, month_end(first)
    starts_on = working(item.starts_on + timedelta(weeks=52), bank_holidays)
    return starts_on, max(starts_on, item.ends_on + timedelta(weeks=52))
