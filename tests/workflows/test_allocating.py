from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.audits import Audit, AuditState, Returned
from domain.errors import NotAllowed, NotFound, RuleBroken
from domain.people import Person, Post
from storage.rounds import RoundRow
from tests.builders import NOW, Staff, a_person, a_returned_audit
from tests.workflows.caseloads import BEFORE, a_caseload, pairs, place_of, proposed
from tests.workflows.meanwhile import wait_for_a_lock, while_solving
from workflows.allocating import allocate_due, reallocate
from workflows.council import Council, Work
from workflows.planning import approve_round
from workflows.solving import write_with_plans

HALF_PAST_EIGHT = datetime(2026, 5, 1, 7, 30, tzinfo=UTC)
"""In London, in summer time."""
DAY_BEFORE = datetime(2026, 4, 30, 22, 59, tzinfo=UTC)
"""The last minute of April in London."""
MAY_END = date(2026, 5, 31)


@pytest.fixture
def planned(council: Council, people: Staff) -> RoundRow:
    with council.write() as work:
        a_caseload(work, people)
        return proposed(work, council)


def approved(council: Council, people: Staff, planned: RoundRow, now: datetime = BEFORE) -> RoundRow:
    with council.write() as work:
        return approve_round(
            work, council, by=people.qa_officer, round_id=planned.id, version=planned.version, now=now
        )


def allocated(council: Council, now: datetime) -> int:
    with council.write() as work:
        return allocate_due(work, council, now)


@pytest.mark.rule("CA-05", "CA-01", "MO-01")
def test_approval_before_the_first_waits_for_the_first(
    council: Council, people: Staff, planned: RoundRow
) -> None:
    assert approved(council, people, planned).state == "approved"

    made = [allocated(council, now) for now in (DAY_BEFORE, HALF_PAST_EIGHT, HALF_PAST_EIGHT)]

    assert made == [0, 4, 0]
    with council.read() as view:
        audits = view.audits.of_round(planned.id)
        assert {a.auditor_id: a.case_id for a in audits} == pairs(view, planned.id)
        assert {a.state for a in audits} == {AuditState.ALLOCATED}
        assert {(a.allocated_on, a.due_on) for a in audits} == {(date(2026, 5, 1), MAY_END)}


@pytest.mark.rule("CA-05")
def test_a_process_that_slept_allocates_when_it_wakes(
    council: Council, people: Staff, planned: RoundRow
) -> None:
    approved(council, people, planned)

    assert allocated(council, HALF_PAST_EIGHT + timedelta(days=2)) == 4


@pytest.mark.rule("Q2", "CA-05", "CA-06")
@pytest.mark.parametrize(
    ("approved_at", "due"),
    [
        pytest.param(datetime(2026, 4, 30, 22, 30, tzinfo=UTC), None, id="the evening before waits"),
        pytest.param(
            datetime(2026, 4, 30, 23, 30, tzinfo=UTC), MAY_END, id="half past midnight in London is the 1st"
        ),
        pytest.param(datetime(2026, 5, 1, 15, 0, tzinfo=UTC), MAY_END, id="later on the 1st"),
        pytest.param(datetime(2026, 5, 2, 9, 0, tzinfo=UTC), date(2026, 6, 2), id="a day late"),
        pytest.param(datetime(2026, 5, 31, 9, 0, tzinfo=UTC), date(2026, 6, 30), id="on the last day"),
    ],
)
def test_a_later_approval_allocates_at_once_with_a_month_of_its_own(
    council: Council, people: Staff, planned: RoundRow, approved_at: datetime, due: date | None
) -> None:
    done = approved(council, people, planned, approved_at)

    with council.read() as view:
        assert {a.due_on for a in view.audits.of_round(planned.id)} == ({due} if due else set())
    assert done.state == ("allocated" if due else "approved")


@pytest.mark.rule("CA-05", "CA-16")
def test_each_auditor_is_told_once_and_the_office_of_the_round(
    council: Council, people: Staff, planned: RoundRow
) -> None:
    approved(council, people, planned, NOW)

    with council.read() as view:
        for audit in view.audits.of_round(planned.id):
            (notice,) = view.notices.of("audit_allocated", audit.id)
            assert (notice.person_id, notice.due_at) == (audit.auditor_id, NOW)
        assert [n.person_id for n in view.notices.of("round_allocated", planned.id)] == [people.qa_officer.id]


@pytest.mark.rule("Q8")
@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("closed", "Alex Auditor: the case closed before the audit went out."),
        ("left", "Alex Auditor: the auditor left before the audit went out."),
        ("holds it now", "Alex Auditor: a conflict came up before the audit went out."),
        ("chairs it now", "Alex Auditor: a conflict came up before the audit went out."),
        ("moved to their team", "Alex Auditor: a conflict came up before the audit went out."),
    ],
)
def test_a_pair_overtaken_between_approval_and_the_first_is_left_out_and_said(
    council: Council, people: Staff, planned: RoundRow, what: str, said: str
) -> None:
    approved(council, people, planned)
    with council.write() as work:
        place = place_of(work, planned.id, people.auditor)
        {
            "closed": lambda: work.cases.close([place.case_id], BEFORE.date()),
            "left": lambda: work.people.mark_left([people.auditor.id], BEFORE.date()),
            "holds it now": lambda: work.cases.change(place.case_id, {"practitioner_id": people.auditor.id}),
            "chairs it now": lambda: work.cases.change(place.case_id, {"chair_id": people.auditor.id}),
            "moved to their team": lambda: work.people.change(people.auditor.id, {"team_id": people.team.id}),
        }[what]()

    assert allocated(council, NOW) == 3

    with council.read() as view:
        chosen = view.rounds.get(planned.id)
        assert chosen is not None
        assert said in chosen.summary["unplaced"]
        assert people.auditor.id not in {a.auditor_id for a in view.audits.of_round(planned.id)}


@pytest.mark.rule("CA-07", "Q18", "Q19")
@pytest.mark.parametrize(
    ("contact_on", "has_section"),
    [
        (None, False),
        (date(2025, 10, 31), False),
        (date(2025, 11, 1), True),
        (date(2026, 4, 30), True),
    ],
)
def test_an_audit_looks_back_six_months_and_asks_about_contact_only_within_them(
    council: Council, people: Staff, contact_on: date | None, has_section: bool
) -> None:
    with council.write() as work:
        a_caseload(work, people, opening_contact_on=contact_on)
        planned = proposed(work, council)
    approved(council, people, planned)
    allocated(council, NOW)

    with council.read() as view:
        audits = view.audits.of_round(planned.id)
    assert {a.lookback_from for a in audits} == {date(2025, 11, 1)}
    assert {a.has_contact_section for a in audits} == {has_section}
    assert {a.framework_version for a in audits} == {council.framework.version}


@pytest.mark.rule("Q19", "CA-07")
def test_the_look_back_counts_from_the_late_allocation(
    council: Council, people: Staff, planned: RoundRow
) -> None:
    approved(council, people, planned, NOW + timedelta(days=9))

    with council.read() as view:
        assert {a.lookback_from for a in view.audits.of_round(planned.id)} == {date(2025, 11, 10)}


@pytest.mark.rule("SG-05")
def test_allocation_leaves_a_row_for_each_audit_and_one_for_the_round(
    council: Council, people: Staff, planned: RoundRow
) -> None:
    approved(council, people, planned, NOW)

    with council.read() as view:
        audits = view.audits.of_round(planned.id)
        assert all(view.trail.rows(f"audit:{a.id}")[0].verb == "allocated" for a in audits)
        assert "allocated the round" in [row.verb for row in view.trail.rows("day:2026-05-01")]


LATER = NOW + timedelta(days=11)
FRESH_MONTH = date(2026, 6, 12)


def returned(work: Work, people: Staff, because: Returned) -> Audit:
    return a_returned_audit(work, people, because=because)


def again(work: Work, council: Council, people: Staff, audit: Audit, by: Person | None = None) -> Audit:
    return reallocate(work, council, by=by or people.qa_officer, audit_id=audit.id, now=LATER)


@pytest.mark.rule("Q2", "Q8", "SG-05")
@pytest.mark.parametrize("because", [Returned.CONFLICT, Returned.CASE_CLOSED])
def test_after_a_conflict_or_a_closed_case_the_auditor_gets_another_case_with_a_fresh_month(
    council: Council, people: Staff, because: Returned
) -> None:
    with council.write() as work:
        a_caseload(work, people, practitioners=2)
        old = returned(work, people, because)

        fresh = again(work, council, people, old)

        assert fresh.auditor_id == people.auditor.id
        assert fresh.case_id != old.case_id
        assert (fresh.allocated_on, fresh.due_on) == (date(2026, 5, 12), FRESH_MONTH)
        assert fresh.lookback_from == date(2025, 11, 12)
        assert fresh.replaces_id == old.id
        assert fresh.state is AuditState.ALLOCATED
        assert [n.person_id for n in work.notices.of("audit_allocated", fresh.id)] == [people.auditor.id]
        assert [(r.verb, r.actor) for r in work.trail.rows(f"audit:{fresh.id}")] == [
            ("reallocated", people.qa_officer.id)
        ]


@pytest.mark.rule("Q2", "Q8")
def test_after_the_auditor_left_someone_free_takes_the_case(council: Council, people: Staff) -> None:
    with council.write() as work:
        old = returned(work, people, Returned.AUDITOR_LEFT)
        work.people.mark_left([people.auditor.id], LATER.date())

        fresh = again(work, council, people, old)

        assert fresh.case_id == old.case_id
        assert fresh.auditor_id != people.auditor.id
        assert fresh.due_on == FRESH_MONTH


@pytest.mark.rule("CA-01")
def test_who_has_an_audit_in_the_round_already_gets_no_second(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_caseload(work, people)
        planned = proposed(work, council)
        approve_round(
            work, council, by=people.qa_officer, round_id=planned.id, version=planned.version, now=NOW
        )
        old = next(a for a in work.audits.of_round(planned.id) if a.auditor_id == people.auditor.id)
        work.audits.change(
            old, {"state": "returned", "returned_because": Returned.AUDITOR_LEFT.value, "returned_note": ""}
        )
        work.people.mark_left([people.auditor.id], LATER.date())

        with pytest.raises(RuleBroken, match="found no pair without a conflict"):
            again(work, council, people, old)

        newcomer = a_person(work, "Nico Newcomer", Post.PC, is_auditor=True)
        assert again(work, council, people, old).auditor_id == newcomer.id


@pytest.mark.rule("Q8")
def test_the_case_of_the_conflict_and_of_ones_own_team_are_not_offered(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        a_caseload(work, people, practitioners=2, team_id=people.other_team.id)
        old = returned(work, people, Returned.CONFLICT)

        with pytest.raises(RuleBroken, match="found no pair without a conflict"):
            again(work, council, people, old)


def test_a_case_that_closed_meanwhile_cannot_be_given_to_someone_else(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        old = returned(work, people, Returned.AUDITOR_LEFT)
        work.cases.close([old.case_id], LATER.date())

        with pytest.raises(RuleBroken, match="closed meanwhile"):
            again(work, council, people, old)


def test_an_audit_is_reallocated_once(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_caseload(work, people)
        old = returned(work, people, Returned.CONFLICT)
        fresh = again(work, council, people, old)

        with pytest.raises(RuleBroken, match="reallocated already"):
            again(work, council, people, old)
        with pytest.raises(NotFound):
            again(work, council, people, fresh)


def test_only_the_office_reallocates(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_caseload(work, people)
        old = returned(work, people, Returned.CONFLICT)

        for person in (people.auditor, people.team_manager, people.ad_qa):
            with pytest.raises(NotAllowed):
                again(work, council, people, old, by=person)


@pytest.mark.parametrize("because", [Returned.CONFLICT, Returned.AUDITOR_LEFT])
def test_others_save_while_the_solver_looks_for_a_fresh_pair(
    council: Council, people: Staff, monkeypatch: pytest.MonkeyPatch, because: Returned
) -> None:
    with council.write() as work:
        a_caseload(work, people, practitioners=2)
        old = returned(work, people, because)

    def tell_somebody() -> int:
        open_transactions = council.database.engine.pool.checkedout()
        with council.write() as work:
            work.notices.queue(kind="round_proposed", subject_id=9, person_id=people.cover.id, now=LATER)
        return int(open_transactions)

    solver = while_solving(monkeypatch, tell_somebody)
    fresh = write_with_plans(council, lambda work: again(work, council, people, old))

    assert (len(solver.plans), solver.answers) == (1, [0])
    with council.read() as view:
        assert len(view.notices.of("round_proposed", 9)) == 1
        assert [a.id for a in view.audits.of_round(old.round_id) if a.replaces_id == old.id] == [fresh.id]


@pytest.mark.rule("Q2", "Q8")
def test_a_case_that_closes_while_the_solver_runs_is_not_given_out(
    council: Council, people: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    with council.write() as work:
        a_caseload(work, people, practitioners=2)
        old = returned(work, people, Returned.CONFLICT)

    def close_what_was_found() -> int:
        case_id = solver.plans[0].places[0].case_id
        with council.write() as work:
            work.cases.close([case_id], LATER.date())
        return case_id

    solver = while_solving(monkeypatch, close_what_was_found)
    fresh = write_with_plans(council, lambda work: again(work, council, people, old))

    assert len(solver.plans) == 2
    assert fresh.case_id not in solver.answers


def test_an_audit_reallocated_by_another_while_the_solver_runs_is_left_alone(
    council: Council, people: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    with council.write() as work:
        a_caseload(work, people, practitioners=4)
        old = returned(work, people, Returned.CONFLICT)

    def reallocated() -> Audit:
        return write_with_plans(council, lambda work: again(work, council, people, old))

    solver = while_solving(monkeypatch, reallocated)
    with pytest.raises(RuleBroken, match="reallocated already"):
        reallocated()

    with council.read() as view:
        (fresh,) = (a for a in view.audits.of_round(old.round_id) if a.replaces_id == old.id)
    assert [fresh] == solver.answers


def test_who_reallocates_what_another_has_not_committed_yet_waits_and_is_told(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        a_caseload(work, people, practitioners=4)
        old = returned(work, people, Returned.CONFLICT)

    def other() -> Audit:
        with council.write() as work:
            return again(work, council, people, old)

    with ThreadPoolExecutor(1) as pool:
        with council.write() as work:
            again(work, council, people, old)
            second = pool.submit(other)
            if not council.database.is_sqlite:
                wait_for_a_lock(council)
        with pytest.raises(RuleBroken, match="reallocated already"):
            second.result()
