"""When somebody is asked again for what has not come: the working day after its day, then at a steady pace.

Source: PF-09, PF-12.
"""

from datetime import date

from domain.days import add_working_days


def chase_day(due_on: date, today: date, *, every: int, bank_holidays: frozenset[date]) -> date | None:
    """The latest day up to today on which what was due then is asked for again; None while it is not late.

    The first is the working day after, the next ones follow `every` working days apart. A day on which
    nothing ran is caught up on: the answer stays the same until the next one.
    """
    found: date | None = None
    following = add_working_days(due_on, 1, bank_holidays)
    while following <= today:
        found = following
        following = add_working_days(following, every, bank_holidays)
    return found
