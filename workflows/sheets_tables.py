"""The tables of a file, and which row of which of them holds the headings.

Exports begin with cover sheets, titles, lines such as "Report run on | 1 May" and headings merged over
groups of columns. So the headings are where most of the columns asked for are named; where none are, they are
the first row with two filled cells, and the refusal says so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.intake import Cell, Sheet, SheetRefused, shown
from domain.intake_columns import Field
from domain.intake_headings import Match, match_of

HEADING_ROWS = 20
"""Filled rows from the top of each table among which the headings are looked for."""

FEWEST_KNOWN = 2
"""Known headings that make a row one of headings; a single one may be chance."""

Rows = dict[int, dict[int, Cell]]
"""Row number from 1 to column index from 0 to what stands there; empty cells are left out."""


@dataclass(frozen=True, slots=True)
class Table:
    """One visible worksheet, or the whole of a CSV file."""

    name: str
    """Empty for a CSV file."""
    first: Rows
    """Its first filled rows, `HEADING_ROWS` of them; none when they could not be read."""
    rows: Callable[[], Rows]
    """All its filled rows. Raises SheetRefused."""
    check: Callable[[Rows, int], None] | None = None
    """What must hold for the rows below this row of headings; raises SheetRefused."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Every table of a file."""

    shown: tuple[Table, ...]
    hidden: int = 0
    """Sheets that are hidden and never read."""


@dataclass(frozen=True, slots=True)
class _Place:
    table: Table
    row: int
    match: Match


def best_match(tables: Tables, fields: Sequence[Field]) -> Match:
    """How well the best row of the file fits these columns."""
    place = _best_place(tables, fields)
    return place.match if place else Match(0, 0)


def sheet_of(tables: Tables, fields: Sequence[Field]) -> Sheet:
    """The table whose headings fit these columns best, from its headings on.

    Raises SheetRefused when no table has a row of headings.

    Source: SG-01.
    """
    place = _best_place(tables, fields)
    if place is None:
        table, rows, row = _first_place(tables)
    else:
        table, row = place.table, place.row
        rows = table.rows()
    if table.check is not None:
        table.check(rows, row)
    width = max(max(cells) for number, cells in rows.items() if number >= row) + 1
    where = f"row {row} of the sheet “{shown(table.name)}”" if table.name else f"row {row}"
    others = len(tables.shown) + tables.hidden - 1
    said = f"The headings were read in {where}{_unread(others)}."
    return Sheet(
        headings=tuple(shown(rows[row].get(column, "")) for column in range(width)),
        rows=tuple(_padded(rows.get(number), width) for number in range(row + 1, max(rows) + 1)),
        first_row_number=row + 1,
        notes=(said,) if others or row != min(rows) else (),
        where=(said,),
        above=_above(rows, row, fields),
    )


def _best_place(tables: Tables, fields: Sequence[Field]) -> _Place | None:
    """The best row of the best table; of equals the first.

    Tables are compared by the columns they must have: a sheet of closed cases has one column more than that
    of the open ones before it, and is not the list that is meant.
    """
    best: _Place | None = None
    for table in tables.shown:
        rows = [
            _Place(table, number, match)
            for number, cells in sorted(table.first.items())
            if len(cells) >= 2 and (match := match_of(cells.values(), fields)).known >= FEWEST_KNOWN
        ]
        place = max(rows, key=lambda one: (one.match.required, one.match.known), default=None)
        if place is not None and (best is None or place.match.required > best.match.required):
            best = place
    return best


def _first_place(tables: Tables) -> tuple[Table, Rows, int]:
    """The first filled table with the first of its rows that has two filled cells."""
    for table in tables.shown:
        if rows := table.rows():
            row = next((number for number in sorted(rows) if len(rows[number]) >= 2), None)
            if row is None:
                raise SheetRefused(
                    "No heading row was found: no row has two filled cells. "
                    "Send a table whose first row names the columns."
                )
            return table, rows, row
    raise SheetRefused("No visible sheet of this workbook holds anything. Unhide the one with the list.")


def _above(rows: Rows, row: int, fields: Sequence[Field]) -> tuple[str, ...]:
    """What the rows above say of the columns: another row of headings, and groups beside what they hold.

    Were they passed over, "Child's name" merged over "First" and "Last" would let both in (SG-01).
    """
    told: list[str] = []
    for number in sorted(rows):
        if number < row and match_of(rows[number].values(), fields).known >= FEWEST_KNOWN:
            told += [cell for cell in rows[number].values() if isinstance(cell, str)]
    groups = rows.get(row - 1, {})
    if len(groups) >= 2:
        group: Cell = ""
        for column in range(max(rows[row]) + 1):
            group = groups.get(column, group)
            heading = rows[row].get(column, "")
            if not isinstance(group, str) or not isinstance(heading, str):
                continue
            if heading and not match_of([heading], fields).known:
                told.append(f"{group} {heading}".strip())
            elif not heading and isinstance(groups.get(column), str):
                told.append(group)
    return tuple(dict.fromkeys(shown(text) for text in told if text))


def _unread(others: int) -> str:
    if not others:
        return ""
    return f"; {others} other {'sheet was' if others == 1 else 'sheets were'} not read"


def _padded(cells: dict[int, Cell] | None, width: int) -> tuple[Cell, ...]:
    return tuple(cells.get(column, "") for column in range(width)) if cells else ()
