"""Which of the figures published together must be hidden, so that no small one can be worked out.

`domain.suppression` looks at one table. A pack or a digest holds many, and what one of them hides another may
give away: a service left out of one table is what the council's total and the other services leave over, or
what this year to date and the last quarter leave over. Here every figure is a cell, every "these together are
that" is a relation, and whatever follows from the published cells by adding and taking away is found by
solving the relations, exactly.

Source: design (small numbers are suppressed in one module), SG-03; the threshold is the council's
(`smallest_count`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
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
    while True:
        before = len(hidden)
        for giving in _giving_away(cells, known, frozenset(published) - hidden, smallest):
            # Hiding one of a row ends what the row tells.
            if hidden.isdisjoint(giving):
                hidden.add(min(giving, key=lambda cell: (cells[cell], cell)))
        if len(hidden) == before:
            return frozenset(hidden)


def _giving_away(
    cells: Mapping[str, int], relations: Iterable[Relation], shown: frozenset[str], smallest: int
) -> Iterator[list[str]]:
    """Shown cells that together give a small hidden number away, for each such number."""
    for row in _solved(relations, shown):
        unknown = {cell: times for cell, times in row.items() if cell not in shown}
        told = abs(sum((cells[cell] * times for cell, times in unknown.items()), Fraction(0)))
        # One cell alone is told; several are where none of them is taken away from another.
        one_way = len({times > 0 for times in unknown.values()}) == 1
        least = told / abs(next(iter(unknown.values()))) if len(unknown) == 1 else told
        if one_way and 0 < least < smallest:
            giving = [cell for cell in row if cell in shown and cells[cell] > 0]
            # A small number that follows from nothing shown cannot be kept back by hiding.
            if giving:
                yield giving


def _solved(relations: Iterable[Relation], shown: frozenset[str]) -> list[Row]:
    """The relations, each solved for a hidden cell that stands in no other row."""
    rows: dict[str, Row] = {}
    holding: defaultdict[str, set[str]] = defaultdict(set)
    """Cell to the pivots whose rows hold it."""
    for relation in relations:
        row: Row = {relation.total: Fraction(1)}
        for part in relation.parts:
            row[part] = row.get(part, Fraction(0)) - 1
        for pivot in [cell for cell in row if cell in rows]:
            _take(row, rows[pivot], row[pivot])
        pivot = min((cell for cell, times in row.items() if times and cell not in shown), default="")
        if not pivot:
            continue
        row = {cell: times / row[pivot] for cell, times in row.items() if times}
        for other in tuple(holding[pivot]):
            _take(rows[other], row, rows[other][pivot])
            for cell in row:
                (holding[cell].add if cell in rows[other] else holding[cell].discard)(other)
        rows[pivot] = row
        for cell in row:
            holding[cell].add(pivot)
    return list(rows.values())


def _take(row: Row, other: Row, times: Fraction) -> None:
    """Take so many times the other row away from this one."""
    for cell, count in other.items():
        left = row.get(cell, Fraction(0)) - times * count
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)
