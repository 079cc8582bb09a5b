"""The QA office is asked to draw the sample of the coming round, and a week before it to look it over.

Source: CA-04, PR-06, Q1, Q8; workflow 1B steps 1 and 2.
"""

from datetime import date, datetime, timedelta

from domain.cadence import Every, Skipped
from domain.days import add_months, month_number
from domain.deadlines import is_round_month
from storage.work import View, Work
from workflows.council import Council
from workflows.pairs import broken_pairs
from workflows.population import half_of
from workflows.telling import tell_qa_office

DRAW, CHECK = "draw_sample", "check_sample"
"""The lines of the calendar that ask."""

HALF_A_MONTH = timedelta(days=14)


def ask_for_sample(work: Work, council: Council, *, on: date, now: datetime) -> None:
    """Ask for the sample of the round whose reminder falls on this day.

    Raises Skipped when it has been drawn, or no round begins that month.
    """
    month = _month_to_ask_about(work, council, DRAW, on)
    if work.rounds.of_month(month) is not None:
        raise Skipped("the sample has been drawn")
    _require_in_time(council, month, now)
    tell_qa_office(work, kind="sample_wanted", subject_id=month_number(month), now=now)


def ask_to_check_sample(work: Work, council: Council, *, on: date, now: datetime) -> None:
    """Ask to look over the round whose reminder falls on this day.

    Raises Skipped when it is approved and every pair holds, or no round begins that month.
    """
    month = _month_to_ask_about(work, council, CHECK, on)
    chosen = work.rounds.of_month(month)
    if chosen is not None and chosen.state != "planned" and not broken_count(work, month):
        raise Skipped("the round is approved and every pair holds")
    _require_in_time(council, month, now)
    tell_qa_office(work, kind="sample_check", subject_id=month_number(month), now=now)


def is_other_half(view: View, council: Council, month: date) -> bool:
    """Whether the round before staggered the pool, so that its other half has this month's round (Q1)."""
    before = view.rounds.of_month(add_months(month, -1))
    months = council.framework.numbers.round_months
    return before is not None and is_round_month(before.month, months) and half_of(before) is not None


def broken_count(view: View, month: date) -> int:
    """How many pairs of this month's round no longer hold; 0 once it is allocated, or without a round."""
    chosen = view.rounds.of_month(month)
    if chosen is None or chosen.state == "allocated":
        return 0
    return len(broken_pairs(view, view.rounds.places(chosen.id)))


def _month_to_ask_about(view: View, council: Council, key: str, on: date) -> date:
    month = month_meant(council, key, on)
    in_calendar = is_round_month(month, council.framework.numbers.round_months)
    if not in_calendar and not is_other_half(view, council, month):
        raise Skipped("no round begins that month")
    return month


def month_meant(council: Council, key: str, on: date) -> date:
    """The first day of the month that this day's reminder counts from."""
    line = next(line for line in council.framework.cadence if line.key == key)
    if line.every is not Every.ROUND:
        return on if on.day == 1 else add_months(on.replace(day=1), 1)
    # A weekend or bank holiday moves a reminder by days, never by half a month.
    return (on - timedelta(days=line.offset_days) + HALF_A_MONTH).replace(day=1)


def _require_in_time(council: Council, month: date, now: datetime) -> None:
    if council.today(now) > month:
        raise Skipped("the round's month had begun by then")
