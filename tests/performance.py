"""Indicators with figures, and what is asked of people about them, for tests."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.days import add_months
from domain.indicators import Every, Indicator, Measured, Polarity, Value, indicator_key, period_start
from domain.narratives import Narrative, Report
from domain.people import Person
from domain.performance import Raised
from domain.performance_report import LockedReport, hash_of, to_body
from storage.work import Work
from tests.builders import NOW, Staff
from workflows.council import Council
from workflows.exception_raising import raise_exceptions
from workflows.narrating import ASKED, ask_narrative
from workflows.report_locking import content_now

APRIL = date(2026, 4, 1)
"""The month before the moment of the builders."""
STEADY = (91.0, 93.0) * 6
"""A year within its normal range and on target."""


def an_indicator(work: Work, name: str = "Visits in time", **columns: object) -> Indicator:
    """A share that should be 90% or more, give or take two."""
    values = {
        "key": indicator_key(name),
        "name": name,
        "definition": "",
        "polarity": Polarity.HIGHER.value,
        "unit": "%",
        "target": 90.0,
        "tolerance": 2.0,
        "theme": "",
        **columns,
    }
    made = work.indicators.get(work.indicators.add(values))
    assert made is not None
    return made


def of_team(people: Staff) -> Measured:
    """The team of the practitioner."""
    return Measured(people.service.id, people.team.id)


def of_service(people: Staff) -> Measured:
    """Its service."""
    return Measured(people.service.id)


def figures(
    work: Work,
    indicator: Indicator,
    measured: Measured,
    values: Sequence[float],
    *,
    every: Every = Every.MONTH,
    last_on: date = APRIL,
    counted: Sequence[tuple[float, float]] = (),
    now: datetime = NOW,
) -> None:
    """One figure for each period up to `last_on`; `counted` are (numerator, denominator) of each."""
    periods = [last_on]
    while len(periods) < len(values):
        before = {
            Every.WEEK: date.fromordinal(periods[-1].toordinal() - 7),
            Every.MONTH: add_months(periods[-1], -1),
            Every.QUARTER: add_months(periods[-1], -3),
        }
        periods.append(before[every])
    made = []
    for place, (on, value) in enumerate(zip(reversed(periods), values, strict=True)):
        numerator, denominator = counted[place] if counted else (None, None)
        first = period_start(every, on)
        made.append(Value(indicator.id, every, first, measured, value, numerator, denominator))
    work.indicators.keep(made, now)


def an_exception(
    work: Work,
    council: Council,
    people: Staff,
    *,
    name: str = "Visits in time",
    month: date = APRIL,
    now: datetime = NOW,
) -> Raised:
    """A figure of the team that is off its target; its manager is asked about it."""
    indicator = an_indicator(work, name)
    figures(work, indicator, of_team(people), (60.0,), last_on=month, now=now)
    touched = {(indicator.id, Every.MONTH, of_team(people).scope)}
    raise_exceptions(work, council, touched, import_id=indicator.id, now=now)
    return next(one for one in work.exceptions.open() if one.indicator_id == indicator.id)


def a_narrative(
    work: Work,
    owner: Person,
    *,
    report: Report = Report.WHOLE_SERVICE,
    period_on: date = APRIL,
    service_id: int | None = None,
    due_on: date = date(2026, 5, 8),
    now: datetime = NOW,
) -> Narrative:
    """Words that somebody is asked for."""
    ask_narrative(
        work,
        report=report,
        period_on=period_on,
        owner=owner,
        service_id=service_id,
        part=str(owner.id),
        due_on=due_on,
    )
    asked = next(one for one in work.narratives.of_report(report, period_on) if one.owner_id == owner.id)
    if report is not Report.CLINIC:
        work.notices.queue(kind=ASKED, subject_id=asked.id, person_id=owner.id, now=now)
    return asked


def a_locked_quarter(
    work: Work, council: Council, *, period_on: date = date(2026, 1, 1), now: datetime = NOW
) -> LockedReport:
    """The report of a quarter as it stands, locked."""
    body = to_body(content_now(work, council, Report.QUARTERLY, period_on, now=now))
    version = council.framework.version
    mark = hash_of(Report.QUARTERLY, period_on, body, version, now)
    locked = LockedReport(Report.QUARTERLY, period_on, body, version, now, mark)
    assert work.locked_reports.keep(locked)
    return locked
