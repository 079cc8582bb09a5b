"""Others go on saving while the solver runs, and what they change is noticed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from domain.errors import RuleBroken, Stale
from storage.rounds import RoundRow
from tests.builders import MONTH, Staff, an_accepted_audit
from tests.workflows.caseloads import BEFORE, a_caseload, pairs, place_of, proposed
from tests.workflows.meanwhile import wait_for_a_lock, while_solving
from workflows.council import Council, Work
from workflows.planning import approve_round, exclude, propose_round, replan, require_round, swap_case
from workflows.solving import TRIES, FactsKeepChanging, PlannedMeanwhile, write_with_plans

VERBS = ("propose", "swap", "exclude", "replan")


@pytest.fixture
def planned(council: Council, people: Staff) -> RoundRow:
    """A proposal for May with eight cases for four auditors."""
    with council.write() as work:
        a_caseload(work, people)
        return proposed(work, council)


def the_verb(council: Council, people: Staff, planned: RoundRow, name: str) -> Callable[[Work], object]:
    """What the QA officer asks for, as an act on the proposal they see."""
    with council.read() as view:
        place = place_of(view, planned.id, people.auditor)
    seen: dict[str, Any] = {
        "by": people.qa_officer,
        "round_id": planned.id,
        "version": planned.version,
        "now": BEFORE,
    }
    return {
        "propose": lambda work: propose_round(
            work, council, by=people.qa_officer, month=MONTH, seed=8, now=BEFORE
        ),
        "swap": lambda work: swap_case(work, council, place_id=place.id, **seen),
        "exclude": lambda work: exclude(
            work, council, place_id=place.id, what="case", reason="In court.", **seen
        ),
        "replan": lambda work: replan(work, council, keep="none", **seen),
    }[name]


def close(council: Council, case_id: int) -> None:
    with council.write() as work:
        work.cases.close([case_id], BEFORE.date())


@pytest.mark.parametrize("name", VERBS)
def test_others_save_while_the_solver_runs_and_nothing_is_lost(
    council: Council, people: Staff, planned: RoundRow, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with council.write() as work:
        # Its case is closed already, so that the audit is none of this round's business.
        audit = an_accepted_audit(work, people, month=MONTH.replace(month=3), allocated_on=MONTH)
        work.cases.close([audit.case_id], BEFORE.date())
    verb = the_verb(council, people, planned, name)

    def save_a_page() -> int:
        open_transactions = council.database.engine.pool.checkedout()
        with council.write() as work:
            work.audits.save_page(
                audit_id=audit.id,
                page="journey",
                version=0,
                body={"text": "Moved twice."},
                grade=None,
                by=people.auditor.id,
                now=BEFORE,
            )
        return int(open_transactions)

    solver = while_solving(monkeypatch, save_a_page)
    write_with_plans(council, verb)

    with council.read() as view:
        page = view.audits.page(audit.id, "journey")
        assert page is not None
        assert page.body == {"text": "Moved twice."}
        assert current(council, planned).version == planned.version + 1
        assert len(view.rounds.places(planned.id)) == 4
        assert len(view.trail.rows("day:2026-04-20")) == 2
    assert (len(solver.plans), solver.answers) == (1, [0])


@pytest.mark.rule("CA-05", "Q8")
@pytest.mark.parametrize("name", VERBS)
def test_a_list_that_comes_in_while_the_solver_runs_is_noticed(
    council: Council, people: Staff, planned: RoundRow, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    verb = the_verb(council, people, planned, name)
    gone: list[int] = []

    def close_what_was_drawn() -> None:
        gone.append(solver.plans[-1].places[0].case_id)
        close(council, gone[-1])

    solver = while_solving(monkeypatch, close_what_was_drawn)
    write_with_plans(council, verb)

    with council.read() as view:
        places = view.rounds.places(planned.id)
        assert len(places) == 4
        assert gone[0] not in {place.case_id for place in places}
    assert len(solver.plans) == 2
    assert current(council, planned).population_hash == solver.hashes[-1]
    assert solver.hashes[0] != solver.hashes[1]


@pytest.mark.parametrize("name", VERBS)
def test_when_the_lists_keep_changing_nothing_is_saved_and_the_person_is_told(
    council: Council, people: Staff, planned: RoundRow, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    verb = the_verb(council, people, planned, name)
    with council.read() as view:
        before = view.rounds.places(planned.id)
        (case, *_) = view.cases.open_cases()

    def rename_the_plan() -> None:
        with council.write() as work:
            work.cases.change(case.id, {"plan_type": f"Plan {len(solver.plans)}"})

    solver = while_solving(monkeypatch, rename_the_plan, times=99)
    with pytest.raises(FactsKeepChanging, match="try again in a few minutes"):
        write_with_plans(council, verb)

    with council.read() as view:
        assert view.rounds.places(planned.id) == before
        assert view.rounds.exclusions(planned.id) == ()
        assert len(view.trail.rows("day:2026-04-20")) == 1
    assert current(council, planned) == planned
    assert len(solver.plans) == TRIES


def test_the_last_try_counts(council: Council, planned: RoundRow, monkeypatch: pytest.MonkeyPatch) -> None:
    with council.read() as view:
        (case, *_) = view.cases.open_cases()

    def rename_the_plan() -> None:
        with council.write() as work:
            work.cases.change(case.id, {"plan_type": f"Plan {len(solver.plans)}"})

    solver = while_solving(monkeypatch, rename_the_plan, times=TRIES - 1)
    again = write_with_plans(council, lambda work: proposed(work, council))

    assert len(solver.plans) == TRIES
    assert again.population_hash == solver.hashes[-1]


@pytest.mark.parametrize("theirs", ["swap", "exclude", "replan"])
@pytest.mark.parametrize("mine", VERBS)
def test_what_another_officer_does_to_the_round_meanwhile_stands(
    council: Council,
    people: Staff,
    planned: RoundRow,
    monkeypatch: pytest.MonkeyPatch,
    mine: str,
    theirs: str,
) -> None:
    verb, other = (the_verb(council, people, planned, name) for name in (mine, theirs))

    def do_theirs() -> tuple[object, ...]:
        write_with_plans(council, other)
        return standing(council, planned)

    solver = while_solving(monkeypatch, do_theirs)
    with pytest.raises(PlannedMeanwhile if mine == "propose" else Stale):
        write_with_plans(council, verb)

    assert [standing(council, planned)] == solver.answers
    assert current(council, planned).version == planned.version + 1


@pytest.mark.rule("CA-05")
@pytest.mark.parametrize("name", VERBS)
def test_a_round_approved_meanwhile_is_changed_no_more(
    council: Council, people: Staff, planned: RoundRow, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    verb = the_verb(council, people, planned, name)

    def approve() -> tuple[object, ...]:
        with council.write() as work:
            approve_round(work, council, by=None, round_id=planned.id, version=planned.version, now=BEFORE)
        return standing(council, planned)

    solver = while_solving(monkeypatch, approve)
    with pytest.raises(RuleBroken, match="approved already"):
        write_with_plans(council, verb)

    assert [standing(council, planned)] == solver.answers


def test_two_who_propose_the_same_month_make_one_round(
    council: Council, people: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    with council.write() as work:
        a_caseload(work, people)

    def propose(seed: int) -> RoundRow:
        return write_with_plans(council, lambda work: proposed(work, council, seed=seed))

    solver = while_solving(monkeypatch, lambda: propose(2))
    with pytest.raises(PlannedMeanwhile, match="what they did stands"):
        propose(1)

    (theirs,) = solver.answers
    assert current(council, theirs) == theirs
    assert theirs.seed == 2


def test_who_proposes_a_month_that_another_has_not_committed_yet_waits_and_is_told(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        a_caseload(work, people)

    def other() -> RoundRow:
        with council.write() as work:
            return proposed(work, council, seed=2)

    with ThreadPoolExecutor(1) as pool:
        with council.write() as work:
            mine = proposed(work, council, seed=1)
            second = pool.submit(other)
            if not council.database.is_sqlite:
                # Only there can the other look before this one commits.
                wait_for_a_lock(council)
        if council.database.is_sqlite:
            assert second.result().id == mine.id
        else:
            with pytest.raises(PlannedMeanwhile):
                second.result()

    assert current(council, mine).seed == (2 if council.database.is_sqlite else 1)


def test_the_plan_is_the_one_the_solver_gives_in_the_transaction_itself(
    council: Council, people: Staff, planned: RoundRow
) -> None:
    again = write_with_plans(council, lambda work: proposed(work, council))

    with council.read() as view:
        ahead = pairs(view, again.id)
    with council.write() as work:
        proposed(work, council)

        assert pairs(work, again.id) == ahead


def test_an_act_that_needs_no_plan_runs_once(council: Council) -> None:
    runs: list[Work] = []

    write_with_plans(council, runs.append)

    assert len(runs) == 1


def current(council: Council, chosen: RoundRow) -> RoundRow:
    with council.read() as view:
        return require_round(view, chosen.id)


def standing(council: Council, chosen: RoundRow) -> tuple[object, ...]:
    """Everything kept of a round."""
    with council.read() as view:
        return (
            view.rounds.get(chosen.id),
            view.rounds.places(chosen.id),
            view.rounds.exclusions(chosen.id),
            len(view.trail.rows("day:2026-04-20")),
        )
