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
from math import gcd

Row = dict[str, int]
"""A sum of cells that is nothing: cell to how often it counts."""


NOTHING_MORE: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True)
class Relation:
    """Anybody can tell that these parts together are the total."""

    total: str
    parts: tuple[str, ...]


def is_small(count: int, smallest: int) -> bool:
    """Whether so few say too much; nobody is not few."""
    return 0 < count < smallest


def to_hide(
    cells: Mapping[str, int],
    relations: Iterable[Relation],
    published: Collection[str],
    smallest: int,
    *,
    costs: Mapping[str, int] = NOTHING_MORE,
) -> frozenset[str]:
    """The cells of `published` that may not be shown; all others may, together.

    `cells` holds every cell the relations name, those that nobody means to publish among them: what is left
    of a whole is one. The small ones go first; then, one after another, of those that would give another
    small one away the one that takes the fewest others with it (`costs` says how many), and of these the
    smallest. Raises KeyError for a relation of a cell that is not there.
    """
    known = tuple(relations)
    for relation in known:
        for cell in (relation.total, *relation.parts):
            if cell not in cells:
                raise KeyError(cell)
    hidden = {cell for cell in published if is_small(cells[cell], smallest)}
    while True:
        before = len(hidden)
        for giving in _giving_away(cells, known, frozenset(published) - hidden, smallest):
            # Hiding one of a row ends what the row tells.
            if hidden.isdisjoint(giving):
                hidden.add(min(giving, key=lambda cell: (costs.get(cell, 0), cells[cell], cell)))
        if len(hidden) == before:
            return frozenset(hidden)


def _giving_away(
    cells: Mapping[str, int], relations: Iterable[Relation], shown: frozenset[str], smallest: int
) -> Iterator[list[str]]:
    """Shown cells that together give a small hidden number away, for each such number."""
    for pivot, row in _solved(relations, shown).items():
        unknown = [(cell, times) for cell, times in row.items() if cell not in shown]
        # One cell alone is told; several are where none of them is taken away from another.
        if len({times > 0 for _, times in unknown}) > 1:
            continue
        told = abs(sum(cells[cell] * times for cell, times in unknown))
        if 0 < told < smallest * row[pivot]:
            giving = [cell for cell in row if cell in shown and cells[cell] > 0]
            # A small number that follows from nothing shown cannot be kept back by hiding.
            if giving:
                yield giving


def _solved(relations: Iterable[Relation], shown: frozenset[str]) -> dict[str, Row]:
    """The relations, each solved for a hidden cell that stands in no other row, where it counts above 0.

    Whole numbers throughout: a row is multiplied before another is taken away from it, so nothing is rounded.
    """
    rows: dict[str, Row] = {}
    holding: defaultdict[str, set[str]] = defaultdict(set)
    """Cell to the pivots whose rows hold it."""
    for relation in relations:
        row: Row = {relation.total: 1}
        for part in relation.parts:
            row[part] = row.get(part, 0) - 1
        for cell in [cell for cell in row if cell in rows]:
            _take(row, rows[cell], cell)
        pivot = min((cell for cell, times in row.items() if times and cell not in shown), default="")
        if not pivot:
            continue
        sign = 1 if row[pivot] > 0 else -1
        row = {cell: sign * times for cell, times in row.items() if times}
        for other in tuple(holding[pivot]):
            changed = rows[other]
            _take(changed, row, pivot)
            for cell in row:
                (holding[cell].add if cell in changed else holding[cell].discard)(other)
        rows[pivot] = row
        for cell in row:
            holding[cell].add(pivot)
    return rows


def _take(row: Row, other: Row, pivot: str) -> None:
    """Take the other row away from this one as often as leaves nothing of the pivot."""
    times, by = row[pivot], other[pivot]
    if by != 1:
        common = gcd(times, by)
        times, by = times // common, by // common
        for cell in row:
            row[cell] *= by
    for cell, count in other.items():
        left = row.get(cell, 0) - times * count
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)
    if by != 1 and (common := gcd(*row.values())) > 1:
        for cell in row:
            row[cell] //= common
