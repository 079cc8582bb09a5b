"""Telling May, who lives with nan, from the month, at a glance.

Months stand in most texts and name nobody there. This is wider than the rules for names: it only spares
those texts a closer look. Source: SG-01.
"""

import re

from domain.identifier_words import DATED, DOING_TOGETHER, MEETING, SAYING, TALKING, TOWARDS

_TIME = re.compile(rf"\b(?:{'|'.join(sorted(word.capitalize() for word in DATED))})\b")
_DOES = re.compile(
    rf"['’]| (?:and [^\W\d_]+ )?(?:{'|'.join(sorted(SAYING | DOING_TOGETHER))})\b"
    r"| (?:was|is|ha[sd]) [a-z ]{0,20}(?:seen|spoken|visited|interviewed)\b"
)
_NEAR = 40
"""Characters in which the two words before a month fit."""


def names_somebody(text: str) -> bool:
    """Whether a month or season has about it what a person of that name would have."""
    return any(_may_be_somebody(text, *found.span()) for found in _TIME.finditer(text))


def _may_be_somebody(text: str, start: int, end: int) -> bool:
    *_, before_that, before = ["", "", *text[max(0, start - _NEAR) : start].lower().split()]
    talked = before in TOWARDS and re.sub(r"\W", "", before_that) in TALKING
    return talked or before in MEETING or before == "and" or _DOES.match(text, end) is not None
