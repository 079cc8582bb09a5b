"""What falls due between two moments: the council's calendar as a pure function of its lines.

A line says what is done and on which London days; an occurrence is one of those days. Cutting a span of time
anywhere gives the same occurrences as the whole, so whoever asks, however often and after whatever pause,
finds each of them exactly once. Whether it was seen to already is for the caller to remember.

Source: decision 5 of the design.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from domain.days import LONDON, is_working_day, local_day, month_end

FURTHEST_DAYS = 800
"""How far ahead the next occurrence is sought: two years, for a line of one round month and its days off."""

QUARTER_MONTHS = (4, 7, 10, 1)
"""The year runs from April to March, and quarters follow it (Q33)."""

_DAY = timedelta(days=1)


class Every(StrEnum):
    """How often a line comes round."""

    DAY = "day"
    WORKING_DAY = "working day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    """Counted from the first day of each quarter, before it when the count is negative (Q33)."""
    ROUND = "round"
    """Counted from the 1st of each round month, before it when the count is negative (CA-01).

    So is the month after it, in which the other half of a staggered pool has its round (Q1). Whether there is
    one, what is done then has to ask.
    """


class DayOff(StrEnum):
    """Where an occurrence goes that would fall on a weekend or bank holiday."""

    STAYS = "stays"
    BEFORE = "working day before"
    AFTER = "working day after"


class Missed(StrEnum):
    """What is done about occurrences that passed while nothing ran."""

    EACH = "each"
    """Every one of them is made up for."""
    LATEST = "latest"
    """The newest says it all; those before it are skipped."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the calendar."""

    key: str
    """Small letters; also the name of what is done."""
    title: str
    """What is done, in plain words."""
    rules: tuple[str, ...]
    every: Every
    at: time
    """London time. Where the clocks skip it, the hour after; where they repeat it, the first."""
    weekday: int = 0
    """For a week: Monday is 0."""
    day: int = 1
    """For a month: its day, or the last one in a shorter month."""
    offset_days: int = 0
    """For a round or a quarter: calendar days from its first day."""
    day_off: DayOff = DayOff.STAYS
    missed: Missed = Missed.EACH


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A line falling due. Line and day name it: there is never a second one."""

    line: str
    on: date
    at: datetime
    """The instant, in UTC."""


class Skipped(Exception):
    """What fell due is not done, as it makes no sense any more; whatever was begun is undone."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        """In plain words, for whoever looks into the calendar; names no person and no case."""


def falls_on(line: Line, day: date, *, round_months: Collection[int], bank_holidays: frozenset[date]) -> bool:
    """Whether the line has an occurrence on this day, days off reckoned with.

    Several that meet on one working day are one. Source: decision 5 of the design; CA-01, Q1.
    """
    if line.every is Every.WORKING_DAY:
        return is_working_day(day, bank_holidays)
    if line.day_off is DayOff.STAYS:
        return _is_meant(line, day, round_months)
    if not is_working_day(day, bank_holidays):
        return False
    # What was meant for the days off next to this day comes here as well.
    step = -_DAY if line.day_off is DayOff.AFTER else _DAY
    meant = day
    while not _is_meant(line, meant, round_months):
        meant += step
        if is_working_day(meant, bank_holidays):
            return False
    return True


def instant_of(line: Line, day: date) -> datetime:
    """The moment, in UTC, at which the line falls due on this day, whatever the clocks do then."""
    return datetime.combine(day, line.at, LONDON).astimezone(UTC)


def occurrences(
    lines: Iterable[Line],
    since: datetime,
    until: datetime,
    *,
    round_months: Collection[int],
    bank_holidays: frozenset[date],
) -> tuple[Occurrence, ...]:
    """What falls due after `since` and up to `until`, earliest first; empty when the clock went back.

    Raises ValueError for a naive moment.
    """
    found: list[Occurrence] = []
    chosen = tuple(lines)
    day, last = local_day(since), local_day(until)
    while day <= last:
        found += (one for one in _on(chosen, day, round_months, bank_holidays) if since < one.at <= until)
        day += _DAY
    return tuple(found)


def next_after(
    lines: Iterable[Line], moment: datetime, *, round_months: Collection[int], bank_holidays: frozenset[date]
) -> Occurrence | None:
    """The first occurrence after this moment; None when no line has one within two years."""
    chosen = tuple(lines)
    day = local_day(moment)
    for _ in range(FURTHEST_DAYS):
        for one in _on(chosen, day, round_months, bank_holidays):
            if one.at > moment:
                return one
        day += _DAY
    return None


def _on(
    lines: tuple[Line, ...], day: date, round_months: Collection[int], bank_holidays: frozenset[date]
) -> list[Occurrence]:
    """One day's occurrences by their time; those of the same minute as their lines stand."""
    due = [
        Occurrence(line.key, day, instant_of(line, day))
        for line in lines
        if falls_on(line, day, round_months=round_months, bank_holidays=bank_holidays)
    ]
    return sorted(due, key=lambda one: one.at)


def _is_meant(line: Line, day: date, round_months: Collection[int]) -> bool:
    """Whether the line names this day, days off aside."""
    match line.every:
        case Every.WEEK:
            return day.weekday() == line.weekday
        case Every.MONTH:
            return day.day == min(line.day, month_end(day).day)
        case Every.ROUND:
            first = day - timedelta(days=line.offset_days)
            return first.day == 1 and not {first.month, (first - _DAY).month}.isdisjoint(round_months)
        case Every.QUARTER:
            first = day - timedelta(days=line.offset_days)
            return first.day == 1 and first.month in QUARTER_MONTHS
        case _:
            return True
