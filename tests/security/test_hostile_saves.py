"""Every verb that changes something, with two hundred payloads: sound ones changed by hand, and blind ones.

No fault of ours, no card that Teams would not draw, and nothing typed that acts.
"""

from cards.payloads import Payload
from tests.security.fuzzing import each, fuzz
from tests.security.grounds import Ground


@each(lambda kind: kind.WRITES)
def test_whatever_a_button_carries_is_answered_by_a_sound_card(
    ground: Ground, kind: type[Payload], shard: int
) -> None:
    fuzz(kind, shard, ground)
