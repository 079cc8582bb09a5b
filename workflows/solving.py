"""Works a plan out while no transaction is open.

The solver takes from half a second to several, and on SQLite nobody else can save while a transaction waits
for it. So a verb that needs a plan says what it asks of the solver. Within `write_with_plans` the verb's
transaction is given up at that point; the facts are read, the plan is worked out with nothing open, and the
verb runs again from its start, so that everything it checks is checked again. It gets the plan only when its
own transaction still shows the facts the plan rests on.

Source: decision 1 of the design; CA-04, Q8.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TypeVar

from domain.allocation import CannotKeep, Decisions, Plan, plan_round
from domain.errors import RuleBroken, Stale
from storage.work import View, Work
from workflows.council import Council
from workflows.population import Frozen

T = TypeVar("T")

TRIES = 3
"""How often the facts may change under a plan before the person is asked to come back."""


class FactsKeepChanging(RuleBroken):
    """What the plan rests on changed each time it was worked out."""

    def __init__(self) -> None:
        super().__init__(
            "The lists or the audits kept changing while I worked out the pairs, so nothing was saved. "
            "Please try again in a few minutes, when whoever is changing them has finished."
        )


class PlannedMeanwhile(Stale):
    """Somebody planned or changed the very round that was being planned; what they did stands."""

    def __init__(self) -> None:
        super().__init__(
            "Someone else planned or changed this round while I worked out the pairs, and what they did "
            "stands. Please look at it first, and plan again if you want another proposal.",
            current=None,
            version=0,
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """What is asked of the solver."""

    frozen: Frozen
    seed: int
    decisions: Decisions
    replaces: tuple[int, int] | None = None
    """Id and version of the proposal to be replaced; None when there is none, or the verb looks itself."""

    def is_still(self, other: "Problem") -> bool:
        """Whether the other would lead to the same plan. The names people read do not matter to that."""
        return (self.seed, self.decisions, self.frozen.population) == (
            other.seed,
            other.decisions,
            other.frozen.population,
        )


@dataclass(frozen=True, slots=True)
class Solution:
    """The plan, and the decisions it keeps: all that were asked for but the pairs that no longer hold."""

    plan: Plan
    decisions: Decisions


Ask = Callable[[View], Problem]
"""Reads the facts and says what is to be solved; called more than once, in different transactions."""


def solution_of(work: Work, ask: Ask) -> tuple[Frozen, Solution]:
    """The solution to what is asked, with the facts as this transaction sees them.

    Outside `write_with_plans` the solver runs here and now, for callers who keep nobody waiting. Raises
    PlannedMeanwhile when the proposal to be replaced is no longer the one that stood at first.
    """
    known = _at_hand.get()
    if known is None:
        problem = ask(work)
        return problem.frozen, _solve(problem)
    if known:
        problem = ask(work)
        if any(solved.replaces != problem.replaces for solved, _ in known):
            raise PlannedMeanwhile
        for solved, solution in known:
            if problem.is_still(solved):
                return problem.frozen, solution
    raise _PlanWanted(ask)


def write_with_plans(council: Council, act: Callable[[Work], T]) -> T:
    """What `act` returns, from a write transaction that never waits for the solver.

    `act` may run several times, each in a transaction of its own; every run but the last is undone. Raises
    FactsKeepChanging when what the plan rests on changed during each of `TRIES` tries.
    """
    known: list[tuple[Problem, Solution]] = []
    token = _at_hand.set(known)
    try:
        for _ in range(TRIES + 1):
            try:
                with council.write() as work:
                    return act(work)
            except _PlanWanted as wanted:
                ask = wanted.ask
            if len(known) < TRIES:
                with council.read() as view:
                    problem = ask(view)
                known.append((problem, _solve(problem)))
        raise FactsKeepChanging
    finally:
        _at_hand.reset(token)


class _PlanWanted(Exception):
    """The verb needs a plan that is not at hand; undo its transaction and work the plan out."""

    def __init__(self, ask: Ask) -> None:
        super().__init__("a plan is wanted")
        self.ask = ask


# The plans of the turn under way. A variable of the thread rather than an argument: between a press and the
# verb that plans lie a dozen functions to which a plan means nothing.
_at_hand: ContextVar[list[tuple[Problem, Solution]] | None] = ContextVar("plans_at_hand", default=None)


def _solve(problem: Problem) -> Solution:
    decisions = problem.decisions
    while True:
        try:
            plan = plan_round(problem.frozen.population, seed=problem.seed, decisions=decisions)
            return Solution(plan, decisions)
        except CannotKeep as broken:
            # A list came in meanwhile and the pair no longer holds; it gives way to a new one.
            pair = (broken.auditor_id, broken.case_id)
            if pair not in decisions.fixed:
                raise
            decisions = replace(decisions, fixed=decisions.fixed - {pair})
