"""What an entry of the learning log needs before it may be closed."""

import pytest

from domain.learning_evidence import Need, needs_to_close


@pytest.mark.rule("OG-06")
@pytest.mark.parametrize(
    ("owned", "pieces", "done", "needs"),
    [
        (True, 1, [True], ()),
        (False, 1, [True], (Need.OWNER,)),
        (True, 0, [True, True], (Need.EVIDENCE,)),
        (True, 1, [], (Need.ACTION,)),
        (True, 2, [True, False], (Need.DONE,)),
        (False, 0, [], (Need.OWNER, Need.EVIDENCE, Need.ACTION)),
    ],
)
def test_an_entry_needs_an_owner_evidence_and_actions_that_are_done(
    owned: bool, pieces: int, done: list[bool], needs: tuple[Need, ...]
) -> None:
    assert needs_to_close(owned=owned, pieces=pieces, done=done) == needs
