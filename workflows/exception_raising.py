"""Which figures somebody is asked about, raised as new figures come (PF-04, PF-09).

Only figures of months and quarters are: a week's stand in the team report, which its manager answers as a
whole (PF-01). Only the council, services and teams are: a practitioner's figures are talked of with them.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from domain.days import add_working_days
from domain.indicators import COUNCIL, Every, Indicator, Measured
from domain.people import Person, Post
from domain.performance import ExceptionState, Raised
from storage.work import View, Work
from workflows.council import Council
from workflows.covering import stand_in
from workflows.indicator_series import Series, SeriesKey, series_of

ASKED = "exceptions_raised"
"""The kind of notice; its subject is the list that brought the figures."""

_RECENT = {Every.MONTH: timedelta(days=100), Every.QUARTER: timedelta(days=200)}
"""How long ago a period may have begun: nobody is asked about history that is brought in late."""


def raise_exceptions(
    work: Work, council: Council, touched: Iterable[SeriesKey], *, import_id: int, now: datetime
) -> int:
    """Raise what these series show at their newest, close what they no longer show; how many are new.

    Each owner is told once of all.
    """
    today = council.today(now)
    wanted = {key for key in touched if key[1] in _RECENT and is_coarse(key[2])}
    found = series_of(work, council, {key[2] for key in wanted}, today=today)
    told: set[int] = set()
    raised = 0
    for key in sorted(wanted & set(found)):
        owner = _settle(work, council, found[key], today=today, now=now)
        if owner is not None:
            raised += 1
            told |= {owner} - {0}
    for person_id in sorted(told):
        work.notices.queue(kind=ASKED, subject_id=import_id, person_id=person_id, now=now)
    return raised


def is_coarse(scope: str) -> bool:
    """Whether the scope is the council, a service or a team."""
    return scope == COUNCIL or scope.startswith(("service:", "team:"))


def _settle(work: Work, council: Council, series: Series, *, today: date, now: datetime) -> int | None:
    """Put the exceptions of one series right; the owner of a new one (0 when nobody is), else None."""
    newest, kind = series.newest, series.judgement.exception
    stands = None
    for raised in work.exceptions.of_scope(series.indicator.id, newest.every, series.measured.scope):
        if kind is not None and (raised.period_on, raised.kind) == (newest.period_on, kind):
            stands = raised
        elif kind is None or raised.state is ExceptionState.OPEN or raised.period_on == newest.period_on:
            work.exceptions.close(raised, now)
    if stands is not None and stands.value != newest.value:
        # Put right and still off: whoever reads of it reads the figure as it is now, with the answer it had.
        work.exceptions.change(stands, {"value": newest.value})
    if kind is None or stands is not None or newest.period_on < today - _RECENT[newest.every]:
        return None
    owner = owner_of(work, council, series.indicator, series.measured, today)
    days = council.framework.numbers.narrative_working_days
    new = Raised(
        id=0,
        indicator_id=series.indicator.id,
        every=newest.every,
        period_on=newest.period_on,
        measured=series.measured,
        kind=kind,
        value=newest.value,
        owner_id=owner.id if owner else None,
        due_on=add_working_days(today, days, council.bank_holidays),
        reply="",
        action="",
        state=ExceptionState.OPEN,
        answered_by=None,
        answered_at=None,
        closed_at=None,
        version=1,
    )
    if not work.exceptions.put(new):
        work.exceptions.reopen(new)
    return owner.id if owner else 0


def owner_of(
    view: View, council: Council, indicator: Indicator, measured: Measured, today: date
) -> Person | None:
    """Who answers for a figure: a team's manager, a service's, or whoever owns the indicator.

    Whoever is away is stood in for. Without a manager of its own a team's figures are its service manager's,
    and a service's those of the AD for social care.
    """
    found: tuple[Person, ...] = ()
    if measured.team_id is not None:
        found = view.people.holding(Post.TM, team_id=measured.team_id)
    if not found and measured.service_id is not None:
        found = view.people.holding(Post.SM, service_id=measured.service_id)
    if not found and measured.scope == COUNCIL:
        found = _named(view, indicator)
    if not found and measured.scope == COUNCIL:
        found = view.people.holding(Post.SM_IMPACT) or view.people.holding(Post.PERFORMANCE)
    found = found or view.people.holding(Post.AD_CARE)
    if not found:
        return None
    first = min(found, key=lambda person: person.id)
    return stand_in(view, council, first, today) or first


def _named(view: View, indicator: Indicator) -> tuple[Person, ...]:
    """Whoever the list of indicators names as the owner and is still here."""
    if indicator.owner_post is not None:
        return view.people.holding(indicator.owner_post)
    if indicator.owner_id is None:
        return ()
    return tuple(p for p in view.people.many((indicator.owner_id,)).values() if p.left_on is None)
