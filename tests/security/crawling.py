"""Which of the buttons that somebody comes past are pressed, so that a crawl sees every kind of card.

Pressing all of them takes minutes and shows the same few cards again and again. So a button is pressed where
it carries a word that no button of its verb did before, or that word for another of the first few things:
every part of three audits, but not every theme by every cohort over every span.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from cards.payloads import _REGISTRY

MOST_THINGS = 3
"""Ids pressed of each field, so that one thing that is closed does not hide those that are open."""


class Unpressed:
    """What one person has not pressed yet of all that only shows something."""

    def __init__(self) -> None:
        self._things: dict[tuple[str, str], set[Any]] = defaultdict(set)
        self._met: set[tuple[Any, ...]] = set()

    def takes(self, packed: Mapping[str, Any]) -> bool:
        """Whether to press this button; from then on it counts as pressed."""
        verb = packed["verb"]
        if _REGISTRY[verb].WRITES:
            return False
        words = {name: value for name, value in packed.items() if isinstance(value, str) and name != "nonce"}
        things = {name: value for name, value in packed.items() if name not in {*words, "nonce", "v"}}
        fresh = False
        for name, thing in {"": 0, **things}.items():
            known = self._things[verb, name]
            if len(known) < MOST_THINGS:
                known.add(thing)
            # The verb is a word too, so what carries no other is pressed for each of the things.
            found = {(verb, name, thing, word, said) for word, said in words.items() if thing in known}
            fresh = fresh or not found <= self._met
            self._met |= found
        return fresh
