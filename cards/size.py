"""How large a card is, as Teams counts it."""

import json

from cards.elements import Card

LIMIT_BYTES = 80_000
"""Teams refuses messages from about 100 KB; this leaves room for what it wraps around a card."""


def size_bytes(card: Card) -> int:
    """Bytes of the card's JSON in UTF-16, which is what the limit counts."""
    text = json.dumps(card, ensure_ascii=False, separators=(",", ":"))
    return len(text.encode("utf-16-le", "surrogatepass"))
