"""What is said of a grade that may not fit: counted and compared, never judged (MO-03, SG-04)."""

from dataclasses import replace

import pytest

from domain.framework import Framework
from domain.grades import Grade
from domain.misgraded import doubts
from domain.moderation import Moderation, Verdict
from domain.pages import OVERALL, Mark, OverallPage, Page, SectionPage
from tests.domain.draw_builders import decided

WHOLE = ("Visits were regular.", "This was because the worker asked.", "The child feels safer.")
GOOD, RI = Grade.GOOD, Grade.REQUIRES_IMPROVEMENT


def said(
    framework: Framework, pages: dict[str, Page], *history: Moderation, overall: Grade = GOOD
) -> list[str]:
    """The doubts of an audit that has these pages and is otherwise Good and whole."""
    sections: dict[str, Page] = {key: SectionPage(GOOD, *WHOLE) for key in framework.section_keys[1:]}
    every = {**sections, OVERALL: OverallPage(overall, *WHOLE), **pages}
    return [doubt.says for doubt in doubts(every, history, framework)]


def graded(framework: Framework, *grades: Grade) -> dict[str, Page]:
    keys = framework.section_keys[1:]
    return {key: SectionPage(grade, *WHOLE) for key, grade in zip(keys, grades, strict=False)}


@pytest.mark.rule("MO-03")
def test_an_audit_whose_grades_and_words_agree_raises_no_doubt(framework: Framework) -> None:
    assert said(framework, {}, decided(), decided()) == []


@pytest.mark.rule("MO-03", "Q24")
def test_an_overall_grade_above_most_sections_is_said_and_one_above_half_is_not(framework: Framework) -> None:
    half = graded(framework, *[RI] * 3)
    most = graded(framework, *[RI] * 4)

    assert said(framework, half) == []
    assert said(framework, most) == ["The overall grade, Good, is above 4 of its 7 sections."]
    assert said(framework, most, overall=RI) == []


@pytest.mark.rule("MO-03", "WH-02", "WH-03")
def test_a_rationale_without_reason_or_effect_is_said(framework: Framework) -> None:
    thin = {
        OVERALL: OverallPage(GOOD, "All was fine.", "", ""),
        "planning": SectionPage(GOOD, "All was fine.", "Because the plan is good.", ""),
    }

    assert said(framework, thin) == [
        "The overall rationale gives no reason for the grade.",
        "The overall rationale does not say what it meant for the child.",
        "1 of 7 sections lacks what it meant for the child.",
    ]


@pytest.mark.rule("MO-03")
@pytest.mark.parametrize(
    ("grade", "marks", "against"),
    [
        (Grade.GOOD, "met met not_met not_met", ""),
        (Grade.GOOD, "met not_met not_met na", "2 of the 3 items marked are not met"),
        (Grade.OUTSTANDING, "met met partly na", ""),
        (Grade.OUTSTANDING, "met met met not_met", "1 of the 4 items marked is not met"),
        (Grade.REQUIRES_IMPROVEMENT, "met partly", ""),
        (Grade.REQUIRES_IMPROVEMENT, "met", ""),
        (Grade.INADEQUATE, "met met na", "all 2 items marked are met"),
        (Grade.GOOD, "", ""),
    ],
)
def test_marks_that_speak_against_the_grade_are_said(
    grade: Grade, marks: str, against: str, framework: Framework
) -> None:
    marked = {f"GL-P{n}": Mark(word) for n, word in enumerate(marks.split(), start=1)}
    page = replace(SectionPage(grade, *WHOLE), marks=marked)

    found = said(framework, {"planning": page})

    label = framework.grade_label(grade)
    assert found == ([f"Planning is graded {label}, and {against}."] if against else [])


@pytest.mark.rule("MO-03")
def test_the_auditors_earlier_audits_are_said_last_and_known_for_what_they_are(framework: Framework) -> None:
    pages = {OVERALL: OverallPage(GOOD, *WHOLE[:2], "")}
    concern = Verdict.CONCERN
    history = (
        decided(),
        decided(verdict=concern),
        decided(grade_changed=True),
        decided(verdict=concern, grade_changed=True),
    )

    found = doubts(pages, history, framework)

    assert [(doubt.says, doubt.about_audit) for doubt in found] == [
        ("The overall rationale does not say what it meant for the child.", True),
        ("The Panel changed a grade in 2 of 4 of this auditor's audits.", False),
        (
            "The Panel had a concern, without changing a grade, in 1 of 4 of this auditor's audits.",
            False,
        ),
    ]
