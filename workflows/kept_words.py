"""Short texts that people leave about an action or an audit: not too long, and naming nobody (SG-01)."""

from domain.coach import HintKind, hints_for_text
from workflows.council import Council
from workflows.sharing import TextWanted

WORDS_LIMIT = 2000
PLACE_LIMIT = 200
"""A place is one line, such as "case note of 3 June"; the record itself has no room in it."""


class Identifying(TextWanted):
    """The text looks as if it says who somebody is. Whoever wrote it may say that it does not (SG-04)."""


def kept_words(
    council: Council, field: str, text: str, *, wanted: str = "", limit: int = WORDS_LIMIT, names_nobody: bool
) -> str:
    """The text as it is kept.

    Raises TextWanted with `wanted` when it is missing and needed, or when it is too long, and Identifying
    when it looks like a name, a number or an address and nobody has said that it is none.
    """
    words = text.strip()
    if wanted and not words:
        raise TextWanted(field, wanted)
    if len(words) > limit:
        raise TextWanted(field, f"Please keep it within {limit:,} characters; this is {len(words):,}.")
    if not names_nobody:
        for hint in hints_for_text(field, words, council.framework):
            if hint.kind is HintKind.IDENTIFIER:
                raise Identifying(field, hint.message)
    return words


def kept_place(council: Council, field: str, text: str, *, wanted: str = "", names_nobody: bool) -> str:
    """Where something is recorded, in one line."""
    words = kept_words(council, field, text, wanted=wanted, limit=PLACE_LIMIT, names_nobody=names_nobody)
    return " ".join(words.split())
