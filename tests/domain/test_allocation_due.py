"""Waits and repeats, with dates either side of each boundary; the forecast."""

from dataclasses import replace
from datetime import date

import pytest

from domain.allocation import Decisions, RoundAhead, plan_round
from domain.allocation_due import due_practitioners, who_waits
from domain.allocation_repeats import recent_pairs
from tests.domain.allocation_builders import MAY, auditor, case, population, practitioner


@pytest.mark.rule("Q8")
@pytest.mark.parametrize(
    ("audited_on", "repeat"),
    [
        (date(2025, 4, 30), False),
        (date(2025, 5, 1), False),
        (date(2025, 5, 2), True),
        (date(2026, 4, 30), True),
    ],
)
def test_a_pair_is_a_repeat_within_twelve_months(audited_on: date, repeat: bool) -> None:
    assert recent_pairs([(1, 10, audited_on)], MAY, 12) == ({(1, 10)} if repeat else frozenset())


@pytest.mark.rule("CA-03")
def test_the_waiting_stand_in_bands_by_month_and_the_inactive_not_at_all() -> None:
    last = {
        1: date(2025, 6, 30),
        2: date(2025, 6, 1),
        3: None,
        4: date(2024, 12, 5),
        5: date(2025, 7, 1),
        6: None,
        7: date(2026, 4, 1),
    }
    people = [practitioner(one, day, active=one != 6) for one, day in last.items()]
    council = population([], [], people)

    waits = who_waits(council, {1, 2, 3, 4, 5, 6, 7})

    assert waits.due_bands == ((3,), (4,), (1, 2))
    assert waits.not_due == (5, 7)
    assert waits.due == due_practitioners(council) == {1, 2, 3, 4}
    assert waits.recency[5] < waits.recency[7] <= 1.0
    assert who_waits(council, {1}).due == {1}


@pytest.mark.rule("CA-03", "PR-06")
def test_the_forecast_says_who_cannot_be_reached_at_this_pace() -> None:
    # One audit a round, six rounds in the window: eight practitioners cannot all be reached.
    last = [None, *(date(2025, month, 10) for month in (4, 5, 6, 8, 9, 12)), date(2026, 4, 2)]
    people = [practitioner(one, day) for one, day in enumerate(last, start=1)]
    council = population([auditor(100)], [case(one, one) for one in range(1, 9)], people)

    due = plan_round(council, seed=1).due

    assert (due.practitioners, due.possible, due.covered) == (4, 1, 1)
    assert due.due_within_window == 8
    assert due.shortfall == 2
    assert due.ahead == (
        RoundAhead(date(2026, 5, 1), waiting=4, places=1, late=0, left=3),
        RoundAhead(date(2026, 7, 1), waiting=4, places=1, late=1, left=3),
        RoundAhead(date(2026, 9, 1), waiting=4, places=1, late=1, left=3),
        RoundAhead(date(2026, 11, 1), waiting=4, places=1, late=1, left=3),
        RoundAhead(date(2027, 1, 1), waiting=3, places=1, late=1, left=2),
        RoundAhead(date(2027, 3, 1), waiting=3, places=1, late=1, left=2),
    )


@pytest.mark.rule("CA-03", "Q1")
@pytest.mark.parametrize(("cover_months", "last"), [(1, "2026-05"), (2, "2026-06"), (12, "2027-04")])
def test_the_forecast_goes_on_to_the_last_round_within_the_window(cover_months: int, last: str) -> None:
    council = replace(
        population([auditor(100)], [case(1, 1)]), round_months=tuple(range(1, 13)), cover_months=cover_months
    )

    ahead = plan_round(council, seed=1).due.ahead

    assert len(ahead) == cover_months
    assert ahead[-1].month_on == date.fromisoformat(f"{last}-01")


@pytest.mark.rule("CA-03", "PR-06")
def test_with_places_enough_nobody_is_late_or_left() -> None:
    people = [practitioner(1, date(2025, 5, 10)), practitioner(2, date(2025, 8, 10))]
    council = population([auditor(100)], [case(1, 1), case(2, 2)], people)

    due = plan_round(council, seed=1).due

    assert due.shortfall == 0
    assert [(one.waiting, one.late, one.left) for one in due.ahead[:2]] == [(1, 0, 0), (1, 0, 0)]


@pytest.mark.rule("CA-03")
def test_a_practitioner_due_whom_a_fixed_pair_covers_counts_as_possible_and_covered() -> None:
    people = [practitioner(1, None), practitioner(2, None), practitioner(3)]
    council = population([auditor(100), auditor(101)], [case(1, 1), case(2, 2), case(3, 3)], people)

    due = plan_round(council, seed=1, decisions=Decisions(fixed=frozenset({(100, 1)}))).due

    assert (due.practitioners, due.possible, due.covered) == (2, 2, 2)


@pytest.mark.rule("CA-03", "PR-06")
def test_someone_due_on_the_day_a_round_begins_is_not_late_in_it() -> None:
    people = [practitioner(1, date(2025, 5, 1)), practitioner(2, date(2025, 7, 1))]
    people += [practitioner(3, date(2025, 7, 2)), practitioner(4, None)]
    council = population([auditor(100)], [case(1, 1), case(2, 2), case(3, 3)], people)

    due = plan_round(council, seed=1).due

    assert due.due_within_window == 3  # the fourth has no open case and is counted apart
    assert due.without_open_case == 1
    assert [(one.waiting, one.late) for one in due.ahead[:3]] == [(1, 0), (2, 0), (1, 1)]


@pytest.mark.rule("CA-03")
def test_a_practitioner_due_without_an_open_case_is_counted_apart() -> None:
    people = [practitioner(1), practitioner(2, None), practitioner(3, None, active=False)]
    council = population([auditor(100)], [case(1, 1), case(3, 3)], people)

    plan = plan_round(council, seed=1)

    assert (plan.due.practitioners, plan.due.possible, plan.due.without_open_case) == (1, 0, 1)
    assert plan.gave_way == ()
