"""Figures and periods as councils write them in lists of indicators.

Source: PF-01, PF-09, Q33.
"""

import re
from datetime import date

from domain.days import parse_uk_date
from domain.indicators import MONTH_NAMES, PERCENT, Every, period_start

_NOTHING = frozenset(
    {
        *("", "-", "–", "—", "n/a", "na", "#n/a", "not applicable", "not available", "no data", "none"),
        *("null", "tbc", "..", "...", "*", "**", "c", "[c]", "x", "[x]", "z", "[z]", "u", "[u]", "s", "supp"),
        *("suppressed", "confidential", "fewer than 5", "less than 5"),
        *("<5", "< 5", "<6", "< 6", "<10", "< 10"),
    }
)
"""What stands where there is no figure, or one too small to give; letters as in official statistics."""
_NUMBER = re.compile(
    r"([-+−]?)\s*(£?)\s*(\d{1,3}(?:[,\u2009 ]\d{3})+|\d+)?(\.\d+)?\s*(%|per ?cent)?", re.IGNORECASE
)
_WEEK = re.compile(
    r"(?:week\s*)?(\d{4})[- ]?w(?:eek|k)?[- ]?(\d{1,2})|(?:w(?:eek|k)?\s*)(\d{1,2})[ ,/-]+(\d{4})"
)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?[ ,/-]*(?:20)?(\d{2})|([01]?\d)[/.-](20\d{2})")
_MONTH_LAST = re.compile(r"(20\d{2})[-/. ]([01]?\d)")
_YEARS = r"(20\d{2})\s*[-/–]\s*(?:20)?(\d{2})"
_QUARTER = re.compile(rf"q(?:uarter|tr)?\s*([1-4])[ ,/-]*{_YEARS}|{_YEARS}[ ,/-]*q(?:uarter|tr)?\s*([1-4])")


def read_number(text: str) -> tuple[float, str] | None:
    """(number, "%" or "") of a cell as councils write them: 87%, 1,204, (£) 3.5; None where it holds none.

    Blanks, dashes, "n/a" and marks of suppression hold none. Raises ValueError for anything else.
    """
    said = " ".join(text.casefold().split())
    if said in _NOTHING:
        return None
    found = _NUMBER.fullmatch(said)
    if found is None or not (found[3] or found[4]):
        raise ValueError("Write a number, such as 87%, 1,204 or 3.5, or leave the cell empty.")
    number = float(re.sub(r"[,\u2009 ]", "", found[3] or "0") + (found[4] or ""))
    if number >= 1e12:
        raise ValueError("This number is too large to be right.")
    return (-number if found[1] in {"-", "−"} else number), PERCENT if found[5] else ""


def read_period(cell: str | date, *, days_are: Every = Every.WEEK) -> tuple[Every, date]:
    """(length, first day) of the period a cell names: 2026-05, May 2026, 2026-W19, Q1 2026/27, or a day.

    `days_are` says which period a bare day stands for, which the day alone cannot: the 1st of June may be a
    week's Monday or what a spreadsheet makes of a month. Raises ValueError.
    """
    if isinstance(cell, date):
        return _of_day(cell, days_are)
    text = " ".join(cell.casefold().split())
    for read in (_read_quarter, _read_week, _read_month):
        found = read(text)
        if found is not None:
            return found
    bare = text.removeprefix("week commencing ").removeprefix("week beginning ").removeprefix("w/c ").strip()
    try:
        day = parse_uk_date(bare)
    except ValueError:
        raise ValueError(
            "We cannot read this period. Write a month as 2026-05, a week as 2026-W19 or by one of its days, "
            "or a quarter as Q1 2026/27."
        ) from None
    return _of_day(day, Every.WEEK if bare != text else days_are)


def bare_day(cell: str | date) -> date | None:
    """The day, where a cell names its period by nothing else."""
    if isinstance(cell, date):
        return cell
    try:
        return parse_uk_date(" ".join(cell.split()))
    except ValueError:
        return None


def _of_day(day: date, every: Every) -> tuple[Every, date]:
    if not 2000 <= day.year <= 2199:
        raise ValueError("The year cannot be right. Write a month as 2026-05 or a week by one of its days.")
    return every, period_start(every, day)


def _read_quarter(text: str) -> tuple[Every, date] | None:
    found = _QUARTER.fullmatch(text)
    if found is None:
        return None
    number, year, following = (found[1], found[2], found[3]) if found[1] else (found[6], found[4], found[5])
    if (int(year) + 1) % 100 != int(following):
        raise ValueError("A year runs from April to March: write a quarter as Q1 2026/27.")
    month = 4 + (int(number) - 1) * 3
    return Every.QUARTER, date(int(year) + month // 13, month if month <= 12 else month - 12, 1)


def _read_week(text: str) -> tuple[Every, date] | None:
    found = _WEEK.fullmatch(text)
    if found is None:
        return None
    year, week = (found[1], found[2]) if found[1] else (found[4], found[3])
    try:
        return Every.WEEK, date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        raise ValueError(
            "There is no such week. Weeks are numbered from 1 to 52 or 53, as 2026-W19."
        ) from None


def _read_month(text: str) -> tuple[Every, date] | None:
    if found := _MONTH_LAST.fullmatch(text):
        year, month = int(found[1]), int(found[2])
    elif found := _MONTH_FIRST.fullmatch(text):
        if found[3]:
            month, year = int(found[3]), int(found[4])
        else:
            named = [n for n, name in enumerate(MONTH_NAMES, 1) if name.casefold() == found[1] or
                     name[:3].casefold() == found[1] or (found[1] == "sept" and n == 9)]  # fmt: skip
            if not named:
                return None
            month, year = named[0], 2000 + int(found[2])
    else:
        return None
    if not 1 <= month <= 12:
        raise ValueError("There is no such month. Write it as 2026-05.")
    return Every.MONTH, date(year, month, 1)
