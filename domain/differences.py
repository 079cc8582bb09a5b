"""Where the Panel's grades differ from one auditor's, for that auditor to learn from.

There is no coefficient and no count for one person: somebody with two moderated audits a year would be
judged by chance. Source: SG-03, SG-04, MO-16, MO-21, PR-05.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.agreement import Pair
from domain.grades import Grade
from domain.moderation_form import ModerationForm


@dataclass(frozen=True, slots=True)
class SectionDifference:
    """One section that the Panel graded otherwise."""

    key: str
    grades: Pair
    because: str
    """The Panel's reason, as written."""
    final: Grade | None = None
    """What the chair recorded after the talk, where that is another than the Panel's (MO-21)."""
    final_because: str = ""


@dataclass(frozen=True, slots=True)
class ModeratedAudit:
    """One audit of the auditor, as both graded it."""

    reference: str
    submitted_on: date | None
    released_on: date
    overall: Pair
    because: str
    """The Panel's reason for its overall grade; empty where it gave none."""
    final: Grade | None
    """What the chair recorded after the talk, where that is another than the Panel's (MO-21)."""
    different: tuple[SectionDifference, ...]
    """In the order of the framework."""
    alike: int
    """How many sections both graded alike."""


@dataclass(frozen=True, slots=True)
class Differences:
    """Some of one auditor's moderated audits, the latest first."""

    auditor_id: int
    auditor_name: str
    is_own: bool
    """Whether the auditor themselves reads it."""
    audits: tuple[ModeratedAudit, ...]
    start: int
    """The place of the first of these among all of them."""
    total: int


def section_pairs(original: Mapping[str, Grade], form: ModerationForm) -> dict[str, Pair]:
    """Section key to both grades, for the sections that both graded."""
    return {
        key: Pair(original[key], one.grade)
        for key, one in form.sections.items()
        if one.grade is not None and key in original
    }


def differences(
    original: Mapping[str, Grade], form: ModerationForm, order: tuple[str, ...]
) -> tuple[tuple[SectionDifference, ...], int]:
    """The sections graded otherwise, in this order of their keys, and how many were graded alike."""
    pairs = section_pairs(original, form)
    other = {key: pair for key, pair in pairs.items() if pair.original is not pair.moderated}
    found = tuple(
        SectionDifference(key, other[key], one.because, one.final, one.final_because)
        for key in order
        if key in other and (one := form.sections[key])
    )
    return found, len(pairs) - len(other)
