"""The pages of a moderation, and what the auditor's own grades are that the Panel's stand beside.

Source: MO-08 to MO-14, MO-18, Q24; workflow 1B step 12.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.grades import Grade
from domain.moderation_form import ModerationForm

START = "start"
"""The audit in short, every way to read it in full, and when the child's file was read."""
TESTS = "tests"
GRADES = "grades"
"""The first page of grades; the next is called "grades_2"."""
OUTPUTS = "outputs"
MISSING = "missing"
"""Remedial actions that the audit lacks."""
DECIDE = "decide"

OVERALL = "overall"
"""Stands for the whole wherever a section's key is expected."""

SECTIONS_ON_A_PAGE = 4
"""With more of them a page is longer on a phone than anybody scrolls."""


@dataclass(frozen=True, slots=True)
class Original:
    """The auditor's own grades, which stay (MO-21)."""

    overall: Grade
    sections: Mapping[str, Grade]
    """Section key to its grade, in the order of the audit."""

    def of(self, key: str) -> Grade | None:
        """The grade of a section, or of the whole."""
        return self.overall if key == OVERALL else self.sections.get(key)


def graded_on(original: Original) -> dict[str, tuple[str, ...]]:
    """Each page of grades to what is graded on it; the whole comes last, once its sections are (Q24)."""
    keys = tuple(original.sections)
    starts = range(0, max(len(keys), 1), SECTIONS_ON_A_PAGE)
    pages = [keys[start : start + SECTIONS_ON_A_PAGE] for start in starts]
    pages[-1] = (*pages[-1], OVERALL)
    return {GRADES if n == 1 else f"{GRADES}_{n}": page for n, page in enumerate(pages, start=1)}


def parts_of(original: Original) -> tuple[str, ...]:
    """The pages in their usual order; any order is allowed."""
    return (START, TESTS, *graded_on(original), OUTPUTS, MISSING, DECIDE)


def given(form: ModerationForm, key: str) -> tuple[Grade | None, str]:
    """The Panel's grade of a section or of the whole, and why."""
    if key == OVERALL:
        return form.overall, form.overall_because
    one = form.sections.get(key)
    return (one.grade, one.because) if one else (None, "")


def differing(form: ModerationForm, original: Original) -> tuple[str, ...]:
    """What the Panel grades otherwise than the auditor did: section keys, and the whole."""
    return tuple(
        key
        for key in (*original.sections, OVERALL)
        if (grade := given(form, key)[0]) is not None and grade is not original.of(key)
    )
