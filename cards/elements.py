"""The Adaptive Card elements Plumbline uses, as plain dictionaries.

Our own words go into text blocks, which read a little markdown. What people typed, and every name and
reference from a list, goes into text runs, which read none: there a link, a list or a mention is only its
letters, on every client. Source: decision 0007.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from cards.payloads import Payload

Element = dict[str, Any]
Button = dict[str, Any]
Card = dict[str, Any]

SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
VERSION = "1.5"
"""Teams takes bot cards up to this version; its own newer elements ship under it too."""

# Controls, lone surrogates, and the marks that turn the reading direction or hide text. The joiners that
# emoji and several scripts need (U+200C, U+200D) stay.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_CLOCK_CODE = re.compile(r"\{(?=\{(?:DATE|TIME)\()", re.IGNORECASE)


def plain(text: str) -> str:
    """The text as it may be shown in a text run: its letters, and nothing a client would act on.

    Control and direction marks go, line ends become one kind, and a clock code (`{{DATE(…)}}`, the one
    thing that clients still work out in a run) is broken with a joiner that nobody sees.
    """
    if text.isascii() and text.isprintable() and "{{" not in text:
        return text
    return _CLOCK_CODE.sub("{\u2060", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))


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
