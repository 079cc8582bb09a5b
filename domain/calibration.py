"""A calibration case: one anonymised case that every auditor grades blind, and what came of it.

Blind means blind: until it closes nobody learns what another gave, nor what the Panel thinks. Afterwards
people see how the grades spread, never whose they are.

Source: SG-03, SG-04, PR-05; the framework file's `calibration_days` and `smallest_count`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.agreement import Reading, alpha
from domain.grades import Grade

LEAST_SECTIONS, MOST_SECTIONS = 2, 8
"""How many sections a case asks for: with one there is nothing to compare, with more nobody begins."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """One case."""

    id: int
    title: str
    text: str
    sections: tuple[str, ...]
    """Keys of the sections to grade, in the order of the framework."""
    opened_by: int
    opened_at: datetime
    closes_on: date
    """The last day on which it can be graded."""
    panel: Mapping[str, Grade]
    """The Panel's own grade of each section; nobody's to see until it closes, but the PSW's."""
    because: str
    """The Panel's reason."""
    closed_at: datetime | None
    helped: frozenset[int] = frozenset()
    """Who helped to set the Panel's grades."""

    @property
    def is_open(self) -> bool:
        """Whether it can still be graded."""
        return self.closed_at is None

    @property
    def knowing(self) -> frozenset[int]:
        """Who knows the Panel's grades, whatever their post is now, and so cannot grade blind."""
        return self.helped | {self.opened_by}


@dataclass(frozen=True, slots=True)
class BlindGrades:
    """What one auditor gave; theirs alone."""

    person_id: int
    grades: Mapping[str, Grade]
    """Section key to grade."""
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a closed case: numbers, and nobody's name."""

    graded: int
    """How many auditors graded it."""
    spread: Mapping[str, Mapping[Grade, int]] | None
    """Section key to how many gave each grade; None where so few graded that each could be guessed."""
    agreement: Reading | None
    """Between the auditors, the sections being what they all judged; None with the spread."""


def outcome(sections: Sequence[str], given: Sequence[BlindGrades], *, smallest: int) -> Outcome:
    """The spread and the agreement of everyone's grades; neither for fewer than `smallest` people."""
    if len(given) < smallest:
        return Outcome(len(given), None, None)
    by_section = {key: [one.grades[key] for one in given if key in one.grades] for key in sections}
    spread = {key: {grade: Counter(grades)[grade] for grade in Grade} for key, grades in by_section.items()}
    figure = alpha([[grade.rank for grade in grades] for grades in by_section.values()])
    return Outcome(len(given), spread, Reading(len(sections), True, figure))
