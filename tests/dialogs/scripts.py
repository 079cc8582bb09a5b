"""Steps that several scripts share."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa

from cards.payloads import OpenPage
from domain.audits import Audit
from domain.pages import Page
from storage.tables import metadata
from tests.builders import Staff, complete_pages
from tests.chat import Chat, inputs, nodes
from tests.typed_pages import typed_inputs
from workflows.council import Council

Card = dict[str, Any]

on_one_engine = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what a card says and does not store: the other engine would only say it again."""


def at_page(chat: Chat, audit: Audit, key: str) -> Card:
    """The page, opened by its button."""
    return chat.sends(OpenPage(audit.id, key).pack())


def fill_from(chat: Chat, card: Card, pages: Mapping[str, Page]) -> Card:
    """Fill these pages one after another from the first one's card; returns what follows the last."""
    for page in pages.values():
        card = chat.presses("Save and c", card, **typed_inputs(page))
    return card


def written(council: Council, people: Staff, audit: Audit) -> dict[str, Page]:
    """Every page of the audit, complete."""
    return complete_pages(council.framework, people, audit)


def values(card: Card) -> dict[str, str]:
    """Input to what it shows."""
    return {node["id"]: node.get("value", "") for node in inputs(card)}


def text_of(card: Card) -> str:
    """All text of the card, whatever field holds it."""
    return json.dumps(card, ensure_ascii=False)


def said_under(card: Card, field: str) -> str:
    """What stands under an input, when something is wrong with it."""
    for node in nodes(card):
        items = node.get("items") or node.get("body") or []
        for place, item in enumerate(items):
            if isinstance(item, dict) and item.get("id") == field and place + 1 < len(items):
                return " ".join(run["text"] for run in items[place + 1].get("inlines", []))
    return ""


def without_nonces(card: Card | None) -> Card:
    """The card with its fresh words made equal, so that two answers can be compared."""
    return dict(json.loads(re.sub(r"nonce-\d+", "nonce", json.dumps(card))))


def everything_stored(council: Council, *tables: str) -> str:
    """All text of the database (or of these tables), to look for what must not be there."""
    found = []
    with council.database.engine.connect() as connection:
        for table in metadata.sorted_tables:
            if not tables or table.name in tables:
                found += [str(tuple(row)) for row in connection.execute(sa.select(table))]
    return "\n".join(found)


def trail(council: Council, audit_id: int) -> list[tuple[str, int | None]]:
    """(verb, actor) of an audit's chain, in order."""
    with council.read() as view:
        return [(row.verb, row.actor) for row in view.trail.rows(f"audit:{audit_id}")]


def saved(council: Council, audit_id: int, key: str) -> dict[str, Any]:
    """A page's body as stored."""
    with council.read() as view:
        page = view.audits.page(audit_id, key)
    return dict(page.body) if page else {}
