"""Who audits which drawn case: own service and repeats avoided, then load kept fair.

An assignment problem, whose best answer without whole numbers is a whole one. Only a few pairs for each case
start as columns; the prices of the answer then show, over all pairs, which others could improve it.

Source: Q8, CA-01.
"""

from collections.abc import Mapping, Sequence
from random import Random

import numpy as np
from numpy.typing import NDArray

from domain.allocation_solver import Floats, Ints, Model, Solved, solve
from domain.conflicts import AuditorIn, Barred, CaseIn

Marks = NDArray[np.bool_]

AVOIDED_COST = 1.0
"""Of pairing an auditor with their own service, and of repeating a recent pair."""
LOAD_COST = 0.4
"""All loads together weigh less than one avoidable pair."""
ALL_PAIRS = 20_000
FIRST_PER_CASE = 12
JOIN_PER_CASE = 6
PRICING_ROUNDS = 30
_BARRED = 1e6


def pair_up(
    auditors: Sequence[AuditorIn],
    cases: Sequence[CaseIn],
    known: Mapping[int, int],
    recent_pairs: frozenset[tuple[int, int]],
    seed: int,
) -> dict[int, int]:
    """The case of each auditor who gets one; every case finds an auditor.

    `known` is a conflict-free answer (auditor to case). Auditors and cases come sorted by id.
    """
    if not cases:
        return {}
    cost = _costs(auditors, cases, recent_pairs)
    random = Random(seed)  # noqa: S311 - a tie-break that must be repeatable, not a secret
    auditor_turn = np.array(random.sample(range(len(auditors)), len(auditors)))
    seat = {auditor.person_id: number for number, auditor in enumerate(auditors)}
    case_seat = {case.case_id: number for number, case in enumerate(cases)}
    first = np.zeros(cost.shape, dtype=bool)
    for auditor_id, case_id in known.items():
        first[seat[auditor_id], case_seat[case_id]] = True
    if cost.size <= ALL_PAIRS:
        first |= cost < _BARRED
    else:
        first |= _cheapest(cost, auditor_turn, FIRST_PER_CASE)
    solved, rows, columns = _solve(cost, first, auditor_turn, seed)
    chosen = np.flatnonzero(solved.value > 0.5)
    return {auditors[rows[one]].person_id: cases[columns[one]].case_id for one in chosen}


def _solve(cost: Floats, joined: Marks, turn: Ints, seed: int) -> tuple[Solved, Ints, Ints]:
    auditors, cases = cost.shape
    steps = np.diff(np.unique(cost[cost < _BARRED]))
    least_step = float(steps.min()) if len(steps) else 1.0
    for _ in range(PRICING_ROUNDS):
        rows, columns = np.nonzero(joined)
        order = np.lexsort((columns, turn[rows]))
        rows, columns = rows[order], columns[order]
        model = Model()
        pairs = model.add_columns(cost[rows, columns], np.ones(1))
        each_case = model.add_rows(np.ones(cases), np.ones(cases))
        needed = 1.0 if auditors == cases else 0.0
        each_auditor = model.add_rows(np.full(auditors, needed), np.ones(auditors))
        model.put(each_case[columns], pairs)
        model.put(each_auditor[rows], pairs)
        solved = solve(model, seed, whole=False)
        gain = cost - solved.price[cases:][:, None] - solved.price[:cases][None, :]
        gain[joined] = 0.0
        if -np.minimum(gain.min(axis=0), 0.0).sum() < least_step / 2:
            break
        joined = joined | (_cheapest(gain, turn, JOIN_PER_CASE) & (gain < -1e-9))
    return solved, rows, columns


def _costs(
    auditors: Sequence[AuditorIn], cases: Sequence[CaseIn], recent_pairs: frozenset[tuple[int, int]]
) -> Floats:
    """By auditor and case: what the pair costs; `_BARRED` where it is not allowed."""
    seat = {auditor.person_id: number for number, auditor in enumerate(auditors)}
    services = np.array([-1 if one.service_id is None else one.service_id for one in auditors])
    cost: Floats = AVOIDED_COST * (
        services[:, None] == np.array([case.service_id for case in cases])[None, :]
    )
    drawn: dict[int, list[int]] = {}
    for number, case in enumerate(cases):
        drawn.setdefault(case.practitioner_id, []).append(number)
    for auditor_id, practitioner_id in recent_pairs:
        if auditor_id in seat and practitioner_id in drawn:
            cost[seat[auditor_id], drawn[practitioner_id]] += AVOIDED_COST
    if len(auditors) > len(cases):  # otherwise everybody has an audit and the loads change nothing
        load = np.array([one.audits_this_year for one in auditors], dtype=np.float64)
        cost += (LOAD_COST * load / ((load.max() + 1) * len(cases)))[:, None]
    barred = Barred(auditors)
    for number, case in enumerate(cases):
        cost[[seat[auditor_id] for auditor_id in barred.from_case(case)], number] = _BARRED
    return cost


def _cheapest(cost: Floats, turn: Ints, count: int) -> Marks:
    """Marks the cheapest allowed auditors of each case, spread over the auditors by their drawn turn."""
    auditors, cases = cost.shape
    marked = np.zeros(cost.shape, dtype=bool)
    count = min(count, auditors)
    for case in range(cases):
        spread = (turn + case * 7919) % auditors
        best = np.lexsort((spread, cost[:, case]))[:count]
        marked[best[cost[best, case] < _BARRED], case] = True
    return marked
