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
from workflows.reporting import HEADLINE, MODERATION, SERVICE, TEAM

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


def _team(view: View, council: Council, person: Person, round_id: int, now: datetime) -> Report:
    found = reporting.team_summary(view, council, by=person, round_id=round_id, now=now)
    return team_report(council.framework, found)


def _service(view: View, council: Council, person: Person, round_id: int, now: datetime) -> Report:
    found = reporting.service_report(view, council, by=person, round_id=round_id, now=now)
    return service_report(council.framework, found)


def _moderation(view: View, council: Council, person: Person, round_id: int, now: datetime) -> Report:
    chosen, found = reporting.moderation_report(view, council, by=person, round_id=round_id, now=now)
    return moderation_report(found, month=chosen.month, smallest=council.framework.numbers.smallest_count)


_GATHER: Mapping[str, Gather] = {
    HEADLINE: _headline,
    TEAM: _team,
    SERVICE: _service,
    MODERATION: _moderation,
}
