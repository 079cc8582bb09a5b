"""What reading a sheet of plan or tracker row by row has in common: cells read, and what is wrong with each.

Source: SG-01.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

from domain.intake import Problem, Row

T = TypeVar("T")


class RowReader:
    """Reads cells of one row after another, keeping everything that was wrong."""

    def __init__(self, telling: Callable[[str, str], str]) -> None:
        """`telling` takes a field and its text, and says that it tells who a child is, else ""."""
        self._telling = telling
        self._numbers: set[int] = set()
        self.problems: list[Problem] = []

    def numbered(self, row: Row, known: Mapping[int, T], missing: str) -> T | None:
        """What the row's number stands for; None for an empty one.

        A number that is not known is a problem, which `missing` words, and so is one that stood there before.
        """
        written = row.text("number")
        if not written:
            return None
        number = int(written) if written.isdecimal() and written.isascii() else -1
        if number not in known:
            self.wrong(row, "number", missing)
            return None
        if number in self._numbers:
            self.wrong(row, "number", "This number stands in an earlier row already.")
        self._numbers.add(number)
        return known[number]

    def text(self, row: Row, key: str, limit: int, *, required: str = "") -> str:
        """A text that tells of no child; `required` is what to say of an empty one."""
        text = row.text(key)
        if required and not text:
            self.wrong(row, key, required)
        elif len(text) > limit:
            self.wrong(row, key, f"Keep it to {limit:,} characters.")
        elif text and (told := self._telling(key, text)):
            self.problems.append(row.problem(key, told, hidden=True))
        return text

    def one_of(self, row: Row, key: str, known: Mapping[str, T], fix: str) -> T | None:
        """One of these words, whatever its capitals."""
        found = known.get(row.text(key).casefold())
        if found is None:
            self.wrong(row, key, fix)
        return found

    def field(self, row: Row, key: str, read: Callable[[], T]) -> T | None:
        """What a cell's own reading makes of it; what that finds wrong is the problem."""
        try:
            return read()
        except ValueError as fault:
            self.wrong(row, key, str(fault))
            return None

    def wrong(self, row: Row, key: str, fix: str) -> None:
        """Something is wrong with this cell, and how to put it right."""
        self.problems.append(row.problem(key, fix))
