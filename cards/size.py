"""How large a card is, as Teams counts it."""

import json

import orjson

from cards.elements import Card

LIMIT_BYTES = 80_000
"""Teams refuses messages from about 100 KB; this leaves room for what it wraps around a card."""


def size_bytes(card: Card) -> int:
    """Bytes of the card's JSON in UTF-16, which is what the limit counts."""
    try:
        text = orjson.dumps(card).decode()
    except TypeError:
        # Half a letter, or a number of thirty digits: such a card is still measured before it is refused.
        text = json.dumps(card, ensure_ascii=False, separators=(",", ":"))
    return len(text.encode("utf-16-le", "surrogatepass"))
