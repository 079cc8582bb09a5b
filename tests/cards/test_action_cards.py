"""Cards of actions, supervision, files and closing: on a phone, and the child before anything else."""

import pytest

from cards.gallery import gallery
from domain.framework import Framework
from tests.cards.card_reading import nodes, words

LETTERS_IN_A_ROW = 24
"""As many letters on two buttons as fit beside each other in 320 pixels."""
OURS = ("action", "own-actions", "team-actions", "supervision", "follow-up", "files")


@pytest.mark.rule("PR-02")
def test_on_a_phone_buttons_stand_under_the_text_and_short_rows_hold_them(framework: Framework) -> None:
    cards = {name: card for name, card in gallery(framework).items() if name.startswith(OURS)}

    assert len(cards) > 50
    for name, card in cards.items():
        rows = [node["actions"] for node in nodes(card) if node["type"] == "ActionSet"]
        wide = [r for r in rows if len(r) > 1 and sum(len(b["title"]) for b in r) > LETTERS_IN_A_ROW]
        assert rows, name
        assert not [node for node in nodes(card) if node["type"] == "ColumnSet"], name
        assert [r for r in rows if len(r) > 2] == wide == [], name


@pytest.mark.rule("PR-01", "CA-19")
def test_what_matters_most_to_the_child_is_said_before_what_is_to_be_done(framework: Framework) -> None:
    said = words(gallery(framework)["supervision-ordinary"])

    assert said.index("What matters most to this child") < said.index("Their actions")
    assert "What changed for the child?" in words(gallery(framework)["action-form-done-ordinary"])


@pytest.mark.rule("SG-01")
@pytest.mark.parametrize("name", ["own-actions-in-the-chat"])
def test_the_list_that_stays_in_the_chat_says_of_no_action_what_it_is(
    name: str, framework: Framework
) -> None:
    kept, opened = (gallery(framework)[f"{one}-ordinary"] for one in (name, "own-actions"))

    assert "the school nurse" in words(opened)
    assert "the school nurse" not in words(kept)
