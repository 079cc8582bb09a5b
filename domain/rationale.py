"""Judgement, action and impact joined into one well-punctuated sentence.

Source: WH-03.
"""

import re

from domain.identifier_words import CALENDAR

_LEADS_TO_REASON = re.compile(
    r"(?:because|due to|as a result of|owing to|thanks to|given that|since|as)\b", re.IGNORECASE
)
_LEADS_TO_EFFECT = re.compile(
    r"(?:so|leading to|meaning|resulting in|which|enabling|leaving)\b", re.IGNORECASE
)
_SENTENCE_GOES_ON = re.compile(r"[.!?]\s+[A-Z“\"]")
_ENDED = re.compile(r"[.!?…][”\"]?$")


def joined(judgement: str, action: str, impact: str) -> str:
    """The three boxes as one sentence; as one sentence each when any box holds several.

    Empty boxes are passed over, so nothing written gives nothing back. The writer's own joining words are
    kept; where there are none, punctuation that suits a clause and a mere phrase alike joins the parts.
    Source: WH-03.
    """
    boxes = [" ".join(box.split()) for box in (judgement, action, impact)]
    if any(_SENTENCE_GOES_ON.search(box) for box in boxes):
        return " ".join(_sentence(box) for box in boxes if box)
    found, done, meant = (box.rstrip(" .,;:") for box in boxes)
    line = found
    if done:
        line = _add(line, done, _LEADS_TO_REASON, " ", ": ")
    if meant:
        # After a list of commas only a semicolon parts what was done from what came of it.
        line = _add(line, meant, _LEADS_TO_EFFECT, ", ", "; as a result, ")
    return _sentence(line)


def _add(line: str, part: str, leads: re.Pattern[str], own_gap: str, our_gap: str) -> str:
    if not line:
        return part
    return line.rstrip("!?") + (own_gap if leads.match(part) else our_gap) + _lowered(part)


def _lowered(part: str) -> str:
    """The part with a small first letter, unless its first word has its capital for good."""
    first, _, rest = part.partition(" ")
    first = first.rstrip(",")
    keeps = (
        first.startswith(("I'", "I’"))
        or first == "I"
        or any(letter.isupper() or letter.isdigit() for letter in first[1:])
        or first.lower() in CALENDAR
        # "Early Help", "Child Protection": two capitals in a row are a title.
        or rest[:1].isupper()
    )
    return part if keeps else part[:1].lower() + part[1:]


def _sentence(text: str) -> str:
    text = (text[:1].upper() + text[1:]).rstrip(" ,;:")
    return text if not text or _ENDED.search(text) else text + "."
