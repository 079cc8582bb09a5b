"""The QA office is asked for the sample of the coming round in time, and never in vain."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest

from domain.cadence import DayOff, Every, Line, Occurrence, Skipped, falls_on, instant_of
from domain.days import month_number, month_numbered
from scheduler.sweeps import SWEEPS, Sweeping
from tests.builders import Staff
from tests.workflows.caseloads import BEFORE, a_caseload, proposed
from workflows.council import Council, Work
from workflows.planning import approve_round
from workflows.sampling import ask_for_sample, ask_to_check_sample, is_other_half

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


JUNE, JULY = 202606, 202607
JUNE_DRAW, JUNE_CHECK, JULY_DRAW = date(2026, 5, 18), date(2026, 5, 22), date(2026, 6, 17)


def sweeps(work: Work, council: Council, key: str, on: date) -> str | None:
    """The calendar's line falls due on this day; why nobody was asked."""
    line = next(line for line in council.framework.cadence if line.key == key)
    now = instant_of(line, on)
    try:
        SWEEPS[key](work, council, Sweeping(Occurrence(key, on, now), now, late=False))
    except Skipped as skipped:
        return skipped.reason
    return None


@pytest.mark.rule("Q1", "CA-04", "PR-06")
def test_after_half_a_round_the_office_is_asked_for_the_other_half_as_well(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        a_caseload(work, people)
        proposed(work, council, half_pool=True)
        falls = partial(
            falls_on,
            round_months=council.framework.numbers.round_months,
            bank_holidays=council.bank_holidays,
        )
        lines = {line.key: line for line in council.framework.cadence}

        assert falls(lines["draw_sample"], JUNE_DRAW)
        assert falls(lines["check_sample"], JUNE_CHECK)
        assert sweeps(work, council, "draw_sample", JUNE_DRAW) is None
        assert sweeps(work, council, "check_sample", JUNE_CHECK) is None
        for kind in ("sample_wanted", "sample_check"):
            assert [n.person_id for n in work.notices.of(kind, JUNE)] == [people.qa_officer.id]
            assert not work.notices.of(kind, JULY)


@pytest.mark.rule("Q1", "CA-05")
def test_the_other_half_once_approved_is_given_out_on_the_first_of_its_month(
    council: Council, people: Staff
) -> None:
    with council.write() as work:
        a_caseload(work, people)
        proposed(work, council, half_pool=True)
        before = datetime(2026, 5, 18, 9, tzinfo=UTC)
        june = proposed(work, council, month=date(2026, 6, 1), half_pool=True, now=before)
        approve_round(work, council, by=people.qa_officer, round_id=june.id, version=june.version, now=before)

        assert sweeps(work, council, "allocate", date(2026, 6, 1)) is None
        assert {audit.due_on for audit in work.audits.of_round(june.id)} == {date(2026, 6, 30)}


@pytest.mark.rule("Q1")
def test_between_rounds_of_the_whole_pool_nobody_is_asked(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_caseload(work, people)
        without = sweeps(work, council, "draw_sample", JUNE_DRAW)
        proposed(work, council)

        reasons = [without, sweeps(work, council, "check_sample", JUNE_CHECK)]

        assert reasons == ["no round begins that month"] * 2


@pytest.mark.rule("Q1")
def test_after_the_other_half_comes_the_next_round_of_the_calendar(council: Council, people: Staff) -> None:
    with council.write() as work:
        a_caseload(work, people)
        proposed(work, council, half_pool=True)
        proposed(work, council, month=date(2026, 6, 1), half_pool=True)

        assert sweeps(work, council, "draw_sample", JULY_DRAW) is None
        # The second half of May's pool leaves no third one behind.
        assert not is_other_half(work, council, date(2026, 7, 1))


@pytest.mark.rule("CA-04")
@pytest.mark.parametrize(
    ("changes", "on", "month"),
    [
        pytest.param({"offset_days": -45}, date(2026, 3, 17), MAY, id="six weeks before"),
        pytest.param({"offset_days": -28, "day_off": DayOff.STAYS}, date(2026, 2, 1), 202603, id="on a 1st"),
        pytest.param({"every": Every.MONTH, "day": 10}, date(2026, 4, 10), MAY, id="on a day of the month"),
    ],
)
def test_a_council_may_move_the_reminder(
    council: Council, people: Staff, changes: dict[str, Any], on: date, month: int
) -> None:
    def moved(line: Line) -> Line:
        return replace(line, **changes) if line.key == "draw_sample" else line

    cadence = tuple(map(moved, council.framework.cadence))
    council = replace(council, framework=replace(council.framework, cadence=cadence))
    with council.write() as work:
        assert sweeps(work, council, "draw_sample", on) is None
        assert work.notices.of("sample_wanted", month)


def test_a_month_is_told_by_its_number() -> None:
    numbers = [month_number(date(2026, 5, 1)), month_number(date(2026, 12, 1))]

    assert numbers == [202605, 202612]
    assert [month_numbered(number) for number in numbers] == [date(2026, 5, 1), date(2026, 12, 1)]


@pytest.mark.parametrize("number", [0, 5, 202600, 202613, 199912, 220001, 2**31 - 1])
def test_a_number_that_is_no_month_is_none(number: int) -> None:
    assert month_numbered(number) is None
