from datetime import UTC, date, datetime

import pytest

from domain.days import LONDON
from domain.deadlines import (
    accept_by,
    aimed_days,
    comment_by,
    contact_section_applies,
    due_on,
    is_round_month,
    lookback,
    next_round_month,
    practitioner_due_on,
    practitioner_is_due,
    review_by,
    round_starts,
    safety_escalation_at,
    suggested_action_day,
    year_start,
)
from domain.framework import Framework
from domain.grades import Grade

ROUND_MONTHS = (5, 7, 9, 11, 1, 3)
SPRING = frozenset({date(2026, 5, 4), date(2026, 5, 25)})


@pytest.mark.rule("CA-01", "Q1")
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 4, 30), False),
        (date(2026, 5, 1), True),
        (date(2026, 5, 31), True),
        (date(2026, 6, 1), False),
        (date(2026, 12, 31), False),
        (date(2027, 1, 1), True),
    ],
)
def test_a_round_belongs_to_every_second_month(day: date, expected: bool) -> None:
    assert is_round_month(day, ROUND_MONTHS) is expected


@pytest.mark.rule("CA-01", "Q1")
def test_a_year_has_six_rounds() -> None:
    months = [month for month in range(1, 13) if is_round_month(date(2026, month, 1), ROUND_MONTHS)]

    assert len(months) == 6


@pytest.mark.rule("CA-01", "Q1")
@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2026, 4, 30), date(2026, 5, 1)),
        (date(2026, 5, 1), date(2026, 5, 1)),
        (date(2026, 5, 2), date(2026, 7, 1)),
        (date(2026, 11, 30), date(2027, 1, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
        (date(2027, 3, 2), date(2027, 5, 1)),
    ],
)
def test_the_next_round_month_begins_on_or_after_the_day(day: date, month: date) -> None:
    assert next_round_month(day, ROUND_MONTHS) == month


def test_the_only_round_month_comes_round_again_next_year() -> None:
    assert next_round_month(date(2026, 5, 2), (5,)) == date(2027, 5, 1)


def test_without_round_months_there_is_no_next_one() -> None:
    with pytest.raises(ValueError, match="round month"):
        next_round_month(date(2026, 5, 1), ())


@pytest.mark.rule("Q1")
@pytest.mark.parametrize(
    ("day", "within_months", "expected"),
    [
        (date(2026, 6, 1), 11, ["2026-07", "2026-09", "2026-11", "2027-01", "2027-03"]),
        (date(2026, 6, 30), 12, ["2026-07", "2026-09", "2026-11", "2027-01", "2027-03", "2027-05"]),
        (date(2027, 1, 31), 1, ["2027-01"]),
        (date(2026, 6, 1), 1, []),
    ],
)
def test_six_rounds_a_year_start_two_months_apart(day: date, within_months: int, expected: list[str]) -> None:
    found = round_starts(day, ROUND_MONTHS, within_months=within_months)

    assert [start.isoformat() for start in found] == [f"{month}-01" for month in expected]


@pytest.mark.rule("Q33")
@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2026, 3, 31), date(2025, 4, 1)),
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2026, 12, 31), date(2026, 4, 1)),
        (date(2027, 1, 1), date(2026, 4, 1)),
    ],
)
def test_the_year_runs_from_april_to_march(day: date, start: date) -> None:
    assert year_start(day) == start


@pytest.mark.rule("CA-05", "CA-06", "MO-01", "Q2")
@pytest.mark.parametrize(
    ("allocated_on", "due"),
    [
        (date(2026, 4, 24), date(2026, 5, 31)),
        (date(2026, 5, 1), date(2026, 5, 31)),
        (date(2026, 5, 2), date(2026, 6, 2)),
        (date(2026, 5, 30), date(2026, 6, 30)),
        (date(2026, 5, 31), date(2026, 6, 30)),
        (date(2026, 6, 9), date(2026, 7, 9)),
    ],
)
def test_an_audit_is_due_at_month_end_or_a_month_after_a_late_allocation(
    allocated_on: date, due: date
) -> None:
    assert due_on(allocated_on, date(2026, 5, 1)) == due


@pytest.mark.rule("CA-06", "Q2")
@pytest.mark.parametrize(
    ("allocated_on", "round_month", "due"),
    [
        (date(2027, 1, 31), date(2027, 1, 1), date(2027, 2, 28)),
        (date(2028, 1, 31), date(2028, 1, 1), date(2028, 2, 29)),
        (date(2026, 9, 1), date(2026, 9, 17), date(2026, 9, 30)),
    ],
)
def test_short_months_end_where_they_end(allocated_on: date, round_month: date, due: date) -> None:
    assert due_on(allocated_on, round_month) == due


@pytest.mark.rule("CA-05")
@pytest.mark.parametrize(
    ("allocated_on", "due"), [(date(2026, 5, 3), date(2026, 5, 31)), (date(2026, 5, 4), date(2026, 6, 4))]
)
def test_late_is_measured_from_the_allocation_day(allocated_on: date, due: date) -> None:
    assert due_on(allocated_on, date(2026, 5, 1), allocate_on_day=3) == due


@pytest.mark.rule("CA-07", "Q19")
@pytest.mark.parametrize(
    ("allocated_on", "first"),
    [
        (date(2026, 5, 1), date(2025, 11, 1)),
        (date(2026, 8, 31), date(2026, 2, 28)),
        (date(2028, 8, 31), date(2028, 2, 29)),
    ],
)
def test_the_window_is_six_months_to_the_allocation_date(allocated_on: date, first: date) -> None:
    assert lookback(allocated_on, 6) == (first, allocated_on)


@pytest.mark.rule("Q18")
@pytest.mark.parametrize(
    ("contact_on", "applies"),
    [
        (date(2025, 10, 31), False),
        (date(2025, 11, 1), True),
        (date(2026, 5, 1), True),
        (date(2026, 5, 2), False),
        (None, False),
    ],
)
def test_the_contact_section_applies_when_the_opening_contact_is_in_the_window(
    contact_on: date | None, applies: bool
) -> None:
    window = (date(2025, 11, 1), date(2026, 5, 1))

    assert contact_section_applies(contact_on, window) is applies


@pytest.mark.rule("CA-22")
def test_the_steps_are_spread_over_the_month(framework: Framework) -> None:
    aimed = aimed_days(date(2026, 5, 1), date(2026, 5, 31), framework.steps, SPRING)

    assert [(step.key, day) for step, day in aimed] == [
        ("accept", date(2026, 5, 7)),
        ("file", date(2026, 5, 10)),
        ("voices", date(2026, 5, 17)),
        ("conversation", date(2026, 5, 24)),
        ("judge", date(2026, 5, 27)),
        ("actions", date(2026, 5, 28)),
        ("submit", date(2026, 5, 31)),
    ]


@pytest.mark.rule("CA-22", "CA-06")
def test_no_step_is_aimed_past_the_due_date(framework: Framework) -> None:
    due = date(2026, 5, 20)

    aimed = {step.key: day for step, day in aimed_days(date(2026, 5, 1), due, framework.steps)}

    assert aimed["voices"] == date(2026, 5, 17)
    assert aimed["conversation"] == aimed["judge"] == aimed["actions"] == due


@pytest.mark.rule("CA-22")
@pytest.mark.parametrize(
    ("allocated_on", "due", "aims"),
    [
        # From the 1st to the same day of the next month is one month still.
        (date(2026, 5, 1), date(2026, 6, 1), "2026-05-10 2026-05-17 2026-05-24 2026-05-27 2026-05-28"),
        (date(2026, 5, 15), date(2026, 6, 15), "2026-05-24 2026-05-31 2026-06-07 2026-06-10 2026-06-11"),
        (date(2026, 5, 1), date(2026, 6, 14), "2026-05-13 2026-05-23 2026-06-02 2026-06-06 2026-06-08"),
        (date(2026, 5, 1), date(2026, 7, 15), "2026-05-22 2026-06-08 2026-06-25 2026-07-02 2026-07-05"),
    ],
)
def test_more_time_is_shared_among_the_steps_and_not_kept_for_the_last(
    framework: Framework, allocated_on: date, due: date, aims: str
) -> None:
    aimed = [day for _, day in aimed_days(allocated_on, due, framework.steps, SPRING)]

    assert " ".join(day.isoformat() for day in aimed[1:-1]) == aims
    assert aimed[0] == accept_by(allocated_on, framework.numbers, SPRING)
    assert aimed[-1] == due


def test_an_audit_is_accepted_within_three_working_days(framework: Framework) -> None:
    assert accept_by(date(2026, 5, 1), framework.numbers, SPRING) == date(2026, 5, 7)


@pytest.mark.rule("CA-17", "Q26")
@pytest.mark.parametrize(
    ("submitted_on", "last"),
    [
        (date(2026, 5, 11), date(2026, 5, 18)),
        (date(2026, 5, 1), date(2026, 5, 11)),
        (date(2026, 5, 31), date(2026, 6, 5)),
        (date(2026, 5, 22), date(2026, 6, 1)),
    ],
)
def test_the_practitioner_comments_within_five_working_days(
    framework: Framework, submitted_on: date, last: date
) -> None:
    assert comment_by(submitted_on, framework.numbers, SPRING) == last


@pytest.mark.rule("CA-18")
@pytest.mark.parametrize(
    ("submitted_on", "last"),
    [(date(2026, 5, 11), date(2026, 5, 18)), (date(2026, 5, 22), date(2026, 6, 1))],
)
def test_the_team_manager_reviews_within_five_working_days(
    framework: Framework, submitted_on: date, last: date
) -> None:
    assert review_by(submitted_on, framework.numbers, SPRING) == last


@pytest.mark.rule("Q15")
@pytest.mark.parametrize(
    ("overall", "day"),
    [
        (Grade.INADEQUATE, date(2026, 6, 8)),
        (Grade.REQUIRES_IMPROVEMENT, date(2026, 6, 29)),
        (Grade.GOOD, date(2026, 6, 29)),
        (Grade.OUTSTANDING, date(2026, 6, 29)),
        (None, date(2026, 6, 29)),
    ],
)
def test_an_action_is_suggested_sooner_when_practice_is_inadequate(
    framework: Framework, overall: Grade | None, day: date
) -> None:
    assert suggested_action_day(overall, date(2026, 6, 1), framework.numbers, SPRING) == day


@pytest.mark.rule("Q15")
def test_bank_holidays_move_a_suggested_action(framework: Framework) -> None:
    suggested = suggested_action_day(Grade.INADEQUATE, date(2026, 5, 22), framework.numbers, SPRING)

    assert suggested == date(2026, 6, 1)


@pytest.mark.rule("SG-02", "Q16")
@pytest.mark.parametrize(
    ("raised", "escalated"),
    [
        # Winter: London is UTC.
        (datetime(2026, 1, 15, 9, 0, tzinfo=UTC), datetime(2026, 1, 15, 11, 0, tzinfo=UTC)),
        (datetime(2026, 1, 15, 21, 45, tzinfo=UTC), datetime(2026, 1, 15, 23, 45, tzinfo=UTC)),
        (datetime(2026, 1, 15, 21, 46, tzinfo=UTC), datetime(2026, 1, 15, 23, 45, tzinfo=UTC)),
        (datetime(2026, 1, 15, 23, 50, tzinfo=UTC), datetime(2026, 1, 15, 23, 50, tzinfo=UTC)),
        (datetime(2026, 1, 16, 0, 0, tzinfo=UTC), datetime(2026, 1, 16, 2, 0, tzinfo=UTC)),
        # Summer: London is an hour ahead, so the day ends at 23:00 UTC.
        (datetime(2026, 7, 15, 20, 45, tzinfo=UTC), datetime(2026, 7, 15, 22, 45, tzinfo=UTC)),
        (datetime(2026, 7, 15, 21, 30, tzinfo=UTC), datetime(2026, 7, 15, 22, 45, tzinfo=UTC)),
        (datetime(2026, 7, 15, 23, 10, tzinfo=UTC), datetime(2026, 7, 16, 1, 10, tzinfo=UTC)),
        # The night summer time begins, and its evening.
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 3, 29, 2, 30, tzinfo=UTC)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), datetime(2026, 3, 29, 22, 45, tzinfo=UTC)),
        # The night it ends, and its evening.
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        (datetime(2026, 10, 25, 22, 0, tzinfo=UTC), datetime(2026, 10, 25, 23, 45, tzinfo=UTC)),
    ],
)
def test_an_alert_goes_on_after_two_hours_and_always_the_same_day(
    raised: datetime, escalated: datetime
) -> None:
    assert safety_escalation_at(raised, 2) == escalated


@pytest.mark.rule("Q16")
def test_two_hours_are_two_hours_whatever_zone_the_alert_was_raised_in() -> None:
    # 00:30 in London, an hour before the clocks go forward.
    raised = datetime(2026, 3, 29, 0, 30, tzinfo=LONDON)

    escalated = safety_escalation_at(raised, 2)

    assert escalated == datetime(2026, 3, 29, 2, 30, tzinfo=UTC)
    assert escalated.tzinfo is UTC


def test_a_naive_alert_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        safety_escalation_at(datetime(2026, 5, 1, 9, 0), 2)  # noqa: DTZ001 -- the mistake under test


@pytest.mark.rule("CA-03")
@pytest.mark.parametrize(
    ("last_audited_on", "due"),
    [
        (date(2025, 5, 14), date(2026, 5, 14)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (None, None),
    ],
)
def test_a_practitioner_is_due_within_a_year_of_the_last_audit(
    last_audited_on: date | None, due: date | None
) -> None:
    assert practitioner_due_on(last_audited_on, 12) == due


@pytest.mark.rule("CA-03")
@pytest.mark.parametrize(
    ("last_audited_on", "by", "expected"),
    [
        (date(2025, 5, 14), date(2026, 5, 13), False),
        (date(2025, 5, 14), date(2026, 5, 14), True),
        (date(2025, 5, 14), date(2026, 5, 15), True),
        (None, date(2026, 5, 1), True),
    ],
)
def test_cover_runs_out_on_the_day_and_was_never_there_without_an_audit(
    last_audited_on: date | None, by: date, expected: bool
) -> None:
    assert practitioner_is_due(last_audited_on, 12, by) is expected
