"""The QA office is asked for the sample of the coming round in time, and never in vain."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from domain.cadence import Skipped
from tests.builders import Staff
from tests.workflows.caseloads import BEFORE, a_caseload, proposed
from workflows.council import Council, Work
from workflows.planning import approve_round
from workflows.sampling import ask_for_sample, ask_to_check_sample, month_number, month_of

DRAW_ON, CHECK_ON = date(2026, 4, 17), date(2026, 4, 24)
MAY = 202605

ASKS = ((ask_for_sample, DRAW_ON), (ask_to_check_sample, CHECK_ON))


def skipped(ask: Callable[..., None], work: Work, council: Council, on: date, now: datetime) -> str | None:
    """Why nobody was asked."""
    try:
        ask(work, council, on=on, now=now)
    except Skipped as reason:
        return reason.reason
    return None


def asked(work: Work, kind: str) -> list[int | None]:
    """Who was asked about the May round."""
    return [notice.person_id for notice in work.notices.of(kind, MAY)]


@pytest.mark.rule("CA-04", "PR-06")
def test_two_weeks_before_a_round_without_a_sample_the_office_is_asked_for_it(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        ask_for_sample(work, council, on=DRAW_ON, now=BEFORE)

        assert asked(work, "sample_wanted") == [people.qa_officer.id]


@pytest.mark.rule("CA-04", "PR-06")
def test_a_sample_that_was_drawn_is_not_asked_for(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_caseload(work, people)
        proposed(work, council)

        with pytest.raises(Skipped, match="has been drawn"):
            ask_for_sample(work, council, on=DRAW_ON, now=BEFORE)

        assert asked(work, "sample_wanted") == []


@pytest.mark.rule("CA-04", "Q8")
def test_a_week_before_a_round_the_office_is_asked_to_look_over_whatever_there_is(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        ask_to_check_sample(work, council, on=CHECK_ON, now=BEFORE)

        assert asked(work, "sample_check") == [people.qa_officer.id]


@pytest.mark.rule("CA-04", "Q8")
def test_an_approved_round_is_checked_only_when_a_pair_fell_out(council: Council, people: Staff) -> None:
    with council.write() as work:
        cases = a_caseload(work, people)
        planned = proposed(work, council)
        approve_round(
            work, council, by=people.qa_officer, round_id=planned.id, version=planned.version, now=BEFORE
        )

        with pytest.raises(Skipped, match="every pair holds"):
            ask_to_check_sample(work, council, on=CHECK_ON, now=BEFORE)
        before = asked(work, "sample_check")
        work.cases.close([case.id for case in cases], date(2026, 4, 22))
        ask_to_check_sample(work, council, on=CHECK_ON, now=BEFORE)

        assert before == []
        assert asked(work, "sample_check") == [people.qa_officer.id]


@pytest.mark.parametrize(
    ("now", "is_asked"),
    [
        pytest.param(datetime(2026, 5, 1, 9, tzinfo=UTC), True, id="on the 1st there is time yet"),
        pytest.param(datetime(2026, 5, 2, 9, tzinfo=UTC), False, id="the month has begun"),
    ],
)
def test_a_reminder_that_was_missed_for_too_long_is_skipped(
    council: Council, people: Staff, now: datetime, is_asked: bool
) -> None:
    with council.write() as work:
        reasons = [skipped(ask, work, council, on, now) for ask, on in ASKS]

        assert reasons == ([None, None] if is_asked else ["the round's month had begun by then"] * 2)
        assert bool(asked(work, "sample_wanted")) is bool(asked(work, "sample_check")) is is_asked


def test_a_month_is_told_by_its_number() -> None:
    numbers = [month_number(date(2026, 5, 1)), month_number(date(2026, 12, 1))]

    assert numbers == [202605, 202612]
    assert [month_of(number) for number in numbers] == [date(2026, 5, 1), date(2026, 12, 1)]


@pytest.mark.parametrize("number", [0, 5, 202600, 202613, 199912, 220001, 2**31 - 1])
def test_a_number_that_is_no_month_is_none(number: int) -> None:
    assert month_of(number) is None
