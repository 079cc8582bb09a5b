"""Good work that deserves a word: what the bot suggests, from grades that count. A person decides (SG-04).

Source: CA-21, MO-21, SG-04.
"""

from dataclasses import dataclass
from datetime import date

from domain.grades import Grade
from domain.loop import Found

TEXT_LIMIT = 1000
"""Characters of a note; praise that is read at a glance is read again."""
MOST_NAMED = 3
"""How many sections a suggestion names; a longer list praises nothing in particular."""


@dataclass(frozen=True, slots=True)
class GoodWork:
    """What stands out in one audit."""

    found: Found
    sections: tuple[str, ...]
    """The best sections, Outstanding ones alone where there are any."""

    @property
    def outstanding(self) -> bool:
        """Whether the sections named are Outstanding."""
        return any(self.found.sections[key] is Grade.OUTSTANDING for key in self.sections)


@dataclass(frozen=True, slots=True)
class Praised:
    """A praise note as one of its readers has it."""

    audit_id: int
    is_own: bool
    """Whether the reader is the one who was praised."""
    to_name: str
    by_name: str
    given_on: date
    text: str
    """As it was written; it names no case."""


def good_work(found: Found, section_keys: tuple[str, ...]) -> GoodWork | None:
    """What stands out in an audit that is Good as a whole or Outstanding somewhere; else None."""
    graded = [key for key in section_keys if key in found.sections]
    best = [key for key in graded if found.sections[key] is Grade.OUTSTANDING]
    if not best and not found.grade.below_good:
        best = [key for key in graded if found.sections[key] is Grade.GOOD]
    return GoodWork(found, tuple(best[:MOST_NAMED])) if best else None
