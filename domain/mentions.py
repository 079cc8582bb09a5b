"""A line written in a channel, without whom it mentions."""

import re
from html import unescape

_MENTION = re.compile(r"<at\b[^>]*>.*?</at>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?(?:p|div|br|span)\b[^>]*>", re.IGNORECASE)


def without_mentions(text: str) -> str:
    """The words alone. Teams writes mentions as elements, and some clients wrap the whole line in another."""
    return unescape(_TAG.sub(" ", _MENTION.sub(" ", text))).replace("\xa0", " ")
