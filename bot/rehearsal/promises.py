"""Which promises of the framework the rehearsed year would miss, how often, and where most of it is.

Teams and posts are named, never a case. What cannot be told from so short a year is said, not guessed.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.rehearsal.conditions import Conditions
from bot.rehearsal.findings import Finding, most_in
from bot.rehearsal.promises_governance import governance_promises
from domain.audits import Audit, AuditState
from domain.days import add_months, add_working_days, local_day
from domain.people import Team
from storage.rounds import RoundRow
from storage.work import View
from workflows.council import Council


@dataclass(frozen=True, slots=True)
class _Late:
    """What came after its day, by team, of how many."""

    of: int
    teams: Counter[str]


def promises(council: Council, conditions: Conditions) -> tuple[Finding, ...]:
    """Every promise, those that would be missed first."""
    with council.read() as view:
        found = [
            *_Looking(view, council, conditions).all(),
            *governance_promises(view, council, conditions),
        ]
    return tuple(sorted(found, key=lambda one: (not one.is_missed, one.missed is not None)))


class _Looking:
    """Looks through what the rehearsed year left behind."""

    def __init__(self, view: View, council: Council, conditions: Conditions) -> None:
        self._view, self._council, self._conditions = view, council, conditions
        self._numbers, self._holidays = council.framework.numbers, council.bank_holidays
        self._teams: dict[int, Team] = view.people.teams()
        self._rounds = view.rounds.in_state("allocated")
        every = [audit for one in self._rounds for audit in view.audits.of_round(one.id)]
        self._audits = [audit for audit in every if audit.allocated_on >= conditions.from_on]
        self._shared = [audit for audit in self._audits if audit.submitted_at is not None]

    def all(self) -> Iterator[Finding]:
        """One finding after the other."""
        yield self._rounds_in_time()
        yield self._capacity()
        yield self._auditors_without()
        yield self._cover()
        yield self._audits_late()
        yield self._reviews_late()
        yield self._moderations_late()
        yield self._draws_over()
        yield self._talks_late()
        yield self._actions_late()
        yield self._supervision_late()
        yield self._impact_late()

    def _rounds_in_time(self) -> Finding:
        """Round months whose audits did not go out on the day for it, or not at all."""
        given_out = {one.month: one.allocated_at for one in self._rounds}
        first = add_months(self._conditions.from_on.replace(day=1), self._conditions.from_on.day > 1)
        months = (add_months(first, number) for number in range(self._conditions.months))
        meant = [month for month in months if month.month in self._numbers.round_months]
        late = [month for month in meant if (_day(given_out.get(month)) or date.max) > month]
        where = ", ".join(f"{month:%B %Y}" for month in late)
        return Finding(
            "Each round given out on the 1st of its month", ("CA-05",), len(late), len(meant), where
        )

    def _capacity(self) -> Finding:
        """Practitioners who were due and for whom a round had no auditor."""
        rounds = self._of_year()
        short = {one.month: one.summary["due_now"] - one.summary["due_covered"] for one in rounds}
        of = max((one.summary["due_now"] for one in rounds), default=0)
        missed = max(short.values(), default=0)
        where = _worst(short)
        return Finding(
            "Auditors enough for everyone who is due in a round", ("PR-06", "CA-03"), missed, of, where
        )

    def _auditors_without(self) -> Finding:
        rounds = self._of_year()
        left = {one.month: len(one.summary["unplaced"]) for one in rounds}
        of = sum(one.summary["auditors"] for one in rounds)
        promise = "One audit for each auditor in each round"
        return Finding(promise, ("CA-01",), sum(left.values()), of, _worst(left))

    def _of_year(self) -> list[RoundRow]:
        return [one for one in self._rounds if one.month >= self._conditions.from_on]

    def _cover(self) -> Finding:
        """Practitioners with open cases who were not audited within the framework's months."""
        until, months = self._conditions.until_on, self._numbers.cover_months
        since = add_months(until, -months)
        last: dict[int, date] = {}
        for one in self._rounds:
            for audit in self._view.audits.of_round(one.id):
                if audit.submitted_at is not None:
                    day = local_day(audit.submitted_at)
                    last[audit.practitioner_id] = max(day, last.get(audit.practitioner_id, day))
        holding = {case.practitioner_id for case in self._view.cases.open_cases()}
        people = self._view.people.many(holding)
        missed = [
            one for one in people.values() if one.left_on is None and last.get(one.id, date.min) < since
        ]
        promise = f"Every practitioner audited at least once in {months} months"
        if self._conditions.months < months and not any(
            day < self._conditions.from_on for day in last.values()
        ):
            return Finding(promise, ("CA-03",), None, len(people))
        teams = Counter(self._team(one.team_id) for one in missed)
        return Finding(promise, ("CA-03",), len(missed), len(people), most_in(teams))

    def _audits_late(self) -> Finding:
        meant = [audit for audit in self._audits if audit.state is not AuditState.RETURNED]
        late = self._late(meant, lambda audit: (audit.due_on, _day(audit.submitted_at)))
        return self._finding("Audits complete by the end of their month", ("CA-06",), late)

    def _reviews_late(self) -> Finding:
        def days(audit: Audit) -> tuple[date, date | None]:
            review = self._view.audits.review(audit.id)
            return self._after(audit, self._numbers.manager_review_working_days), _day(
                review.at if review else None
            )

        return self._finding(
            "Audits read by the team manager in their days", ("CA-18",), self._late(self._shared, days)
        )

    def _moderations_late(self) -> Finding:
        found = self._view.moderations.of_audits(audit.id for audit in self._shared)
        chosen = [audit for audit in self._shared if audit.id in found]
        late = self._late(chosen, lambda a: (found[a.id].due_on, _day(found[a.id].decided_at)))
        promise = f"Moderation within {self._numbers.moderation_days} days"
        return self._finding(promise, ("MO-07", "Q7"), late)

    def _draws_over(self) -> Finding:
        draws = [one for one in self._view.draws.everything() if one.month >= self._conditions.from_on]
        over = [one for one in draws if one.state != "within"]
        where = f"{over[0].month:%B %Y} first" if over else ""
        promise = (
            f"No more than {self._numbers.moderation_most_percent} per cent of a month's audits moderated"
        )
        return Finding(promise, ("MO-02", "Q3"), len(over), len(draws), where)

    def _talks_late(self) -> Finding:
        moderations = self._view.moderations.of_audits(audit.id for audit in self._shared)
        talks = self._view.discussions.of_moderations(one.id for one in moderations.values())
        meant = [a for a in self._shared if a.id in moderations and moderations[a.id].id in talks]

        def days(audit: Audit) -> tuple[date, date | None]:
            talk = talks[moderations[audit.id].id]
            return talk.due_on, talk.held_on

        promise = f"Talks about a moderation within {self._numbers.discussion_working_days} working days"
        return self._finding(promise, ("MO-16", "Q14"), self._late(meant, days))

    def _actions_late(self) -> Finding:
        by_audit = self._view.actions.of_audits(audit.id for audit in self._shared)
        today, teams, of = self._conditions.until_on, Counter[str](), 0
        for audit in self._shared:
            for action in by_audit.get(audit.id, ()):
                of += 1
                if (action.done_on or today) > action.due_on:
                    teams[self._team(audit.team_id)] += 1
        return self._finding("Actions done by the day agreed", ("CA-23",), _Late(of, teams))

    def _supervision_late(self) -> Finding:
        found = self._view.followups.of_audits(audit.id for audit in self._shared)
        moderations = self._view.moderations.of_audits(audit.id for audit in self._shared)

        def days(audit: Audit) -> tuple[date, date | None]:
            chosen = moderations.get(audit.id)
            released = _day(chosen.released_at) if chosen else None
            begins = max(filter(None, (_day(audit.submitted_at), released)))
            due = date.fromordinal(begins.toordinal() + self._numbers.supervision_days)
            kept = found.get(audit.id)
            return due, kept.discussed_on if kept else None

        promise = f"Learning talked through in supervision within {self._numbers.supervision_days} days"
        return self._finding(promise, ("CA-19",), self._late(self._shared, days))

    def _impact_late(self) -> Finding:
        found = self._view.followups.of_audits(audit.id for audit in self._shared)
        asked = [a for a in self._shared if a.id in found and found[a.id].impact_due_on is not None]

        def days(audit: Audit) -> tuple[date, date | None]:
            kept = found[audit.id]
            due = kept.impact_due_on or date.max
            return add_working_days(due, 5, self._holidays) if due != date.max else due, kept.impact_on

        promise = (
            f"Impact looked at {self._numbers.impact_check_days} days after closing, give or take a week"
        )
        return self._finding(promise, ("RO-02", "OG-06"), self._late(asked, days))

    def _late(self, audits: Sequence[Audit], days: Callable[[Audit], tuple[date, date | None]]) -> _Late:
        """Those whose last day came first, of those whose last day lies in the rehearsal."""
        teams: Counter[str] = Counter()
        of = 0
        for audit in audits:
            due, done = days(audit)
            if due >= self._conditions.until_on and done is None:
                continue
            of += 1
            if done is None or done > due:
                teams[self._team(audit.team_id)] += 1
        return _Late(of, teams)

    def _after(self, audit: Audit, working_days: int) -> date:
        assert audit.submitted_at is not None
        return add_working_days(local_day(audit.submitted_at), working_days, self._holidays)

    def _finding(self, promise: str, rules: tuple[str, ...], late: _Late) -> Finding:
        return Finding(promise, rules, late.teams.total(), late.of, most_in(late.teams))

    def _team(self, team_id: int | None) -> str:
        team = self._teams.get(team_id or 0)
        return team.name if team else "no team"


def _worst(rounds: Mapping[date, int]) -> str:
    """The round on which most falls; the first of several alike."""
    month = max(rounds, key=lambda one: rounds[one], default=None)
    return f"most in the {month:%B %Y} round ({rounds[month]})" if month and rounds[month] else ""


def _day(at: datetime | None) -> date | None:
    return local_day(at) if at is not None else None
