"""Where the rounds stand: what is overdue never vanishes behind a round that was planned since."""

from datetime import UTC, date, datetime, time

import pytest

from domain.audits import Audit
from storage.work import Work
from tests.builders import NOW, Staff, a_round, a_submitted_audit, an_accepted_audit
from workflows.council import Council
from workflows.round_status import RoundsStatus, rounds_status

MAY, JULY, SEPTEMBER = (date(2026, month, 1) for month in (5, 7, 9))


def at(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)


def in_june(work: Work, council: Council) -> RoundsStatus:
    return rounds_status(work, council, at(date(2026, 6, 10)))


def overdue_in_may(work: Work, people: Staff) -> Audit:
    return an_accepted_audit(work, people)


@pytest.mark.rule("CA-06")
def test_a_round_planned_since_does_not_hide_the_one_that_is_overdue(council: Council, people: Staff) -> None:
    with council.write() as work:
        overdue_in_may(work, people)
        a_round(work, month=JULY, state="planned")

        found = in_june(work, council)

        assert found.round is not None
        assert (found.round.month, found.round.state, found.round.overdue) == (MAY, "allocated", 1)
        assert [(one.month, one.state) for one in found.coming] == [(JULY, "planned")]
        assert found.coming[0].waiting == {"the QA office to approve the round": 1}
        assert found.overdue == 1


@pytest.mark.rule("CA-06")
def test_what_is_overdue_of_an_earlier_round_counts_once_the_next_is_given_out(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        overdue_in_may(work, people)
        july = an_accepted_audit(work, people, reference="CF-2", month=JULY)
        work.audits.change(july, {"due_on": date(2026, 7, 31)})
        done = a_submitted_audit(work, council, people, reference="CF-3")
        assert done.due_on == date(2026, 5, 31)

        found = rounds_status(work, council, at(date(2026, 7, 6)))

        assert found.round is not None
        assert (found.round.month, found.round.overdue) == (JULY, 0)
        assert (found.overdue, found.coming) == (1, ())


@pytest.mark.rule("CA-06")
@pytest.mark.parametrize(("day", "overdue"), [(date(2026, 5, 31), 0), (date(2026, 6, 1), 1)])
def test_an_audit_is_overdue_from_the_day_after_its_due_date(
    council: Council, people: Staff, day: date, overdue: int
) -> None:
    with council.write() as work:
        overdue_in_may(work, people)

        assert rounds_status(work, council, at(day)).overdue == overdue


def test_before_anything_is_given_out_the_next_round_is_shown_and_then_those_after(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        a_round(work, month=SEPTEMBER, state="planned")
        a_round(work, month=JULY, state="approved", by=people.qa_officer)

        found = in_june(work, council)

        assert found.round is not None
        assert (found.round.month, found.round.state) == (JULY, "approved")
        assert [one.month for one in found.coming] == [SEPTEMBER]


def test_a_round_that_was_never_given_out_is_no_coming_one(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_round(work, month=date(2026, 3, 1), state="planned")
        overdue_in_may(work, people)

        assert in_june(work, council).coming == ()


def test_without_any_round_there_is_nothing_to_show(council: Council) -> None:
    with council.read() as view:
        assert rounds_status(view, council, NOW) == RoundsStatus(None, (), 0)
