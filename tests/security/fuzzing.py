"""Drives one verb with payloads that no card carries, and says what is wrong with each answer.

`make test` tries 200 of each verb, `make fuzz` as many as PLUMBLINE_FUZZ says, in shards of their own seed so
that every processor has something to do to the end. PLUMBLINE_FUZZ_SEED says where the seeds begin.
"""

import json
import os
from collections.abc import Callable
from itertools import count
from typing import Any
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from bot.asking import clock
from bot.posting import as_card, as_dialog, as_message
from cards.checking import faults
from cards.payloads import _REGISTRY, Payload
from cards.views import Mode
from dialogs.answering import answer
from dialogs.turn import Asked, Reply, Turn
from domain.people import Person
from tests.security.drawing import Drawn, drawn
from tests.security.grounds import Ground, counted
from tests.security.hostile import long_texts, misplaced, texts

EXAMPLES = int(os.environ.get("PLUMBLINE_FUZZ", "200"))
SEED = os.environ.get("PLUMBLINE_FUZZ_SEED", "0")
"""The same payloads each time in `make test`, others each time in `make fuzz`."""
OF_A_SHARD = 1000
SHARDS = max(1, EXAMPLES // OF_A_SHARD)
IN_A_SHARD = -(-EXAMPLES // SHARDS)

_nonces = count(1)

Test = Callable[..., None]


def _tried(name: str, shard: int, number: int) -> Callable[[Test], Test]:
    """Runs a test with this many payloads of this shard's own."""
    examples = settings(
        max_examples=number,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    # Not `hash`, which differs from process to process.
    begin = seed(crc32(f"{SEED} {name} {shard}".encode()))
    return lambda test: begin(examples(test))


def wrong_with(
    ground: Ground, person: Person, data: Any, *, dialog: bool, unasked: bool = False
) -> list[str]:
    """What is wrong with the answer to this press; anything raised is a fault of ours and comes through."""
    turn = Turn(
        directory_id=person.directory_id or "",
        now=clock(),
        nonce=f"answer-{next(_nonces)}",
        asked=Asked.PRESSED,
        data=data,
        unasked=unasked,
        mri=f"29:{person.id}",
        mode=Mode.DIALOG if dialog else Mode.CHAT,
    )
    return wrong_reply(answer(ground.council, turn), data=data, dialog=dialog)


def wrong_reply(reply: Reply, *, data: Any = None, dialog: bool = False) -> list[str]:
    """What is wrong with a reply, as a card and in the shape it travels in."""
    if reply.card is None:
        return ["no card"]
    shaped = as_dialog(reply, data) if dialog else as_card(reply)
    sent = json.loads(shaped)
    posted = as_message(reply)
    found = [*faults(reply.card), *misplaced(reply.card), *misplaced({"summary": posted.summary})]
    if reply.beside and not dialog:
        # A note is shown as text; it may repeat nothing that somebody typed.
        found += misplaced({"note": sent["value"]})
    return found


def fuzz(kind: type[Payload], shard: int, ground: Ground) -> None:
    """Try this verb with a shard of as many payloads as were asked for; some have to come to their end."""

    @_tried(kind.VERB, shard, IN_A_SHARD)
    @given(one=drawn(kind, ground), dialog=st.booleans())
    def press(one: Drawn, dialog: bool) -> None:
        ground.use()
        person = ground.scene.people[one.part]

        assert wrong_with(ground, person, one.data(ground), dialog=dialog) == []

    with counted(kind) as ends:
        press()

    assert ends["show"] > 0
    assert ends["act"] > 0 or not kind.WRITES


def fuzz_values(
    name: str,
    shard: int,
    values: st.SearchStrategy[Any],
    wrong: Callable[[Any], list[str]],
    *,
    examples: int = IN_A_SHARD,
) -> None:
    """Try a shard of as many values as were asked for; `wrong` says what is wrong with the answer to one."""

    @_tried(name, shard, examples)
    @given(value=values)
    def one(value: Any) -> None:
        assert [fault[:200] for fault in wrong(value)] == []

    one()


any_text = st.one_of(texts, texts, texts, long_texts)


def each(wanted: Callable[[type[Payload]], bool]) -> pytest.MarkDecorator:
    """Parametrises a test with these payload classes and the shards of each."""
    chosen = {verb: kind for verb, kind in sorted(_REGISTRY.items()) if wanted(kind)}
    pairs = [(kind, shard) for shard in range(SHARDS) for kind in chosen.values()]
    return pytest.mark.parametrize(("kind", "shard"), pairs, ids=[f"{k.VERB}-{n}" for k, n in pairs])


shards = pytest.mark.parametrize("shard", range(SHARDS))
"""Parametrises any other fuzz test."""
