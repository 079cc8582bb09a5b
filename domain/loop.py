"""A submitted audit as reports count it: what was found, and what became of it.

A held moderation shows nowhere: until it is released, the auditor's grades count and what the Panel found
missing is not there. Once released, the Panel's count (MO-17, MO-21).

Source: CA-18 to CA-21, CA-23, MO-21, OG-06, RO-08; workflow 1B steps 15 to 18.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.closing import Impact
from domain.grades import Grade
from domain.moderation import Moderation
from domain.moderation_form import from_body


@dataclass(frozen=True, slots=True)
class FoundAction:
    """An action as it stands."""

    state: str
    """"open", "done" or "confirmed"."""
    due_on: date
    id: int = 0
    """The action's own, so that a figure can be traced to it."""


@dataclass(frozen=True, slots=True)
class Found:
    """One submitted audit."""

    audit_id: int
    round_id: int
    team_id: int
    """The team holding the case when the audit was given out."""
    service_id: int
    auditor_id: int
    practitioner_id: int
    submitted_on: date
    original: Grade
    """The auditor's overall grade."""
    grade: Grade
    """The one that counts."""
    sections: Mapping[str, Grade] = field(default_factory=dict)
    """Section to the grade that counts."""
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Section to the components of good practice it was tagged with."""
    voices: Mapping[str, bool] = field(default_factory=dict)
    """Whose views were asked for, and whether they were obtained."""
    actions: tuple[FoundAction, ...] = ()
    discussed: bool = False
    """Talked through in supervision, the Panel's part included."""
    closed: bool = False
    impact: Impact | None = None

    @property
    def themes(self) -> frozenset[str]:
        """Sections below Good, and the tags given in them."""
        weak = [key for key, grade in self.sections.items() if grade.below_good]
        return frozenset(weak) | {tag for key in weak for tag in self.tags.get(key, ())}


def counting_sections(original: Mapping[str, Grade], moderation: Moderation | None) -> dict[str, Grade]:
    """Section to the grade that counts: the Panel's once it is released, else the auditor's (MO-21)."""
    if moderation is None or moderation.released_at is None:
        return dict(original)
    moderated = from_body(moderation.body).sections
    given = {key: one.grade for key, one in moderated.items() if one.grade is not None}
    return {key: given.get(key, grade) for key, grade in original.items()}
