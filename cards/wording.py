"""How dates, times and counts are said on cards."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

_LONDON = ZoneInfo("Europe/London")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def day(on: date) -> str:
    """For example "31 May 2026"."""
    return f"{on.day} {on:%B %Y}"


def moment(at: datetime) -> str:
    """For example "31 May 2026 at 14:05", as the clock on the wall in London shows it."""
    if at.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    local = at.astimezone(_LONDON)
    return f"{day(local.date())} at {local:%H:%M}"


def days_left_words(days_left: int) -> str:
    """ "3 days left", "today" or "3 days overdue", as it follows the due date."""
    if days_left == 0:
        return "today"
    return f"{count(days_left, 'day')} left" if days_left > 0 else f"{count(-days_left, 'day')} overdue"


def count(number: int, noun: str, plural: str = "") -> str:
    """ "1 day", "2 days"; digits, as they are quicker to read in a list."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def spelled(number: int) -> str:
    """ "two" up to nine, digits from ten on."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number:,}"


def excerpt(text: str, limit: int) -> tuple[str, int]:
    """The start of a text, cut between words, and how many characters are left out (0 when none)."""
    if len(text) <= limit:
        return text, 0
    cut = text.rfind(" ", limit // 2, limit)
    kept = text[: cut if cut > 0 else limit]
    return kept.rstrip() + " …", len(text) - len(kept)
