"""Whose turn it is: nobody with a tie, whoever has least, the chair only where nobody else can (Q9)."""

from datetime import UTC, date, datetime

import pytest

from domain.panel import Ties, whose_turn
from domain.panel_load import Load, loads
from domain.people import Leave, Person, Post
from tests.domain.draw_builders import Chosen, a_member, turns_of

FIRST, SECOND = a_member(1), a_member(2)
PSW, SM_QA = a_member(8, Post.PSW), a_member(9, Post.SM_QA)
PANEL = (SM_QA, PSW, SECOND, FIRST)
CHOSEN_ON, DUE_ON = date(2026, 6, 1), date(2026, 6, 15)


def turn(
    *tied: Person, people: tuple[Person, ...] = PANEL, load: dict[int, int] | None = None
) -> Person | None:
    ties = Ties(frozenset(p.id for p in tied), frozenset())
    had = {i: Load(lately=number) for i, number in (load or {}).items()}
    return whose_turn(people, ties, had, chosen_on=CHOSEN_ON, due_on=DUE_ON)


@pytest.mark.rule("MO-07")
def test_whoever_has_least_to_do_has_the_next_whatever_they_had_lately() -> None:
    load = {1: Load(open=1, lately=2), 2: Load(open=0, lately=9)}

    found = whose_turn(PANEL, Ties(frozenset(), frozenset()), load, chosen_on=CHOSEN_ON, due_on=DUE_ON)

    assert found == SECOND


@pytest.mark.rule("MO-07")
def test_only_what_was_chosen_lately_counts_and_whoever_came_since_is_level_with_the_least() -> None:
    lately, earlier = datetime(2026, 3, 1, tzinfo=UTC), datetime(2025, 12, 1, tzinfo=UTC)
    before = [Chosen(i, datetime(2026, 2, 1, tzinfo=UTC), i == 2) for i in (1, 2, 2, 4)]
    since = [
        Chosen(i, datetime(2026, 3, day, tzinfo=UTC), False)
        for i, day in ((1, 2), (1, 3), (2, 4), (2, 5), (2, 6))
    ]
    joined = Chosen(3, datetime(2026, 4, 1, tzinfo=UTC), True)

    first, then = (
        loads(turns_of(chosen, {1, 2, 3, 4}, lately=lately, earlier=earlier), {1, 2, 3, 4})
        for chosen in ((*since, *before), (joined, *since, *before))
    )

    # 4 was there all the time and has had none for a while.
    assert first == {1: Load(0, 2), 2: Load(2, 3), 3: Load(0, 1), 4: Load(0, 0)}
    assert then == {**first, 3: Load(1, 2)}


@pytest.mark.rule("MO-07")
def test_whoever_had_fewest_lately_has_the_next_and_of_equals_always_the_same() -> None:
    assert turn(load={1: 3, 2: 2}) == SECOND
    assert turn(load={1: 2, 2: 2, 8: 0}) == FIRST


@pytest.mark.rule("Q9", "MO-07")
def test_the_chair_moderates_only_where_every_practice_consultant_is_tied() -> None:
    assert turn(FIRST, load={2: 50}) == SECOND
    assert turn(FIRST, SECOND) == PSW
    assert turn(FIRST, SECOND, PSW) == SM_QA
    assert turn(FIRST, SECOND, PSW, SM_QA) is None


@pytest.mark.rule("Q9")
def test_somebody_of_the_team_that_holds_the_case_is_tied_to_it() -> None:
    in_team = a_member(3, team_id=7)
    ties = Ties(frozenset(), frozenset({7}))

    found = whose_turn((in_team, PSW), ties, {}, chosen_on=CHOSEN_ON, due_on=DUE_ON)

    assert found == PSW


@pytest.mark.parametrize(
    ("last_on", "there"),
    [(date(2026, 6, 7), True), (date(2026, 6, 8), False), (date(2026, 7, 1), False)],
)
def test_somebody_away_for_half_of_the_fortnight_is_passed_over(last_on: date, there: bool) -> None:
    away = a_member(1, leave=(Leave(CHOSEN_ON, last_on),))

    found = turn(people=(away, SECOND, PSW), load={2: 9})

    assert found == (away if there else SECOND)


def test_while_those_who_could_are_away_the_chair_says_who() -> None:
    away = a_member(1, leave=(Leave(CHOSEN_ON, DUE_ON),))

    assert turn(people=(away, PSW)) is None


def test_a_psw_who_is_also_a_practice_consultant_chairs() -> None:
    both = a_member(1, Post.PC, Post.PSW)

    assert turn(people=(both, SECOND), load={2: 9}) == SECOND
