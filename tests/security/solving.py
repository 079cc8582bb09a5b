"""What somebody can work out who has every published number and knows how the numbers hang together.

Cells are counts: whole, never below nothing. What is published bounds sums of them, and the rest is what
everybody knows, such as that the grades are together what came in. A cell is worked out when no other number
of it fits all of that. The truth fits; whatever else the solver finds that fits frees each cell in which it
differs from the truth, and what is left is asked for its least and its most.
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import highspy
import numpy as np

Cell = tuple[str, str, int]
"""(what is counted, of which scope, in which period: 0 is the latest)."""
Sum = tuple[tuple[Cell, int], ...]
_MOST = 10_000.0
"""More than any council made up here has of anything."""
_NEARLY = 1e-6
_TRIES = 3


@dataclass
class Knowledge:
    """The cells there are, with their truth, and what a reader knows of them."""

    truth: dict[Cell, int] = field(default_factory=dict)
    alike: list[tuple[Cell, tuple[Cell, ...]]] = field(default_factory=list)
    """(whole, the parts that make it up)."""
    bounds: dict[Sum, tuple[int, int]] = field(default_factory=dict)
    """What was read: least and most of a sum."""

    def made_up(self, whole: Cell, *parts: Cell) -> None:
        """Everybody knows that these parts are the whole; it has to be true."""
        assert self.truth[whole] == sum(self.truth[part] for part in parts), (whole, parts)
        self.alike.append((whole, parts))

    def read(self, cells: Iterable[Cell], least: int, most: int) -> None:
        """Somebody read that these cells are together so many; it has to be true."""
        chosen = tuple((cell, 1) for cell in cells)
        true = sum(self.truth[cell] for cell, _ in chosen)
        assert least <= true <= most, f"{chosen} is {true}, and is said to be {least} to {most}"
        before = self.bounds.get(chosen, (0, int(_MOST)))
        self.bounds[chosen] = max(least, before[0]), min(most, before[1])


def worked_out(known: Knowledge, smallest: int) -> dict[Cell, int]:
    """The cells below the threshold, other than nothing, that fit no number but their own."""
    small = {cell for cell, count in known.truth.items() if 0 < count < smallest}
    plain = {
        chosen[0][0] for chosen, (least, most) in known.bounds.items() if len(chosen) == 1 and least == most
    }
    told, left = small & plain, small - plain
    if left:
        told |= _Attack(known).pinned(left)
    return {cell: known.truth[cell] for cell in sorted(told)}


class _Attack:
    """The solver with what is known, asked again and again."""

    def __init__(self, known: Knowledge) -> None:
        self._known = known
        self._cells = sorted(known.truth)
        self._place = {cell: n for n, cell in enumerate(self._cells)}
        self._solver = highspy.Highs()
        for option, setting in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
            self._solver.setOptionValue(option, setting)
        self._solver.passModel(self._model())

    def pinned(self, asked: Iterable[Cell]) -> set[Cell]:
        """Those of the cells whose number is the only one that fits."""
        left, chance = set(asked), random.Random(1)
        for _ in range(_TRIES):
            if left:
                self._solve({cell: chance.choice((-1.0, 1.0)) for cell in sorted(left)}, left)
        return {cell for cell in sorted(left) if cell in left and self._is_pinned(cell, left)}

    def _is_pinned(self, cell: Cell, left: set[Cell]) -> bool:
        true = self._known.truth[cell]
        for way in (1.0, -1.0):
            if cell not in left or abs(self._solve({cell: way}, left) - true) >= 1 - _NEARLY:
                left.discard(cell)
                return False
        return True

    def _solve(self, cost: Mapping[Cell, float], left: set[Cell]) -> float:
        """The value of the cost's only cell in the best answer, or 0; frees the cells that it shows free."""
        costs = np.zeros(len(self._cells))
        for cell, value in cost.items():
            costs[self._place[cell]] = value
        self._solver.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        self._solver.run()
        assert self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        values = np.asarray(self._solver.getSolution().col_value)
        # Counts are whole: an answer in halves is no world that could be.
        if np.abs(values - np.round(values)).max() < _NEARLY:
            left -= {cell for cell in left if round(values[self._place[cell]]) != self._known.truth[cell]}
        return float(values[self._place[next(iter(cost))]]) if len(cost) == 1 else 0.0

    def _model(self) -> highspy.HighsLp:
        known = self._known
        sums: list[tuple[dict[Cell, int], int, int]] = [
            ({whole: 1, **dict.fromkeys(parts, -1)}, 0, 0) for whole, parts in known.alike
        ]
        sums += [(dict(chosen), *limits) for chosen, limits in known.bounds.items()]
        made = highspy.HighsLp()
        made.num_col_, made.num_row_ = len(self._cells), len(sums)
        made.col_cost_ = np.zeros(len(self._cells))
        made.col_lower_ = np.zeros(len(self._cells))
        made.col_upper_ = np.full(len(self._cells), _MOST)
        made.row_lower_ = np.array([float(least) for _, least, _ in sums])
        made.row_upper_ = np.array([float(most) for _, _, most in sums])
        made.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        made.a_matrix_.num_col_, made.a_matrix_.num_row_ = len(self._cells), len(sums)
        made.a_matrix_.start_ = np.cumsum([0, *(len(row) for row, _, _ in sums)]).astype(np.int32)
        made.a_matrix_.index_ = np.array([self._place[cell] for row, _, _ in sums for cell in row], np.int32)
        made.a_matrix_.value_ = np.array([float(n) for row, _, _ in sums for n in row.values()])
        return made
