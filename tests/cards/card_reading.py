"""Reads a card as a person or a client would: its elements, words, inputs and buttons."""

from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]


def nodes(node: Any) -> Iterator[Node]:
    """Every object in the card that has a type, fallbacks included, in reading order."""
    if isinstance(node, list):
        for item in node:
            yield from nodes(item)
    elif isinstance(node, dict):
        if "type" in node:
            yield node
        for key, value in node.items():
            if key not in ("data", "msteams"):
                yield from nodes(value)


def words(card: Any) -> str:
    """Everything the card says, in reading order."""
    said = []
    for node in nodes(card):
        said += [str(node[key]) for key in ("text", "label", "title") if key in node]
        said += [choice["title"] for choice in node.get("choices", [])]
    return "\n".join(said)


def inputs(card: Any) -> dict[str, Node]:
    """The inputs by id."""
    return {node["id"]: node for node in nodes(card) if node["type"].startswith("Input.")}


def buttons(card: Any) -> dict[str, Node]:
    """What can be pressed, by title; fallbacks left out."""
    return {
        action["title"]: action
        for node in nodes(card)
        if node["type"] == "ActionSet"
        for action in node["actions"]
    }


def payload(button: Node) -> Node:
    """What a button sends of ours."""
    sent: Node = button["data"]["plumbline"]
    return sent
