"""What somebody can do with a card: the buttons that stand on it and the boxes beside them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cards.payloads import PAYLOAD_KEY

Packed = Mapping[str, Any]

_FRESH = frozenset({"nonce", "version", "v", "sure"})
"""What differs between two drawings of one button."""
_TEXTS = ("RichTextBlock", "TextBlock")
"""What holds words alone; half of what a card is made of."""


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


def _look(node: Mapping[str, Any], buttons: list[Button], inputs: list[Mapping[str, Any]]) -> None:
    data = node.get("data")
    if type(data) is dict and PAYLOAD_KEY in data:
        buttons.append(Button(str(node.get("title", "")), data))
        return
    kind = node.get("type", "")
    if kind in _TEXTS:
        return
    if kind[:6] == "Input.":
        inputs.append(node)
        return
    # Every card of the year is read, so no call is made for a text, a colour or a size.
    for key, inner in node.items():
        if type(inner) is list:
            _look_through(inner, buttons, inputs)
        elif type(inner) is dict and key != "fallback":
            _look(inner, buttons, inputs)


def _look_through(nodes: list[Any], buttons: list[Button], inputs: list[Mapping[str, Any]]) -> None:
    for inner in nodes:
        if type(inner) is dict:
            _look(inner, buttons, inputs)
        elif type(inner) is list:
            _look_through(inner, buttons, inputs)
