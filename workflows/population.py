"""Freezes everything a round is chosen from, and what the QA office has left out of it.

Source: CA-01 to CA-04, Q1, Q8, Q10.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from domain.allocation import AuditorIn, Decisions, Population, PractitionerIn, ReauditIn
from domain.allocation_pool import FreshStart, LeftOut, Pool, months_with_a_round, pool_of
from domain.allocation_repeats import recent_pairs
from domain.conflicts import CaseIn
from domain.days import add_months
from domain.deadlines import year_start
from domain.people import Person, Team
from storage.rounds import RoundRow
from storage.work import View
from workflows.council import Council
from workflows.pairs import case_in

_WHY_LEFT_OUT = {
    LeftOut.AWAY: "is away the whole month",
}


@dataclass(frozen=True, slots=True)
class Frozen:
    """A population with the names people read, and who is not in the pool and why."""

    population: Population
    people: dict[int, Person]
    teams: dict[int, Team]
    services: dict[int, str]
    left_out: tuple[str, ...]

    def name_of(self, kind: str, number: int) -> str:
        """The name of a person, team or service."""
        if kind == "person":
            return self.people[number].name if number in self.people else "someone who has left"
        if kind == "team":
            return self.teams[number].name
        return self.services[number]


def freeze(
    view: View,
    council: Council,
    *,
    month: date,
    opted_in: Collection[int],
    half_of: date | None = None,
    only: Collection[int] | None = None,
    fresh: FreshStart | None = None,
) -> Frozen:
    """The population of this month's round.

    `half_of` is the month whose half of a staggered pool audits (Q1). `only` narrows the auditors, for one
    reallocation, and `fresh` is its time.
    """
    numbers = council.framework.numbers
    people = {p.id: p for p in view.people.everyone()}
    teams = view.people.teams()
    pool = pool_of(
        people.values(),
        month_on=month,
        opted_in=opted_in,
        round_months=numbers.round_months,
        half_of=half_of,
        fresh=fresh,
    )
    declared: dict[int, set[int]] = {}
    for auditor_id, case_id in view.rounds.declared_conflicts():
        declared.setdefault(auditor_id, set()).add(case_id)
    load = view.audits.load_since(year_start(month))
    last = view.audits.last_audited()
    since = add_months(month, -numbers.repeat_pair_months)
    auditors = tuple(
        AuditorIn(i, people[i].team_id, people[i].service_id, load.get(i, 0), frozenset(declared.get(i, ())))
        for i in pool.auditor_ids
        if only is None or i in only
    )
    cases = view.once(_caseload)
    services = {i: s.name for i, s in view.people.services().items()}
    service_ids = {name: i for i, name in services.items()}
    holders = sorted({c.practitioner_id for c in cases})
    population = Population(
        month_on=month,
        auditors=auditors,
        cases=cases,
        practitioners=tuple(PractitionerIn(i, last.get(i), active=i in people) for i in holders),
        recent_pairs=recent_pairs(view.audits.history_since(since), month, numbers.repeat_pair_months),
        areas=tuple((area.name, service_ids.get(area.name)) for area in council.framework.services),
        round_months=months_with_a_round(numbers.round_months, half_pool=half_of is not None),
        cover_months=numbers.cover_months,
        reaudits=tuple(
            ReauditIn(one.case_id, one.by, one.auditor_id)
            for one in view.followups.reaudits()
            if not one.under_way
        ),
    )
    return Frozen(population, people, teams, services, _left_out(pool, people))


def _caseload(view: View) -> tuple[CaseIn, ...]:
    teams = view.people.teams()
    return tuple(case_in(c, teams[c.team_id].service_id) for c in view.cases.open_cases())


def half_of(chosen: RoundRow) -> date | None:
    """The month whose half of the pool audits in this round; None when everybody does (Q1)."""
    return chosen.month if chosen.summary.get("half_pool") else None


def decided(view: View, round_id: int, *, fixed: frozenset[tuple[int, int]] = frozenset()) -> Decisions:
    """What the QA office left out of this round and swapped away in it, and the pairs to keep."""
    exclusions = view.rounds.exclusions(round_id)
    return Decisions(
        fixed=fixed,
        excluded_cases=frozenset(e.subject_id for e in exclusions if e.what == "case"),
        excluded_auditors=frozenset(e.subject_id for e in exclusions if e.what == "auditor"),
        rejected=frozenset((s.auditor_id, s.case_id) for s in view.rounds.swaps(round_id)),
    )


def _left_out(pool: Pool, people: dict[int, Person]) -> tuple[str, ...]:
    """Who is not in the pool though one might expect them, a sentence each; the other half in one."""
    said = [f"{people[i].name} {_WHY_LEFT_OUT[why]}." for i, why in pool.left_out if why in _WHY_LEFT_OUT]
    if others := sum(why is LeftOut.OTHER_HALF for _, why in pool.left_out):
        said.append(f"The other half of the pool, {others} in all, has its turn in the other month.")
    return tuple(said)
