"""What a round found, told to those who can act on it (CA-20, CA-21, MO-20, RO-08).

The notices of a round are also the record that its reports were made: they are written in one transaction,
and a round that has any is not told again, whoever manages a team by then.
"""

from datetime import datetime, timedelta

from domain.people import Person, Post
from storage.rounds import RoundRow
from storage.work import View, Work
from workflows.council import Council
from workflows.covering import acting_for
from workflows.report_access import service_of
from workflows.requisite import service_numbers
from workflows.telling import qa_office, team_managers

TEAM_SUMMARY, SERVICE_REPORT, OFFICE = "team_summary", "service_report", "round_reported"
"""The kinds of notice, by who is told; their subject is the round."""


def report_due(work: Work, council: Council, *, now: datetime) -> int:
    """Queue the reports of each round whose day has come; returns for how many.

    Asked on every working day, it finds after a pause whatever was missed.
    """
    after = timedelta(days=council.framework.numbers.round_report_days)
    today = council.today(now)
    due = [one for one in work.rounds.in_state("allocated") if one.month + after <= today]
    return sum(_tell(work, council, one, now) for one in due if not is_reported(work, one.id))


def is_reported(view: View, round_id: int) -> bool:
    """Whether the round's reports were made."""
    return any(view.notices.of(kind, round_id) for kind in (OFFICE, SERVICE_REPORT, TEAM_SUMMARY))


def told_managers(view: View, council: Council, chosen: RoundRow) -> tuple[int, int, int]:
    """(team managers, service managers, people who cover one of them) whom the round's reports went to."""
    teams = _told(view, TEAM_SUMMARY, chosen.id)
    services = _told(view, SERVICE_REPORT, chosen.id)
    own_teams = teams & {person.id for person in _team_managers(view, chosen)}
    own_services = services & {person.id for person in _service_managers(view, council, chosen)}
    covers = (teams - own_teams) | (services - own_services)
    return len(own_teams), len(own_services), len(covers)


def _told(view: View, kind: str, round_id: int) -> frozenset[int]:
    return frozenset(one.person_id for one in view.notices.of(kind, round_id) if one.person_id is not None)


def _tell(work: Work, council: Council, chosen: RoundRow, now: datetime) -> bool:
    """Tell everyone concerned; whether there was anybody."""
    today = council.today(now)
    told = [
        (kind, person_id)
        for kind, managers in (
            (TEAM_SUMMARY, _team_managers(work, chosen)),
            (SERVICE_REPORT, _service_managers(work, council, chosen)),
        )
        for person_id in sorted(acting_for(work, council, managers, today))
    ]
    told += [(OFFICE, officer.id) for officer in qa_office(work)]
    for kind, person_id in told:
        work.notices.queue(kind=kind, subject_id=chosen.id, person_id=person_id, now=now)
    if told:
        work.trail.add(now=now, actor=None, verb="reported", subject=f"round {chosen.id}")
    return bool(told)


def _team_managers(view: View, chosen: RoundRow) -> tuple[Person, ...]:
    """Those of the teams whose work was audited."""
    audited = sorted({one.team_id for one in view.loop.of_round(chosen.id)})
    return tuple(person for team_id in audited for person in team_managers(view, team_id))


def _service_managers(view: View, council: Council, chosen: RoundRow) -> tuple[Person, ...]:
    """Those of the services that had audits to do."""
    teams = view.people.teams()
    found = []
    for manager in view.people.holding(Post.SM):
        service_id = service_of(manager, teams)
        if service_id is not None and service_numbers(view, council, chosen, service_id).places:
            found.append(manager)
    return tuple(found)
