"""Small numbers: what is hidden cannot be worked out from what is shown."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.suppression import in_words, share_in_words, shown, shown_parts, shown_total

PARTS = st.lists(st.integers(0, 40), min_size=1, max_size=12)
SMALLEST = st.integers(2, 20)


@pytest.mark.parametrize(
    ("count", "of", "expected"),
    [
        (0, None, 0),
        (1, None, None),
        (4, None, None),
        (5, None, 5),
        (0, 4, None),
        (0, 0, 0),
        (0, 5, 0),
        (5, 6, 5),
    ],
)
def test_a_small_number_is_hidden_and_so_is_nothing_of_a_small_whole(
    count: int, of: int | None, expected: int | None
) -> None:
    assert shown(count, 5, of=of) == expected


@pytest.mark.parametrize(("smallest", "parts"), [(3, 2), (3, 3), (4, 3), (5, 2), (5, 3), (5, 4)])
def test_whoever_knows_the_rule_and_sees_the_rest_cannot_tell_what_a_hidden_part_is(
    smallest: int, parts: int
) -> None:
    """Every way to fill the parts, by what is seen of it: each hidden part may be several numbers."""
    highest = {2: 20, 3: 14, 4: 9}[parts]
    behind = defaultdict(list)
    for counts in product(range(highest), repeat=parts):
        behind[shown_total(counts, smallest), shown_parts(counts, smallest)].append(counts)

    for (total, seen), possible in behind.items():
        # Beyond the highest, some of what might stand behind a picture was not tried.
        if total is None or total < highest:
            for place in [n for n, part in enumerate(seen) if part is None]:
                assert len({counts[place] for counts in possible}) > 1, (total, seen, possible)


@given(PARTS, SMALLEST)
def test_what_is_shown_is_true_and_never_small(parts: list[int], smallest: int) -> None:
    seen = shown_parts(parts, smallest)

    assert len(seen) == len(parts)
    for part, count in zip(seen, parts, strict=True):
        assert part is None or (part == count and not 0 < part < smallest)


@given(PARTS, SMALLEST)
def test_what_the_shown_parts_leave_of_the_total_is_never_one_part(parts: list[int], smallest: int) -> None:
    seen = shown_parts(parts, smallest)

    assert shown_total(parts, smallest) is None or sum(part is None for part in seen) != 1


def test_nothing_is_hidden_where_every_part_is_large_or_nobody() -> None:
    assert shown_parts((0, 5, 12), 5) == (0, 5, 12)
    assert shown_total((0, 5, 12), 5) == 17


def test_of_equal_parts_all_go_or_none() -> None:
    assert shown_parts((5, 5, 4, 9), 5) == (None, None, None, 9)


@pytest.mark.parametrize(
    ("count", "whole", "expected"),
    [
        (12, 20, "12 of 20"),
        (3, 20, "fewer than 5 of 20"),
        (17, 20, "nearly all of 20"),
        (20, 20, "20 of 20"),
        (0, 20, "0 of 20"),
        (1, 3, "not shown, of fewer than 5"),
        (0, 3, "not shown, of fewer than 5"),
    ],
)
def test_a_share_is_vague_at_both_ends(count: int, whole: int, expected: str) -> None:
    assert share_in_words(count, whole, 5) == expected


def test_a_count_by_itself_is_said_or_said_to_be_few() -> None:
    assert in_words(7, 5) == "7"
    assert in_words(2, 5) == "fewer than 5"
    assert in_words(0, 5, of=3) == "fewer than 5"
