"""The weekly report to each team's manager, and what they answer: seen, or acting (PF-01).

A team's report comes once its figures of the week have come, and never twice in a week. An unanswered one is
chased once; what was answered is the service manager's to see. A team without a manager has its service's.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.days import add_working_days, local_day
from domain.errors import NotAllowed
from domain.indicators import Every, period_start
from domain.numbers import Numbers
from domain.people import Person, Post
from domain.performance import Answer, TeamReport
from domain.permissions import Standing, Verb, require
from storage.work import View, Work
from workflows.council import Council
from workflows.covering import acting_for, answering_managers
from workflows.learning_texts import Reading
from workflows.performance import Level, Place, numbers
from workflows.reminding import remind
from workflows.report_access import service_of

POSTED, CHASED = "team_report", "team_report_chased"
"""The kinds of notice; their subject is the report."""
FIGURES_WITHIN = timedelta(days=14)
"""How long ago a week may have begun whose figures make a report of this week."""
CHASE_WORKING_DAYS = 2
ANSWER_LIMIT = 400
"""Characters; a service manager reads a line from each team."""
SHOWN_WEEKS = timedelta(weeks=8)
"""How far back a service manager sees what was answered."""

_NOT_YOURS = "That report is another team's. If you think it should be yours, please ask the QA office."


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """A report as its reader sees it."""

    report: TeamReport
    numbers: Numbers
    may_answer: bool
    answered_by: str
    """Who answered; empty when nobody has."""


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A team's week as its service manager sees it."""

    report_id: int
    team: str
    week_on: date
    answer: Answer | None
    text: str


def post_team_reports(work: Work, council: Council, *, now: datetime) -> int:
    """Post the report of each team whose figures of the week have come; how many there were."""
    week_on = period_start(Every.WEEK, council.today(now))
    posted = 0
    for team_id in sorted(work.indicators.teams_measured(Every.WEEK, since=week_on - FIGURES_WITHIN)):
        hearing = _hearing(work, council, team_id, now)
        report = work.team_reports.post(team_id, week_on, now) if hearing else None
        if report is None:
            continue
        posted += 1
        for person_id in hearing:
            work.notices.queue(kind=POSTED, subject_id=report.id, person_id=person_id, now=now)
    return posted


def chase_team_reports(work: Work, council: Council, *, now: datetime) -> int:
    """Remind once of each report of this week or the last that nobody has answered; how many there were."""
    today = council.today(now)
    week_on = period_start(Every.WEEK, today)
    reports = (*work.team_reports.of_week(week_on), *work.team_reports.of_week(week_on - timedelta(weeks=1)))
    chased = 0
    for report in reports:
        since = add_working_days(local_day(report.posted_at), CHASE_WORKING_DAYS, council.bank_holidays)
        if report.answer is not None or today < since:
            continue
        told = [
            remind(work, council, person, kind=CHASED, subject_id=report.id, about_on=report.week_on, now=now)
            for person in work.people.many(_hearing(work, council, report.team_id, now)).values()
        ]
        chased += any(told)
    return chased


def open_team_report(view: View, council: Council, *, by: Person, report_id: int, now: datetime) -> TeamWeek:
    """The report with its figures, for the team's manager and the service's. Raises NotAllowed."""
    report = require_report(view, council, by=by, report_id=report_id, now=now)
    place = Place(Level.TEAM, report.team_id)
    manager = _may_answer(view, council, by, report, now)
    # Whoever covers the manager reads as the manager does.
    reader = by if not manager else next(iter(answering_managers(view, report.team_id)), by)
    found = numbers(view, council, by=reader, place=place, now=now)
    by_name = view.people.get(report.answered_by).name if report.answered_by is not None else ""
    return TeamWeek(report, found, manager, by_name)


def answer_team_report(
    work: Work, council: Council, *, by: Person, report_id: int, answer: Answer, text: str, now: datetime
) -> None:
    """Seen, or acting with a line on what is done. Raises NotAllowed, and TextsWanted for the line."""
    report = require_report(work, council, by=by, report_id=report_id, now=now)
    owns = _may_answer(work, council, by, report, now)
    standing = Standing(None, 0, 0, owner_id=by.id if owns else None)
    require(Verb.ANSWER_WEEK, by, today=council.today(now), standing=standing)
    reading = Reading({"week_text": text}, council.framework)
    wanted = "Say in a line what you are doing." if answer is Answer.ACTING else ""
    words = reading.text("week_text", wanted=wanted, limit=ANSWER_LIMIT)
    reading.done()
    work.team_reports.answer(report.id, answer=answer, text=words, by=by.id, now=now)
    work.trail.add(
        now=now,
        actor=by.id,
        verb="answered team report",
        subject=f"team report {report.id}",
        fields={"answer": answer.value, "text": words},
    )


def weeks_of_service(view: View, council: Council, *, by: Person, now: datetime) -> tuple[WeekLine, ...]:
    """The last weeks of each team of the manager's service, newest first. Raises NotAllowed."""
    require(Verb.SEE_NUMBERS, by, today=council.today(now))
    teams = view.people.teams()
    service_id = service_of(by, teams)
    if Post.SM not in by.posts or service_id is None:
        raise NotAllowed("What teams answered is for their service manager to see.")
    own = [team.id for team in teams.values() if team.service_id == service_id]
    since = period_start(Every.WEEK, council.today(now)) - SHOWN_WEEKS
    return tuple(
        WeekLine(one.id, teams[one.team_id].name, one.week_on, one.answer, one.text)
        for one in view.team_reports.latest(own, since=since)
    )


def require_report(view: View, council: Council, *, by: Person, report_id: int, now: datetime) -> TeamReport:
    """The report, for the team's manager, their cover while they are away, and the service's manager.

    Raises NotAllowed, alike for one that is not theirs and one that is not there.
    """
    report = view.team_reports.get(report_id)
    if report is None or (by.left_on is not None and by.left_on <= council.today(now)):
        raise NotAllowed(_NOT_YOURS)
    teams = view.people.teams()
    manages = Post.SM in by.posts and service_of(by, teams) == teams[report.team_id].service_id
    if not manages and not _may_answer(view, council, by, report, now):
        raise NotAllowed(_NOT_YOURS)
    return report


def _may_answer(view: View, council: Council, by: Person, report: TeamReport, now: datetime) -> bool:
    managers = answering_managers(view, report.team_id)
    return by.id in acting_for(view, council, managers, council.today(now))


def _hearing(view: View, council: Council, team_id: int, now: datetime) -> tuple[int, ...]:
    """Whoever answers for the team, and their cover while they are on leave."""
    return tuple(sorted(acting_for(view, council, answering_managers(view, team_id), council.today(now))))
