"""Text that would say who a child is: found in what people write, in case lists and in references.

Cases are known by reference alone; whoever writes a name is asked for a role instead. Findings are hints:
they point, they never change the text. Source: SG-01.
"""

import re
from dataclasses import dataclass

from domain.identifier_headings import refused_heading
from domain.identifier_names import names_in
from domain.identifier_numbers import DATE, Kind, numbers_in
from domain.identifier_words import GIVEN_NAMES, ORDINARY

__all__ = [
    "NHS_NUMBER_AS_REFERENCE",
    "Finding",
    "Kind",
    "like_nhs_number",
    "person_like",
    "refused_heading",
    "refused_reference",
]

_ADVICE = {
    Kind.NAME: "Use a role instead, for example “mother” or “social worker”.",
    Kind.BIRTH_DATE: "Use an age instead, for example “aged seven”.",
    Kind.NHS_NUMBER: "Leave the NHS number out; the case reference is enough.",
    Kind.PUPIL_NUMBER: "Leave the pupil number out; the case reference is enough.",
    Kind.NATIONAL_INSURANCE: "Leave the National Insurance number out; a role is enough.",
    Kind.PHONE: "Leave the phone number out; it stays in the case system.",
    Kind.EMAIL: "Leave the e-mail address out; use a role, for example “the health visitor”.",
    Kind.POSTCODE: "Leave the postcode out; “the family home” is enough.",
    Kind.ADDRESS: "Leave the address out; “the family home” is enough.",
}

_NO_WORDS: frozenset[str] = frozenset()

NHS_NUMBER_AS_REFERENCE = "This looks like an NHS number. Give the reference of the case system instead."


@dataclass(frozen=True, slots=True)
class Finding:
    """A piece of text that looks as if it says who someone is."""

    kind: Kind
    start: int
    end: int
    """Just behind the last character, so that text[start:end] is the excerpt."""
    excerpt: str
    advice: str


def person_like(
    text: str, known_names: frozenset[str] = GIVEN_NAMES, ordinary_words: frozenset[str] = _NO_WORDS
) -> tuple[Finding, ...]:
    """What in this text looks like a name, date of birth, number or address, in the order it stands there.

    `known_names` holds given names and `ordinary_words` further words that are no names, such as those of
    services, all in lower case. Findings never overlap. Source: SG-01.
    """
    found = [(start, end, kind) for kind, start, end in numbers_in(text)]
    found += [(start, end, Kind.NAME) for start, end in names_in(text, known_names, ordinary_words)]
    kept: list[Finding] = []
    # Of two that overlap the earlier stands, and of two that begin together the longer.
    for start, end, kind in sorted(found, key=lambda f: (f[0], -f[1])):
        if not kept or start >= kept[-1].end:
            kept.append(Finding(kind, start, end, text[start:end], _ADVICE[kind]))
    return tuple(kept)


def like_nhs_number(reference: str) -> bool:
    """Whether this could be an NHS number; one in eleven numbers of ten figures could. Source: SG-01."""
    return any(kind is Kind.NHS_NUMBER for kind, _, _ in numbers_in(reference))


def refused_reference(reference: str, *, one_of_many: bool = False) -> str | None:
    """Why this cannot be a case reference; None when it can.

    A reference is what the case system calls the case: it holds at least one figure and says nothing about
    who the child is. With `one_of_many` it is not asked whether it could be an NHS number, which only the
    whole column can tell. Source: SG-01.
    """
    kinds = {kind for kind, _, _ in numbers_in(reference)}
    if Kind.NHS_NUMBER in kinds and not one_of_many:
        return NHS_NUMBER_AS_REFERENCE
    if kinds - {Kind.NHS_NUMBER}:
        return (
            "This looks like a number or address of a person. Give the reference of the case system instead."
        )
    if re.search(rf"(?<![0-9/.\-]){DATE}(?![0-9/.\-])", reference, re.IGNORECASE):
        return "This looks like a date. Give the reference of the case system instead."
    if _looks_like_name(reference):
        return "This looks like a name. Give the reference of the case system instead."
    return None


def _looks_like_name(reference: str) -> bool:
    words = [word.lower() for word in re.findall(r"[^\W\d_]{2,}", reference)]
    if not words:
        return False
    if not any(letter.isdigit() for letter in reference):
        return True
    unknown = [word for word in words if word not in ORDINARY and len(word) > 3]
    return any(word in GIVEN_NAMES for word in words) or len(unknown) > 1
