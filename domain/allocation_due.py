"""Who waits longest for an audit, and whether the pace is enough for everyone within the window.

Source: CA-03, PR-06.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from domain.allocation_dates import due_on, months_after, next_rounds
from domain.allocation_values import Population, PractitionerIn, RoundAhead


@dataclass(frozen=True, slots=True)
class Waiting:
    """Active practitioners with something to draw, those to audit first in front."""

    due_bands: tuple[tuple[int, ...], ...]
    """Never audited, then by the month in which the audit falls due, the earliest first."""
    not_due: tuple[int, ...]
    recency: dict[int, float]
    """For those not yet due: 0 when due soonest, 1 when audited just now."""

    @property
    def due(self) -> frozenset[int]:
        """All who are due before the next round begins."""
        return frozenset(person for band in self.due_bands for person in band)


def who_waits(population: Population, among: Collection[int]) -> Waiting:
    """Bands of waiting among these practitioners, inactive ones left out.

    A practitioner is due when the window closes before the next round begins: this round is then the last
    that can be in time. Days within a month are not told apart, which leaves the mix room to choose.
    """
    next_on = _next_round(population, population.month_on)
    bands: dict[tuple[int, int], list[int]] = {}
    not_due: list[int] = []
    recency: dict[int, float] = {}
    for practitioner in sorted(population.practitioners, key=lambda one: one.person_id):
        if not practitioner.active or practitioner.person_id not in among:
            continue
        due = due_on(practitioner.last_audited_on, population.cover_months)
        if is_due(practitioner, population, next_on):
            bands.setdefault((0, 0) if due is None else (due.year, due.month), []).append(
                practitioner.person_id
            )
        else:
            not_due.append(practitioner.person_id)
            ahead = (due - next_on).days if due is not None else 0
            recency[practitioner.person_id] = min(1.0, ahead / (31 * population.cover_months))
    return Waiting(tuple(tuple(bands[key]) for key in sorted(bands)), tuple(not_due), recency)


def is_due(practitioner: PractitionerIn, population: Population, next_on: date | None = None) -> bool:
    """Whether the audit falls due before the next round begins; never audited always counts. Source: CA-03."""
    due = due_on(practitioner.last_audited_on, population.cover_months)
    return due is None or due < (next_on or _next_round(population, population.month_on))


def forecast(
    population: Population, among: Collection[int], covered: Collection[int], places: int
) -> tuple[tuple[RoundAhead, ...], int, int]:
    """The rounds of the coming window at this pace, who stays unreached, and how many fall due in it.

    This round covers `covered`; each later one the `places` practitioners whose day comes first.
    """
    starts = (
        population.month_on,
        *next_rounds(
            population.month_on, population.round_months, within_months=max(1, population.cover_months - 1)
        ),
    )
    window_end = months_after(population.month_on, population.cover_months)
    queue = sorted(
        (due_on(one.last_audited_on, population.cover_months) or date.min, one.person_id)
        for one in population.practitioners
        if one.active and one.person_id in among
    )
    queue = [(due, person) for due, person in queue if due < window_end]
    due_within_window = len(queue)
    ahead: list[RoundAhead] = []
    for number, start in enumerate(starts):
        next_on = _next_round(population, start)
        reached = set(covered) if number == 0 else {person for _, person in queue[:places]}
        waiting = [person for due, person in queue if due < next_on]
        late = sum(date.min < due < start and person in reached for due, person in queue)
        left = sum(person not in reached for person in waiting)
        ahead.append(RoundAhead(start, len(waiting), places, late, left))
        queue = [(due, person) for due, person in queue if person not in reached]
    return tuple(ahead), len(queue), due_within_window


def _next_round(population: Population, month_on: date) -> date:
    return next_rounds(month_on, population.round_months, within_months=12)[0]
