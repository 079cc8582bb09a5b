"""What reading a sheet of plan, tracker or learning log has in common: cells read, what is wrong with each.

Source: SG-01.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from domain.intake import Problem, Refused, Row, Sheet, clean
from domain.intake_columns import Field
from domain.intake_headings import match_columns, rows_of, without_formula_errors
from domain.written import plain

T = TypeVar("T")
C = TypeVar("C")
"""What one row would change."""

_FIELD_OF = {"owner_id": "owner", "owner_post": "owner"}
"""Column to its field, where they differ."""


@dataclass(frozen=True, slots=True)
class SheetRead(Generic[C]):
    """A sheet without a fault."""

    changes: tuple[C, ...]
    same: int
    """Rows that say what is known already."""


@dataclass(frozen=True, slots=True)
class Known(Generic[T]):
    """What a sheet of things that people own is read against."""

    rows: Mapping[int, T]
    owners: Mapping[str, int]
    """E-mail in small letters to id, of whoever may own something."""
    emails: Mapping[int, str]
    """Id to e-mail in small letters, of whoever owns something already."""
    themes: Mapping[str, str]
    """Key of a theme to its title."""
    telling: Callable[[str, str], str]
    """(field, text) to what in it says who a child is, in a sentence; empty when nothing does (SG-01)."""


class RowReader(ABC, Generic[C]):
    """Reads cells of one row after another, keeping everything that was wrong."""

    def __init__(self, telling: Callable[[str, str], str]) -> None:
        """`telling` takes a field and its text, and says that it tells who a child is, else ""."""
        self._telling = telling
        self._numbers: set[int] = set()
        self._standing: set[tuple[object, ...]] | None = None
        self._new: set[tuple[object, ...]] = set()
        self.problems: list[Problem] = []

    @abstractmethod
    def read(self, row: Row) -> C | None:
        """What this row would do; None when nothing, or when it has a fault."""

    def read_sheet(self, sheet: Sheet, fields: Sequence[Field]) -> SheetRead[C] | Refused:
        """What the sheet would change, or every reason why it is refused.

        A sheet without rows changes nothing: what is not in it stays as it is.
        """
        columns, problems = match_columns(sheet, fields, "staff")
        if problems:
            return Refused(problems, columns.ignored, notes=sheet.where)
        rows = list(rows_of(sheet, columns))
        changes = [change for row in rows if (change := self.read(row)) is not None]
        if found := without_formula_errors(rows, self.problems):
            return Refused(tuple(found), columns.ignored, notes=sheet.where)
        return SheetRead(tuple(changes), len(rows) - len(changes))

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

    def stands_already(self, row: Row, values: Mapping[str, Any], known: Iterable[object]) -> bool:
        """Whether one of those known says just this, so that a sheet brought in twice makes nothing twice.

        For a row without a number; one that is new is a problem where it stands in an earlier row. `known`
        are the same at each call, and `values` have the same names.
        """
        said = tuple(map(_compared, values.values()))
        if self._standing is None:
            self._standing = {tuple(_compared(getattr(one, name)) for name in values) for one in known}
        if said in self._standing:
            return True
        if said in self._new:
            self.wrong(row, "title", "This very row stands in the sheet before. Leave one of them out.")
        self._new.add(said)
        return False

    def text(
        self, row: Row, key: str, limit: int, *, required: str = "", standing: str = "", lined: bool = False
    ) -> str:
        """A text that tells of no child; `required` is what to say of an empty one.

        `standing` is what is kept already. A cell that says the same, but for line ends and spaces, which a
        sheet loses, leaves it as it is. `lined` keeps the lines of a text that is new.
        """
        text = row.text(key)
        if standing and text == as_cell(standing):
            return standing
        if required and not text:
            self.wrong(row, key, required)
        elif len(text) > limit:
            self.wrong(row, key, f"Keep it to {limit:,} characters.")
        elif text and (told := self._tells(key, text)):
            self.problems.append(row.problem(key, told, hidden=True))
        cell = row.cell(key)
        return cell if lined and isinstance(cell, str) else text

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

    def _tells(self, key: str, text: str) -> str:
        return self._telling(key, text)


class OwnedReader(RowReader[C], Generic[T, C]):
    """Reads rows of things that have a theme and an owner."""

    def __init__(self, known: Known[T]) -> None:
        super().__init__(known.telling)
        self._known = known
        titles = {title.casefold(): key for key, title in known.themes.items()}
        self._themes = {key.casefold(): key for key in known.themes} | titles

    def theme(self, row: Row, standing: str = "") -> str:
        """The key of a theme that is known, or of the one that stands there."""
        written = row.text("theme")
        if not written or written == standing:
            return written
        found = self._themes.get(written.casefold())
        if found is None:
            self.wrong(row, "theme", "Write one of: " + ", ".join(self._known.themes.values()) + ".")
        return found or ""

    def owner(self, row: Row, standing: int | None = None) -> int | None:
        """Somebody who may own it, or whoever does already: they may have left or changed posts since."""
        written = row.text("owner").casefold()
        if not written:
            return None
        if standing is not None and written == self._known.emails.get(standing):
            return standing
        found = self._known.owners.get(written)
        if found is None:
            self.wrong(row, "owner", "Nobody on the staff list who may own this has this e-mail address.")
        return found


def with_left_out(row: Row, values: Mapping[str, Any], standing: object) -> dict[str, Any]:
    """These columns of something that stands, and as they stand those that the sheet does not have.

    An empty cell of a column that it has is emptied.
    """
    return {
        name: value if _FIELD_OF.get(name, name) in row.headings else getattr(standing, name)
        for name, value in values.items()
    }


def differing(values: Mapping[str, Any], standing: object) -> dict[str, Any]:
    """Those of these columns that become something else."""
    return {name: value for name, value in values.items() if value != getattr(standing, name)}


def _compared(value: object) -> object:
    return as_cell(value).casefold() if isinstance(value, str) else value


def as_cell(text: str) -> str:
    """A kept text as its cell reads once it was written out."""
    return " ".join(clean(plain(text)).split())
