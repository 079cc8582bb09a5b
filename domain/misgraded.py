"""What makes a grade look as if it may not fit, in plain sentences; people decide what to make of it.

The Panel picks audits that look misgraded. These sentences count and compare what the auditor wrote and
marked; none of them says that a grade is wrong.

Source: MO-03, SG-04, Q24, WH-02, WH-03.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.coach import HintKind, gaps
from domain.framework import Framework, Section
from domain.grades import Grade
from domain.moderation import Moderation, Verdict
from domain.pages import OVERALL, Mark, OverallPage, Page, SectionPage


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to look again."""

    says: str
    about_audit: bool
    """False for what only the auditor's earlier audits say."""


def doubts(
    pages: Mapping[str, Page], history: Sequence[Moderation], framework: Framework
) -> tuple[Doubt, ...]:
    """Every reason to look at a submitted audit again, those about its grades first.

    `history` holds the decided moderations of the auditor's audits.
    """
    sections = tuple(
        (section, page)
        for section in framework.sections
        if isinstance(page := pages.get(section.key), SectionPage) and page.grade is not None
    )
    overall = pages.get(OVERALL)
    about_audit = (
        *(_above_sections(overall, sections, framework) if isinstance(overall, OverallPage) else ()),
        *_against_marks(sections, framework),
        *(_thin_overall(overall, framework) if isinstance(overall, OverallPage) else ()),
        *_thin_sections(sections, framework),
    )
    return (*(Doubt(says, True) for says in about_audit), *(Doubt(says, False) for says in _history(history)))


_Sections = tuple[tuple[Section, SectionPage], ...]


def _above_sections(overall: OverallPage, sections: _Sections, framework: Framework) -> Iterable[str]:
    if overall.grade is None:
        return
    below = sum(page.grade is not None and page.grade.rank < overall.grade.rank for _, page in sections)
    if below * 2 > len(sections):
        label = framework.grade_label(overall.grade)
        yield f"The overall grade, {label}, is above {below} of its {len(sections)} sections."


def _against_marks(sections: _Sections, framework: Framework) -> Iterable[str]:
    for section, page in sections:
        if page.grade is not None and (against := _against(page.grade, tuple(page.marks.values()))):
            yield f"{section.title} is graded {framework.grade_label(page.grade)}, and {against}."


def _against(grade: Grade, marks: Sequence[Mark]) -> str:
    """What the marked items say against the grade; empty when nothing. Marking is optional (2.13)."""
    marked = [mark for mark in marks if mark is not Mark.NOT_APPLICABLE]
    not_met = marked.count(Mark.NOT_MET)
    if grade.below_good:
        return f"all {len(marked)} items marked are met" if len(marked) > 1 and _all_met(marked) else ""
    most = 0 if grade is Grade.OUTSTANDING else len(marked) // 2
    return f"{not_met} of the {len(marked)} items marked {_is(not_met)} not met" if not_met > most else ""


def _all_met(marked: Iterable[Mark]) -> bool:
    return all(mark is Mark.MET for mark in marked)


def _thin_overall(overall: OverallPage, framework: Framework) -> Iterable[str]:
    found = gaps(overall.judgement, overall.action, overall.impact, framework)
    if HintKind.NO_REASON in found:
        yield "The overall rationale gives no reason for the grade."
    if HintKind.NO_EFFECT in found:
        yield "The overall rationale does not say what it meant for the child."


def _thin_sections(sections: _Sections, framework: Framework) -> Iterable[str]:
    found = [gaps(page.judgement, page.action, page.impact, framework) for _, page in sections]
    for kind, lacks in (
        (HintKind.NO_REASON, "a reason for the grade"),
        (HintKind.NO_EFFECT, "what it meant for the child"),
    ):
        if lacking := sum(kind in one for one in found):
            verb = "lacks" if lacking == 1 else "lack"
            yield f"{lacking} of {len(found)} sections {verb} {lacks}."


def _history(history: Sequence[Moderation]) -> Iterable[str]:
    if changed := sum(bool(one.grade_changed) for one in history):
        yield f"The Panel changed a grade in {changed} of {len(history)} of this auditor's audits."
    # A changed grade says enough by itself; whether the Panel had a concern besides adds nothing to it.
    if concerns := sum(one.verdict is Verdict.CONCERN and not one.grade_changed for one in history):
        yield (
            f"The Panel had a concern, without changing a grade, in {concerns} of {len(history)} of this "
            "auditor's audits."
        )


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
