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


def _tell(work: Work, council: Council, chosen: RoundRow, now: datetime) -> bool:
    """Tell everyone concerned; whether there was anybody."""
    audited = sorted({one.team_id for one in work.loop.of_round(chosen.id)})
    told = [(TEAM_SUMMARY, person) for team_id in audited for person in _readers(work, council, team_id, now)]
    teams = work.people.teams()
    for manager in work.people.holding(Post.SM):
        service_id = service_of(manager, teams)
        if service_id is not None and service_numbers(work, council, chosen, service_id).places:
            told.append((SERVICE_REPORT, manager))
    told += [(OFFICE, officer) for officer in qa_office(work)]
    for kind, person in told:
        work.notices.queue(kind=kind, subject_id=chosen.id, person_id=person.id, now=now)
    if told:
        work.trail.add(now=now, actor=None, verb="reported", subject=f"round {chosen.id}")
    return bool(told)


def _readers(view: View, council: Council, team_id: int, now: datetime) -> tuple[Person, ...]:
    """The team's managers and who covers their leave, save a cover with a team of their own to read about."""
    managers = team_managers(view, team_id)
    covers = view.people.many(acting_for(view, council, managers, council.today(now)))
    return (*managers, *(p for p in covers.values() if Post.TM not in p.posts))


def told_managers(view: View, round_id: int) -> tuple[int, int]:
    """(team managers, service managers) whom the round's reports went to."""
    return len(view.notices.of(TEAM_SUMMARY, round_id)), len(view.notices.of(SERVICE_REPORT, round_id))
