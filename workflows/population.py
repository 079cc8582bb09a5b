"""Freezes everything a round is chosen from.

Source: CA-01 to CA-04, Q1, Q8, Q10.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from domain.allocation import AuditorIn, Population, PractitionerIn
from domain.allocation_pool import LeftOut, pool_of
from domain.allocation_repeats import recent_pairs
from domain.days import add_months
from domain.deadlines import year_start
from domain.people import Person, Team
from storage.work import View
from workflows.council import Council
from workflows.pairs import case_in

_WHY_LEFT_OUT = {
    LeftOut.NOT_OPTED_IN: "has not opted in to this round",
    LeftOut.AWAY: "is away the whole month",
    LeftOut.OTHER_HALF: "audits in the other month",
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
    only: Collection[int] | None = None,
) -> Frozen:
    """The population of this month's round. `only` narrows the auditors, for one reallocation."""
    numbers = council.framework.numbers
    people = {p.id: p for p in view.people.everyone()}
    teams = view.people.teams()
    pool = pool_of(people.values(), month_on=month, opted_in=opted_in, round_months=numbers.round_months)
    load = view.audits.load_since(year_start(month))
    last = view.audits.last_audited()
    since = add_months(month, -numbers.repeat_pair_months)
    auditors = tuple(
        AuditorIn(i, people[i].team_id, people[i].service_id, load.get(i, 0))
        for i in pool.auditor_ids
        if only is None or i in only
    )
    cases = tuple(case_in(c, teams[c.team_id].service_id) for c in view.cases.open_cases())
    holders = sorted({c.practitioner_id for c in cases})
    population = Population(
        month_on=month,
        auditors=auditors,
        cases=cases,
        practitioners=tuple(PractitionerIn(i, last.get(i), active=i in people) for i in holders),
        recent_pairs=recent_pairs(view.audits.history_since(since), month, numbers.repeat_pair_months),
        round_months=numbers.round_months,
        cover_months=numbers.cover_months,
    )
    left_out = tuple(
        f"{people[i].name} {_WHY_LEFT_OUT[why]}."
        for i, why in pool.left_out
        if why is not LeftOut.NOT_OPTED_IN
    )
    services = {i: s.name for i, s in view.people.services().items()}
    return Frozen(population, people, teams, services, left_out)
