"""Example audits: anonymised, approved by the principal social worker, read beside the guidance.

Source: MO-18, SG-01, SG-03.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.grades import Grade
from domain.identifiers import person_like
from domain.moderation_parts import OVERALL

TITLE_LIMIT = 120


class ExampleState(StrEnum):
    """Where an example stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Example:
    """One example, without anybody's name and without a case's reference."""

    id: int
    title: str
    section: str
    """A section's key, or "overall"."""
    grade: Grade
    text: str
    why: str
    """Why it is a good example."""
    state: ExampleState
    version: int

    @property
    def about_the_whole(self) -> bool:
        """Whether it is an overall judgement."""
        return self.section == OVERALL


def told_of_somebody(
    texts: Iterable[str],
    *,
    own_words: frozenset[str],
    staff: Iterable[str],
    references: Iterable[str],
) -> tuple[str, ...]:
    """What in these texts says who somebody is, as it stands there, each once.

    `staff` are names of the council's own people and `references` those of its cases: no general list knows
    of either. Source: SG-01, SG-03.
    """
    written = tuple(texts)
    found = [one.excerpt for text in written for one in person_like(text, ordinary_words=own_words)]
    folded = "\n".join(written).casefold()
    found += [name for name in (*staff, *references) if name.strip() and _stands_in(folded, name.casefold())]
    return tuple(dict.fromkeys(found))


def _stands_in(text: str, name: str) -> bool:
    """Whether this stands there as a word or words of its own; a council has thousands to look for."""
    return name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
