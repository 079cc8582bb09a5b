"""Figures published together: no small one follows from the rest, whatever is added and taken away."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.disclosure import Relation, to_hide

SMALLEST = 5


def test_a_small_figure_is_hidden_and_so_is_the_smallest_that_would_give_it_away() -> None:
    cells = {"all": 30, "a": 3, "b": 12, "c": 15}
    assert to_hide(cells, [Relation("all", ("a", "b", "c"))], cells, SMALLEST) == {"a", "b"}


def test_a_second_table_with_the_same_total_gives_nothing_away() -> None:
    cells = {"all": 30, "a": 3, "b": 27, "good": 20, "other": 10}
    relations = [Relation("all", ("a", "b")), Relation("all", ("good", "other"))]
    # Without the total the two grades would still tell it.
    assert to_hide(cells, relations, cells, SMALLEST) == {"a", "b"}


def test_a_total_that_follows_from_another_table_counts_as_shown() -> None:
    cells = {"all": 30, "a": 3, "b": 27, "good": 20, "other": 10}
    relations = [Relation("all", ("a", "b")), Relation("all", ("good", "other"))]
    hidden = to_hide(cells, relations, ["b", "good", "other"], SMALLEST)
    assert hidden
    assert len(hidden) == 1


def test_the_period_before_shown_beside_a_longer_one_gives_nothing_away() -> None:
    cells = {"half": 14, "q1": 11, "q2": 3}
    assert to_hide(cells, [Relation("half", ("q1", "q2"))], ["half", "q1"], SMALLEST) == {"q1"}


def test_what_is_left_of_a_whole_is_a_figure_too() -> None:
    cells = {"given": 20, "done": 18, "not done": 2}
    assert to_hide(cells, [Relation("given", ("done", "not done"))], ["given", "done"], SMALLEST) == {"done"}


def test_two_small_ones_together_are_still_small() -> None:
    cells = {"all": 20, "a": 1, "b": 2, "c": 8, "d": 9}
    hidden = to_hide(cells, [Relation("all", ("a", "b", "c", "d"))], cells, SMALLEST)
    assert hidden == {"a", "b", "c"}


def test_nobody_is_not_few() -> None:
    cells = {"all": 20, "a": 0, "b": 20}
    assert to_hide(cells, [Relation("all", ("a", "b"))], cells, SMALLEST) == frozenset()


def test_a_relation_of_an_unknown_cell_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        to_hide({"all": 3}, [Relation("all", ("a",))], ["all"], SMALLEST)


@st.composite
def packs(draw: st.DrawFn) -> tuple[dict[str, int], list[Relation], list[str]]:
    """Counts of services by grade and by quarter with every margin, some of them published."""
    services, grades, quarters = draw(st.integers(1, 3)), draw(st.integers(1, 3)), draw(st.integers(1, 2))
    counts = {
        place: draw(st.integers(0, 9)) for place in product(range(services), range(grades), range(quarters))
    }
    cells: dict[str, int] = {}
    relations = []
    sizes = (services, grades, quarters)
    for margin in product(*((None, *range(size)) for size in sizes)):
        cells[str(margin)] = sum(
            count
            for place, count in counts.items()
            if all(want in (None, have) for want, have in zip(margin, place, strict=True))
        )
        for axis, size in enumerate(sizes):
            if margin[axis] is None:
                parts = tuple(str((*margin[:axis], value, *margin[axis + 1 :])) for value in range(size))
                relations.append(Relation(str(margin), parts))
    published = draw(st.lists(st.sampled_from(sorted(cells)), unique=True, min_size=1))
    return cells, relations, published


@pytest.mark.rule("SG-03")
@settings(max_examples=300, deadline=None)
@given(packs(), st.integers(2, 8))
def test_no_small_cell_follows_from_what_is_shown(
    pack: tuple[dict[str, int], list[Relation], list[str]], smallest: int
) -> None:
    """Looked at by rank: a cell is told when adding it to what is known tells nothing new."""
    cells, relations, published = pack
    shown = set(published) - to_hide(cells, relations, published, smallest)
    names = sorted(cells)
    place = {name: n for n, name in enumerate(names)}
    rows = []
    for relation in relations:
        row = np.zeros(len(names))
        row[place[relation.total]] += 1
        for part in relation.parts:
            row[place[part]] -= 1
        rows.append(row)
    for name in shown:
        row = np.zeros(len(names))
        row[place[name]] = 1
        rows.append(row)
    known = np.array(rows)
    rank = np.linalg.matrix_rank(known)

    assert all(not 0 < cells[name] < smallest for name in shown)
    for name in names:
        if 0 < cells[name] < smallest:
            row = np.zeros(len(names))
            row[place[name]] = 1
            assert np.linalg.matrix_rank(np.vstack([known, row])) > rank, name


@settings(max_examples=100, deadline=None)
@given(packs())
def test_nothing_is_hidden_where_nothing_is_small(
    pack: tuple[dict[str, int], list[Relation], list[str]],
) -> None:
    cells, relations, published = pack
    large = {name: count * 100 for name, count in cells.items()}
    assert to_hide(large, relations, published, SMALLEST) == frozenset()


def test_of_two_that_would_do_the_one_goes_with_which_less_is_lost() -> None:
    cells = {"given": 20, "done": 18, "not done": 2}
    relations = [Relation("given", ("done", "not done"))]
    hidden = to_hide(cells, relations, ["given", "done"], SMALLEST, costs={"given": 2, "done": 12})
    assert hidden == {"given"}
