"""Gathers the figures of a period, of the council and of each service, for digests and packs.

Whoever asks has been allowed to before: nothing is checked here, and nothing leaves here unhidden but through
`domain.figures.disclosed`.

Source: OG-03, OG-10, PF-06, PF-07, PF-11, Q31, Q33.
"""

from collections import defaultdict
from datetime import date

from domain.audits import AuditState
from domain.days import add_months, end_of_local_day, local_day, local_midnight, month_end
from domain.figures import Figure, FigureSet, Period, with_scope
from domain.governance import quarter_name, quarter_start
from domain.loop import Found
from domain.measures import Given, Looked, counted
from storage.work import View
from workflows.council import Council


def month_of(day: date) -> Period:
    """The month of this day."""
    return Period(day.replace(day=1), month_end(day), f"{day:%B %Y}")


def quarter_of(day: date) -> Period:
    """The quarter of this day (Q33)."""
    first = quarter_start(day)
    return Period(first, month_end(add_months(first, 2)), quarter_name(first))


def period_before(period: Period) -> Period:
    """The same length of months just before."""
    months = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
    if months == 1:
        return month_of(add_months(period.first, -1))
    if months == 3:
        return quarter_of(add_months(period.first, -3))
    first = add_months(period.first, -months)
    last = month_end(add_months(period.last, -months))
    return Period(first, last, f"{first:%B %Y} to {last:%B %Y}")


def figures(view: View, council: Council, period: Period, *, today: date) -> FigureSet:
    """Everything that is counted of this period, as it stands today: of the council, then of each service."""
    return FigureSet(period, view.once(_figures, council, period, today))


def _figures(view: View, council: Council, period: Period, today: date) -> tuple[Figure, ...]:
    given, found, looked = gathered(view, period)
    framework = council.framework
    made = list(counted(framework, given, found, looked, today=today))
    given_of: defaultdict[int, list[Given]] = defaultdict(list)
    found_of: defaultdict[int, list[Found]] = defaultdict(list)
    for one in given:
        given_of[one.service_id].append(one)
    for each in found:
        found_of[each.service_id].append(each)
    for service_id in sorted(view.people.services()):
        theirs = counted(framework, given_of[service_id], found_of[service_id], looked, today=today)
        made += with_scope(theirs, scope_of_service(service_id))
    return tuple(made)


def gathered(view: View, period: Period) -> tuple[tuple[Given, ...], tuple[Found, ...], dict[int, Looked]]:
    """What the figures of this period are counted from: audits given out, those that came in, and the
    released moderations of these by audit."""
    found = view.loop.submitted_between(local_midnight(period.first), end_of_local_day(period.last))
    return _given(view, period), found, _looked(view, found)


def scope_of_service(service_id: int) -> str:
    """A service as figures name it."""
    return f"service {service_id}"


def _given(view: View, period: Period) -> tuple[Given, ...]:
    """The audits of the rounds that began in the period; a returned one is nobody's any more."""
    teams = view.people.teams()
    return tuple(
        Given(
            audit.id,
            teams[audit.team_id].service_id,
            audit.due_on,
            local_day(audit.submitted_at) if audit.submitted_at else None,
        )
        for one in view.rounds.in_state("allocated")
        if period.first <= one.month <= period.last
        for audit in view.audits.of_round(one.id)
        if audit.state is not AuditState.RETURNED
    )


def _looked(view: View, found: tuple[Found, ...]) -> dict[int, Looked]:
    """The released moderations of these audits; a held one shows nowhere (MO-17)."""
    moderations = view.moderations.of_audits(one.audit_id for one in found)
    looked = {}
    for one in found:
        moderation = moderations.get(one.audit_id)
        if moderation is None or moderation.released_at is None or moderation.decided_at is None:
            continue
        in_time = local_day(moderation.decided_at) <= moderation.due_on
        looked[one.audit_id] = Looked(one.audit_id, one.grade is not one.original, in_time)
    return looked
