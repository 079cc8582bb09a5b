"""Turns a choice into a plan that explains itself: reasons, mix, who is due, what gave way.

Source: CA-03, CA-04, Q8, PR-06.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.allocation_due import due_practitioners, due_reaudits, forecast
from domain.allocation_values import (
    Attribute,
    Category,
    Decisions,
    Due,
    GaveWay,
    GaveWayKind,
    MixLine,
    Place,
    Plan,
    Population,
    Reason,
    ReasonKind,
    Unplaced,
    UnplacedWhy,
)
from domain.conflicts import AuditorIn, Barred, CaseIn, Conflict, conflicts_between
from domain.days import whole_months
from domain.deadlines import practitioner_due_on

NOTABLE_PLACES = 1.0
"""A category further than this from its share, in places, is more than rounding and is said."""


@dataclass(frozen=True)
class Outcome:
    """What was chosen, and from what."""

    population: Population
    decisions: Decisions
    seed: int
    kept: Mapping[int, int]
    """Auditor to case, as the QA office fixed them."""
    given: Mapping[int, int]
    """Auditor to case, as chosen."""
    drawable: Mapping[int, Sequence[CaseIn]]
    """Cases that could be drawn, by practitioner."""
    due_possible: int
    """The most practitioners due that could be covered besides the fixed ones."""
    searched: bool

    @cached_property
    def auditors(self) -> dict[int, AuditorIn]:
        """Everybody in the population's pool, by id."""
        return {one.person_id: one for one in self.population.auditors}

    @cached_property
    def pairs(self) -> tuple[tuple[AuditorIn, CaseIn], ...]:
        """Every auditor placed with the case, by auditor id."""
        cases = {one.case_id: one for one in self.population.cases}
        chosen = {**self.given, **self.kept}
        return tuple((self.auditors[auditor_id], cases[chosen[auditor_id]]) for auditor_id in sorted(chosen))

    @cached_property
    def idle(self) -> tuple[AuditorIn, ...]:
        """Auditors of the round without a case, by id; those left out by the QA office are not among them."""
        busy = self.given.keys() | self.kept.keys() | self.decisions.excluded_auditors
        return tuple(self.auditors[one] for one in sorted(self.auditors.keys() - busy))


def explain(outcome: Outcome) -> Plan:
    """The plan with its reasons. Raises RuntimeError should a pair break a hard rule: none may leave."""
    for auditor, case in outcome.pairs:
        if conflicts_between(auditor, case):
            raise RuntimeError("the allocation paired an auditor with a case they may not audit")
    mix = _mix(outcome)
    due = _due(outcome)
    return Plan(
        seed=outcome.seed,
        places=_places(outcome, mix),
        unplaced=_unplaced(outcome),
        mix=mix,
        due=due,
        conflicts_avoided=_conflicts_avoided(outcome),
        gave_way=tuple(_gave_way(outcome, mix, due)),
    )


def _mix(outcome: Outcome) -> dict[Attribute, tuple[MixLine, ...]]:
    cases = outcome.population.cases
    mix: dict[Attribute, tuple[MixLine, ...]] = {}
    for attribute in Attribute:
        whole = Counter(attribute.each(cases))
        drawn = Counter(attribute.each(case for _, case in outcome.pairs))
        mix[attribute] = tuple(
            MixLine(
                category, count / len(cases), drawn[category] / max(1, len(outcome.pairs)), drawn[category]
            )
            for category, count in sorted(whole.items(), key=lambda item: (-item[1], str(item[0]).zfill(20)))
        )
    return mix


def _due(outcome: Outcome) -> Due:
    population = outcome.population
    due = due_practitioners(population)
    fixed = {case.practitioner_id for auditor, case in outcome.pairs if auditor.person_id in outcome.kept}
    covered = {case.practitioner_id for _, case in outcome.pairs}
    reachable = outcome.drawable.keys() | covered
    ahead, shortfall, within = forecast(population, reachable, covered, len(outcome.pairs))
    return Due(
        practitioners=len(due),
        possible=outcome.due_possible + len(due & fixed),
        covered=len(due & covered),
        due_within_window=within,
        ahead=ahead,
        shortfall=shortfall,
        without_open_case=len(due - reachable),
    )


def _places(outcome: Outcome, mix: Mapping[Attribute, Sequence[MixLine]]) -> tuple[Place, ...]:
    shares = {(attribute, line.category): line for attribute in mix for line in mix[attribute]}
    per_service = Counter(case.service_id for _, case in outcome.pairs)
    several = len({case.service_id for case in outcome.population.cases}) > 1
    last_audited = {one.person_id: one.last_audited_on for one in outcome.population.practitioners}
    due = due_practitioners(outcome.population)
    again = due_reaudits(outcome.population)
    busiest_idle = max((one.audits_this_year for one in outcome.idle), default=-1)

    def reasons(auditor: AuditorIn, case: CaseIn) -> tuple[Reason, ...]:
        found: list[Reason] = []
        if auditor.person_id in outcome.kept:
            found.append(Reason(ReasonKind.FIXED))
        if case.case_id in again:
            found.append(Reason(ReasonKind.REAUDIT, {"due_on": again[case.case_id]}))
        audited_on = last_audited[case.practitioner_id]
        if audited_on is None:
            found.append(Reason(ReasonKind.NEVER_AUDITED))
        elif months := whole_months(audited_on, outcome.population.month_on):
            facts: dict[str, object] = {
                "months": months,
                "due_on": practitioner_due_on(audited_on, outcome.population.cover_months),
                "due": case.practitioner_id in due,
            }
            found.append(Reason(ReasonKind.WAITED, facts))
        if several and per_service[case.service_id] == 1:
            found.append(Reason(ReasonKind.ONLY_OF_SERVICE, {"service_id": case.service_id}))
        if rarest := _missed_without(case, shares, len(outcome.pairs)):
            found.append(Reason(ReasonKind.ADDS_TO_MIX, {"attribute": rarest[0], "category": rarest[1]}))
        if auditor.service_id == case.service_id:
            found.append(Reason(ReasonKind.OWN_SERVICE))
        elif auditor.service_id is not None:
            found.append(Reason(ReasonKind.OTHER_SERVICE))
        if (auditor.person_id, case.practitioner_id) in outcome.population.recent_pairs:
            found.append(Reason(ReasonKind.REPEAT_PAIR))
        if auditor.audits_this_year < busiest_idle:
            found.append(Reason(ReasonKind.LIGHT_LOAD, {"audits": auditor.audits_this_year}))
        return tuple(found)

    return tuple(
        Place(auditor.person_id, case.case_id, case.practitioner_id, reasons(auditor, case))
        for auditor, case in outcome.pairs
    )


def _missed_without(
    case: CaseIn, shares: Mapping[tuple[Attribute, Category], MixLine], places: int
) -> tuple[Attribute, Category] | None:
    """The rarest category of the case that would be further from its share without it."""
    lines = [(attribute, shares[attribute, attribute.of(case)]) for attribute in Attribute]
    short = [
        (line.caseload_share, attribute, line.category)
        for attribute, line in lines
        if line.sample_count - line.caseload_share * places < 0.5 and line.caseload_share < 0.5
    ]
    if not short:
        return None
    _, attribute, category = min(short, key=lambda one: (one[0], one[1]))
    return attribute, category


def _unplaced(outcome: Outcome) -> tuple[Unplaced, ...]:
    barred = Barred(outcome.decisions.apart(outcome.population.auditors))
    drawn = {case.practitioner_id for _, case in outcome.pairs}
    everyone_drawn = outcome.drawable.keys() <= drawn

    def why(auditor: AuditorIn) -> UnplacedWhy:
        cases = (case for group in outcome.drawable.values() for case in group)
        if outcome.drawable and all(auditor.person_id in barred.from_case(case) for case in cases):
            return UnplacedWhy.ALL_BARRED
        return UnplacedWhy.TOO_FEW_CASES if everyone_drawn else UnplacedWhy.NEEDED_ELSEWHERE

    excluded = outcome.auditors.keys() & outcome.decisions.excluded_auditors
    found = [Unplaced(one, UnplacedWhy.EXCLUDED) for one in excluded]
    found += [Unplaced(auditor.person_id, why(auditor)) for auditor in outcome.idle]
    return tuple(sorted(found, key=lambda one: one.auditor_id))


def _conflicts_avoided(outcome: Outcome) -> dict[Conflict, int]:
    barred = Barred(
        one for one in outcome.population.auditors if one.person_id not in outcome.decisions.excluded_auditors
    )
    found: Counter[Conflict] = Counter()
    for _, case in outcome.pairs:
        for auditor_id in barred.from_case(case):
            found.update(conflicts_between(outcome.auditors[auditor_id], case))
    return {conflict: found[conflict] for conflict in Conflict}


def _gave_way(outcome: Outcome, mix: Mapping[Attribute, Sequence[MixLine]], due: Due) -> list[GaveWay]:
    found: list[GaveWay] = []
    pairs, places = outcome.pairs, len(outcome.pairs)
    if outcome.idle:
        ids = tuple(one.person_id for one in outcome.idle)
        found.append(GaveWay(GaveWayKind.AUDITORS_UNPLACED, {"auditor_ids": ids}))
    audits = Counter(case.practitioner_id for _, case in pairs)
    kept = Counter(case.practitioner_id for auditor, case in pairs if auditor.person_id in outcome.kept)
    for fixed in (True, False):
        twice = tuple(
            person for person in sorted(audits) if audits[person] > 1 and (kept[person] > 1) is fixed
        )
        if twice:
            found.append(GaveWay(GaveWayKind.PRACTITIONER_TWICE, {"practitioner_ids": twice, "fixed": fixed}))
    drawn = {case.case_id for _, case in pairs}
    if left := tuple(sorted(due_reaudits(outcome.population).keys() - drawn)):
        found.append(GaveWay(GaveWayKind.REAUDIT_WAITS, {"case_ids": left}))
    waiting = due.practitioners - due.covered - due.without_open_case
    if waiting > 0:
        # Were places the limit, every one that was free to choose would have gone to somebody due.
        urgent = due_practitioners(outcome.population)
        chosen = {case.practitioner_id for auditor, case in pairs if auditor.person_id in outcome.given}
        short = not outcome.idle and chosen <= urgent
        found.append(GaveWay(GaveWayKind.DUE_WAIT, {"waiting": waiting, "places_short": short}))
    found += _services_missed(outcome)
    found += _areas_without_case(outcome.population)
    for attribute, lines in mix.items():
        for line in lines:
            off = line.sample_count - line.caseload_share * places
            if places and abs(off) > NOTABLE_PLACES:
                facts: dict[str, object] = {
                    "attribute": attribute,
                    "category": line.category,
                    "places": round(off),
                }
                found.append(GaveWay(GaveWayKind.MIX_OFF, facts))
    own = tuple(auditor.person_id for auditor, case in pairs if auditor.service_id == case.service_id)
    repeats = tuple(
        auditor.person_id
        for auditor, case in pairs
        if (auditor.person_id, case.practitioner_id) in outcome.population.recent_pairs
    )
    for kind, ids in ((GaveWayKind.OWN_SERVICE, own), (GaveWayKind.REPEAT_PAIR, repeats)):
        if ids:
            found.append(GaveWay(kind, {"auditor_ids": ids}))
    if not outcome.searched:
        found.append(GaveWay(GaveWayKind.NOT_BEST))
    return found


def _services_missed(outcome: Outcome) -> list[GaveWay]:
    wanted = {case.service_id for case in outcome.population.cases}
    reached = {case.service_id for _, case in outcome.pairs}
    drawable = {case.service_id for group in outcome.drawable.values() for case in group}
    found: list[GaveWay] = []
    for service_id in sorted(wanted - reached):
        why = "due_first"
        if service_id not in drawable:
            why = "none_drawable"
        elif len(outcome.pairs) < len(wanted):
            why = "few_places"
        found.append(GaveWay(GaveWayKind.SERVICE_MISSED, {"service_id": service_id, "why": why}))
    return found


def _areas_without_case(population: Population) -> list[GaveWay]:
    """What the list lacks is said as well: a sample that mirrors it cannot show the gap. Source: CA-04."""
    there = {case.service_id for case in population.cases}
    lacking = (name for name, service_id in sorted(population.areas) if service_id not in there)
    return [GaveWay(GaveWayKind.AREA_WITHOUT_CASE, {"area": name}) for name in lacking]
