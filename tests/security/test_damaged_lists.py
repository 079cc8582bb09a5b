"""Five hundred damaged lists: each is read or refused in plain words, within bounds, and none is a fault."""

import time
import tracemalloc
from itertools import islice

import pytest

from bot.asking import clock, fresh_nonce
from dialogs.answering import answer
from dialogs.turn import Asked, Turn
from domain.intake import SheetRefused
from tests.security.damaged_files import KINDS, MAY_BE_READ, damaged
from tests.security.fuzzing import wrong_reply
from tests.security.grounds import Ground
from tests.security.test_permission_cells import OWN_BOOKS, stored
from workflows.sheets import read_sheet

MOST_MEMORY = 48 * 1024 * 1024
"""Bytes that reading one of these may take; what they unpack to is up to three hundred megabytes."""
MOST_SECONDS = 10.0
"""Of the reading thread's own processor time, so that a busy machine is not taken for a slow reader."""


def test_there_are_five_hundred_of_them() -> None:
    assert sum(count for _, count in KINDS.values()) >= 500


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_refused_in_plain_words_within_bounds(kind: str) -> None:
    refused = []
    for number, (name, content) in enumerate(damaged(kind)):
        before = time.thread_time()
        tracemalloc.start()
        try:
            read_sheet(content, name)
        except SheetRefused as refusal:
            refused.append(str(refusal))
        finally:
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        assert peak < MOST_MEMORY + 2 * len(content), (number, peak)
        assert time.thread_time() - before < MOST_SECONDS, number

    assert len(refused) == KINDS[kind][1] or kind in MAY_BE_READ
    assert refused
    for said in set(refused):
        assert len(said) > 20
        assert said.endswith("."), said
        assert not any(word in said for word in ("Error", "Traceback", "0x", "Exception", "None")), said


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_in_the_chat_is_answered_by_a_sound_card_and_changes_nothing(
    ground: Ground, kind: str
) -> None:
    officer = ground.scene.people["a quality assurance officer"]
    before = stored(ground.council, without=OWN_BOOKS | {"imports"})

    for name, content in islice(damaged(kind), 3):
        turn = Turn(
            officer.directory_id or "",
            clock(),
            fresh_nonce(),
            Asked.ATTACHED,
            filename=name,
            content=content,
        )
        assert wrong_reply(answer(ground.council, turn)) == []

    assert stored(ground.council, without=OWN_BOOKS | {"imports"}) == before
