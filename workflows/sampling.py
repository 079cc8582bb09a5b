"""The QA office is asked to draw the sample of the coming round, and a week before it to look it over.

Source: CA-04, PR-06, Q8; workflow 1B steps 1 and 2.
"""

from datetime import date, datetime

from domain.cadence import Skipped
from domain.deadlines import next_round_month
from storage.work import View, Work
from workflows.council import Council
from workflows.pairs import broken_pairs
from workflows.telling import tell_qa_office


def month_number(month: date) -> int:
    """A month as notices and buttons carry it: 202605. A round that is not drawn yet has no id."""
    return month.year * 100 + month.month


def month_of(number: int) -> date | None:
    """The first day of the month of this number; None when it is none."""
    year, month = divmod(number, 100)
    return date(year, month, 1) if 1 <= month <= 12 and 2000 <= year < 2200 else None


def ask_for_sample(work: Work, council: Council, *, on: date, now: datetime) -> None:
    """Ask for the sample of the round that begins next. Raises Skipped when it has been drawn."""
    month = next_round_month(on, council.framework.numbers.round_months)
    if work.rounds.of_month(month) is not None:
        raise Skipped("the sample has been drawn")
    _require_in_time(council, month, now)
    tell_qa_office(work, kind="sample_wanted", subject_id=month_number(month), now=now)


def ask_to_check_sample(work: Work, council: Council, *, on: date, now: datetime) -> None:
    """Ask to look the coming round over. Raises Skipped when it is approved and every pair holds."""
    month = next_round_month(on, council.framework.numbers.round_months)
    chosen = work.rounds.of_month(month)
    if chosen is not None and chosen.state != "planned" and not broken_count(work, month):
        raise Skipped("the round is approved and every pair holds")
    _require_in_time(council, month, now)
    tell_qa_office(work, kind="sample_check", subject_id=month_number(month), now=now)


def broken_count(view: View, month: date) -> int:
    """How many pairs of this month's round no longer hold; 0 once it is allocated, or without a round."""
    chosen = view.rounds.of_month(month)
    if chosen is None or chosen.state == "allocated":
        return 0
    return len(broken_pairs(view, view.rounds.places(chosen.id)))


def _require_in_time(council: Council, month: date, now: datetime) -> None:
    if council.today(now) > month:
        raise Skipped("the round's month had begun by then")
