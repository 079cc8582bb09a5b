import pytest

from domain.small_numbers import shown


@pytest.mark.rule("SG-03")
@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((9, 8, 7), (9, 8, 7)),
        ((9, 8, 5), (9, 8, 5)),
        # One alone could be worked out from the total.
        ((9, 8, 4), (9, None, None)),
        ((9, 2, 4), (9, None, None)),
        ((9, 2, 0), (9, None, None)),
        # That nobody did may be said.
        ((9, 8, 0), (9, 8, 0)),
        ((9, 0, 0), (9, 0, 0)),
        ((1, 2, 3), (None, None, None)),
        ((3,), (None,)),
        ((), ()),
    ],
)
def test_no_small_number_is_shown_nor_one_that_would_give_it_away(
    counts: tuple[int, ...], expected: tuple[int | None, ...]
) -> None:
    assert tuple(shown(dict(enumerate(counts)), 5).values()) == expected
