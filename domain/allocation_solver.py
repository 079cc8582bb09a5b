"""The solver, asked so that the same question always gets the same answer.

HiGHS runs on one thread with a fixed random seed and stops on gaps and counts, never on the clock, so a
slower machine gives the same plan later and not another plan.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

UNBOUNDED = np.inf
NODE_LIMIT = 400
STALL_LIMIT = 100
IMPROVING_LIMIT = 200


class Unsolved(RuntimeError):
    """The solver found no answer; the caller falls back on the links it already has."""


@dataclass(slots=True)
class Model:
    """Minimise cost over columns within bounds, rows within bounds. Entries are (row, column, value)."""

    columns: int = 0
    rows: int = 0
    cost: list[Floats] = field(default_factory=list)
    lower: list[Floats] = field(default_factory=list)
    upper: list[Floats] = field(default_factory=list)
    whole: list[NDArray[np.bool_]] = field(default_factory=list)
    row_lower: list[Floats] = field(default_factory=list)
    row_upper: list[Floats] = field(default_factory=list)
    entries: list[tuple[Ints, Ints, Floats]] = field(default_factory=list)

    def add_columns(self, cost: Floats, upper: Floats, *, whole: bool = False) -> Ints:
        """The indexes of new columns between 0 and `upper`; `whole` ones take whole numbers only."""
        count = len(cost)
        index = np.arange(self.columns, self.columns + count)
        self.columns += count
        self.cost.append(cost.astype(np.float64))
        self.lower.append(np.zeros(count))
        self.upper.append(np.broadcast_to(upper, count).astype(np.float64))
        self.whole.append(np.full(count, whole))
        return index

    def add_rows(self, lower: Floats, upper: Floats) -> Ints:
        """The indexes of new rows."""
        index = np.arange(self.rows, self.rows + len(lower))
        self.rows += len(lower)
        self.row_lower.append(lower.astype(np.float64))
        self.row_upper.append(upper.astype(np.float64))
        return index

    def put(self, rows: Ints, columns: Ints, value: float = 1.0) -> None:
        """Set entries of the matrix; each (row, column) pair at most once."""
        self.entries.append((rows.astype(np.int64), columns.astype(np.int64), np.full(len(rows), value)))


@dataclass(frozen=True, slots=True)
class Solved:
    """Values by column, prices by row, the objective and the proven bound below it."""

    value: Floats
    price: Floats
    objective: float
    bound: float


def solve(model: Model, seed: int, *, whole: bool, gap: float = 0.0, start: Ints | None = None) -> Solved:
    """The best values. With `whole` false the whole-number columns may take fractions and rows get prices.

    `gap` is the absolute distance from the best that is good enough. `start` lists columns at one in a
    known answer over the whole-number columns. Raises Unsolved.
    """
    import highspy

    highs = highspy.Highs()
    for option, setting in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", seed % (2**31 - 1)),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", max(gap, 1e-6)),
        ("mip_max_nodes", NODE_LIMIT),
        ("mip_max_stall_nodes", STALL_LIMIT),
        ("mip_max_improving_sols", IMPROVING_LIMIT),
    ):
        # An option this solver no longer knows would leave plans to the clock or to chance.
        if highs.setOptionValue(option, setting) != highspy.HighsStatus.kOk:
            raise RuntimeError(f"the solver refuses {option}")
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = model.columns, model.rows
    lp.col_cost_ = np.concatenate(model.cost)
    lp.col_lower_ = np.concatenate(model.lower)
    lp.col_upper_ = np.concatenate(model.upper)
    lp.row_lower_ = np.concatenate(model.row_lower)
    lp.row_upper_ = np.concatenate(model.row_upper)
    rows, columns, values = (np.concatenate(part) for part in zip(*model.entries, strict=True))
    order = np.lexsort((rows, columns))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = model.columns, model.rows
    lp.a_matrix_.start_ = np.searchsorted(columns[order], np.arange(model.columns + 1)).astype(np.int32)
    lp.a_matrix_.index_ = rows[order].astype(np.int32)
    lp.a_matrix_.value_ = values[order]
    is_whole = np.concatenate(model.whole)
    if whole:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[flag] for flag in is_whole.astype(int)]
    highs.passModel(lp)
    if whole and start is not None:
        given = np.flatnonzero(is_whole)
        highs.setSolution(len(given), given.astype(np.int32), np.isin(given, start).astype(np.float64))
    highs.run()
    solution, info = highs.getSolution(), highs.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        raise Unsolved(highs.modelStatusToString(highs.getModelStatus()))
    bound = info.mip_dual_bound if whole else info.objective_function_value
    return Solved(
        np.asarray(solution.col_value),
        np.asarray(solution.row_dual) if not whole else np.empty(0),
        info.objective_function_value,
        bound,
    )
