"""Draws payloads: half of them a sound press of somebody who may, changed in one place at most; half blindly.

Drawn blindly alone, an id, a version and a person hardly ever fit together, and only the refusal is tried.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, get_type_hints

import orjson
from hypothesis import strategies as st

from bot.asking import clock, fresh_nonce
from cards.payloads import _REGISTRY, PAYLOAD_KEY, VERSION, Payload
from cards.payloads_day import PutOff
from dialogs.answering import answer
from dialogs.turn import Asked, Turn
from domain.days import local_day
from domain.pages import page_keys
from tests.chat import button_nodes, inputs
from tests.security.cells import CHANGES, MAY, asked, everyones
from tests.security.grounds import Ground
from tests.security.hostile import (
    NUMBERS,
    PIECES,
    chances,
    junk,
    long_text,
    text,
)
from tests.security.scenes import Scene, as_it_stands

NO_INPUTS = ("__proto__", "audit_id", "id", "verb", "by", "")
"""Names that no box has."""

Fits = Callable[[Random], Any]
Fitting = Mapping[str, Fits]
"""Field to what draws a value of its type."""

_nonces = count(1)


@dataclass(frozen=True, slots=True)
class Sound:
    """A press that the table allows."""

    part: str
    payload: Payload
    typed: Mapping[str, str]
    fruitful: bool
    """Whether it changes something on a fresh ground."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one payload is made of."""

    part: str
    payload: Payload | None
    """A sound one, which is brought up to date when it is pressed; None for a blind one."""
    packed: Mapping[str, Any]
    """The fields of a blind one, and what is to be changed in a sound one."""
    typed: Mapping[str, Any]

    def data(self, ground: Ground) -> Any:
        """What is sent, as it comes off the wire: there a number of thirty digits is a fraction."""
        packed = dict(self.packed)
        if self.payload is not None:
            with ground.council.read() as view:
                packed = {
                    **as_it_stands(view, self.payload).pack()[PAYLOAD_KEY],
                    **_nonce(self.payload),
                    **packed,
                }
        return orjson.loads(json.dumps({**self.typed, PAYLOAD_KEY: packed}))


def presses(kind: type[Payload], scene: Scene) -> tuple[Sound, ...]:
    """Every press of this verb that the table of permissions allows."""
    found = []
    for activity, by_object in MAY.items():
        for name, may in by_object.items():
            for payload, typed in asked(activity, scene.objects[name]):
                if isinstance(payload, kind):
                    fruitful = not kind.WRITES or name in CHANGES[kind][1]
                    found += [Sound(part, payload, typed, fruitful) for part in sorted(may)]
    for payload, typed in everyones(scene):
        if isinstance(payload, kind):
            # Each is shown their own, but only the auditor has something to put off.
            parts = ("the auditor",) if kind is PutOff else sorted(scene.people)
            found += [Sound(part, payload, typed, fruitful=True) for part in parts]
    return tuple(found)


def input_names(ground: Ground) -> Mapping[str, set[str]]:
    """The boxes on the cards that carry a button of each verb, from cards really drawn."""
    path = ground.seeded.path
    if path not in _names:
        _names[path] = _names_on_cards(ground)
    return _names[path]


_names: dict[Path, Mapping[str, set[str]]] = {}


def _names_on_cards(ground: Ground) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind in _REGISTRY.values():
        seen: set[Payload] = set()
        for one in presses(kind, ground.scene):
            if kind.WRITES or one.payload in seen:
                continue
            seen.add(one.payload)
            person = ground.scene.people[one.part]
            turn = Turn(
                person.directory_id or "", clock(), fresh_nonce(), Asked.PRESSED, data=one.payload.pack()
            )
            card = answer(ground.council, turn).card or {}
            names = {node["id"] for node in inputs(card)}
            for node in button_nodes(card):
                found.setdefault(node["data"][PAYLOAD_KEY]["verb"], set()).update(names)
    return found


def drawn(kind: type[Payload], ground: Ground) -> st.SearchStrategy[Drawn]:
    """Payloads of this verb, sound ones changed in one place at most and blind ones in turn."""
    every = presses(kind, ground.scene)
    fruitful = [one for one in every if one.fruitful]
    boxes = sorted(input_names(ground).get(kind.VERB, ()))
    boxes += sorted({name for one in every for name in one.typed})
    names = [*boxes, *boxes, *boxes, *NO_INPUTS]
    known = _fitting(kind, ground)
    parts = sorted(ground.scene.people)
    # Of one number, as Hypothesis needs longer for the many fields of a blind one than we for the answer.
    blind = chances.map(lambda chance: _blind(kind, parts, known, names, chance))
    sound = st.builds(_changed, st.sampled_from(fruitful) | st.sampled_from(every), _change(known, names))
    return sound | blind


def _change(known: Fitting, names: Sequence[str]) -> st.SearchStrategy[tuple[str, str, Any]]:
    """("field" or "input", its name, its value), or nothing at all."""
    odd = st.builds(
        lambda name, chance: ("field", name, _odd_field(known.get(name), chance)),
        st.sampled_from(["verb", "v", "extra", *known]),
        chances,
    )
    typed = st.tuples(st.just("input"), st.sampled_from(names), chances.map(_value))
    return st.one_of(st.just(("", "", None)), odd, typed, typed)


def _odd_field(fitting: Fits | None, chance: Random) -> Any:
    fits = fitting is not None and chance.randrange(3) == 0
    return fitting(chance) if fitting is not None and fits else _junk(chance)


def _junk(chance: Random) -> Any:
    return chance.choice(NUMBERS) if chance.randrange(2) else junk(chance)


def _changed(one: Sound, change: tuple[str, str, Any]) -> Drawn:
    place, name, value = change
    typed = {**one.typed, name: value} if place == "input" else one.typed
    return Drawn(one.part, one.payload, {name: value} if place == "field" else {}, typed)


def _blind(
    kind: type[Payload], parts: Sequence[str], known: Fitting, names: Sequence[str], chance: Random
) -> Drawn:
    """Fields that fit one by one, so that the verb itself is reached; now and then one that does not."""
    packed = {"verb": kind.VERB, "v": VERSION, **{name: fits(chance) for name, fits in known.items()}}
    packed |= _nonce(kind)
    if chance.randrange(5) == 0:
        packed[chance.choice(["verb", "v", "extra", *known])] = _junk(chance)
    typed = {chance.choice(names): _value(chance) for _ in range(chance.randint(0, 4))}
    return Drawn(chance.choice(parts), None, packed, typed)


def _value(chance: Random) -> Any:
    """What a box may hold: mostly text, seldom of a hundred thousand letters."""
    match chance.randrange(9):
        case 0:
            return junk(chance)
        case 1:
            return long_text(chance.choice(PIECES))
    return text(chance)


def _fitting(kind: type[Payload], ground: Ground) -> Fitting:
    """Field to values of its type, most of them known somewhere in the product."""
    today = local_day(clock())
    ids = sorted({*ground.scene.objects.values(), 0, 1, 2, 3})
    pages = page_keys(ground.council.framework, has_contact_section=True)
    words = [*pages, *_WORDS, *(str(today + timedelta(days=n)) for n in (-1, 0, 1))]
    months = [today.year * 100 + n for n in (1, 5, 7, 12, 13, 101, 105)]
    sound: dict[object, Fits] = {
        int: lambda chance: chance.choice(ids),
        bool: lambda chance: chance.randrange(2) == 1,
        str: lambda chance: chance.choice(words) if chance.randrange(3) else text(chance),
    }
    hints = get_type_hints(kind)
    return {
        one.name: (lambda chance: chance.choice(months)) if one.name == "month" else sound[hints[one.name]]
        for one in fields(kind)
    }


_WORDS = (
    *("everything", "overview", "here", "summary", "comment", "actions", "start", "grades", "writing"),
    *("progress", "pairs", "mix", "due", "returned", "case", "auditor", "swap"),
    *("kept", "none", "half", "whole", "extension", "exemption", "x"),
)


def _nonce(payload: Payload | type[Payload]) -> dict[str, str]:
    names = {one.name for one in fields(payload)}
    return {"nonce": f"fuzz-{next(_nonces)}"} if "nonce" in names else {}
