"""Which column of a file holds which field.

Headings are matched by alias, whatever their case, spacing and punctuation. A column that looks like
something that says who a child is keeps the whole file out, even if nothing would have read it: the file
itself should not travel. Source: SG-01.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from domain.framework import folded
from domain.identifiers import refused_heading
from domain.intake import HIDDEN, Cell, Problem, Row, Sheet, listed
from domain.intake_columns import Field

_FORMULA_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
_FORMULA_FAILED = "The formula in this cell fails. Correct it, or type the value."


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands in the file."""

    places: Mapping[str, int]
    """Field key to column index from 0."""
    headings: Mapping[str, str]
    """Field key to the heading the file gave it."""
    ignored: tuple[str, ...]
    """Headings of columns that nothing reads."""


@dataclass(frozen=True, slots=True)
class Match:
    """How many of a list's columns a row names."""

    required: int
    """Of those that the file must have."""
    known: int


def match_of(cells: Iterable[Cell], fields: Sequence[Field]) -> Match:
    """How far these cells name the columns of a list."""
    by_key = _by_key(tuple(fields))
    named = {by_key.get(folded(cell)) for cell in cells if isinstance(cell, str)} - {None}
    return Match(sum(field.required for field in named if field), len(named))


@cache
def _by_key(fields: tuple[Field, ...]) -> dict[str, Field]:
    return {folded(name): field for field in fields for name in (field.heading, *field.aliases)}


def match_columns(sheet: Sheet, fields: Sequence[Field], kind: str) -> tuple[Columns, tuple[Problem, ...]]:
    """The columns of each field, and every reason why the file cannot be read by them.

    `kind` is "cases" or "staff"; what may not be in a file differs between them.

    Source: SG-01.
    """
    by_key = _by_key(tuple(fields))
    places: dict[str, int] = {}
    ignored: list[str] = []
    problems: list[Problem] = []
    for index, heading in enumerate(sheet.headings):
        field = by_key.get(folded(heading)) if heading else None
        if field is None:
            reason = refused_heading(heading, kind) if heading else None
            if reason is not None:
                problems.append(Problem(None, heading, HIDDEN, reason))
            ignored.append(heading or f"column {column_letters(index)} (no heading)")
        elif field.key in places:
            problems.append(_twice(field, sheet.headings[places[field.key]], heading))
        else:
            places[field.key] = index
    for heading in sheet.above:
        reason = refused_heading(heading, kind)
        if reason is not None and heading not in sheet.headings:
            problems.append(Problem(None, heading, HIDDEN, reason))
    missing = [f.heading for f in fields if f.required and f.key not in places]
    if missing:
        problems.append(_missing(missing))
    return Columns(places, {k: sheet.headings[i] for k, i in places.items()}, tuple(ignored)), tuple(problems)


def rows_of(sheet: Sheet, columns: Columns) -> Iterator[Row]:
    """The filled rows under their fields, with the numbers the spreadsheet shows."""
    for offset, cells in enumerate(sheet.rows):
        picked = {key: cells[index] for key, index in columns.places.items() if index < len(cells)}
        if any(cell != "" for cell in picked.values()):
            yield Row(sheet.first_row_number + offset, picked, columns.headings)


def without_formula_errors(rows: Sequence[Row], problems: Iterable[Problem]) -> list[Problem]:
    """The problems in order of row, each failed formula told once as what it is."""
    failed = {
        (row.number, row.headings[key]): row.problem(key, _FORMULA_FAILED)
        for row in rows
        for key, cell in row.cells.items()
        if isinstance(cell, str) and cell.startswith("#") and cell in _FORMULA_ERRORS
    }
    others = [problem for problem in problems if (problem.row, problem.column) not in failed]
    return sorted([*failed.values(), *others], key=lambda problem: problem.row or 0)


def column_letters(index: int) -> str:
    """How a spreadsheet calls the column of this index: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _twice(field: Field, first: str, second: str) -> Problem:
    return Problem(
        None,
        second,
        "",
        f"“{first}” and “{second}” would both be read as {field.heading}. Keep the right one and rename or "
        "remove the other.",
    )


def _missing(headings: Sequence[str]) -> Problem:
    names = listed(f"“{heading}”" for heading in headings)
    noun = "column" if len(headings) == 1 else "columns"
    return Problem(
        None, "", "", f"The file needs the {noun} {names}. Add what is missing in the heading row."
    )
