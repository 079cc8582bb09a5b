"""Gathers what reports tell, each for the one reader whose it is.

Source: CA-20, CA-21, MO-20, MO-21, RO-02, RO-06, RO-08, Q5, Q23, Q33, SG-03.
"""

from collections import defaultdict
from datetime import date, datetime

from domain.audits import AuditState
from domain.days import add_months, end_of_local_day
from domain.deadlines import year_start
from domain.grades import Grade
from domain.headline import Headline, Loop, groups, loop_of, themed
from domain.loop import Found
from domain.moderated import (
    AuditorModerated,
    ModerationReport,
    Pair,
    how_it_went,
    standing,
    would_help,
)
from domain.people import Person
from domain.requisite import NONE
from domain.round_found import ServiceReport, TeamSummary, round_found
from storage.rounds import RoundRow
from storage.work import View, Work
from workflows.council import Council
from workflows.covering import auditors_managers
from workflows.report_access import (
    allocated_round,
    covered_service,
    covered_team,
    own_service,
    own_team,
    round_and_whose,
    scope_of,
)
from workflows.requisite import service_numbers
from workflows.unheard import unheard

HEADLINE, TEAM, SERVICE, MODERATION = "headline", "team", "service", "moderation"
TEAM_COVERED, SERVICE_COVERED, MODERATION_COVERED = "team_covered", "service_covered", "moderation_covered"
"""The reports, as buttons and files call them; the last three are those of a manager one covers today.

Theirs say the round and the manager in one number (`report_access.whose`), or the round alone, which means
the first manager.
"""
COVERED = frozenset({TEAM_COVERED, SERVICE_COVERED, MODERATION_COVERED})
NOTHING_HIDDEN = 1
"""The threshold for a reader who may open every audit that is counted."""
PERIOD_MONTHS = 12
"""Long enough for audits to be closed and looked at again, whatever the time of year."""


def headline(view: View, council: Council, *, by: Person, now: datetime) -> Headline:
    """Did it change anything: the last twelve months beside the twelve before.

    A team manager reads each audit of their team, so nothing is hidden from them; from everyone else small
    numbers are. Raises NotAllowed.
    """
    scope = scope_of(view, council, by, now)
    today = council.today(now)
    since = add_months(today, -PERIOD_MONTHS)
    found = _between(view, since, today, scope.team_id, scope.service_id)
    before = _between(view, add_months(since, -PERIOD_MONTHS), since, scope.team_id, scope.service_id)
    smallest = council.framework.numbers.smallest_count if scope.team_id is None else NOTHING_HIDDEN
    teams = groups(_by_team(view, found), smallest) if scope.team_id is None else ()
    themes = themed(found, smallest)
    return Headline(scope.name, since, today, loop_of(found), loop_of(before), smallest, teams, themes)


def team_summary(
    view: View, council: Council, *, by: Person, round_id: int, now: datetime, covered: bool = False
) -> TeamSummary:
    """What the round found in the reader's own team, or in that of a manager whom they cover today.

    `round_id` says then whose it is as well. Raises NotAllowed, NotFound.
    """
    round_id, manager_id = round_and_whose(round_id) if covered else (round_id, 0)
    if covered:
        team_id = covered_team(view, council, by, now, manager_id=manager_id)
    else:
        team_id = own_team(council, by, now)
    chosen = allocated_round(view, round_id)
    found = view.loop.of_round(round_id, team_id=team_id)
    waiting = sum(
        audit.team_id == team_id and audit.state in (AuditState.ALLOCATED, AuditState.ACCEPTED)
        for audit in view.audits.of_round(round_id)
    )
    made = round_found(found, council.framework.section_keys, today=council.today(now))
    return TeamSummary(chosen.month, view.people.team(team_id).name, made, waiting)


def service_report(
    view: View, council: Council, *, by: Person, round_id: int, now: datetime, covered: bool = False
) -> ServiceReport:
    """The numbers of the reader's service, or that of whom they cover today, this round and this year.

    `round_id` says then whose it is as well. Raises NotAllowed, NotFound.
    """
    round_id, service_id, _ = _service(view, council, by, now, round_id, covered=covered)
    chosen = allocated_round(view, round_id)
    allocated = [one for one in view.rounds.in_state("allocated") if one.month <= chosen.month]
    of_year = [one for one in allocated if one.month >= year_start(chosen.month)]
    by_round = {one.id: service_numbers(view, council, one, service_id) for one in of_year}
    earlier = [one for one in allocated if one.month < chosen.month]
    return ServiceReport(
        month=chosen.month,
        service=view.people.services()[service_id].name,
        year_from=year_start(chosen.month),
        rounds=len(of_year),
        year=sum(by_round.values(), start=NONE),
        this_round=by_round[round_id],
        found=round_found(
            view.loop.of_round(round_id, service_id=service_id),
            council.framework.section_keys,
            today=council.today(now),
        ),
        before=round_found(
            view.loop.of_round(earlier[-1].id, service_id=service_id),
            council.framework.section_keys,
            today=council.today(now),
        )
        if earlier
        else None,
        before_month=earlier[-1].month if earlier else None,
    )


def moderation_report(
    view: View, council: Council, *, by: Person, round_id: int, now: datetime, covered: bool = False
) -> tuple[RoundRow, ModerationReport]:
    """How the round's moderations went for the auditors of the reader, or of whom they cover today.

    Everyone else's are told together and without a name, and nobody reads of themselves here. What is not
    released does not show, nor what went out before its talk was held (MO-16, MO-17). For whom they cover
    `round_id` says whose it is as well. Raises NotAllowed, NotFound.
    """
    round_id, _, manager = _service(view, council, by, now, round_id, covered=covered)
    chosen = allocated_round(view, round_id)
    submitted = [a for a in view.audits.of_round(round_id) if a.state is AuditState.SUBMITTED]
    moderations = view.moderations.of_audits(audit.id for audit in submitted)
    hidden = unheard(view, tuple(moderations.values()))
    auditors = view.people.many(audit.auditor_id for audit in submitted)
    own = {i: one for i, one in auditors.items() if i != by.id and _answers_for(view, manager, one)}
    by_auditor: defaultdict[int, list[Pair]] = defaultdict(list)
    waiting = 0
    for audit in submitted:
        moderation = moderations.get(audit.id)
        if moderation is None or audit.overall is None:
            continue
        if moderation.released_at is None or moderation.id in hidden:
            waiting += audit.auditor_id in own
        else:
            by_auditor[audit.auditor_id].append((Grade(audit.overall), moderation))
    told = tuple(
        _of_auditor(view, council, one, by_auditor[one.id])
        for one in sorted(own.values(), key=lambda one: (one.name.casefold(), one.id))
    )
    pairs_of_own = [pair for i in own for pair in by_auditor[i]]
    others = [pair for i, pairs in by_auditor.items() if i not in own and i != by.id for pair in pairs]
    return chosen, ModerationReport(
        auditors=tuple(one for one in told if one.went.moderated),
        own=how_it_went(pairs_of_own),
        others=how_it_went(others),
        not_moderated=tuple(
            (one.name, one.standing) for one in told if one.standing and not one.went.moderated
        ),
        waiting=waiting,
    )


def require_report(
    view: View, council: Council, *, by: Person, report: str, round_id: int, now: datetime
) -> None:
    """Raise NotAllowed for whoever may not have this report, NotFound for a round that has none."""
    if report == HEADLINE:
        scope_of(view, council, by, now)
        return
    if report == TEAM:
        own_team(council, by, now)
    elif report == TEAM_COVERED:
        round_id, manager_id = round_and_whose(round_id)
        covered_team(view, council, by, now, manager_id=manager_id)
    else:
        round_id, _, _ = _service(view, council, by, now, round_id, covered=report in COVERED)
    allocated_round(view, round_id)


def note_reading(work: Work, *, by: Person, report: str, round_id: int, now: datetime) -> None:
    """Note in the trail that somebody read a report about named people or a single team."""
    round_id, manager_id = round_and_whose(round_id) if report in COVERED else (round_id, 0)
    of = f" for person {manager_id}" if manager_id else ""
    work.trail.add(now=now, actor=by.id, verb="read", subject=f"{report} report of round {round_id}{of}")


def _of_auditor(view: View, council: Council, auditor: Person, pairs: list[Pair]) -> AuditorModerated:
    history = view.moderations.of_auditor(auditor.id)
    hidden = unheard(view, history)
    heard = [one for one in history if one.id not in hidden]
    return AuditorModerated(
        auditor_id=auditor.id,
        name=auditor.name,
        standing=standing(heard, council.framework.numbers),
        went=how_it_went(pairs),
        would_help=would_help(moderation for _, moderation in pairs),
    )


def _service(
    view: View, council: Council, by: Person, now: datetime, round_id: int, *, covered: bool
) -> tuple[int, int, Person]:
    """The round, the service that is told of, and whose it is."""
    if not covered:
        return round_id, own_service(view, council, by, now), by
    round_id, manager_id = round_and_whose(round_id)
    found = covered_service(view, council, by, now, manager_id=manager_id)
    return round_id, found.place_id, found.manager


def _answers_for(view: View, manager: Person, auditor: Person) -> bool:
    return manager.id in {person.id for person in auditors_managers(view, auditor)}


def _between(
    view: View, since: date, until: date, team_id: int | None, service_id: int | None
) -> tuple[Found, ...]:
    """Submitted after the first day and up to the last, that day included."""
    return view.loop.submitted_between(
        end_of_local_day(since), end_of_local_day(until), team_id=team_id, service_id=service_id
    )


def _by_team(view: View, found: tuple[Found, ...]) -> dict[str, Loop]:
    names = view.people.teams()
    theirs: defaultdict[str, list[Found]] = defaultdict(list)
    for one in found:
        theirs[names[one.team_id].name].append(one)
    return {name: loop_of(audits) for name, audits in theirs.items()}
