"""Which reports and packs a person could open just now."""

from collections.abc import Iterable
from datetime import date, datetime

from domain.days import add_months
from domain.errors import RuleBroken
from domain.narratives import TITLES as REPORT_TITLES
from domain.narratives import Report, period_of
from domain.people import Person
from storage.work import View
from workflows.clinic_packs import PACK, pack_subject, require_pack
from workflows.council import Council
from workflows.narrating import report_subject
from workflows.performance_reports import require_performance_report
from workflows.report_access import service_of

_READ = (Report.WHOLE_SERVICE, Report.QUARTERLY, Report.SELF_CHECK)
"""Reports that are read by themselves."""


def latest_reports(view: View, council: Council, *, by: Person, now: datetime) -> tuple[tuple[str, int], ...]:
    """(title, subject) of the newest report of each kind that this person may read.

    While that is still being written, the last one that was locked is there as well.
    """
    made = []
    for report, period_on in _newest(view):
        try:
            require_performance_report(view, council, by=by, report=report, period_on=period_on, now=now)
        except RuleBroken:
            continue
        title = f"{REPORT_TITLES[report]}, {period_of(report, period_on)}"
        made.append((title, report_subject(report, period_on)))
    return tuple(made)


def _newest(view: View) -> Iterable[tuple[Report, date]]:
    for report in _READ:
        asked, locked = view.narratives.latest(report), view.locked_reports.latest(report)
        periods = {on for on in (asked, locked.period_on if locked is not None else None) if on is not None}
        yield from ((report, on) for on in sorted(periods, reverse=True))


def latest_pack(view: View, council: Council, *, by: Person, now: datetime) -> int | None:
    """The subject of the newest pack of the person's own clinic that was made; None where there is none."""
    service_id = service_of(by, view.people.teams())
    if service_id is None:
        return None
    try:
        require_pack(view, council, by=by, service_id=service_id, now=now)
    except RuleBroken:
        return None
    month = council.today(now).replace(day=1)
    subjects = [pack_subject(service_id, add_months(month, ahead)) for ahead in (1, 0, -1)]
    return next((subject for subject in subjects if view.notices.of(PACK, subject)), None)
