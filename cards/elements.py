"""The Adaptive Card elements Plumbline uses, as plain dictionaries.

Our own words go into text blocks, which read a little markdown. What people typed, and every name and
reference from a list, goes into text runs, which read none: there a link, a list or a mention is only its
letters, on every client. Source: decision 0007.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from cards.payloads import Payload
from domain.written import plain

Element = dict[str, Any]
Button = dict[str, Any]
Card = dict[str, Any]

SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
VERSION = "1.5"
"""Teams takes bot cards up to this version; its own newer elements ship under it too."""


def run(text: str, *, bold: bool = False, subtle: bool = False, color: str = "", size: str = "") -> Element:
    """A piece of literal text for `typed`."""
    made: Element = {"type": "TextRun", "text": plain(text)}
    if bold:
        made["weight"] = "bolder"
    if subtle:
        made["isSubtle"] = True
    if color:
        made["color"] = color
    if size:
        made["size"] = size
    return made


def bold(text: str) -> Element:
    """A piece of literal text that stands out."""
    return run(text, bold=True)


def typed(*parts: str | Element, subtle: bool = False, spacing: str = "") -> Element:
    """A paragraph of literal text, made of pieces; line breaks are kept."""
    made: Element = {
        "type": "RichTextBlock",
        "inlines": [run(p, subtle=subtle) if isinstance(p, str) else p for p in parts],
    }
    if spacing:
        made["spacing"] = spacing
    return made


def says(
    text: str,
    *,
    bold: bool = False,
    subtle: bool = False,
    color: str = "",
    size: str = "",
    spacing: str = "",
) -> Element:
    """A paragraph of our own words; never text that somebody typed or a list brought."""
    made: Element = {"type": "TextBlock", "text": text, "wrap": True}
    if bold:
        made["weight"] = "bolder"
    if subtle:
        made["isSubtle"] = True
    if color:
        made["color"] = color
    if size:
        made["size"] = size
    if spacing:
        made["spacing"] = spacing
    return made


def heading(text: str, *, size: str = "large", spacing: str = "") -> Element:
    """A heading of our own words, which screen readers can jump to."""
    made = says(text, bold=True, size=size, spacing=spacing)
    made["style"] = "heading"
    return made


def box(
    items: Sequence[Element],
    *,
    style: str = "",
    id: str = "",
    hidden: bool = False,
    spacing: str = "",
    separator: bool = False,
) -> Element:
    """A group of elements, perhaps tinted, perhaps opened by a toggle button."""
    made: Element = {"type": "Container", "items": list(items)}
    if style:
        made["style"] = style
    if id:
        made["id"] = id
    if hidden:
        made["isVisible"] = False
    if spacing:
        made["spacing"] = spacing
    if separator:
        made["separator"] = True
    return made


def columns(
    *cells: tuple[str | int, Sequence[Element]], spacing: str = "", separator: bool = False
) -> Element:
    """Elements side by side: (width, items) for each column; a phone has room for three at most."""
    made: Element = {
        "type": "ColumnSet",
        "columns": [{"type": "Column", "width": width, "items": list(items)} for width, items in cells],
    }
    if spacing:
        made["spacing"] = spacing
    if separator:
        made["separator"] = True
    return made


def listed(lines: Iterable[str], *, subtle: bool = False) -> list[Element]:
    """A bullet for each line of literal text."""
    return [typed("•  " + line, subtle=subtle, spacing="small") for line in lines]


def facts(pairs: Iterable[tuple[str, str]]) -> Element:
    """Short facts, each a bold name and literal text; a fact set would read markdown in them."""
    return box([typed(bold(name + ": "), value, spacing="small") for name, value in pairs if value])


def labelled(lines: Iterable[tuple[str, str]]) -> Element:
    """Texts under their labels in one paragraph, which is the smallest way to hold many."""
    runs: list[Element] = []
    for label, text in lines:
        runs += [bold(("\n\n" if runs else "") + label + "\n"), run(text)]
    return typed(*runs)


def card(
    body: Sequence[Element],
    *,
    preview: str,
    wide: bool = False,
    refresh: tuple[Payload, str] | None = None,
) -> Card:
    """A whole card.

    `preview` stands in for the card on clients too old to draw it and must name no case. `refresh` is the
    payload to ask again with and the client of the one person who may.
    """
    made: Card = {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": VERSION,
        "fallbackText": preview,
        "body": list(body),
    }
    if wide:
        made["msteams"] = {"width": "Full"}
    if refresh is not None:
        payload, owner = refresh
        made["refresh"] = {
            "action": {"type": "Action.Execute", "verb": payload.VERB, "data": payload.pack()},
            "userIds": [owner],
        }
    return made
