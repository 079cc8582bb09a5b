"""Gathers what a pack is drafted from, and counts the same again for whoever asks what is behind a figure.

Whoever asks has been allowed to before: nothing is checked here.

Source: OG-05, OG-06, PF-07, PF-11, PF-15, MO-17.
"""

from datetime import date

from domain.days import add_months, end_of_local_day, local_midnight
from domain.figures import FigureSet, Period
from domain.learning import PUBLISHED, Entry, Evidence
from domain.pack_desk import Known
from domain.pack_measures import Beside, beside
from domain.packs import PackKind, PackLine, period_before, period_between
from storage.work import View
from workflows.agreeing import MONTHS, agreement_of_year
from workflows.council import Council
from workflows.figuring import figures, scope_of_service
from workflows.pack_tables import Setting, added_tables

QUARTERS = 4
"""How many quarters stand beside each other in the evidence export: a year."""


def known_of(view: View, council: Council, line: PackLine, period: Period, *, today: date) -> Known:
    """Everything the pack of this time is drafted from, as it stands today."""
    times = [period]
    for _ in range(1, QUARTERS if line.kind is PackKind.EVIDENCE else 2):
        times.append(period_before(line.span, times[-1], council.framework.numbers.round_months))
    return Known(
        framework=council.framework,
        line=line,
        sets=tuple(pack_set(view, council, one, today=today) for one in times),
        agreement=agreement_of_year(view, council, last=period.last).every,
        standing=_standing_at_end(view, period),
        closed=_closed_in(view, period),
        services={scope_of_service(i): one.name for i, one in view.people.services().items()},
        tables=added_tables(Setting(view, council, line, period, today)),
    )


def pack_set(view: View, council: Council, period: Period, *, today: date) -> FigureSet:
    """Every figure that any pack may show of this time, counted today."""
    counted = figures(view, council, period, today=today)
    found = view.loop.submitted_between(local_midnight(period.first), end_of_local_day(period.last))
    more = beside(council.framework, found, _beside(view, period, [one.audit_id for one in found]))
    return FigureSet(period, (*counted.figures, *more))


def set_between(view: View, council: Council, first: date, last: date, *, today: date) -> FigureSet:
    """The same of these days."""
    return pack_set(view, council, period_between(first, last), today=today)


def _beside(view: View, period: Period, audit_ids: list[int]) -> Beside:
    until = end_of_local_day(period.last)
    since = local_midnight(add_months(period.last.replace(day=1), 1 - MONTHS))
    standing, closed = _standing_at_end(view, period), _closed_in(view, period)
    evidence = view.learning.evidence(one.id for one in (*standing, *closed))
    return Beside(
        commented=view.audits.commented(audit_ids),
        thanked={note.id: note.audit_id for note in view.praise.of_audits(audit_ids)},
        compared=tuple(sorted(one.id for one in view.moderations.released_between(since, until))),
        learning_open=tuple(sorted(one.id for one in standing)),
        learning_closed=tuple(sorted(one.id for one in closed)),
        evidence={i: links.get(Evidence.AUDIT, ()) for i, links in evidence.items()},
    )


def _standing_at_end(view: View, period: Period) -> tuple[Entry, ...]:
    """Published entries that were begun by the end of the period and not closed by then."""
    end = end_of_local_day(period.last)
    return tuple(
        one
        for one in view.learning.in_states(PUBLISHED)
        if one.created_at < end and (one.closed_at is None or one.closed_at >= end)
    )


def _closed_in(view: View, period: Period) -> tuple[Entry, ...]:
    since, until = local_midnight(period.first), end_of_local_day(period.last)
    return tuple(
        one
        for one in view.learning.in_states(PUBLISHED)
        if one.closed_at is not None and since <= one.closed_at < until
    )
