"""What the Panel reads for reasons, tests, pages and clocks, in plain words."""

from collections.abc import Mapping
from datetime import date

from cards.elements import Element, run
from cards.wording import day, days_left_words
from domain.framework import Framework
from domain.moderation import AuditTest, Met, Moderation, Reason, Verdict
from domain.moderation_parts import DECIDE, MISSING, OUTPUTS, OVERALL, START, TESTS

REASONS: Mapping[Reason, str] = {
    Reason.OUTSTANDING: "it is graded Outstanding",
    Reason.INADEQUATE: "it is graded Inadequate",
    Reason.NEW_AUDITOR: "its auditor is new to this",
    Reason.STRUGGLING_AUDITOR: "its auditor may welcome support after the last moderations",
    Reason.NOMINATED: "the team manager put it forward",
    Reason.CHOSEN: "the Panel would like a second look at its grade",
    Reason.TOP_UP: "it was drawn at random",
}

QUESTIONS: Mapping[AuditTest, str] = {
    AuditTest.COVERED: "Are the key elements of the audit covered?",
    AuditTest.TRIANGULATED: "Does the evidence for each grade rest on several sources?",
    AuditTest.BALANCED: "Does it show strengths as well as what needs developing?",
    AuditTest.APPLIED: "Are the criteria for the grades applied, and is it explained how?",
    AuditTest.PLAN: "Do worker and manager have a clear plan to reach Good?",
}
"""The five tests (MO-10 to MO-14)."""

MET: Mapping[Met, str] = {Met.MET: "Met", Met.PARTLY: "Partly met", Met.NOT: "Not met"}

VERDICTS: Mapping[Verdict, str] = {
    Verdict.SATISFACTORY: "Satisfactory: a sound piece of work",
    Verdict.CONCERN: "A concern: it needs talking through with the auditor",
}

_TITLES: Mapping[str, str] = {
    START: "An audit to moderate",
    TESTS: "Five tests of the audit",
    OUTPUTS: "What everyone can take from it",
    MISSING: "Actions that are missing",
    DECIDE: "Everything once more",
}


def title_of(part: str) -> str:
    """What people read for a page of the form."""
    if part in _TITLES:
        return _TITLES[part]
    _, _, number = part.partition("_")
    return f"Your grades, part {number}" if number else "Your grades"


def section_title(framework: Framework, key: str) -> str:
    """What people read for a section, or for the whole."""
    return "The whole" if key == OVERALL else framework.section(key).title


def reasons_chosen(moderation: Moderation) -> str:
    """Why the audit was chosen, in a sentence for a list."""
    return f"Chosen because {' and '.join(REASONS[reason] for reason in moderation.reasons)}."


def why_chosen(moderation: Moderation) -> str:
    """Why the audit was chosen, with what whoever chose it wrote."""
    note = f" Whoever chose it wrote: “{moderation.selected_note}”" if moderation.selected_note else ""
    return reasons_chosen(moderation) + note


def clock(due_on: date, today: date) -> list[Element]:
    """How long there is, in words and, once it is over, in colour too (MO-07, Q7)."""
    left = (due_on - today).days
    # Teams' yellow cannot be read on white, so what is near stands out by its words alone.
    color = "attention" if left < 0 else ""
    return [run(f"Due {day(due_on)}, "), run(days_left_words(left), bold=True, color=color)]
