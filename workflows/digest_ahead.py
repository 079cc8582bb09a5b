"""What the next weeks hold, rounds by each of their days: for the QA Group's digest.

Source: CA-01, CA-04, CA-05, MO-02, MO-07, Q1.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.days import add_months, month_end
from domain.deadlines import is_round_month
from domain.digest import Coming
from domain.governance import ActivityKind
from storage.work import View
from workflows.council import Council
from workflows.looking_forward import planned
from workflows.sampling import is_other_half

_SAID_OF_ROUNDS = frozenset({ActivityKind.CORE, ActivityKind.MODERATION})


def coming(view: View, council: Council, first: date, last: date) -> tuple[Coming, ...]:
    """What falls between these days, both included, earliest first: of nobody's and no case's."""
    found = [one for one in _rounds(view, council, first, last) if first <= one.day <= last]
    found += {
        Coming(one.day, one.title, one.kind.value)
        for one in planned(view, council, first, last, besides=_SAID_OF_ROUNDS)
    }
    return tuple(sorted(found, key=lambda one: (one.day, one.title)))


def _rounds(view: View, council: Council, first: date, last: date) -> Iterator[Coming]:
    numbers = council.framework.numbers
    month = add_months(first.replace(day=1), -2)
    while month <= add_months(last.replace(day=1), 1):
        if is_round_month(month, numbers.round_months) or is_other_half(view, council, month):
            name = f"{month:%B}"
            ends = month_end(month)
            yield Coming(month - timedelta(days=14), f"The sample of the {name} round is drawn", "round")
            yield Coming(month, f"The {name} round begins: audits are given out", "round")
            yield Coming(ends, f"Audits of the {name} round are due", "round")
            yield Coming(
                ends + timedelta(days=numbers.moderation_days),
                f"The last moderations of the {name} round are due",
                "moderation",
            )
            yield Coming(
                month + timedelta(days=numbers.round_report_days),
                f"Managers get the reports of the {name} round",
                "report",
            )
        month = add_months(month, 1)
