"""Draws the sample of a round and gives each auditor a case: the whole choice, explained and repeatable.

What outweighs what: no conflict ever; then as many auditors placed as can be; then re-audits that are due;
then the practitioners longest without an audit; then the mix, every service spanned; then own service and
recent pairs avoided; then a fair load. Two steps: `allocation_sample` draws the cases, `allocation_pairing`
gives them out. Should the drawn cases not find auditors without a conflict, the group that blocks is ruled
out and the draw repeated.

Source: CA-01 to CA-04, Q1, Q8; decision 0003.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence

from domain.allocation_due import Waiting, due_reaudits, who_waits
from domain.allocation_explained import Outcome, explain
from domain.allocation_reasons import gave_way_sentence, sentence, unplaced_sentence
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
    PractitionerIn,
    Reason,
    ReasonKind,
    ReauditIn,
    RoundAhead,
    Unplaced,
    UnplacedWhy,
)
from domain.conflicts import AuditorIn, Barred, CaseIn, Conflict, conflicts_between
from domain.errors import RuleBroken

__all__ = [
    "Attribute",
    "AuditorIn",
    "CannotKeep",
    "CaseIn",
    "Conflict",
    "Decisions",
    "Due",
    "GaveWay",
    "GaveWayKind",
    "MixLine",
    "Place",
    "Plan",
    "Population",
    "PractitionerIn",
    "Reason",
    "ReasonKind",
    "ReauditIn",
    "RoundAhead",
    "Unplaced",
    "UnplacedWhy",
    "gave_way_sentence",
    "plan_round",
    "population_hash",
    "sentence",
    "unplaced_sentence",
]


class CannotKeep(RuleBroken):
    """A pair the QA office wants kept cannot be kept; carries the pair."""

    def __init__(self, message: str, *, auditor_id: int, case_id: int) -> None:
        super().__init__(message)
        self.auditor_id = auditor_id
        self.case_id = case_id


def plan_round(population: Population, *, seed: int, decisions: Decisions | None = None) -> Plan:
    """The proposed round: same population, decisions and seed, same plan.

    Raises CannotKeep when a fixed pair breaks a hard rule, ValueError when the population contradicts itself.
    Source: CA-01, CA-03, CA-04, Q8.
    """
    # The solver is heavy to import, and the bot is to start in seconds.
    from domain.allocation_choice import Open, choose

    decisions = decisions or Decisions()
    _check(population)
    kept = _kept(population, decisions)
    reaudits = frozenset(due_reaudits(population))
    auditors, drawable, waiting = _open(population, decisions, kept, reaudits)
    choice = choose(
        Open(
            auditors=auditors,
            drawable=drawable,
            waiting=waiting,
            kept=tuple(kept[auditor_id] for auditor_id in sorted(kept)),
            shares=shares(population.cases),
            recent_pairs=population.recent_pairs | _audited_before(population),
            reaudits=reaudits & {case.case_id for cases in drawable.values() for case in cases},
        ),
        seed,
    )
    return explain(
        Outcome(
            population=population,
            decisions=decisions,
            seed=seed,
            kept={auditor_id: case.case_id for auditor_id, case in kept.items()},
            given=choice.case_of,
            drawable=drawable,
            due_possible=choice.due_possible,
            searched=choice.searched,
        )
    )


def population_hash(population: Population) -> str:
    """SHA-256 over the population written out in one fixed order, whatever order it came in."""

    def rows(values: Sequence[object]) -> list[list[object]]:
        found = [[_plain(getattr(one, name)) for name in one.__dataclass_fields__] for one in values]  # type: ignore[attr-defined]
        return sorted(found, key=lambda row: str(row[0]).zfill(20))

    written = {
        "month_on": population.month_on.isoformat(),
        "auditors": rows(population.auditors),
        "cases": rows(population.cases),
        "practitioners": rows(population.practitioners),
        "recent_pairs": sorted(population.recent_pairs),
        "areas": sorted([name, _plain(service_id)] for name, service_id in population.areas),
        "round_months": sorted(population.round_months),
        "cover_months": population.cover_months,
    }
    if population.reaudits:
        # Left out where there are none, so that rounds planned before there were any can still be worked out.
        written["reaudits"] = rows(population.reaudits)
    text = json.dumps(written, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return value if value is None or isinstance(value, str | int) else str(value)


def _check(population: Population) -> None:
    if population.month_on.day != 1:
        raise ValueError("month_on must be the first day of the round's month")
    for name, ids in (
        ("auditor", [one.person_id for one in population.auditors]),
        ("case", [one.case_id for one in population.cases]),
        ("practitioner", [one.person_id for one in population.practitioners]),
    ):
        if len(set(ids)) != len(ids):
            raise ValueError(f"the same {name} id stands twice in the population")
    known = {one.person_id for one in population.practitioners}
    if any(case.practitioner_id not in known for case in population.cases):
        raise ValueError("a case names a practitioner who is not in the population")


def _kept(population: Population, decisions: Decisions) -> dict[int, CaseIn]:
    """The fixed pairs, checked against the hard rules."""
    auditors = {one.person_id: one for one in decisions.apart(population.auditors)}
    cases = {one.case_id: one for one in population.cases}
    kept: dict[int, CaseIn] = {}
    for auditor_id, case_id in sorted(decisions.fixed):
        auditor, case = auditors.get(auditor_id), cases.get(case_id)
        problem = ""
        if auditor is None or auditor_id in decisions.excluded_auditors:
            problem = (
                "This auditor is not in the round, so the pair cannot be kept. Please choose someone else."
            )
        elif case is None or case_id in decisions.excluded_cases:
            problem = "This case is closed or left out of the round. Please choose another case to keep."
        elif conflicts_between(auditor, case):
            problem = (
                "Nobody may audit a case they hold, supervise, chair or review, one of their own team, or "
                "one they declared a conflict with. Please choose another auditor or another case."
            )
        elif auditor_id in kept:
            problem = "Each auditor has one audit in a round. Please keep one case for this auditor."
        elif case in kept.values():
            problem = "Each case is audited once in a round. Please keep one auditor for this case."
        if problem or case is None:
            raise CannotKeep(problem, auditor_id=auditor_id, case_id=case_id)
        kept[auditor_id] = case
    return kept


def _open(
    population: Population, decisions: Decisions, kept: Mapping[int, CaseIn], reaudits: frozenset[int]
) -> tuple[tuple[AuditorIn, ...], dict[int, tuple[CaseIn, ...]], Waiting]:
    """The auditors to place, the cases that may be drawn by practitioner, and who waits."""
    auditors = tuple(
        sorted(
            (
                one
                for one in decisions.apart(population.auditors)
                if one.person_id not in decisions.excluded_auditors and one.person_id not in kept
            ),
            key=lambda one: one.person_id,
        )
    )
    active = {one.person_id for one in population.practitioners if one.active}
    out = {case.case_id for case in kept.values()} | decisions.excluded_cases
    drawable: dict[int, list[CaseIn]] = {}
    for case in sorted(population.cases, key=lambda one: one.case_id):
        if case.practitioner_id not in active or case.case_id in out:
            continue
        drawable.setdefault(case.practitioner_id, []).append(case)
    by_practitioner = {person: tuple(drawable[person]) for person in sorted(drawable)}
    barred = Barred(auditors)
    again = {
        case.practitioner_id
        for cases in drawable.values()
        for case in cases
        # Where everybody is in conflict with it, its practitioner has no claim to go first.
        if case.case_id in reaudits and len(barred.from_case(case)) < len(auditors)
    }
    return auditors, by_practitioner, who_waits(population, by_practitioner.keys(), again)


def _audited_before(population: Population) -> frozenset[tuple[int, int]]:
    """(auditor, practitioner) of whoever graded a case that is to be audited again.

    However long ago that was and whoever holds the case now, other eyes should look this time.
    """
    holder = {case.case_id: case.practitioner_id for case in population.cases}
    known = (one for one in population.reaudits if one.case_id in holder)
    return frozenset((one.auditor_id, holder[one.case_id]) for one in known)


def shares(cases: Sequence[CaseIn]) -> dict[Attribute, dict[Category, float]]:
    """The share of each category in these cases, 0 to 1. Source: CA-04."""
    return {
        attribute: {
            category: count / len(cases) for category, count in Counter(attribute.each(cases)).items()
        }
        for attribute in Attribute
    }
