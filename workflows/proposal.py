"""What is kept of a plan: its pairs, what it says of itself, and all it takes to work it out again.

Source: CA-01 to CA-04, PR-06, Q8.
"""

from collections.abc import Collection, Mapping
from typing import Any

from domain.allocation import (
    Attribute,
    Decisions,
    Plan,
    gave_way_sentence,
    plan_round,
    population_hash,
    sentence,
)
from domain.allocation_reasons import unplaced_sentence
from domain.errors import RuleBroken
from storage.rounds import PlaceRow, RoundRow
from storage.work import View
from workflows.council import Council
from workflows.population import Frozen, freeze, half_of


def place_rows(
    plan: Plan, frozen: Frozen, *, kept: Collection[tuple[int, int]], before: Collection[PlaceRow] = ()
) -> list[dict[str, object]]:
    """The pairs to store. One that stood `before` keeps the reasons it was first proposed for."""
    known = {(place.auditor_id, place.case_id): place.reasons for place in before}
    rows: list[dict[str, object]] = []
    for place in plan.places:
        pair = (place.auditor_id, place.case_id)
        said = known.get(pair) or tuple(sentence(r, frozen.name_of) for r in place.reasons)
        rows.append(
            {
                "auditor_id": place.auditor_id,
                "case_id": place.case_id,
                "practitioner_id": place.practitioner_id,
                "reasons": list(said),
                "kept": pair in kept,
            }
        )
    return rows


def summary_of(
    plan: Plan, frozen: Frozen, decisions: Decisions, *, opted_in: Collection[int], half_pool: bool
) -> dict[str, object]:
    """What the plan says of itself, and what it was made under, as plain values."""

    def label(category: object) -> str:
        return frozen.name_of("team", category) if isinstance(category, int) else str(category)

    return {
        "auditors": len(frozen.population.auditors),
        "mix": {
            attribute.value: [
                [label(line.category), line.caseload_share, line.sample_share, line.sample_count]
                for line in plan.mix[attribute]
            ]
            for attribute in Attribute
        },
        "due": plan.due.due_within_window,
        "due_now": plan.due.practitioners,
        "due_covered": plan.due.covered,
        "due_possible": plan.due.possible,
        "forecast_shortfall": plan.due.shortfall,
        "conflicts_avoided": plan.conflicts_avoided_count,
        "gave_way": [gave_way_sentence(g, frozen.name_of) for g in plan.gave_way],
        "unplaced": [unplaced_sentence(u, frozen.name_of) for u in plan.unplaced] + list(frozen.left_out),
        "opted_in": sorted(opted_in),
        "half_pool": half_pool,
        "decisions": {
            "fixed": [list(pair) for pair in sorted(decisions.fixed)],
            "excluded_cases": sorted(decisions.excluded_cases),
            "excluded_auditors": sorted(decisions.excluded_auditors),
            "rejected": [list(pair) for pair in sorted(decisions.rejected)],
        },
    }


def replays(view: View, council: Council, chosen: RoundRow) -> bool:
    """Whether seed, population and the officer's changes give the very pairs of the proposal again.

    Raises RuleBroken when the population is no longer the one the proposal was made from.
    """
    opted_in = chosen.summary.get("opted_in", ())
    frozen = freeze(view, council, month=chosen.month, opted_in=opted_in, half_of=half_of(chosen))
    now_from = population_hash(frozen.population)
    if now_from != chosen.population_hash:
        raise RuleBroken(
            "The lists or the audits have changed since this proposal was made, so it can no longer be "
            "worked out again. What it was made from was "
            f"{chosen.population_hash[:12]}; now there is {now_from[:12]}."
        )
    plan = plan_round(frozen.population, seed=chosen.seed, decisions=_decisions_in(chosen.summary))
    stored = {(place.auditor_id, place.case_id) for place in view.rounds.places(chosen.id)}
    return stored == {(place.auditor_id, place.case_id) for place in plan.places}


def _decisions_in(summary: Mapping[str, Any]) -> Decisions:
    kept = summary.get("decisions", {})

    def pairs(name: str) -> frozenset[tuple[int, int]]:
        return frozenset((auditor_id, case_id) for auditor_id, case_id in kept.get(name, ()))

    return Decisions(
        fixed=pairs("fixed"),
        excluded_cases=frozenset(kept.get("excluded_cases", ())),
        excluded_auditors=frozenset(kept.get("excluded_auditors", ())),
        rejected=pairs("rejected"),
    )
