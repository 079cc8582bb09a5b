"""What a manager must do next with an action: each stands in one place of the board."""

from datetime import date

import pytest

from domain.action_board import Next, Unconfirmed, comes_next

TODAY = date(2026, 5, 20)
HOLIDAYS = frozenset({date(2026, 5, 25)})
"""A bank holiday, so that ten working days end on 4 June instead of 3 June."""


def place(due_on: date, *, done: bool = False, asks: bool = False, back: bool = False) -> Next:
    return comes_next(Unconfirmed(done, asks, back, due_on), TODAY, HOLIDAYS)


@pytest.mark.rule("RO-02", "CA-23")
@pytest.mark.parametrize(
    ("due_on", "where"),
    [
        (date(2026, 5, 19), Next.OVERDUE),
        (TODAY, Next.SOON),
        (date(2026, 6, 4), Next.SOON),
        (date(2026, 6, 5), Next.LATER),
    ],
)
def test_the_due_day_decides_where_an_open_action_stands(due_on: date, where: Next) -> None:
    assert place(due_on) is where


@pytest.mark.rule("RO-02")
@pytest.mark.parametrize("due_on", [date(2026, 5, 1), TODAY, date(2026, 8, 1)])
def test_what_waits_for_the_managers_own_answer_comes_first_whenever_it_is_due(due_on: date) -> None:
    assert place(due_on, done=True, back=True) is Next.CONFIRM
    assert place(due_on, asks=True, back=True) is Next.MORE_TIME


@pytest.mark.rule("RO-02")
def test_a_proof_sent_back_stands_apart_until_it_is_overdue() -> None:
    assert place(date(2026, 8, 1), back=True) is Next.SENT_BACK
    assert place(TODAY, back=True) is Next.SENT_BACK
    assert place(date(2026, 5, 19), back=True) is Next.OVERDUE
