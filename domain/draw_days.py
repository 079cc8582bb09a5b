"""When the Panel chooses: pure date rules of selection.

Source: MO-07, Q7; workflow 1B steps 11 and 12.
"""

from datetime import date, timedelta

from domain.days import add_working_days, month_end
from domain.deadlines import moderate_by
from domain.framework import Numbers


def drawn_on(month: date, numbers: Numbers, bank_holidays: frozenset[date]) -> date:
    """The day on which the draw that closes this month is made."""
    return add_working_days(month_end(month), numbers.top_up_working_days, bank_holidays)


def answer_by(
    submitted_on: date, nominated_on: date, numbers: Numbers, bank_holidays: frozenset[date]
) -> date:
    """The day by which the Panel answers a nomination.

    It runs from the audit's submission. A nomination that came late leaves the Panel the days that the last
    one in time would have left it. Source: Q6; workflow 1B steps 10 and 11.
    """
    left = max(1, numbers.selection_working_days - numbers.manager_review_working_days)
    return max(
        add_working_days(submitted_on, numbers.selection_working_days, bank_holidays),
        add_working_days(nominated_on, left, bank_holidays),
    )


def chosen_due_on(
    submitted_on: date, chosen_on: date, numbers: Numbers, bank_holidays: frozenset[date]
) -> date:
    """The day by which an audit that somebody chose is moderated.

    Each audit's own clock counts while it is chosen within the days there are for choosing; afterwards it has
    its fortnight from selection, like a top-up, as nobody can be late before being asked. Source: MO-07, Q7.
    """
    in_time = chosen_on <= add_working_days(submitted_on, numbers.selection_working_days, bank_holidays)
    return moderate_by(submitted_on if in_time else chosen_on, numbers)


def top_up_due_on(chosen_on: date, numbers: Numbers) -> date:
    """The day by which a top-up is moderated: a fortnight from its selection. Source: Q7."""
    return chosen_on + timedelta(days=numbers.moderation_days)


def seed_of(month: date) -> int:
    """The seed of the draw that closes this month: 202605 for May 2026, so that nobody can have picked it."""
    return month.year * 100 + month.month
