"""Reading typed fields out of a parsed file while collecting every mistake instead of stopping at one."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeGuard


class Fields:
    """One table of the file: knows where it stands, what has been read and what was wrong.

    A field that is missing or of the wrong kind leaves a sentence in `errors` and answers with an empty
    value, so that reading goes on and the person who edits the file sees all mistakes at once.
    """

    def __init__(self, table: Mapping[str, object], place: str, errors: list[str]) -> None:
        self._table = table
        self._read: set[str] = set()
        self.place = place
        self.errors = errors

    def wrong(self, key: str, problem: str) -> None:
        """Notes a mistake at this key; `problem` goes on from the place: "must be text"."""
        place = ".".join(part for part in (self.place, key) if part)
        self.errors.append(f"{place}: {problem}.")

    def names(self) -> tuple[str, ...]:
        """Every key the table holds, in the order written."""
        return tuple(self._table)

    def has(self, key: str) -> bool:
        """Whether the table holds this key."""
        return key in self._table

    def raw(self, key: str) -> object:
        """The value as the file gives it, None when missing; it counts as read."""
        self._read.add(key)
        if key not in self._table:
            self.wrong(key, "is missing")
        return self._table.get(key)

    def text(self, key: str, *, longest: int = 400) -> str:
        """Text of at least one and at most `longest` characters, without blanks around it."""
        value = self.raw(key)
        if isinstance(value, str) and 0 < len(value.strip()) <= longest:
            return value.strip()
        if isinstance(value, str):
            self.wrong(key, "is empty" if not value.strip() else f"is longer than {longest} characters")
        elif value is not None:
            self.wrong(key, "must be text in quotation marks")
        return ""

    def whole(self, key: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        value = self.raw(key)
        if _is_whole(value) and low <= value <= high:
            return value
        if value is not None:
            self.wrong(key, f"must be a whole number from {low} to {high}")
        return low

    def wholes(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """A list of whole numbers from `low` to `high`, none twice, at least one."""
        value = self.raw(key)
        numbers = [n for n in value if _is_whole(n)] if isinstance(value, list) else []
        if value is not None and (
            not isinstance(value, list)
            or not numbers
            or len(set(numbers)) != len(value)
            or any(not low <= n <= high for n in numbers)
        ):
            self.wrong(key, f"must be a list of different whole numbers from {low} to {high}")
        return tuple(numbers)

    def texts(self, key: str, *, may_be_empty: bool = False) -> tuple[str, ...]:
        """A list of texts, none empty, none twice."""
        value = self.raw(key)
        if value is None:
            return ()
        texts = [t.strip() for t in value if isinstance(t, str)] if isinstance(value, list) else []
        if not isinstance(value, list) or len(texts) != len(value) or not all(texts):
            self.wrong(key, "must be a list of texts in quotation marks")
        elif not texts and not may_be_empty:
            self.wrong(key, "must not be an empty list")
        for text in sorted({t for t in texts if texts.count(t) > 1}):
            self.wrong(key, f'holds "{text}" more than once')
        return tuple(texts)

    def flag(self, key: str, default: bool) -> bool:
        """True or false; `default` when the key is absent."""
        if not self.has(key):
            return default
        value = self.raw(key)
        if isinstance(value, bool):
            return value
        self.wrong(key, "must be true or false")
        return default

    def day(self, key: str) -> date:
        """A date written without quotation marks, year first."""
        value = self.raw(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if value is not None:
            self.wrong(key, "must be a date written like 2024-01-31, without quotation marks")
        return date.min

    def days(self, key: str) -> tuple[date, ...]:
        """A list of dates written without quotation marks, none twice; empty when the key is absent."""
        if not self.has(key):
            return ()
        value = self.raw(key)
        written = value if isinstance(value, list) else [None]
        days = [day for day in written if isinstance(day, date) and not isinstance(day, datetime)]
        if len(days) != len(written):
            self.wrong(key, "must be a list of dates written like 2030-05-07, without quotation marks")
        for day in sorted({day for day in days if days.count(day) > 1}):
            self.wrong(key, f"holds {day.isoformat()} more than once")
        return tuple(days)

    def inner(self, key: str) -> "Fields":
        """The table under this key; an empty one when it is missing or no table."""
        value = self.raw(key)
        if value is not None and not isinstance(value, dict):
            self.wrong(key, "must be a table")
        return Fields(value if isinstance(value, dict) else {}, self._under(key), self.errors)

    def each(self, key: str) -> "tuple[Fields, ...]":
        """The tables of the list under this key, numbered from one in their places; at least one."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not value or not all(isinstance(v, dict) for v in value):
            self.wrong(key, "must be a list of tables with at least one in it")
            return ()
        return tuple(Fields(v, f"{self._under(key)}[{n}]", self.errors) for n, v in enumerate(value, start=1))

    def done(self) -> None:
        """Notes every key nobody asked for: a misspelt key would otherwise be passed over in silence."""
        for key in self._table:
            if key not in self._read:
                self.wrong(key, "is not known here; check its spelling")

    def _under(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key


def _is_whole(value: object) -> TypeGuard[int]:
    # In Python true and false count as numbers; in a file of numbers they are mistakes.
    return isinstance(value, int) and not isinstance(value, bool)
