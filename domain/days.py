"""Days as people in England count them: Europe/London, working days, calendar months, dates day first.

Instants are UTC and aware; a naive one is refused, because guessing its zone is wrong for half the year.
Bank holidays are passed in: they are announced, not computed.
"""

import re
from calendar import month_name, monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_MONTHS = {name[:3].lower(): number for number, name in enumerate(month_name) if name}
_DAY_FIRST = re.compile(r"([0-9]{1,2})([/.\- ])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_MONTH_IN_WORDS = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?[ \-]([a-z]{3,9})\.?,?[ \-]([0-9]{4}|[0-9]{2})", re.IGNORECASE
)
# Spreadsheets often write a bare date as midnight.
_MIDNIGHT = re.compile(r"[T ]0{1,2}:00(?::00(?:\.0+)?)?$")


def local_day(now: datetime) -> date:
    """The day it is in London at this instant; ValueError for a naive one."""
    if now.tzinfo is None:
        raise ValueError("A naive datetime has no day: give it its zone first.")
    return now.astimezone(LONDON).date()


def local_midnight(day: date) -> datetime:
    """The instant, in UTC, at which this London day begins."""
    # The clocks change at one in the morning, so midnight exists once on every day.
    return datetime.combine(day, time(0), LONDON).astimezone(UTC)


def end_of_local_day(day: date) -> datetime:
    """The instant, in UTC, at which this London day is over: the first one that no longer belongs to it."""
    return local_midnight(day + timedelta(days=1))


def month_end(day: date) -> date:
    """The last day of this day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on (back when negative), or that month's last day."""
    month_index = day.year * 12 + day.month - 1 + months
    year, month = divmod(month_index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole_months(since: date, until: date) -> int:
    """How many whole months lie between the two days; 0 when `until` comes first."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return max(0, months - (add_months(since, months) > until))


def is_working_day(day: date, bank_holidays: frozenset[date]) -> bool:
    """Whether the council works on this day: Monday to Friday, bank holidays aside."""
    return day.weekday() < 5 and day not in bank_holidays


def add_working_days(day: date, working_days: int, bank_holidays: frozenset[date]) -> date:
    """The day so many working days later (earlier when negative), the day itself not counted."""
    step = timedelta(days=1 if working_days >= 0 else -1)
    for _ in range(abs(working_days)):
        day += step
        while not is_working_day(day, bank_holidays):
            day += step
    return day


def uk_date(day: date) -> str:
    """The date as people write it: "3 May 2026"."""
    return f"{day.day} {month_name[day.month]} {day.year}"


def short_day(day: date) -> str:
    """The day as it is read at a glance: "Fri 3 Jul"."""
    return f"{day:%a} {day.day} {day:%b}"


def parse_uk_date(text: str) -> date:
    """The date this text says, always day first: 03/05/2026, 3.5.26, 3 May 2026 or 2026-05-03.

    Two-digit years up to 69 belong to this century. Raises ValueError, with a sentence for the person who
    wrote it, when the text is no date.
    """
    written = " ".join(_MIDNIGHT.sub("", text.strip()).split())
    parts = _parts(written)
    if parts is not None:
        year, month, day = parts
        try:
            return _between_1900_and_2199(date(_full_year(year), month, day))
        except ValueError:
            pass
    raise ValueError(
        f'"{text.strip()}" is not a date we can read. '
        "Write the day first, for example 03/05/2026 or 3 May 2026."
    )


def _parts(written: str) -> tuple[str, int, int] | None:
    """Year as written, month, day."""
    if found := _DAY_FIRST.fullmatch(written):
        return found[4], int(found[3]), int(found[1])
    if found := _YEAR_FIRST.fullmatch(written):
        return found[1], int(found[2]), int(found[3])
    if found := _MONTH_IN_WORDS.fullmatch(written):
        word = found[2].lower()
        month = _MONTHS.get(word[:3])
        if month is not None and month_name[month].lower().startswith(word):
            return found[3], month, int(found[1])
    return None


def _full_year(written: str) -> int:
    year = int(written)
    if len(written) == 4:
        return year
    return 2000 + year if year < 70 else 1900 + year


def _between_1900_and_2199(day: date) -> date:
    # A year such as 0206 is a slip of the finger, and it would make an age of eighteen hundred years.
    if not 1900 <= day.year <= 2199:
        raise ValueError("out of range")
    return day


def month_number(month: date) -> int:
    """A month as notices and buttons carry it: 202605."""
    return month.year * 100 + month.month


def month_numbered(number: int) -> date | None:
    """The first day of the month of this number; None where it names none of ours."""
    year, month = divmod(number, 100)
    return date(year, month, 1) if 1 <= month <= 12 and 2000 <= year < 2200 else None
