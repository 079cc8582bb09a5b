"""How far auditors and the Panel agree, of the service as a whole (MO-21).

Only what has been released counts: a held moderation shows nowhere. Of one auditor there is no figure
here; see `workflows.differing` (SG-03).
"""

from collections.abc import Sequence
from datetime import date, datetime

from domain.agreement import Agreement, Compared, Pair, agreement
from domain.days import add_months, end_of_local_day, local_midnight
from domain.differences import section_pairs
from domain.grades import Grade
from domain.moderation import Moderation
from domain.moderation_form import from_body
from domain.pages import OVERALL
from domain.people import Person
from domain.permissions import Verb, require
from storage.work import View
from workflows.council import Council

MONTHS = 12
"""How far back a reading looks: rounds differ, a year holds all of them."""


def service_agreement(view: View, council: Council, *, by: Person, now: datetime) -> Agreement:
    """Original against moderated grades of what was released in the last twelve months."""
    require(Verb.SEE_AGREEMENT, by, today=council.today(now))
    return agreement_of(view, council, now=now)


def agreement_of(view: View, council: Council, *, now: datetime) -> Agreement:
    """The same for a reader who was allowed to before, such as the QA Group together."""
    today = council.today(now)
    since, before = (local_midnight(add_months(today, -MONTHS * years)) for years in (1, 2))
    return _agreement(view, council, before, since, now)


def agreement_of_year(view: View, council: Council, *, last: date) -> Agreement:
    """The same of the twelve whole months that end with this day; whoever asks was allowed to before."""
    month = last.replace(day=1)
    since, before = (local_midnight(add_months(month, 1 - MONTHS * years)) for years in (1, 2))
    return _agreement(view, council, before, since, end_of_local_day(last))


def _agreement(view: View, council: Council, before: datetime, since: datetime, until: datetime) -> Agreement:
    numbers = council.framework.numbers
    return agreement(
        _compared(view, view.moderations.released_between(since, until)),
        _compared(view, view.moderations.released_between(before, since)),
        section_keys=council.framework.section_keys,
        least=numbers.alpha_least_audits,
        smallest=numbers.smallest_count,
    )


def _compared(view: View, released: Sequence[Moderation]) -> tuple[Compared, ...]:
    originals = view.audits.grades(one.audit_id for one in released)
    return tuple(
        Compared(
            # The Panel's own look, and not the final grade after the talk: that one knows both.
            overall=Pair(originals[one.audit_id][OVERALL], _overall(one)),
            sections=section_pairs(originals[one.audit_id], from_body(one.body)),
            is_random=one.is_random,
        )
        for one in released
    )


def _overall(moderation: Moderation) -> Grade:
    if moderation.overall is None:
        raise LookupError(f"moderation {moderation.id} is released without a grade")
    return moderation.overall
