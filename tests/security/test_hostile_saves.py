"""Every verb that changes something, with two hundred payloads no card carries.

No fault of ours, no card that Teams would not draw, and nothing typed that acts.
"""

from collections.abc import Iterator

import pytest

from cards.payloads import Payload
from domain.framework import Framework
from tests.security.fuzzing import Ground, each, fuzz, open_ground


@pytest.fixture
def ground(sqlite_url: str, framework: Framework) -> Iterator[Ground]:
    yield from open_ground(sqlite_url, framework)


@each(lambda kind: kind.WRITES)
def test_whatever_a_button_carries_is_answered_by_a_sound_card(ground: Ground, kind: type[Payload]) -> None:
    fuzz(kind, ground)
