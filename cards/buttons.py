"""Buttons. Each carries a declared payload; none is styled, as Teams draws no positive or destructive style.

The most usual button stands first and says in words what it does.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cards.elements import Button, Element
from cards.payloads import OpenPage, Payload
from cards.views import Mode
from domain.written import plain

MOST_IN_A_ROW = 6
"""Teams shows this many actions of a set; more would vanish into a menu or altogether."""


def press(
    title: str,
    payload: Payload,
    mode: Mode = Mode.CHAT,
    *,
    with_inputs: bool = False,
    tooltip: str = "",
    carried: Mapping[str, str] | None = None,
) -> Button:
    """A button that sends its payload, and the typed inputs when asked to.

    `carried` is what was typed on an earlier card: input name to text, sent as if it stood here.

    In the chat it swaps the card in place, and an old client that cannot do so submits the same data.
    `tooltip` tells buttons of one title apart for those who hear them.
    """
    submit: Button = {"type": "Action.Submit", "title": title, "data": {**(carried or {}), **payload.pack()}}
    if tooltip:
        submit["tooltip"] = plain(tooltip)
    if not with_inputs:
        submit["associatedInputs"] = "none"
    if mode is Mode.DIALOG:
        return submit
    return {**submit, "type": "Action.Execute", "verb": payload.VERB, "fallback": submit}


def more_room(page: OpenPage, title: str = "More room", *, with_inputs: bool = False) -> Button:
    """Opens the page as a Teams dialog; what has been typed goes along when asked to, to be shown there."""
    data: dict[str, Any] = {**page.pack(), "msteams": {"type": "task/fetch"}}
    made: Button = {"type": "Action.Submit", "title": title, "data": data}
    if not with_inputs:
        made["associatedInputs"] = "none"
    return made


def toggle(title: str, *ids: str) -> Button:
    """Shows or hides the boxes of these ids without asking anyone."""
    return {"type": "Action.ToggleVisibility", "title": title, "targetElements": list(ids)}


def row(*buttons: Button, spacing: str = "") -> Element:
    """Buttons in a row; a narrow screen wraps them."""
    made: Element = {"type": "ActionSet", "actions": list(buttons)}
    if spacing:
        made["spacing"] = spacing
    return made


def turning(whole: int, first: int, page: int, to: Callable[[int], Payload]) -> list[Button]:
    """The buttons to the page after the one that begins with line `first`, and to the one before it."""
    made = []
    if (more := whole - first - page) > 0:
        made.append(press(f"Next ({more:,} more)", to(first + page)))
    if first:
        made.append(press("Those before", to(max(0, first - page))))
    return made


def rows(*buttons: Button) -> list[Element]:
    """As many rows as these buttons need."""
    return [row(*buttons[i : i + MOST_IN_A_ROW]) for i in range(0, len(buttons), MOST_IN_A_ROW)]


def pairs(buttons: Sequence[Button]) -> list[Element]:
    """Buttons at the foot of a card, two in a row: a third is cut off on a phone."""
    two = [buttons[i : i + 2] for i in range(0, len(buttons), 2)]
    return [row(*pair, spacing="small" if place else "large") for place, pair in enumerate(two)]
