"""A card as lines of text, for a terminal: what a person would read, and what they could press or fill in."""

from collections.abc import Iterator, Mapping
from typing import Any

Node = Mapping[str, Any]


def lines_of(card: Node) -> Iterator[str]:
    """The card from top to bottom; what opens only at a press is left out."""
    for element in card.get("body", ()):
        yield from _element(element)


def _element(node: Node) -> Iterator[str]:
    if node.get("isVisible") is False:
        return
    kind = str(node.get("type", ""))
    match kind:
        case "TextBlock":
            text = str(node["text"]).replace("**", "")
            yield text.upper() if node.get("style") == "heading" else text
        case "RichTextBlock":
            yield from "".join(str(run["text"]) for run in node["inlines"]).split("\n")
        case "Container":
            for item in node["items"]:
                yield from _element(item)
        case "ColumnSet":
            yield from _side_by_side(node)
        case "ActionSet":
            yield "  ".join(f"[ {action['title']} ]" for action in node["actions"])
        case _ if kind.startswith("Input."):
            yield from _input(node)
        case _ if isinstance(node.get("fallback"), dict):
            yield from _element(node["fallback"])


def _side_by_side(node: Node) -> Iterator[str]:
    cells = [[line for item in column["items"] for line in _element(item)] for column in node["columns"]]
    if all(len(cell) <= 2 for cell in cells):
        yield "   ".join(" ".join(cell) for cell in cells if cell)
    else:
        for cell in cells:
            yield from cell


def _input(node: Node) -> Iterator[str]:
    label, value = str(node.get("label", "")), str(node.get("value", ""))
    if node["type"] == "Input.Toggle":
        yield f"[{'x' if value == node.get('valueOn') else ' '}] {node['title']}"
        return
    choices = node.get("choices", ())
    if choices and node.get("style") == "expanded":
        yield label
        chosen = value.split(",")
        for choice in choices:
            yield f"  ({'•' if choice['value'] in chosen else ' '}) {choice['title']}"
        return
    shown = next((choice["title"] for choice in choices if choice["value"] == value), value)
    yield f"{label}: {shown or '______'}"
