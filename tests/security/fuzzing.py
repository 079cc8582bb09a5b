"""Drives one verb with payloads that no card carries, and says what is wrong with each answer.

`make test` tries 200 of each verb, `make fuzz` as many as PLUMBLINE_FUZZ says.
"""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from itertools import count
from typing import Any, get_type_hints

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.asking import clock
from bot.posting import as_card, as_dialog, as_message
from cards.checking import faults
from cards.payloads import _REGISTRY, PAYLOAD_KEY, VERSION, Payload
from cards.views import Mode
from dialogs.answering import answer
from dialogs.turn import Asked, Reply, Turn
from domain.framework import Framework
from domain.pages import page_keys
from domain.people import Person
from storage.database import Database
from tests.builders import a_council
from tests.databases import TRAIL_KEY
from tests.security.cells import Scene, a_scene
from tests.security.hostile import junk, long_texts, misplaced, numbers, texts
from workflows.council import Council

EXAMPLES = int(os.environ.get("PLUMBLINE_FUZZ", "200"))

_nonces = count(1)

_tried = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    # The same payloads each time in `make test`, others each time in `make fuzz`.
    derandomize="PLUMBLINE_FUZZ" not in os.environ,
    suppress_health_check=list(HealthCheck),
)

INPUTS = (
    *(
        "journey",
        "matters_most",
        "read_on",
        "note",
        "tags",
        "judgement",
        "action",
        "impact",
        "grade",
        "better",
    ),
    *(
        "source_1",
        "source_on_1",
        "mark_P1",
        "reached",
        "on",
        "summary",
        "reason",
        "attempt_on",
        "attempt_how",
    ),
    *("held_on", "feedback", "reflections", "none_needed", "action_what_1", "action_owner_1", "action_due_1"),
    *("concern", "comment", "review_reason", "exclude_reason", "__proto__", "audit_id", "id", "verb", ""),
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What is fuzzed."""

    council: Council
    scene: Scene

    @property
    def everyone(self) -> list[Person]:
        return [
            self.scene.people[part]
            for part in ("the auditor", "the practitioner", "the team manager", "a quality assurance officer")
        ]


def open_ground(url: str, framework: Framework) -> Iterator[Ground]:
    database = Database(url, trail_key=TRAIL_KEY)
    council = a_council(database, framework)
    with council.write() as work:
        scene = a_scene(work, council)
    yield Ground(council, scene)
    database.close()


def _known(framework: Framework) -> list[str]:
    pages = page_keys(framework, has_contact_section=True)
    return [
        *pages,
        "everything",
        "overview",
        "here",
        "review",
        "summary",
        "comment",
        "pairs",
        "mix",
        "case",
        "x",
    ]


def payloads(kind: type[Payload], ground: Ground) -> st.SearchStrategy[dict[str, Any]]:
    """Mostly payloads that nearly fit, so that the verb itself is reached; some that do not fit at all."""
    ids = st.sampled_from(sorted({*ground.scene.objects.values(), 0, 1, 2, 3}))
    words = st.sampled_from(_known(ground.council.framework))
    sound: dict[object, st.SearchStrategy[Any]] = {
        int: ids,
        bool: st.booleans(),
        str: st.one_of(words, words, texts),
    }
    hints = get_type_hints(kind)
    fitting = st.fixed_dictionaries({field.name: sound[hints[field.name]] for field in fields(kind)}).map(
        lambda given: {"verb": kind.VERB, "v": VERSION, **given, **_nonce(kind)}
    )
    odd = st.builds(
        lambda whole, name, value: {**whole, name: value},
        fitting,
        st.sampled_from(["verb", "v", "extra", *(field.name for field in fields(kind))]),
        st.one_of(junk, numbers),
    )
    return st.one_of(fitting, fitting, fitting, fitting, odd)


def _nonce(kind: type[Payload]) -> dict[str, str]:
    return {"nonce": f"fuzz-{next(_nonces)}"} if "nonce" in get_type_hints(kind) else {}


typed_inputs = st.dictionaries(
    st.sampled_from(INPUTS),
    st.one_of(texts, texts, texts, texts, texts, texts, texts, junk, long_texts),
    max_size=4,
)


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


def fuzz(kind: type[Payload], ground: Ground) -> None:
    """Try this verb with as many payloads as were asked for."""

    @_tried
    @given(
        packed=payloads(kind, ground),
        typed=typed_inputs,
        person=st.sampled_from(ground.everyone),
        dialog=st.booleans(),
    )
    def one(packed: dict[str, Any], typed: dict[str, Any], person: Person, dialog: bool) -> None:
        # As it comes off the wire, where for one thing a number of thirty digits is a fraction.
        data = orjson.loads(json.dumps({**typed, PAYLOAD_KEY: packed}))

        assert wrong_with(ground, person, data, dialog=dialog) == []

    one()


def fuzz_texts(wrong: Callable[[str], list[str]]) -> None:
    """Try as many texts as were asked for."""

    @_tried
    @given(text=st.one_of(texts, texts, texts, long_texts))
    def one(text: str) -> None:
        assert [fault[:200] for fault in wrong(text)] == []

    one()


def each(wanted: Callable[[type[Payload]], bool]) -> pytest.MarkDecorator:
    """Parametrises a test with these payload classes."""
    chosen = {verb: kind for verb, kind in sorted(_REGISTRY.items()) if wanted(kind)}
    return pytest.mark.parametrize("kind", chosen.values(), ids=chosen.keys())
