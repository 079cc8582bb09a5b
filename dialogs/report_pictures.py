"""Gathers a report for its one reader: by which verb, and in whose words."""

from collections.abc import Callable, Mapping
from datetime import datetime

from cards.headline_words import headline_report
from cards.moderated_words import moderation_report
from cards.payloads import PayloadInvalid
from cards.service_words import service_report
from cards.team_words import team_report
from domain.people import Person
from domain.reporting import Report
from workflows import reporting
from workflows.council import Council, View
from workflows.report_access import covered_service, round_and_whose
from workflows.reporting import (
    HEADLINE,
    MODERATION,
    MODERATION_COVERED,
    SERVICE,
    SERVICE_COVERED,
    TEAM,
    TEAM_COVERED,
)

Gather = Callable[[View, Council, Person, int, datetime], Report]


def report_of(
    view: View, council: Council, person: Person, report: str, round_id: int, now: datetime
) -> Report:
    """The report of this key. Raises NotAllowed for whoever may not have it, PayloadInvalid for no key."""
    if report not in _GATHER:
        raise PayloadInvalid
    return _GATHER[report](view, council, person, round_id, now)


def _headline(view: View, council: Council, person: Person, _round_id: int, now: datetime) -> Report:
    return headline_report(council.framework, reporting.headline(view, council, by=person, now=now))


def _team(*, covered: bool) -> Gather:
    def gather(view: View, council: Council, person: Person, round_id: int, now: datetime) -> Report:
        found = reporting.team_summary(view, council, by=person, round_id=round_id, now=now, covered=covered)
        return team_report(council.framework, found)

    return gather


def _service(*, covered: bool) -> Gather:
    def gather(view: View, council: Council, person: Person, round_id: int, now: datetime) -> Report:
        found = reporting.service_report(
            view, council, by=person, round_id=round_id, now=now, covered=covered
        )
        return service_report(council.framework, found)

    return gather


def _moderation(*, covered: bool) -> Gather:
    def gather(view: View, council: Council, person: Person, round_id: int, now: datetime) -> Report:
        chosen, found = reporting.moderation_report(
            view, council, by=person, round_id=round_id, now=now, covered=covered
        )
        smallest = council.framework.numbers.smallest_count
        auditors = "Your auditors"
        if covered:
            _, manager_id = round_and_whose(round_id)
            of = covered_service(view, council, person, now, manager_id=manager_id)
            auditors = f"Auditors of {of.name}"
        return moderation_report(found, month=chosen.month, smallest=smallest, auditors=auditors)

    return gather


_GATHER: Mapping[str, Gather] = {
    HEADLINE: _headline,
    TEAM: _team(covered=False),
    TEAM_COVERED: _team(covered=True),
    SERVICE: _service(covered=False),
    SERVICE_COVERED: _service(covered=True),
    MODERATION: _moderation(covered=False),
    MODERATION_COVERED: _moderation(covered=True),
}
