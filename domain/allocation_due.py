"""Who waits longest for an audit, and whether the pace is enough for everyone within the window.

Source: CA-03, PR-06.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from domain.allocation_values import Population, RoundAhead
from domain.days import add_months
from domain.deadlines import next_round_month, practitioner_due_on, practitioner_is_due, round_starts


@dataclass(frozen=True, slots=True)
class Waiting:
    """Active practitioners with something to draw, those to audit first in front."""

    reaudits: tuple[int, ...]
    """Practitioners with a case whose re-audit is due; before everybody else, due or not."""
    due_bands: tuple[tuple[int, ...], ...]
    """Never audited, then by the month in which the audit falls due, the earliest first."""
    not_due: tuple[int, ...]
    recency: dict[int, float]
    """For those not yet due: 0 when due soonest, 1 when audited just now."""

    @property
    def due(self) -> frozenset[int]:
        """All who are due before the next round begins."""
        return frozenset(person for band in self.due_bands for person in band)


def last_day_to_act(population: Population) -> date:
    """The day before the next round begins: whoever is due by then has this round as the last in time."""
    return _next_round(population, population.month_on) - timedelta(days=1)


def due_reaudits(population: Population) -> dict[int, date]:
    """Case to the day by which it is audited again, of those due before the next round begins."""
    last = last_day_to_act(population)
    return {one.case_id: one.due_on for one in population.reaudits if one.due_on <= last}


def who_waits(
    population: Population, among: Collection[int], reaudited: Collection[int] = frozenset()
) -> Waiting:
    """Bands of waiting among these practitioners, inactive ones left out. Source: CA-03.

    `reaudited` are those with a case that may be drawn and whose re-audit is due. Days within a month are not
    told apart, which leaves the mix room to choose.
    """
    last = last_day_to_act(population)
    bands: dict[tuple[int, int], list[int]] = {}
    not_due: list[int] = []
    recency: dict[int, float] = {}
    for practitioner in sorted(population.practitioners, key=lambda one: one.person_id):
        person = practitioner.person_id
        if not practitioner.active or person not in among:
            continue
        due = practitioner_due_on(practitioner.last_audited_on, population.cover_months)
        if due is None:
            bands.setdefault((0, 0), []).append(person)
        elif due <= last:
            bands.setdefault((due.year, due.month), []).append(person)
        else:
            not_due.append(person)
            recency[person] = (due - last).days / (31 * population.cover_months)
    first = tuple(sorted(person for person in reaudited if person in among))
    return Waiting(first, tuple(tuple(bands[key]) for key in sorted(bands)), tuple(not_due), recency)


def due_practitioners(population: Population) -> frozenset[int]:
    """Active practitioners due before the next round begins, with or without a case. Source: CA-03."""
    last = last_day_to_act(population)
    return frozenset(
        one.person_id
        for one in population.practitioners
        if one.active and practitioner_is_due(one.last_audited_on, population.cover_months, last)
    )


def forecast(
    population: Population, among: Collection[int], covered: Collection[int], places: int
) -> tuple[tuple[RoundAhead, ...], int, int]:
    """The rounds of the coming window at this pace, how many stay unreached, and how many fall due in it.

    This round covers `covered`; each later one the `places` practitioners whose day comes first.
    Source: CA-03, PR-06.
    """
    months = population.cover_months
    second = add_months(population.month_on, 1)
    later = round_starts(second, population.round_months, within_months=months - 1)
    window_end = add_months(population.month_on, months)
    queue = sorted(
        (practitioner_due_on(one.last_audited_on, months) or date.min, one.person_id)
        for one in population.practitioners
        if one.active and one.person_id in among
    )
    queue = [(due, person) for due, person in queue if due < window_end]
    due_within_window = len(queue)
    ahead: list[RoundAhead] = []
    for number, start in enumerate((population.month_on, *later)):
        reached = frozenset(covered) if number == 0 else frozenset(person for _, person in queue[:places])
        next_on = _next_round(population, start)
        waiting = [person for due, person in queue if due < next_on]
        late = sum(date.min < due < start and person in reached for due, person in queue)
        left = sum(person not in reached for person in waiting)
        ahead.append(RoundAhead(start, len(waiting), places, late, left))
        queue = [(due, person) for due, person in queue if person not in reached]
    return tuple(ahead), len(queue), due_within_window


def _next_round(population: Population, month_on: date) -> date:
    return next_round_month(add_months(month_on, 1), population.round_months)
