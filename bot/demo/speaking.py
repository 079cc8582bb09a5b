"""Someone at work in the make-believe council: presses the buttons that the product's own cards carry."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from cards.payloads import PAYLOAD_KEY
from dialogs.answering import answer
from dialogs.turn import Asked, Reply, Turn
from domain.people import Person
from workflows.council import Council

Card = dict[str, Any]

_nonces = count(1)


@dataclass(slots=True)
class Colleague:
    """One person, speaking to the product at one moment of the story."""

    council: Council
    person: Person
    now: datetime
    presses_so_far: list[str] = field(default_factory=list)
    """Titles of the buttons pressed."""

    def types(self, text: str) -> Card:
        """The card that answers a typed line."""
        return self._turn(asked=Asked.TYPED, text=text)

    def presses(self, card: Mapping[str, Any], verb: str, **having: object) -> Card:
        """The card that answers a press of the button with this verb whose payload holds `having`."""
        title, data = button(card, verb, **having)
        return self._press(card, title, data, {})

    def fills(self, card: Mapping[str, Any], typed: Mapping[str, str], verb: str, **having: object) -> Card:
        """The same, after filling in the form; inputs the card does not have are left out."""
        title, data = button(card, verb, **having)
        return self._press(card, title, data, typed)

    def _press(
        self, card: Mapping[str, Any], title: str, data: Mapping[str, Any], typed: Mapping[str, str]
    ) -> Card:
        self.presses_so_far.append(title)
        shown = {node["id"]: node.get("value", "") for node in nodes(card) if _is_input(node)}
        filled = {name: typed.get(name, value) for name, value in shown.items()}
        return self._turn(asked=Asked.PRESSED, data={**data, **{k: v for k, v in filled.items() if v}})

    def _turn(self, **given: Any) -> Card:
        reply: Reply = answer(
            self.council,
            Turn(
                directory_id=self.person.directory_id or "",
                now=self.now,
                nonce=f"demo{next(_nonces):08}",
                **given,
            ),
        )
        if reply.card is None:
            raise LookupError("the product did not know this colleague")
        return reply.card


def nodes(value: Any) -> Iterator[Card]:
    """Every object of a card, fallbacks left out."""
    if isinstance(value, dict):
        yield value
        for key, inner in value.items():
            if key != "fallback":
                yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def button(card: Mapping[str, Any], verb: str, **having: object) -> tuple[str, Mapping[str, Any]]:
    """Title and data of the first button with this verb and these fields. Raises LookupError without one."""
    for node in nodes(card):
        packed = node.get("data", {}).get(PAYLOAD_KEY, {}) if isinstance(node.get("data"), dict) else {}
        if packed.get("verb") == verb and all(packed.get(key) == value for key, value in having.items()):
            return str(node.get("title", "")), node["data"]
    raise LookupError(f"the card has no button {verb} {having}")


def _is_input(node: Mapping[str, Any]) -> bool:
    return str(node.get("type", "")).startswith("Input.")
