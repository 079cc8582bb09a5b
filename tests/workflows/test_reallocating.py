"""What a fresh pair for a returned audit must respect: the office's wishes, the conflict, and one another."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from domain.audits import Audit, Returned
from domain.errors import RuleBroken
from tests.builders import NOW, Staff, a_case, a_person, a_returned_audit
from tests.workflows.caseloads import a_caseload
from tests.workflows.meanwhile import wait_for_a_lock, while_solving
from tests.workflows.nudged import goes_on_leave
from workflows.allocating import reallocate
from workflows.council import Council, Work
from workflows.solving import write_with_plans

NOBODY = "found no pair without a conflict"


def again(work: Work, council: Council, people: Staff, audit: Audit) -> Audit:
    return reallocate(work, council, by=people.qa_officer, audit_id=audit.id, now=NOW)


def leave_out(work: Work, people: Staff, audit: Audit, what: str, *subjects: int) -> None:
    for subject in subjects:
        work.rounds.exclude(
            audit.round_id, what=what, subject_id=subject, reason="Why.", by=people.qa_officer.id, now=NOW
        )


@pytest.mark.rule("Q8", "CA-05")
@pytest.mark.parametrize("how", ["excluded", "swapped away"])
def test_a_case_the_office_left_out_of_the_round_is_not_handed_out_after_a_conflict(
    council: Council, people: Staff, how: str
) -> None:
    with council.write() as work:
        cases = a_caseload(work, people, practitioners=2)
        old = a_returned_audit(work, people)
        by = people.qa_officer.id
        for case in cases:
            if how == "excluded":
                leave_out(work, people, old, "case", case.id)
            else:
                work.rounds.swap_out(
                    old.round_id, auditor_id=people.auditor.id, case_id=case.id, by=by, now=NOW
                )

        with pytest.raises(RuleBroken, match=NOBODY):
            again(work, council, people, old)

        if how == "excluded":
            work.rounds.bring_back(old.round_id, what="case", subject_id=cases[1].id)
        else:
            work.rounds.bring_back(
                old.round_id, what="swap", subject_id=work.rounds.swaps(old.round_id)[1].id
            )
        assert again(work, council, people, old).case_id == cases[1].id


@pytest.mark.rule("Q8", "CA-02")
def test_an_auditor_the_office_left_out_of_the_round_does_not_take_over(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        old = a_returned_audit(work, people, because=Returned.AUDITOR_LEFT)
        work.people.mark_left([people.auditor.id], NOW.date())
        leave_out(work, people, old, "auditor", people.second_auditor.id, people.service_manager.id)

        assert again(work, council, people, old).auditor_id == people.cover.id


@pytest.mark.rule("Q8", "CA-02")
def test_when_everybody_else_is_left_out_of_the_round_nobody_takes_over(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        old = a_returned_audit(work, people, because=Returned.AUDITOR_LEFT)
        work.people.mark_left([people.auditor.id], NOW.date())
        others = (people.second_auditor, people.service_manager, people.cover)
        leave_out(work, people, old, "auditor", *(one.id for one in others))

        with pytest.raises(RuleBroken, match=NOBODY):
            again(work, council, people, old)


@pytest.mark.rule("CA-02", "CA-06")
def test_nobody_takes_over_who_is_on_leave_when_the_fresh_audit_is_due(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        old = a_returned_audit(work, people, because=Returned.AUDITOR_AWAY)
        leave_out(work, people, old, "auditor", people.service_manager.id, people.cover.id)
        # There for the first days of May, and on leave on 1 June, when it would be due.
        goes_on_leave(work, people.second_auditor, date(2026, 5, 7), date(2026, 7, 31))

        with pytest.raises(RuleBroken, match="away when a fresh one would be due"):
            again(work, council, people, old)

        goes_on_leave(work, people.second_auditor, date(2026, 5, 7), date(2026, 5, 31))
        assert again(work, council, people, old).auditor_id == people.second_auditor.id


@pytest.mark.rule("Q8")
def test_after_a_conflict_the_same_practitioners_other_case_is_no_way_out(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        old = a_returned_audit(work, people)
        a_case(work, people, "CF-2")

        with pytest.raises(RuleBroken, match=NOBODY):
            again(work, council, people, old)

        (other,) = a_caseload(work, people, practitioners=1)
        assert again(work, council, people, old).case_id == other.id


@pytest.mark.rule("Q8")
def test_a_second_conflict_does_not_lead_back_to_the_first_practitioner(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        first = a_returned_audit(work, people)
        a_case(work, people, "CF-2")
        (other,) = a_caseload(work, people, practitioners=1)
        second = a_returned_audit(work, people, case=other, replaces_id=first.id)

        with pytest.raises(RuleBroken, match=NOBODY):
            again(work, council, people, second)


@pytest.mark.rule("Q8")
def test_who_declared_a_conflict_does_not_take_over_another_case_of_that_practitioner(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        a_returned_audit(work, people, auditor_id=people.second_auditor.id)
        left = a_returned_audit(work, people, reference="CF-2", because=Returned.AUDITOR_LEFT)
        work.people.mark_left([people.auditor.id], NOW.date())
        leave_out(work, people, left, "auditor", people.service_manager.id, people.cover.id)

        with pytest.raises(RuleBroken, match=NOBODY):
            again(work, council, people, left)


@pytest.mark.rule("Q8")
def test_who_declared_a_conflict_in_an_earlier_round_does_not_take_that_case_over(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        case = a_case(work, people)
        march = NOW.date().replace(month=3, day=1)
        a_returned_audit(work, people, case=case, auditor_id=people.second_auditor.id, month=march)
        left = a_returned_audit(work, people, case=case, because=Returned.AUDITOR_LEFT)
        work.people.mark_left([people.auditor.id], NOW.date())
        leave_out(work, people, left, "auditor", people.service_manager.id, people.cover.id)

        with pytest.raises(RuleBroken, match=NOBODY):
            again(work, council, people, left)


@pytest.mark.rule("Q1")
def test_in_a_staggered_round_the_half_whose_turn_it_is_takes_over(council: Council, people: Staff) -> None:
    with council.write() as work:
        old = a_returned_audit(work, people, because=Returned.AUDITOR_LEFT)
        work.people.mark_left([people.auditor.id], NOW.date())
        chosen = work.rounds.get(old.round_id)
        assert chosen is not None
        work.rounds.change(chosen.id, chosen.version, {"summary": {**chosen.summary, "half_pool": True}})
        pool = (people.second_auditor, people.service_manager, people.cover)
        leave_out(work, people, old, "auditor", *(one.id for one in pool if one.id % 2 == 0))

        with pytest.raises(RuleBroken, match=NOBODY):
            again(work, council, people, old)


@pytest.mark.rule("CA-01")
def test_two_audits_reallocated_in_the_same_instant_do_not_get_the_same_case(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        mine, theirs = two_returned(work, people)
        (free,) = a_caseload(work, people, practitioners=1)

    def other() -> Audit:
        with council.write() as work:
            return again(work, council, people, theirs)

    with ThreadPoolExecutor(1) as pool:
        with council.write() as work:
            fresh = again(work, council, people, mine)
            second = pool.submit(other)
            if not council.database.is_sqlite:
                wait_for_a_lock(council, unless_done=second)
        with pytest.raises(RuleBroken, match=NOBODY):
            second.result()

    assert fresh.case_id == free.id


@pytest.mark.rule("CA-01")
def test_a_case_given_out_while_the_solver_runs_is_not_given_out_again(
    council: Council, people: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    with council.write() as work:
        mine, theirs = two_returned(work, people)
        a_caseload(work, people, practitioners=2)

    def other() -> int:
        return write_with_plans(council, lambda work: again(work, council, people, theirs)).case_id

    solver = while_solving(monkeypatch, other)
    fresh = write_with_plans(council, lambda work: again(work, council, people, mine))

    assert [fresh.case_id] != solver.answers


def two_returned(work: Work, people: Staff) -> tuple[Audit, Audit]:
    """Two audits of one round sent back, each by another auditor of another practitioner."""
    other = a_person(work, "Wren Worker", team_id=people.team.id, service_id=people.service.id)
    mine = a_returned_audit(work, people)
    case = a_case(work, people, "CF-2", practitioner_id=other.id)
    theirs = a_returned_audit(work, people, case=case, auditor_id=people.second_auditor.id)
    work.cases.close([mine.case_id, theirs.case_id], NOW.date())
    return mine, theirs
