"""What somebody can do with a card: the buttons that stand on it and the boxes beside them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cards.payloads import PAYLOAD_KEY

Packed = Mapping[str, Any]

_FRESH = frozenset({"nonce", "version", "v", "sure"})
"""What differs between two drawings of one button."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button as it stands on a card."""

    title: str
    data: Mapping[str, Any]

    @property
    def packed(self) -> Packed:
        """The payload it carries."""
        found: Packed = self.data[PAYLOAD_KEY]
        return found

    @property
    def verb(self) -> str:
        """What it asks for."""
        return str(self.packed["verb"])

    @property
    def key(self) -> tuple[tuple[str, Any], ...]:
        """The same for the same button drawn again."""
        return tuple(sorted((name, value) for name, value in self.packed.items() if name not in _FRESH))


@dataclass(frozen=True, slots=True)
class Page:
    """A card as read."""

    buttons: tuple[Button, ...]
    inputs: tuple[Mapping[str, Any], ...]

    def having(self, verb: str, fits: Callable[[Packed], bool] = lambda _: True) -> Iterator[Button]:
        """The buttons of this verb that fit, as they stand from the top."""
        return (button for button in self.buttons if button.verb == verb and fits(button.packed))

    @property
    def shown(self) -> dict[str, str]:
        """Input to what stands in it."""
        return {str(node["id"]): str(node.get("value") or "") for node in self.inputs}

    def choices(self, name: str) -> tuple[str, ...]:
        """The values one may choose from, none of them empty."""
        for node in self.inputs:
            if node["id"] == name:
                values = (str(choice.get("value", "")) for choice in node.get("choices", ()))
                return tuple(value for value in values if value)
        return ()


def read(card: Mapping[str, Any]) -> Page:
    """Everything that can be pressed or filled in, fallbacks left out."""
    buttons: list[Button] = []
    inputs: list[Mapping[str, Any]] = []
    _look(card, buttons, inputs)
    return Page(tuple(buttons), tuple(inputs))


def _look(node: Any, buttons: list[Button], inputs: list[Mapping[str, Any]]) -> None:
    if isinstance(node, dict):
        data = node.get("data")
        if isinstance(data, dict) and PAYLOAD_KEY in data:
            buttons.append(Button(str(node.get("title", "")), data))
            return
        if str(node.get("type", "")).startswith("Input."):
            inputs.append(node)
            return
        for key, inner in node.items():
            if key != "fallback" and isinstance(inner, dict | list):
                _look(inner, buttons, inputs)
    elif isinstance(node, list):
        for inner in node:
            _look(inner, buttons, inputs)
