"""What somebody else does while the solver runs."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from domain.allocation import Plan, Population, plan_round, population_hash
from workflows import solving
from workflows.council import Council


class Solver:
    """The real solver, during whose runs somebody else does something, on a thread of their own."""

    def __init__(self, deed: Callable[[], object], times: int) -> None:
        self._deed = deed
        self._times = times
        self.plans: list[Plan] = []
        self.hashes: list[str] = []
        """Of what each plan was made from."""
        self.answers: list[Any] = []
        """What each deed returned."""

    def __call__(self, population: Population, **named: Any) -> Plan:
        plan = plan_round(population, **named)
        self.plans.append(plan)
        self.hashes.append(population_hash(population))
        if len(self.plans) <= self._times:
            with ThreadPoolExecutor(1) as others, pytest.MonkeyPatch.context() as theirs:
                theirs.setattr(solving, "plan_round", plan_round)
                self.answers.append(others.submit(self._deed).result())
        return plan


def while_solving(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object], *, times: int = 1) -> Solver:
    """Have `deed` done during the first `times` runs of the solver."""
    solver = Solver(deed, times)
    monkeypatch.setattr(solving, "plan_round", solver)
    return solver


def wait_for_a_lock(council: Council, *, unless_done: "Future[Any] | None" = None) -> None:
    """Until somebody waits for what an open transaction holds, or has done without."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with council.database.engine.connect() as connection:
        while (
            not (unless_done and unless_done.done()) and not connection.exec_driver_sql(waiting).scalar_one()
        ):
            connection.rollback()
