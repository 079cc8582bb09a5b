"""Each priority shown by an example that comes out otherwise when that priority is dropped.

Ties are broken by the seed, so every example is planned with several seeds and must hold with each.
"""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from domain import allocation_choice, allocation_pairing, allocation_sample
from domain.allocation import (
    Attribute,
    Decisions,
    GaveWayKind,
    Plan,
    Population,
    ReasonKind,
    ReauditIn,
    UnplacedWhy,
    gave_way_sentence,
    plan_round,
    population_hash,
    sentence,
)
from domain.allocation_explained import Outcome, explain
from domain.conflicts import AuditorIn, CaseIn, Conflict
from tests.domain.allocation_builders import RECENTLY, auditor, case, pairs_of, population, practitioner

SEEDS = range(8)
LONG_AGO = date(2025, 5, 20)


def kinds(plan: Plan) -> list[GaveWayKind]:
    return [one.kind for one in plan.gave_way]


def drawn(plan: Plan) -> set[int]:
    return {place.case_id for place in plan.places}


def auditors(count: int) -> list[AuditorIn]:
    return [auditor(100 + number) for number in range(count)]


@pytest.mark.rule("Q8")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_conflict_outweighs_the_longest_wait(seed: int) -> None:
    council = population(
        [auditor(100, team=1)],
        [case(1, 10, team=1), case(2, 11, team=2)],
        [practitioner(10, None), practitioner(11)],
    )

    plan = plan_round(council, seed=seed)

    assert pairs_of(plan) == {(100, 2)}
    assert plan.conflicts_avoided[Conflict.OWN_TEAM] == 0
    assert (plan.due.practitioners, plan.due.possible, plan.due.covered) == (1, 0, 0)
    assert [one.facts for one in plan.gave_way if one.kind is GaveWayKind.DUE_WAIT] == [
        {"waiting": 1, "places_short": False}
    ]


@pytest.mark.rule("CA-01", "Q8")
@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_has_an_audit_even_where_only_one_way_of_pairing_allows_it(seed: int) -> None:
    # 100 may audit team 3 alone, 101 all but its own team 1; drawing from team 1 would leave 100 or 102 idle.
    cases = [case(1, 10, team=1, chair=100), case(2, 11, team=2, chair=100), case(3, 12, team=3)]
    council = population([auditor(100), auditor(101, team=1), auditor(102, team=2)], cases)

    plan = plan_round(council, seed=seed)

    assert pairs_of(plan) == {(100, 3), (101, 2), (102, 1)}
    assert plan.unplaced == ()
    assert plan.conflicts_avoided == {
        Conflict.HOLDS: 0,
        Conflict.SUPERVISES: 0,
        Conflict.CHAIRS: 2,
        Conflict.OWN_TEAM: 2,
        Conflict.DECLARED: 0,
    }


@pytest.mark.rule("CA-03")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_practitioner_due_outweighs_the_mix(seed: int) -> None:
    cases = [case(number, number, gender="female") for number in range(1, 10)] + [case(50, 50, gender="male")]
    council = population(
        auditors(1), cases, [*(practitioner(number) for number in range(1, 10)), practitioner(50, LONG_AGO)]
    )

    plan = plan_round(council, seed=seed)

    assert drawn(plan) == {50}
    assert plan.places[0].reasons[0].kind is ReasonKind.WAITED
    assert plan.places[0].reasons[0].facts == {"months": 11, "due_on": date(2026, 5, 20), "due": True}


@pytest.mark.rule("CA-03")
@pytest.mark.parametrize("seed", SEEDS)
def test_the_never_audited_come_first_then_the_longest_wait_by_month(seed: int) -> None:
    waits = {1: date(2025, 6, 1), 2: None, 3: date(2025, 4, 30), 4: date(2025, 5, 31), 5: date(2025, 4, 1)}
    council = population(
        auditors(3), [case(one, one) for one in waits], [practitioner(one, day) for one, day in waits.items()]
    )

    plan = plan_round(council, seed=seed)

    assert drawn(plan) == {2, 3, 5}
    assert (plan.due.practitioners, plan.due.possible, plan.due.covered) == (5, 3, 3)
    assert [one.facts for one in plan.gave_way if one.kind is GaveWayKind.DUE_WAIT] == [
        {"waiting": 2, "places_short": True}
    ]


@pytest.mark.rule("CA-03", "Q1")
@pytest.mark.parametrize(
    ("last_audited_on", "due"),
    [(date(2025, 6, 30), True), (date(2025, 7, 1), False), (date(2025, 5, 1), True), (None, True)],
)
def test_due_is_whoever_runs_out_before_the_next_round(last_audited_on: date | None, due: bool) -> None:
    council = population(auditors(1), [case(1, 10)], [practitioner(10, last_audited_on)])

    plan = plan_round(council, seed=1)

    assert (plan.due.practitioners, plan.due.covered) == (int(due), int(due))


@pytest.mark.rule("CA-04")
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("attribute", "rare", "common"),
    [
        (Attribute.TEAM, {"team": 2}, {"team": 1}),
        (Attribute.PLAN_TYPE, {"plan_type": "care leaver"}, {}),
        (Attribute.GENDER, {"gender": "male"}, {}),
        (Attribute.AGE_BAND, {"age_band": "0 to 4"}, {}),
        (Attribute.ETHNICITY, {"ethnicity": "B"}, {}),
    ],
)
def test_the_sample_has_the_mix_of_the_whole_caseload(
    attribute: Attribute, rare: dict[str, str], common: dict[str, str], seed: int
) -> None:
    cases = [case(number, number, **(rare if number % 4 == 0 else common)) for number in range(1, 25)]  # type: ignore[arg-type]
    council = population(auditors(4), cases)

    plan = plan_round(council, seed=seed)

    few = min(plan.mix[attribute], key=lambda line: line.caseload_share)
    assert (few.sample_count, few.caseload_share, few.deviation_pp) == (1, 0.25, 0.0)
    assert sum(case_id % 4 == 0 for case_id in drawn(plan)) == 1
    reasons = [one for place in plan.places if place.case_id % 4 == 0 for one in place.reasons]
    assert {"attribute": attribute, "category": few.category} in [one.facts for one in reasons]


@pytest.mark.rule("CA-04", "CA-03")
@pytest.mark.parametrize("seed", SEEDS)
def test_the_case_of_a_practitioner_due_is_chosen_for_the_mix(seed: int) -> None:
    cases = [case(number, 10, gender="male") for number in range(1, 9)] + [case(9, 10, gender="female")]
    cases += [case(20 + number, 11, gender="female") for number in range(9)]
    council = population(auditors(2), cases, [practitioner(10, LONG_AGO), practitioner(11, LONG_AGO)])

    plan = plan_round(council, seed=seed)

    assert {line.category: line.sample_count for line in plan.mix[Attribute.GENDER]} == {
        "female": 1,
        "male": 1,
    }


@pytest.mark.rule("CA-04")
@pytest.mark.parametrize("seed", SEEDS)
def test_every_service_with_open_cases_is_in_the_sample(seed: int) -> None:
    cases = [case(number, number, team=1, service=1) for number in range(1, 41)]
    cases += [case(50, 50, team=2, service=2), case(60, 60, team=3, service=3)]
    council = population(auditors(3), cases)

    plan = plan_round(council, seed=seed)

    assert {50, 60} <= drawn(plan)
    only = [
        place.case_id
        for place in plan.places
        for one in place.reasons
        if one.kind is ReasonKind.ONLY_OF_SERVICE
    ]
    assert sorted(only)[-2:] == [50, 60]
    assert GaveWayKind.SERVICE_MISSED not in kinds(plan)


@pytest.mark.rule("CA-04")
@pytest.mark.parametrize(
    ("count", "due", "active", "why"),
    [(1, False, True, "few_places"), (2, True, True, "due_first"), (2, False, False, "none_drawable")],
)
def test_a_service_left_out_is_named_with_the_reason(count: int, due: bool, active: bool, why: str) -> None:
    cases = [case(1, 1), case(2, 2), case(3, 3), case(50, 50, team=2, service=2)]
    last = LONG_AGO if due else RECENTLY
    council = population(
        auditors(count),
        cases,
        [*(practitioner(one, last) for one in (1, 2, 3)), practitioner(50, active=active)],
    )

    plan = plan_round(council, seed=1)

    missed = [one.facts for one in plan.gave_way if one.kind is GaveWayKind.SERVICE_MISSED]
    assert missed == [{"service_id": 2, "why": why}]


@pytest.mark.rule("CA-04")
def test_an_area_of_the_framework_without_a_single_case_is_named() -> None:
    areas = (("Here4U", None), ("Conifers", 2), ("Brambles", 1))
    council = replace(population(auditors(1), [case(1, 1, service=1)]), areas=areas)

    plan = plan_round(council, seed=1)

    lacking = [one.facts["area"] for one in plan.gave_way if one.kind is GaveWayKind.AREA_WITHOUT_CASE]
    assert lacking == ["Conifers", "Here4U"]


@pytest.mark.rule("CA-04", "Q8")
@pytest.mark.parametrize("seed", SEEDS)
def test_the_mix_outweighs_the_auditors_own_service(seed: int) -> None:
    cases = [case(number, number, team=1, service=1) for number in range(1, 10)]
    cases += [case(50, 50, team=2, service=2)]
    council = population([auditor(100, service=1)], cases)

    plan = plan_round(council, seed=seed)

    assert plan.mix[Attribute.TEAM][0].sample_count == 1
    assert [one.facts for one in plan.gave_way if one.kind is GaveWayKind.OWN_SERVICE] == [
        {"auditor_ids": (100,)}
    ]
    assert ReasonKind.OWN_SERVICE in [one.kind for one in plan.places[0].reasons]


@pytest.mark.rule("Q8")
@pytest.mark.parametrize("seed", SEEDS)
def test_own_service_is_avoided_where_another_pairing_is_open(seed: int) -> None:
    cases = [case(number, number, team=number, service=number) for number in (1, 2, 3)]
    council = population([auditor(100 + number, service=number) for number in (1, 2, 3)], cases)

    plan = plan_round(council, seed=seed)

    assert len(plan.places) == 3
    assert all(place.auditor_id - 100 != place.case_id for place in plan.places)
    assert kinds(plan) == []
    assert all(ReasonKind.OTHER_SERVICE in [one.kind for one in place.reasons] for place in plan.places)


@pytest.mark.rule("Q8")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_recent_pair_is_not_repeated_where_another_pairing_is_open(seed: int) -> None:
    council = population(
        auditors(3), [case(1, 1), case(2, 2), case(3, 3)], pairs=[(100, 1), (101, 1), (101, 2), (102, 3)]
    )

    plan = plan_round(council, seed=seed)

    assert pairs_of(plan) == {(100, 2), (101, 3), (102, 1)}
    assert GaveWayKind.REPEAT_PAIR not in kinds(plan)


@pytest.mark.rule("Q8")
def test_a_repeat_that_cannot_be_avoided_is_said() -> None:
    council = population(auditors(1), [case(1, 1)], pairs=[(100, 1)])

    plan = plan_round(council, seed=1)

    assert [one.facts for one in plan.gave_way if one.kind is GaveWayKind.REPEAT_PAIR] == [
        {"auditor_ids": (100,)}
    ]
    assert ReasonKind.REPEAT_PAIR in [one.kind for one in plan.places[0].reasons]


@pytest.mark.rule("CA-01")
@pytest.mark.parametrize("seed", SEEDS)
def test_where_places_are_short_those_with_fewer_audits_this_year_get_them(seed: int) -> None:
    council = population(
        [auditor(100, audits=4), auditor(101, audits=1), auditor(102, audits=3), auditor(103, audits=2)],
        [case(1, 1), case(2, 2)],
    )

    plan = plan_round(council, seed=seed)

    assert {place.auditor_id for place in plan.places} == {101, 103}
    assert [(one.auditor_id, one.why) for one in plan.unplaced] == [
        (100, UnplacedWhy.TOO_FEW_CASES),
        (102, UnplacedWhy.TOO_FEW_CASES),
    ]
    assert {"audits": 1} in [one.facts for place in plan.places for one in place.reasons]


@pytest.mark.rule("Q8")
@pytest.mark.parametrize("seed", SEEDS)
def test_own_service_and_repeats_outweigh_the_load(seed: int) -> None:
    heavy, light = auditor(100, service=2, audits=6), auditor(101, service=1, audits=0)
    council = population([heavy, light, auditor(102, audits=0)], [case(1, 1)], pairs=[(102, 1)])

    plan = plan_round(council, seed=seed)

    assert pairs_of(plan) == {(100, 1)}


@pytest.mark.rule("CA-03")
def test_with_fewer_practitioners_than_auditors_the_audits_are_spread_and_it_is_said() -> None:
    cases = [case(number, 10 + number % 2) for number in range(1, 9)]
    council = population(auditors(4), cases)

    plan = plan_round(council, seed=1)

    assert Counter(place.practitioner_id for place in plan.places) == {10: 2, 11: 2}
    assert [one.facts for one in plan.gave_way] == [{"practitioner_ids": (10, 11), "fixed": False}]


@pytest.mark.rule("CA-01")
def test_fixed_pairs_count_when_practitioners_are_fewer_than_auditors() -> None:
    cases = [case(number, 10 + number % 3) for number in range(1, 10)]
    decisions = Decisions(fixed=frozenset({(100, 1), (101, 2)}))

    plan = plan_round(population(auditors(4), cases), seed=1, decisions=decisions)

    assert len(plan.places) == 4
    assert Counter(place.practitioner_id for place in plan.places)[12] in {1, 2}


@pytest.mark.rule("CA-01", "CA-03")
@pytest.mark.parametrize("kept", [1, 2, 3])
def test_a_practitioner_already_fixed_several_times_is_drawn_again_when_nobody_else_is_left(
    kept: int,
) -> None:
    cases = [case(number, 10) for number in range(1, 9)]
    fixed = frozenset((100 + number, 1 + number) for number in range(kept))

    plan = plan_round(population(auditors(5), cases), seed=1, decisions=Decisions(fixed=fixed))

    assert len(plan.places) == 5


@pytest.mark.rule("Q8")
def test_a_plan_with_a_conflict_never_leaves_whatever_chose_it() -> None:
    council = population([auditor(100, team=1)], [case(1, 10, team=1)])
    outcome = Outcome(
        population=council,
        decisions=Decisions(),
        seed=1,
        kept={},
        given={100: 1},
        drawable={10: council.cases},
        due_possible=0,
        searched=True,
    )

    with pytest.raises(RuntimeError, match="may not audit"):
        explain(outcome)


@pytest.mark.rule("CA-03", "CA-01")
def test_an_auditor_goes_without_rather_than_a_practitioner_being_audited_twice() -> None:
    cases = [case(1, 10), case(2, 10), case(3, 11, chair=100, supervisor=101)]
    council = population(auditors(2), cases)

    plan = plan_round(council, seed=1)

    assert len(plan.places) == 1
    assert [one.why for one in plan.unplaced] == [UnplacedWhy.NEEDED_ELSEWHERE]
    assert kinds(plan)[0] is GaveWayKind.AUDITORS_UNPLACED


@pytest.mark.rule("CA-01", "Q8")
def test_an_auditor_barred_from_every_case_is_named_with_the_reason() -> None:
    council = population(
        [auditor(100, team=1), auditor(101)],
        [case(1, 10, team=1), case(2, 11, team=1), case(3, 12, chair=100)],
    )

    plan = plan_round(council, seed=1)

    assert [(one.auditor_id, one.why) for one in plan.unplaced] == [(100, UnplacedWhy.ALL_BARRED)]
    assert [one.facts for one in plan.gave_way if one.kind is GaveWayKind.AUDITORS_UNPLACED] == [
        {"auditor_ids": (100,)}
    ]


def half_due(practitioners: int) -> Population:
    """Two cases each, every third practitioner due, categories spread unevenly."""

    def of(number: int) -> CaseIn:
        person = 1 + number % practitioners
        team = 1 + person % 4
        return case(
            number,
            person,
            team=team,
            service=1 + team % 2,
            plan_type="xyz"[number % 7 % 3],
            gender="fm"[number % 5 % 2],
            age_band="012"[number % 11 % 3],
            ethnicity="ABC"[number % 13 % 3],
        )

    people = [
        practitioner(one, LONG_AGO if one % 3 == 0 else RECENTLY) for one in range(1, practitioners + 1)
    ]
    return population(
        [auditor(1000 + one, team=1 + one % 4, service=1 + one % 4 % 2) for one in range(20)],
        [of(number) for number in range(1, 3 * practitioners + 1)],
        people,
    )


def off(plan: Plan) -> float:
    """All deviations together, in places."""
    return (
        sum(abs(line.deviation_pp) for lines in plan.mix.values() for line in lines) * len(plan.places) / 100
    )


@pytest.mark.rule("CA-04")
def test_a_search_that_starts_from_few_columns_ends_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    council = half_due(60)
    whole = plan_round(council, seed=4)
    monkeypatch.setattr(allocation_sample, "ALL_AT_ONCE", 0)
    monkeypatch.setattr(allocation_sample, "JOIN_AT_MOST", 25)
    monkeypatch.setattr(allocation_pairing, "ALL_PAIRS", 0)
    monkeypatch.setattr(allocation_pairing, "FIRST_PER_CASE", 1)
    monkeypatch.setattr(allocation_pairing, "JOIN_PER_CASE", 2)

    plan = plan_round(council, seed=4)

    assert off(plan) == pytest.approx(off(whole), abs=0.3)
    assert plan.due.covered == whole.due.covered == plan.due.possible
    assert kinds(plan).count(GaveWayKind.OWN_SERVICE) == kinds(whole).count(GaveWayKind.OWN_SERVICE)


@pytest.mark.rule("CA-04")
def test_a_search_cut_short_still_keeps_the_rules_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    council = half_due(30)
    best = plan_round(council, seed=4)
    monkeypatch.setattr(allocation_choice, "DRAWS_AT_MOST", 0)

    plan = plan_round(council, seed=4)

    assert GaveWayKind.NOT_BEST in kinds(plan)
    assert GaveWayKind.NOT_BEST not in kinds(best)
    assert (len(plan.places), plan.due.covered) == (len(best.places), best.due.covered)
    assert off(plan) > off(best)


@pytest.mark.rule("CA-04")
def test_the_mix_is_far_nearer_than_chance_would_bring_it(monkeypatch: pytest.MonkeyPatch) -> None:
    council = half_due(60)
    monkeypatch.setattr(allocation_choice, "DRAWS_AT_MOST", 0)
    by_chance = sorted(off(plan_round(council, seed=seed)) for seed in range(21))[10]
    monkeypatch.undo()

    plan = plan_round(council, seed=4)

    assert off(plan) < 0.4 * by_chance


@pytest.mark.rule("CA-04", "Q8")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_mix_that_no_pairing_can_serve_is_not_drawn(seed: int) -> None:
    # Two thirds of the cases are team 1's, yet one auditor alone may audit them.
    cases = [case(number, number, team=1) for number in range(1, 17)]
    cases += [case(20 + number, 20 + number, team=2) for number in range(8)]
    own = [auditor(100 + number, team=1) for number in range(3)]
    council = population([*own, auditor(104, team=2)], cases)

    plan = plan_round(council, seed=seed)

    assert {line.category: line.sample_count for line in plan.mix[Attribute.TEAM]} == {1: 1, 2: 3}
    assert GaveWayKind.NOT_BEST not in kinds(plan)
    assert [one.facts for one in plan.gave_way if one.kind is GaveWayKind.MIX_OFF] == [
        {"attribute": Attribute.TEAM, "category": 1, "places": -2},
        {"attribute": Attribute.TEAM, "category": 2, "places": 2},
    ]
    added = [
        one.facts for place in plan.places for one in place.reasons if one.kind is ReasonKind.ADDS_TO_MIX
    ]
    assert added == []  # team 2 is not what the sample is short of


@pytest.mark.rule("CA-03")
@pytest.mark.parametrize("seed", SEEDS)
def test_among_those_not_yet_due_the_longer_wait_wins_where_the_mix_is_the_same(seed: int) -> None:
    people = [practitioner(one, date(2025, 8, 1) if one == 7 else RECENTLY) for one in range(1, 13)]
    council = population(auditors(1), [case(one, one) for one in range(1, 13)], people)

    plan = plan_round(council, seed=seed)

    assert drawn(plan) == {7}
    assert plan.places[0].reasons[0].facts == {"months": 9, "due_on": date(2026, 8, 1), "due": False}


@pytest.mark.rule("CA-04")
@pytest.mark.parametrize("seed", SEEDS)
def test_the_mix_outweighs_the_wait_of_those_not_yet_due(seed: int) -> None:
    cases = [case(number, number, gender="fm"[number % 2]) for number in range(1, 13)]
    people = [practitioner(one, date(2025, 8, 1) if one % 2 else RECENTLY) for one in range(1, 13)]

    plan = plan_round(population(auditors(2), cases, people), seed=seed)

    assert {line.category: line.sample_count for line in plan.mix[Attribute.GENDER]} == {"f": 1, "m": 1}


@pytest.mark.rule("CA-04")
@pytest.mark.parametrize("seed", SEEDS)
def test_pairs_the_qa_office_fixed_count_in_the_mix(seed: int) -> None:
    cases = [case(number, number, gender="m" if number % 4 == 0 else "f") for number in range(1, 33)]
    fixed = frozenset({(100, 1), (101, 2), (102, 3), (103, 5)})

    plan = plan_round(population(auditors(8), cases), seed=seed, decisions=Decisions(fixed=fixed))

    assert {line.category: line.sample_count for line in plan.mix[Attribute.GENDER]} == {"f": 6, "m": 2}


@pytest.mark.rule("CA-04")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_service_the_qa_office_has_already_fixed_is_not_drawn_a_second_time(seed: int) -> None:
    cases = [case(number, number) for number in range(1, 41)]
    cases += [case(number, number, team=2, service=2) for number in (50, 51)]
    decisions = Decisions(fixed=frozenset({(100, 50)}))

    plan = plan_round(population(auditors(3), cases), seed=seed, decisions=decisions)

    assert {line.category: line.sample_count for line in plan.mix[Attribute.TEAM]} == {1: 2, 2: 1}


JUNE = date(2026, 6, 10)
"""Before the next round begins."""


@pytest.mark.rule("CA-03", "GR-04")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_reaudit_that_is_due_outweighs_the_longest_wait_and_says_so(seed: int) -> None:
    council = population(
        auditors(1),
        [case(1, 10), case(2, 11), case(3, 11), case(4, 11)],
        [practitioner(10, None), practitioner(11)],
    )
    again = replace(council, reaudits=(ReauditIn(3, JUNE, 900),))

    plan = plan_round(again, seed=seed)

    # The very case, and not just another of its practitioner.
    assert drawn(plan) == {3}
    (place,) = plan.places
    assert place.reasons[0].kind is ReasonKind.REAUDIT
    assert sentence(place.reasons[0]) == "Re-audit due by 10 June 2026."
    assert drawn(plan_round(council, seed=seed)) == {1}


@pytest.mark.rule("CA-03")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_reaudit_outweighs_the_mix_and_a_service_left_out(seed: int) -> None:
    cases = [case(n, 9 + n, service=n) for n in range(1, 5)]
    council = population(auditors(3), [*cases, *(case(n, n, service=1) for n in (20, 21))])
    again = replace(council, reaudits=(ReauditIn(20, JUNE, 900), ReauditIn(21, JUNE, 900)))

    assert {20, 21} <= drawn(plan_round(again, seed=seed))


@pytest.mark.rule("CA-03")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_reaudit_whose_day_lies_beyond_the_next_round_waits_its_turn(seed: int) -> None:
    council = population(auditors(1), [case(1, 10), case(2, 11)], [practitioner(10, None), practitioner(11)])
    later = replace(council, reaudits=(ReauditIn(2, date(2026, 7, 1), 900),))

    plan = plan_round(later, seed=seed)

    assert drawn(plan) == {1}
    assert GaveWayKind.REAUDIT_WAITS not in kinds(plan)


@pytest.mark.rule("Q8")
@pytest.mark.parametrize("seed", SEEDS)
def test_no_reaudit_outweighs_a_conflict_and_what_waits_is_said(seed: int) -> None:
    council = population(
        [auditor(100, team=1)],
        [case(1, 10, team=2), case(2, 11, team=1), case(3, 11, team=2)],
        [practitioner(10, None), practitioner(11)],
    )
    again = replace(council, reaudits=(ReauditIn(2, JUNE, 900),))

    plan = plan_round(again, seed=seed)

    # Its practitioner has no claim to go first with another case.
    assert drawn(plan) == {1}
    (waits,) = [one for one in plan.gave_way if one.kind is GaveWayKind.REAUDIT_WAITS]
    assert gave_way_sentence(waits).startswith("1 re-audit that is due has no place in this sample")


@pytest.mark.rule("Q8")
@pytest.mark.parametrize("seed", SEEDS)
def test_somebody_else_audits_again_wherever_there_is_somebody(seed: int) -> None:
    council = population(auditors(2), [case(1, 10), case(2, 11)])
    again = replace(council, reaudits=(ReauditIn(2, JUNE, 101),))
    alone = replace(population(auditors(1), [case(2, 11)]), reaudits=(ReauditIn(2, JUNE, 100),))

    assert pairs_of(plan_round(again, seed=seed)) == {(100, 2), (101, 1)}
    assert pairs_of(plan_round(alone, seed=seed)) == {(100, 2)}


def test_a_population_with_a_reaudit_has_a_hash_of_its_own() -> None:
    council = population(auditors(1), [case(1, 10)])
    again = replace(council, reaudits=(ReauditIn(1, JUNE, 900),))

    assert population_hash(again) != population_hash(council)


@pytest.mark.rule("CA-04")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_single_place_left_takes_the_case_that_brings_the_mix_nearest(seed: int) -> None:
    council = half_due(60)
    whole = plan_round(council, seed=seed)
    pairs = {(place.auditor_id, place.case_id) for place in whole.places}
    last = max(pairs)
    kept = frozenset(pairs - {last})
    team = next(one.team_id for one in council.auditors if one.person_id == last[0])

    plan = plan_round(council, seed=seed, decisions=Decisions(fixed=kept))

    drawn = next(place for place in plan.places if place.auditor_id == last[0])
    audited = {place.practitioner_id for place in plan.places} - {drawn.practitioner_id}
    due = {one.person_id for one in council.practitioners if one.last_audited_on == LONG_AGO} - audited
    others = [
        plan_round(council, seed=seed, decisions=Decisions(fixed=kept | {(last[0], one.case_id)}))
        for one in council.cases
        if one.practitioner_id in due and one.team_id != team
    ]
    assert drawn.practitioner_id in due
    assert GaveWayKind.NOT_BEST not in kinds(plan)
    assert off(plan) <= min(map(off, others)) + 0.3
    assert off(plan) < max(map(off, others)) - 1


RARE = {"plan_type": "early help", "gender": "male", "age_band": "16 to 17", "ethnicity": "B"}


@pytest.mark.rule("CA-04")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_single_place_left_goes_to_a_service_that_has_none_whatever_the_mix(seed: int) -> None:
    cases = [case(number, number) for number in range(1, 13)]
    council = population(auditors(2), [*cases, case(20, 20, team=2, service=2, **RARE)])

    plan = plan_round(council, seed=seed, decisions=Decisions(fixed=frozenset({(100, 1)})))

    assert drawn(plan) == {1, 20}


@pytest.mark.rule("CA-04", "Q8")
@pytest.mark.parametrize("seed", SEEDS)
def test_a_single_place_left_passes_over_what_its_auditor_may_not_have(seed: int) -> None:
    cases = [case(number, number) for number in range(1, 13)]
    council = population([auditor(100, team=1)], [*cases, case(21, 21, team=2), case(22, 22, team=2, **RARE)])

    plan = plan_round(council, seed=seed)

    assert drawn(plan) == {21}
    assert GaveWayKind.NOT_BEST not in kinds(plan)
