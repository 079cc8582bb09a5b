"""Which of the figures published together must be hidden, so that no small one can be worked out.

`domain.suppression` looks at one table. A pack or a digest holds many, and what one of them hides another may
give away: a service left out of one table is what the council's total and the other services leave over, or
what this year to date and the last quarter leave over. Here every figure is a cell, every "these together are
that" is a relation, and whatever follows from the published cells by adding and taking away is found by
solving the relations, exactly.

Source: design (small numbers are suppressed in one module), SG-03; the threshold is the council's
(`smallest_count`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

Row = dict[str, Fraction]
"""A sum of cells that is nothing: cell to how often it counts."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Anybody can tell that these parts together are the total."""

    total: str
    parts: tuple[str, ...]


def is_small(count: int, smallest: int) -> bool:
    """Whether so few say too much; nobody is not few."""
    return 0 < count < smallest


def to_hide(
    cells: Mapping[str, int], relations: Iterable[Relation], published: Collection[str], smallest: int
) -> frozenset[str]:
    """The cells of `published` that may not be shown; all others may, together.

    `cells` holds every cell the relations name, those that nobody means to publish among them: what is left
    of a whole is one. The small ones go first, then, one after another, the smallest of those that would give
    another small one away. Raises KeyError for a relation of a cell that is not there.
    """
    known = tuple(relations)
    hidden = {cell for cell in published if is_small(cells[cell], smallest)}
    while (giving := _giving_away(cells, known, frozenset(published) - hidden, smallest)) is not None:
        hidden.add(min(giving, key=lambda cell: (cells[cell], cell)))
    return frozenset(hidden)


def _giving_away(
    cells: Mapping[str, int], relations: Iterable[Relation], shown: frozenset[str], smallest: int
) -> list[str] | None:
    """The shown cells that together give a small hidden number away; None when none does."""
    for row in _solved(relations, shown):
        unknown = {cell: times for cell, times in row.items() if cell not in shown}
        if not unknown:
            continue
        told = abs(sum((cells[cell] * times for cell, times in unknown.items()), Fraction(0)))
        # One cell alone is told; several are where none of them is taken away from another.
        one_way = len({times > 0 for times in unknown.values()}) == 1
        single = len(unknown) == 1
        least = told / min(abs(times) for times in unknown.values()) if single else told
        if (single or one_way) and 0 < least < smallest:
            giving = [cell for cell in row if cell in shown and cells[cell] > 0]
            # A small number that follows from nothing shown cannot be kept back by hiding.
            if giving:
                return giving
    return None


def _solved(relations: Iterable[Relation], shown: frozenset[str]) -> list[Row]:
    """The relations, each solved for a hidden cell that stands in no other row."""
    rows: list[tuple[str, Row]] = []
    for relation in relations:
        row: Row = {relation.total: Fraction(1)}
        for part in relation.parts:
            row[part] = row.get(part, Fraction(0)) - 1
        for pivot, solved in rows:
            _take(row, solved, row.get(pivot, Fraction(0)))
        pivot = min((cell for cell, times in row.items() if times and cell not in shown), default="")
        row = {cell: times for cell, times in row.items() if times}
        if not pivot:
            continue
        row = {cell: times / row[pivot] for cell, times in row.items()}
        for _, solved in rows:
            _take(solved, row, solved.get(pivot, Fraction(0)))
        rows.append((pivot, row))
    return [row for _, row in rows]


def _take(row: Row, other: Row, times: Fraction) -> None:
    """Take so many times the other row away from this one."""
    if not times:
        return
    for cell, count in other.items():
        left = row.get(cell, Fraction(0)) - times * count
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)
