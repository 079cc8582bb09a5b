"""Who is new or struggles, what is compulsory, and how the lot tops up."""

from dataclasses import replace

import pytest

from domain.draw import (
    OVER,
    WITHIN,
    AuditorClass,
    auditor_class,
    auditor_reasons,
    compulsory_reasons,
    draw,
    frozen,
    population_hash,
    thawed,
    ticket,
)
from domain.framework import Framework
from domain.grades import Grade
from domain.moderation import Moderation, Reason, Verdict
from tests.domain.draw_builders import an_entry, chosen_entry, decided

FINE, CHANGED = decided(), decided(grade_changed=True)
CONCERN = decided(verdict=Verdict.CONCERN)
NEW, STRUGGLING = Reason.NEW_AUDITOR, Reason.STRUGGLING_AUDITOR


@pytest.mark.rule("Q5", "MO-04")
@pytest.mark.parametrize(
    ("newest_first", "kind", "reasons"),
    [
        ((), AuditorClass.NEW, (NEW,)),
        ((FINE, FINE), AuditorClass.NEW, (NEW,)),
        ((FINE, FINE, FINE), AuditorClass.PROFICIENT, ()),
        ((CHANGED,), AuditorClass.NEW, (NEW, STRUGGLING)),
        ((CONCERN, FINE, FINE), AuditorClass.STRUGGLING, (STRUGGLING,)),
        ((FINE, CHANGED, FINE), AuditorClass.STRUGGLING, (STRUGGLING,)),
        ((FINE, FINE, CHANGED, CONCERN), AuditorClass.PROFICIENT, ()),
    ],
)
def test_new_is_fewer_than_three_moderated_and_struggling_a_concern_or_change_in_the_last_two(
    newest_first: tuple[Moderation, ...],
    kind: AuditorClass,
    reasons: tuple[Reason, ...],
    framework: Framework,
) -> None:
    numbers = framework.numbers

    assert auditor_class(newest_first, numbers) is kind
    assert auditor_reasons(newest_first, numbers) == reasons


@pytest.mark.rule("MO-06", "Q4", "Q6")
@pytest.mark.parametrize(
    ("grade", "nominated", "reasons"),
    [
        (Grade.OUTSTANDING, False, (Reason.OUTSTANDING,)),
        (Grade.GOOD, False, ()),
        (Grade.REQUIRES_IMPROVEMENT, False, ()),
        (Grade.INADEQUATE, False, (Reason.INADEQUATE,)),
        (Grade.GOOD, True, (Reason.NOMINATED,)),
    ],
)
def test_every_outstanding_and_every_inadequate_is_compulsory_and_so_is_an_accepted_nomination(
    grade: Grade, nominated: bool, reasons: tuple[Reason, ...], framework: Framework
) -> None:
    proficient = (FINE, FINE, FINE)

    assert compulsory_reasons(grade, proficient, framework.numbers, nominated=nominated) == reasons


@pytest.mark.rule("Q3", "MO-02")
@pytest.mark.parametrize(
    ("total", "chosen", "top_ups", "state"),
    [
        (10, 0, 2, WITHIN),
        (11, 0, 3, WITHIN),
        (10, 1, 1, WITHIN),
        (10, 2, 0, WITHIN),
        (10, 3, 0, WITHIN),
        (10, 4, 0, OVER),
        (1, 0, 1, WITHIN),
        (3, 1, 0, WITHIN),
        (3, 2, 0, OVER),
        (0, 0, 0, WITHIN),
    ],
)
def test_the_lot_adds_just_enough_for_a_fifth_and_above_three_in_ten_is_said(
    total: int, chosen: int, top_ups: int, state: str, framework: Framework
) -> None:
    population = [chosen_entry(n) if n <= chosen else an_entry(n) for n in range(1, total + 1)]

    drawn = draw(population, 202605, framework.numbers)

    assert (len(drawn.chosen), len(drawn.top_ups), drawn.state) == (chosen, top_ups, state)


@pytest.mark.rule("MO-05", "Q4")
def test_only_proficient_auditors_are_drawn_those_never_drawn_before_first(framework: Framework) -> None:
    before = [an_entry(n, sampled=n) for n in range(1, 8)]
    never = [an_entry(8), an_entry(9)]
    others = [an_entry(10, auditor_class=AuditorClass.STRUGGLING)]

    drawn = draw([*others, *before, *never], 7, framework.numbers)

    assert sorted(drawn.top_ups) == [8, 9]


@pytest.mark.rule("MO-05")
def test_nobody_has_two_audits_drawn_while_somebody_else_has_none(framework: Framework) -> None:
    one_auditor = [an_entry(n, auditor_id=1) for n in range(1, 10)]
    another = an_entry(10, auditor_id=2, sampled=3)

    for seed in range(20):
        assert 10 in draw([*one_auditor, another], seed, framework.numbers).top_ups


def test_another_seed_draws_others_and_the_lowest_tickets_are_the_ones_drawn(framework: Framework) -> None:
    population = [an_entry(n) for n in range(1, 21)]

    drawn = [draw(population, seed, framework.numbers) for seed in range(5)]

    assert len({one.top_ups for one in drawn}) > 1
    for seed, one in enumerate(drawn):
        by_ticket = sorted(range(1, 21), key=lambda n: ticket(seed, one.population_hash, n))
        assert list(one.top_ups) == by_ticket[:4]


def test_the_draw_of_these_five_stays_what_it_is(framework: Framework) -> None:
    # Written out: what was drawn years ago has to come out again, on whatever version of whatever runs it.
    population = [an_entry(n) for n in range(1, 5)] + [chosen_entry(5)]
    numbers = replace(framework.numbers, moderation_least_percent=60)

    drawn = draw(population, 202605, numbers)

    assert frozen(population)[-1] == {
        "audit": 5,
        "auditor": 105,
        "class": "proficient",
        "grade": "inadequate",
        "reasons": ["inadequate"],
        "sampled": 0,
    }
    assert drawn.population_hash == "435638188df991c80f2d214a4556e3413c82817c23ad046897259f37158aa4c2"
    assert drawn.top_ups == (2, 3)


def test_a_population_is_kept_and_read_again_without_loss() -> None:
    population = (an_entry(1, sampled=2), chosen_entry(2, reasons=(Reason.INADEQUATE, Reason.NOMINATED)))

    kept = frozen(reversed(population))

    assert thawed(kept) == population
    assert population_hash(kept) == population_hash(frozen(population))
