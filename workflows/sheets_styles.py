"""Which cells of a workbook are dates or percentages, and what a number in a cell says.

A workbook stores a date as a count of days and 87% as 0.87; only the cell's number format says what it is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from workflows.sheets_xml import parse

_DATE_FORMATS = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58})
"""Numbers of built-in formats that show a day."""

_NOT_CODES = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_MOST_DAYS = 2_958_465
"""31 December 9999."""


_PERCENT_FORMATS = frozenset({9, 10})
"""Numbers of built-in formats that show a percentage."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The places in the style table whose number format says more than a number."""

    dates: frozenset[int] = frozenset()
    percents: frozenset[int] = frozenset()


def cell_styles(chunks: Iterable[bytes]) -> Styles:
    """The styles of this style table that show a day or a percentage."""
    codes: dict[int, str] = {}
    formats: list[int] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            codes[int(attributes.get("numFmtId", "-1"))] = attributes.get("formatCode", "")
        elif name == "xf" and inside and inside[-1] == "cellXfs":
            formats.append(int(attributes.get("numFmtId", "0")))
        elif name == "cellXfs":
            inside.append(name)

    def end(name: str) -> None:
        if name == "cellXfs" and inside:
            inside.pop()

    parse(chunks, start, end)
    dates = {number for number in set(formats) if _shows_day(number, codes.get(number))}
    percents = {number for number in set(formats) if _shows_percent(number, codes.get(number))}
    return Styles(
        frozenset(place for place, number in enumerate(formats) if number in dates),
        frozenset(place for place, number in enumerate(formats) if number in percents),
    )


def day_of(serial: float, *, from_1904: bool) -> date | None:
    """The day of this count of days, or None when it is only a time of day or lies outside the calendar."""
    days = int(serial)
    if not 1 <= days <= _MOST_DAYS - 1462:
        return None
    if from_1904:
        return date(1904, 1, 1) + timedelta(days=days)
    # Excel believes that 1900 was a leap year, so counts before March of that year are one short.
    return date(1899, 12, 31 if days < 60 else 30) + timedelta(days=days)


def number_text(number: float) -> str:
    """The number as people write it: 1.0 is "1"."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def percent_text(share: float) -> str:
    """The percentage a cell shows that holds this share; as many figures as a person would type."""
    return f"{number_text(round(share * 100, 6))}%"


def _shows_percent(number: int, code: str | None) -> bool:
    if code is None:
        return number in _PERCENT_FORMATS
    return "%" in _NOT_CODES.sub("", code.partition(";")[0])


def _shows_day(number: int, code: str | None) -> bool:
    if code is None:
        return number in _DATE_FORMATS
    bare = _NOT_CODES.sub("", code.partition(";")[0]).casefold()
    return "y" in bare or "d" in bare
