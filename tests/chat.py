"""Speaks to the product as Teams would, without Teams: presses the buttons that the cards really carry.

    chat = Chat(council, people.auditor)
    card = chat.types("continue")
    card = chat.presses("Accept this audit", card)

A press finds the button by the start of its title, sends its data with the inputs typed, and returns the
answer's card. A button that is not on the card fails the test, as it would fail the person.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from cards.views import Mode
from dialogs.answering import answer
from dialogs.turn import Asked, Reply, Turn
from domain.people import Person
from tests.builders import NOW
from workflows.council import Council

_nonces = count(1)


@dataclass
class Chat:
    """One person's chat with the bot."""

    council: Council
    person: Person
    now: datetime = NOW
    mode: Mode = Mode.CHAT
    last_data: dict[str, Any] = field(default_factory=dict)
    """What the last press carried, to press it again."""

    def types(self, text: str) -> dict[str, Any]:
        """The card that answers a typed line."""
        return self._card(self.turn(asked=Asked.TYPED, text=text))

    def attaches(self, filename: str, content: bytes) -> dict[str, Any]:
        """The card that answers an attached file."""
        return self._card(self.turn(asked=Asked.ATTACHED, filename=filename, content=content))

    def presses(self, title: str, card: Mapping[str, Any], **typed: str) -> dict[str, Any]:
        """The card that answers a press of the button whose title starts so."""
        pressed = button_node(card, title)
        shown = {node["id"]: node.get("value", "") for node in inputs(card)}
        unknown = set(typed) - set(shown)
        assert not unknown, f"the card has no input {unknown}; it has {sorted(shown)}"
        if pressed.get("associatedInputs") == "none":
            assert not typed, f"the button {title!r} leaves what is typed behind"
            return self.sends(pressed["data"])
        return self.sends({**pressed["data"], **{k: v for k, v in shown.items() if v}, **typed})

    def sends(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The card that answers a press carrying exactly this."""
        self.last_data = dict(data)
        return self._card(self.turn(asked=Asked.PRESSED, data=dict(data)))

    def again(self) -> dict[str, Any]:
        """The card that answers the last press arriving once more."""
        return self.sends(self.last_data)

    def turn(self, **given: Any) -> Reply:
        """The reply to any turn."""
        turn = Turn(
            directory_id=self.person.directory_id or "",
            now=self.now,
            nonce=f"nonce-{next(_nonces)}",
            mri=f"29:{self.person.id}",
            mode=self.mode,
            **given,
        )
        return answer(self.council, turn)

    def _card(self, reply: Reply) -> dict[str, Any]:
        assert reply.card is not None
        return reply.card


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a card, fallbacks left out."""
    if isinstance(value, dict):
        yield value
        for key, inner in value.items():
            if key != "fallback":
                yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def inputs(card: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The card's inputs."""
    return [node for node in nodes(card) if str(node.get("type", "")).startswith("Input.")]


def buttons(card: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """(title, data) of the card's buttons, and of rows that can be pressed."""
    return [(str(node.get("title", "")), node["data"]) for node in button_nodes(card)]


def button_nodes(card: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The card's buttons whole, in order."""
    pressable = {"Action.Execute", "Action.Submit"}
    return [node for node in nodes(card) if node.get("type") in pressable and "data" in node]


def button_node(card: Mapping[str, Any], title: str) -> dict[str, Any]:
    """The button whose title, or else whose tooltip, starts so."""
    every = button_nodes(card)
    for key in ("title", "tooltip"):
        for node in every:
            if str(node.get(key, "")).startswith(title):
                return node
    raise AssertionError(f"no button {title!r}; there are {[node.get('title') for node in every]}")


def button(card: Mapping[str, Any], title: str) -> dict[str, Any]:
    """The data of the button whose title, or else whose tooltip, starts so."""
    return dict(button_node(card, title)["data"])


def text(card: Mapping[str, Any]) -> str:
    """Everything a person reads on the card."""
    return "\n".join(
        str(node[key]) for node in nodes(card) for key in ("text", "title", "value", "label") if node.get(key)
    )
