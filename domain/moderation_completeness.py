"""What a moderation still lacks before it can be decided.

Source: MO-08 to MO-14, MO-09, Q9, Q15, Q24, SG-05; workflow 1B step 12.
"""

from collections.abc import Collection
from datetime import date

from domain.framework import Framework
from domain.moderation import AuditTest
from domain.moderation_form import ModerationForm
from domain.moderation_parts import (
    DECIDE,
    MISSING,
    OUTPUTS,
    OVERALL,
    START,
    TESTS,
    Original,
    given,
    graded_on,
    parts_of,
)

_TESTS = {
    AuditTest.COVERED: "whether the key elements are covered",
    AuditTest.TRIANGULATED: "whether the evidence is triangulated",
    AuditTest.BALANCED: "whether strengths and developments are shown",
    AuditTest.APPLIED: "whether the criteria are applied and explained",
    AuditTest.PLAN: "whether there is a clear plan to reach Good",
}


def lacking(
    part: str,
    form: ModerationForm,
    *,
    original: Original,
    framework: Framework,
    owners: Collection[int],
    today: date,
) -> tuple[str, ...]:
    """What this page lacks, a short phrase each; empty when it is complete.

    `owners` are those who may own an action by now; an agreed day before `today` is asked for again.
    """
    if part == START:
        return () if form.file_read_on else ("the day you read the child's file",)
    if part == TESTS:
        return tuple(words for test, words in _TESTS.items() if test not in form.tests)
    if part == OUTPUTS:
        texts = (
            (form.strengths, "what the auditor did well"),
            (form.development, "what would help the auditor next time"),
            (form.practice, "a word on the practice"),
            (form.organisation, "what the organisation can learn"),
        )
        return tuple(words for text, words in texts if not text.strip())
    if part == MISSING:
        return _missing_actions(form, owners, today)
    if part == DECIDE:
        return () if form.verdict else ("whether the audit is satisfactory or a concern",)
    keys = graded_on(original)[part]
    return tuple(gap for key in keys if (gap := _grade(form, key, original, framework)))


def missing(
    form: ModerationForm,
    *,
    original: Original,
    framework: Framework,
    owners: Collection[int],
    today: date,
) -> dict[str, tuple[str, ...]]:
    """Page to what it lacks, for every page that lacks something, in the order of the pages."""
    gaps = {
        part: lacking(part, form, original=original, framework=framework, owners=owners, today=today)
        for part in parts_of(original)
    }
    return {part: found for part, found in gaps.items() if found}


def _grade(form: ModerationForm, key: str, original: Original, framework: Framework) -> str:
    """The whole is judged like every section and never worked out from them (Q24)."""
    grade, because = given(form, key)
    name = "the whole" if key == OVERALL else framework.section(key).title
    if grade is None:
        return f"your grade for {name}"
    if grade is not original.of(key) and not because.strip():
        return f"why your grade for {name} differs from the auditor's"
    return ""


def _missing_actions(form: ModerationForm, owners: Collection[int], today: date) -> tuple[str, ...]:
    gaps: list[str] = []
    written = [line for line in form.missing if not line.is_blank]
    for number, line in enumerate(written, start=1):
        if line.owner_id is None:
            gaps.append(f"who sees to missing action {number}")
        elif line.owner_id not in owners:
            gaps.append(f"a new owner for missing action {number}, as the one chosen has left or moved on")
        if line.due_on is None:
            gaps.append(f"a day for missing action {number}")
        elif line.due_on < today:
            gaps.append(f"a new day for missing action {number}, as the one chosen has passed")
    if not written and not form.nothing_missing:
        gaps.append("the actions that are missing, or that nothing is")
    return tuple(gaps)
