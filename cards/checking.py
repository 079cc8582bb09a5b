"""Says what is wrong with a card before Teams, a phone or a screen reader does.

No card library's own typing is trusted for this: what may be in a card is declared in `shapes`, and the
rules that go beyond shape are here, each in a few lines. Source: decision 0007.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from cards.buttons import MOST_IN_A_ROW
from cards.elements import Card, Element
from cards.shapes import NEEDS, NESTED, Shape, Takes
from cards.size import LIMIT_BYTES, size_bytes

MOST_COLUMNS = 3
MOST_REFRESHERS = 60
HIGHEST_VERSION = (1, 5)
_VALIDATED = ("isRequired", "regex", "min", "max")


def faults(card: Card) -> tuple[str, ...]:
    """Everything wrong with the card, each with its place; empty when it may be sent."""
    return (*_shape_faults(card, "card", "card"), *_rule_faults(card))


def _shape_faults(node: object, place: str, path: str) -> Iterator[str]:
    """Unknown types, unknown or missing properties and values of the wrong kind."""
    if not isinstance(node, dict):
        yield f"{path}: is no object"
        return
    allowed = NESTED[place]
    kind = str(node.get("type", "choice" if place == "choices" else ""))
    if kind not in allowed:
        yield f"{path}: {kind or 'something without a type'} may not stand here"
        return
    for name in NEEDS.get(kind, ()):
        if node.get(name) in (None, "", [], {}):
            yield f"{path}: {kind} has no {name}"
    for name, value in node.items():
        if name != "type":
            yield from _property_faults(kind, allowed[kind], name, value, f"{path}.{name}")


def _property_faults(kind: str, shape: Shape, name: str, value: Any, path: str) -> Iterator[str]:
    if name not in shape:
        yield f"{path}: {kind} takes no {name}"
        return
    takes = shape[name]
    if name == "fallback" and value == "drop":
        return
    if isinstance(takes, str) and takes in NESTED:
        if takes.endswith("s"):
            if not isinstance(value, list):
                yield f"{path}: is no list"
                return
            for index, item in enumerate(value):
                yield from _shape_faults(item, takes, f"{path}[{index}]")
        else:
            yield from _shape_faults(value, takes, path)
    elif not _fits(value, takes):
        yield f"{path}: {value!r} does not fit"


def _fits(value: object, takes: Takes) -> bool:
    if isinstance(takes, frozenset):
        return isinstance(value, str) and value in takes
    if isinstance(takes, str):
        return isinstance(value, dict | list)
    if isinstance(value, bool):
        return takes is bool
    return isinstance(value, takes)


def _rule_faults(card: Card) -> Iterator[str]:
    yield from _card_faults(card)
    for path, node, hidden in _walk(card.get("body", []), "body", hidden=False):
        kind = str(node.get("type", ""))
        if kind == "ColumnSet" and len(node.get("columns", [])) > MOST_COLUMNS:
            yield f"{path}: more than {MOST_COLUMNS} columns"
        if kind == "ActionSet" and len(node.get("actions", [])) > MOST_IN_A_ROW:
            yield f"{path}: more than {MOST_IN_A_ROW} actions"
        if kind == "Action.Execute" and not _same_press(node):
            yield f"{path}: the fallback of Action.Execute does not submit the same"
        if hidden and kind.startswith("Input.") and any(name in node for name in _VALIDATED):
            yield f"{path}: a validated input may be hidden"


def _card_faults(card: Card) -> Iterator[str]:
    """What concerns the card as a whole: version, size, ids, refresh, a heading to find it by."""
    version = str(card.get("version", ""))
    parts = version.split(".")
    if not all(part.isdigit() for part in parts) or tuple(int(part) for part in parts) > HIGHEST_VERSION:
        yield f"card: version {version} is not drawn by Teams"
    if (size := size_bytes(card)) >= LIMIT_BYTES:
        yield f"card: {size:,} bytes, and the limit is {LIMIT_BYTES:,}"
    nodes = [node for _, node, _ in _walk(card.get("body", []), "body", hidden=False)]
    counted = Counter(node["id"] for node in nodes if "id" in node)
    yield from (
        f"card: the id {name} stands there {times} times" for name, times in counted.items() if times > 1
    )
    targets = [name for node in nodes for name in node.get("targetElements", [])]
    yield from (
        f"card: a toggle points to {name}, which is not there" for name in targets if name not in counted
    )
    if not any(node.get("style") == "heading" for node in nodes):
        yield "card: there is no heading"
    if "refresh" in card:
        yield from _refresh_faults(card["refresh"])


def _refresh_faults(refresh: Any) -> Iterator[str]:
    action, users = refresh.get("action", {}), refresh.get("userIds", [])
    if action.get("type") != "Action.Execute" or not action.get("verb"):
        yield "card.refresh: the action is no Action.Execute with a verb"
    if not 1 <= len(users) <= MOST_REFRESHERS:
        yield f"card.refresh: {len(users)} people; without one to {MOST_REFRESHERS}, every client would ask"


def _same_press(action: Element) -> bool:
    """Whether an old client that submits instead sends the same data under the same title."""
    fallback = action.get("fallback")
    alike = ("title", "data", "associatedInputs")
    return isinstance(fallback, dict) and all(action.get(name) == fallback.get(name) for name in alike)


def _walk(nodes: list[Any], path: str, *, hidden: bool) -> Iterator[tuple[str, Element, bool]]:
    """Every element and action with its place and whether it may be hidden."""
    for index, node in enumerate(nodes):
        if not isinstance(node, dict):
            continue
        here = f"{path}[{index}]"
        unseen = hidden or node.get("isVisible") is False
        yield here, node, unseen
        for name in ("items", "columns", "actions"):
            if isinstance(inner := node.get(name), list):
                yield from _walk(inner, f"{here}.{name}", hidden=unseen)
