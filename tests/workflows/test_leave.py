"""An auditor whose leave covers the due date: the QA office gives the case to someone else."""

from datetime import date

import pytest

from domain.audits import Audit, AuditState, Returned
from domain.errors import NotAllowed, RuleBroken
from scheduler.drawing import Drawn, Needless
from storage.work import Work
from tests.builders import NOW, Staff, a_submitted_audit, an_accepted_audit
from tests.chat import text
from tests.workflows.nudged import at, drawn, goes_on_leave, sweeps
from workflows.council import Council
from workflows.leave import reallocate_away

FIRST, LAST = date(2026, 5, 18), date(2026, 6, 5)


@pytest.fixture
def audit(council: Council, people: Staff) -> Audit:
    """An audit under way, whose auditor will be away when it is due."""
    with council.write() as work:
        made = an_accepted_audit(work, people)
        goes_on_leave(work, people.auditor, FIRST, LAST)
    return made


def fresh(work: Work, audit_id: int) -> Audit:
    found = work.audits.get(audit_id)
    assert found is not None
    return found


@pytest.mark.rule("CA-02", "SG-05")
def test_the_case_goes_to_somebody_who_is_there_with_a_fresh_month(
    council: Council, people: Staff, audit: Audit
) -> None:
    with council.write() as work:
        given = reallocate_away(work, council, by=people.qa_officer, audit_id=audit.id, now=NOW)

        back = fresh(work, audit.id)
        assert given.auditor_id != people.auditor.id
        assert given.case_id == audit.case_id
        assert given.due_on == date(2026, 6, 1)
        assert (back.state, back.returned_because) == (AuditState.RETURNED, Returned.AUDITOR_AWAY)
        assert work.audits.returned_note(audit.id) == "On leave from 18 May 2026 to 5 June 2026."


@pytest.mark.rule("CA-02")
def test_the_qa_office_is_told_with_the_way_to_reallocate(
    council: Council, people: Staff, audit: Audit
) -> None:
    sweeps(council, date(2026, 5, 5))

    made = drawn(council, people.qa_officer, at(date(2026, 5, 5), 9), "auditor_away", audit.id)

    assert isinstance(made, Drawn)
    assert "Alex Auditor is on leave from 18 May 2026 to 5 June 2026" in text(made.card)
    assert "Give the case to someone else" in text(made.card)
    assert "CF-1001" not in text(made.card)


def test_nothing_is_said_of_leave_that_was_given_up(council: Council, people: Staff, audit: Audit) -> None:
    sweeps(council, date(2026, 5, 5))
    with council.write() as work:
        work.people.change(people.auditor.id, {"leave": ()})

    made = drawn(council, people.qa_officer, at(date(2026, 5, 5), 9), "auditor_away", audit.id)

    assert made == Needless("the auditor is there when it is due, or it is done")


def test_an_auditor_who_is_there_after_all_keeps_the_audit(
    council: Council, people: Staff, audit: Audit
) -> None:
    with council.write() as work:
        work.people.change(people.auditor.id, {"leave": ()})

        with pytest.raises(RuleBroken, match="no longer on leave"):
            reallocate_away(work, council, by=people.qa_officer, audit_id=audit.id, now=NOW)


def test_a_submitted_audit_stays_where_it_is(council: Council, people: Staff) -> None:
    with council.write() as work:
        done = a_submitted_audit(work, council, people)
        goes_on_leave(work, people.auditor, FIRST, LAST)

        with pytest.raises(RuleBroken, match="submitted meanwhile"):
            reallocate_away(work, council, by=people.qa_officer, audit_id=done.id, now=NOW)


def test_only_the_qa_office_reallocates(council: Council, people: Staff, audit: Audit) -> None:
    with council.write() as work, pytest.raises(NotAllowed):
        reallocate_away(work, council, by=people.cover, audit_id=audit.id, now=NOW)
