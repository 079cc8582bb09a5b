"""What a staff or case list is once it has been read, and what is said about it.

A list is taken whole or refused whole: every fault is named with its row, column and value, so that one
sitting with the spreadsheet puts all of them right.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from domain.errors import RuleBroken

Cell: TypeAlias = str | date
"""A cleaned cell: a date where the spreadsheet says so, else text. Empty cells are ""."""

SHOWN_VALUE = 60
"""Characters of a faulty value that a problem repeats; enough to find it, too little to copy a record."""

HIDDEN = "(not shown)"
"""Stands where a value may say who a child is (SG-01)."""

_TO_SPACE = dict.fromkeys([0x09, 0xA0, 0x202F], " ")
_TO_LINE = dict.fromkeys([0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029], "\n")
_DROPPED = dict.fromkeys(
    [
        *range(32),
        *range(0x7F, 0xA0),
        # Direction marks, zero-width marks and the soft hyphen: unseen, so two values that look the same
        # would differ, or a value would read otherwise than it is stored.
        *(0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0xFEFF),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
    ]
)
_CLEANING: dict[int, str | None] = {**_DROPPED, **_TO_SPACE, **_TO_LINE}


class SheetRefused(RuleBroken):
    """The file could not be taken as a spreadsheet; says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as the file gives it, before anyone asks what it means."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    """Each as long as `headings`, except an empty row, which is ()."""
    first_row_number: int
    """The number the spreadsheet shows beside `rows[0]`."""
    notes: tuple[str, ...] = ()
    """What the reader chose for itself, such as one worksheet out of several."""
    where: tuple[str, ...] = field(default=(), compare=False)
    """Where the headings were read, as one sentence; empty when no file was read."""
    above: tuple[str, ...] = ()
    """What stands above the headings and speaks of the columns all the same."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps the list out."""

    row: int | None
    """As the spreadsheet numbers it; None when it concerns a column or the whole file."""
    column: str
    """The heading as the file has it; "" when it concerns a whole row or file."""
    value: str
    fix: str
    """What is wrong and what would be right, as a sentence."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something worth knowing that keeps nothing out."""

    row: int | None
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing of the list was taken, and why."""

    problems: tuple[Problem, ...]
    ignored: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    notes: tuple[str, ...] = ()
    """Where in the file the list was looked for."""


def clean(text: str) -> str:
    """The text without unseen characters, in one Unicode form, with single spaces and single line breaks."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    lines = unicodedata.normalize("NFC", text.translate(_CLEANING)).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def shown(value: Cell) -> str:
    """The value as a problem repeats it: cut short, dates in UK order."""
    text = " ".join(value.split()) if isinstance(value, str) else value.strftime("%d/%m/%Y")
    return text if len(text) <= SHOWN_VALUE else text[: SHOWN_VALUE - 1] + "…"


def listed(words: Iterable[str]) -> str:
    """The words joined as a sentence joins them: "a, b and c"."""
    every = list(words)
    return " and ".join([", ".join(every[:-1]), every[-1]] if len(every) > 1 else every)


@dataclass(frozen=True, slots=True)
class Row:
    """One filled row under the fields it was matched to."""

    number: int
    cells: Mapping[str, Cell]
    """Field key to cell; a field without a column is missing."""
    headings: Mapping[str, str]
    """Field key to the heading the file gave it."""

    def cell(self, key: str) -> Cell:
        """The cell of this field, "" when the file has no such column."""
        return self.cells.get(key, "")

    def text(self, key: str) -> str:
        """The cell as text on one line, a date in UK order."""
        value = self.cell(key)
        return " ".join(value.split()) if isinstance(value, str) else value.strftime("%d/%m/%Y")

    def problem(self, key: str, fix: str, *, hidden: bool = False) -> Problem:
        """A problem with this field of this row."""
        value = HIDDEN if hidden and self.cell(key) else shown(self.cell(key))
        return Problem(self.number, self.headings.get(key, key), value, fix)
