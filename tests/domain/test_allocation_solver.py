"""The solver answers small questions exactly, says nothing, and admits when there is no answer."""

import numpy as np
import pytest

from domain.allocation_solver import UNBOUNDED, Model, Unsolved, solve


def knapsack(*, whole: bool) -> Model:
    """Three things worth 5, 4 and 3 that weigh 2, 3 and 1; four may be carried."""
    model = Model()
    things = model.add_columns(np.array([-5.0, -4.0, -3.0]), np.ones(1), whole=whole)
    load = model.add_rows(np.zeros(1), np.array([4.0]))
    for thing, weight in zip(things, (2.0, 3.0, 1.0), strict=True):
        model.put(load, np.array([thing]), weight)
    return model


def test_whole_things_are_carried_whole() -> None:
    solved = solve(knapsack(whole=True), 1, whole=True)

    assert solved.value == pytest.approx([1, 0, 1])
    assert solved.objective == pytest.approx(-8)
    assert solved.bound <= solved.objective + 1e-6
    assert solved.price.size == 0


@pytest.mark.parametrize("whole", [True, False])
def test_without_whole_numbers_a_part_is_carried_and_the_row_has_a_price(whole: bool) -> None:
    solved = solve(knapsack(whole=whole), 1, whole=False)

    assert solved.value == pytest.approx([1, 1 / 3, 1])
    assert solved.objective == solved.bound == pytest.approx(-28 / 3)
    assert solved.price == pytest.approx([-4 / 3])


def test_a_known_answer_is_a_start_and_not_the_end() -> None:
    solved = solve(knapsack(whole=True), 1, whole=True, start=np.array([1]))

    assert solved.value == pytest.approx([1, 0, 1])


def test_a_gap_wide_enough_ends_the_search_with_a_sound_answer() -> None:
    solved = solve(knapsack(whole=True), 1, whole=True, gap=100.0, start=np.array([1]))

    weight = np.array([2.0, 3.0, 1.0]) @ solved.value
    assert weight <= 4.0 + 1e-6
    assert solved.objective <= -4 + 1e-6


def test_columns_of_their_own_bounds_are_kept_apart() -> None:
    model = Model()
    first = model.add_columns(np.array([-1.0]), np.array([2.0]))
    second = model.add_columns(np.array([-1.0, -1.0]), np.array([5.0, 1.0]))
    row = model.add_rows(np.array([7.5]), np.array([UNBOUNDED]))
    model.put(np.repeat(row, 3), np.concatenate([first, second]))

    solved = solve(model, 1, whole=False)

    assert solved.value == pytest.approx([2, 5, 1])


def test_a_question_without_an_answer_is_admitted() -> None:
    model = Model()
    column = model.add_columns(np.ones(1), np.ones(1))
    row = model.add_rows(np.array([2.0]), np.array([UNBOUNDED]))
    model.put(row, column)

    with pytest.raises(Unsolved):
        solve(model, 1, whole=False)


@pytest.mark.parametrize("whole", [True, False])
def test_the_solver_prints_nothing(whole: bool, capfd: pytest.CaptureFixture[str]) -> None:
    solve(knapsack(whole=True), 1, whole=whole)

    assert capfd.readouterr() == ("", "")
