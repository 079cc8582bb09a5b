"""One cell read as what it stands for; each reader raises ValueError with what would be right."""

import re
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from domain.days import parse_uk_date
from domain.intake import Cell
from domain.people import Leave

_YES = frozenset({"yes", "y", "true", "1", "x", "auditor"})
_NO = frozenset({"no", "n", "false", "0", "not auditor"})

_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.ASCII
)

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_PATTERN = "MTWTFSS"
_ABSENT = "-_.x"
FULL_WEEK = frozenset({0, 1, 2, 3, 4})
_FULL_TIME = frozenset({"full time", "fulltime", "ft", "f/t", "full", "weekdays"})
_DAYS_HELP = "Name the days worked, for example “Mon-Thu”, “Mon, Wed, Fri” or “full time”."

# Case systems often add the time of day, which no rule here asks for.
_TIME_OF_DAY = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[ap]m)?$", re.IGNORECASE)

_RANGE = re.compile(r"\s*(?:\bto\b|\buntil\b|[-–—])\s*", re.IGNORECASE)
_LEAVE_HELP = "Write days away as 03/08/2026-14/08/2026 and single days as 24/12/2026, parted by semicolons."


def read_yes_no(text: str) -> bool:
    """Whether the cell says yes."""
    word = text.casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise ValueError("Write “yes” or “no”, or leave it empty to follow the post.")


def read_email(text: str) -> str:
    """The address in lower case."""
    address = text.casefold().removeprefix("mailto:")
    if len(address) > 254 or ".." in address or _EMAIL.fullmatch(address) is None:
        raise ValueError("This is not a whole work e-mail address, such as first.last@council.gov.uk.")
    return address


def read_directory_id(text: str) -> str:
    """The Entra object id in its usual form: lower case, with hyphens."""
    try:
        if len(text.strip("{}")) not in {32, 36}:
            raise ValueError
        directory_id = UUID(text)
    except ValueError:
        raise ValueError(
            "A directory id looks like 00000000-0000-4000-8000-000000000000. Copy the Object ID from Entra, "
            "or leave it empty: it is bound when the person first writes to the bot."
        ) from None
    if directory_id.int == 0:
        raise ValueError(
            "This directory id is all noughts. Copy the Object ID from Entra, or leave it empty."
        )
    return str(directory_id)


def read_day(cell: Cell) -> date:
    """The date of the cell: one the spreadsheet knows as a date, or a UK date in words or figures."""
    if isinstance(cell, date):
        if not 1900 <= cell.year <= 2199:
            raise ValueError("The year cannot be right. Write day/month/year, for example 03/08/2026.")
        return cell
    text = _TIME_OF_DAY.sub("", cell)
    if text.isdigit():
        raise ValueError("This is a number. Format the column as dates, or write 03/08/2026.")
    try:
        return parse_uk_date(text)
    except ValueError:
        # The reader's own message repeats the text, which may be a child's date of birth.
        raise ValueError(
            "We cannot read this date. Write the day first: 03/08/2026 or 3 August 2026."
        ) from None


def read_working_days(text: str) -> frozenset[int]:
    """The days of the week worked, Monday 0; an empty cell means Monday to Friday."""
    words = " ".join(text.casefold().split())
    if not words or words in _FULL_TIME:
        return FULL_WEEK
    days = _day_pattern(text) or _named_days(words)
    if not days:
        raise ValueError(_DAYS_HELP)
    return days


def read_leave(cell: Cell) -> tuple[Leave, ...]:
    """Times away in order of date; those that touch or overlap are joined."""
    if isinstance(cell, date):
        return (Leave(cell, cell),)
    spans = sorted(
        (_span(part) for part in re.split(r"[;,\n]", cell) if part.strip()), key=lambda leave: leave.first_on
    )
    joined: list[Leave] = []
    for span in spans:
        if joined and (span.first_on - joined[-1].last_on).days <= 1:
            joined[-1] = Leave(joined[-1].first_on, max(joined[-1].last_on, span.last_on))
        else:
            joined.append(span)
    return tuple(joined)


def _span(text: str) -> Leave:
    text = text.strip()
    try:
        day = read_day(text)
    except ValueError:
        return _two_days(text)
    return Leave(day, day)


def _two_days(text: str) -> Leave:
    # The dates themselves may hold hyphens, so every hyphen is tried as the one between them.
    for gap in _RANGE.finditer(text):
        try:
            first_on, last_on = read_day(text[: gap.start()]), read_day(text[gap.end() :])
        except ValueError:
            continue
        if last_on < first_on:
            raise ValueError(f"The last day of “{text}” comes before the first. {_LEAVE_HELP}")
        return Leave(first_on, last_on)
    raise ValueError(_LEAVE_HELP)


def _day_pattern(text: str) -> frozenset[int]:
    """Days of a pattern such as MTW-- or M_W_F, letter by letter; empty when it is no such pattern."""
    letters = text.replace(" ", "").upper()
    if len(letters) not in {5, 7}:
        return frozenset()
    fits = all(c == _DAY_PATTERN[i] or c.lower() in _ABSENT for i, c in enumerate(letters))
    return frozenset(i for i, c in enumerate(letters) if c == _DAY_PATTERN[i]) if fits else frozenset()


def _named_days(words: str) -> frozenset[int]:
    """Days given by name, singly or as "from-to"; empty when any part is not understood."""
    days: set[int] = set()
    for part in re.split(r"[,;/&]|\band\b", words):
        ends = [end for end in re.split(r"\s*(?:\bto\b|[-–—])\s*", part.strip()) if end]
        if not ends:
            continue
        numbers = [_day_numbers(end) for end in ends]
        if len(ends) == 1:
            days.update(numbers[0])
        elif len(ends) == 2 and all(len(n) == 1 for n in numbers) and numbers[0][0] < numbers[1][0]:
            days.update(range(numbers[0][0], numbers[1][0] + 1))
        else:
            return frozenset()
        if not all(numbers):
            return frozenset()
    return frozenset(days)


def _day_numbers(text: str) -> list[int]:
    """The days named in "mon wed fri"; empty when a word is no day."""
    found = [_day_number(word.strip(".")) for word in text.split()]
    return [] if None in found else [day for day in found if day is not None]


def _day_number(word: str) -> int | None:
    """Monday 0; at least three letters, so that "T" and "S" are never guessed at. Also "tues", "mondays"."""
    word = word.removesuffix("s") if word.endswith("days") else word
    fitting: Iterable[int] = (i for i, day in enumerate(_DAYS) if len(word) >= 3 and day.startswith(word))
    return next(iter(fitting), None)
