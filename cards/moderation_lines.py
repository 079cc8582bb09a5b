"""A moderation's content as labelled lines to read: for the last look, for reading, for a stale save."""

from collections.abc import Mapping

from cards.moderation_words import MET, QUESTIONS, VERDICTS, section_title
from cards.wording import day
from domain.framework import Framework
from domain.grades import Grade
from domain.moderation import AuditTest
from domain.moderation_file import ModerationFile
from domain.moderation_form import ModerationForm
from domain.moderation_parts import DECIDE, MISSING, OUTPUTS, OVERALL, START, TESTS, given, graded_on

Lines = tuple[tuple[str, str], ...]
"""(label, text), only those that say something."""


def part_lines(part: str, form: ModerationForm, found: ModerationFile, framework: Framework) -> Lines:
    """What a page of the form says, in reading order."""
    if part == START:
        read_on = form.file_read_on
        lines = [("The child's file was read on", day(read_on) if read_on else "")]
    elif part == TESTS:
        lines = [(QUESTIONS[test], MET[form.tests[test]]) for test in AuditTest if test in form.tests]
    elif part == OUTPUTS:
        titles = {one.example_id: one.title for one in found.examples}
        lines = [
            ("What the auditor did well", form.strengths),
            ("What would help the auditor next time", form.development),
            ("The practice with this child", form.practice),
            ("What the organisation can learn", form.organisation),
            ("Example audits offered", "\n".join(titles.get(i, "") for i in form.example_ids)),
        ]
    elif part == MISSING:
        lines = _missing(form, dict(found.file.owners))
    elif part == DECIDE:
        lines = [("The audit is", VERDICTS[form.verdict])] if form.verdict else []
    else:
        lines = _grades(part, form, found, framework)
    return tuple((label, text) for label, text in lines if text.strip())


def _grades(
    part: str, form: ModerationForm, found: ModerationFile, framework: Framework
) -> list[tuple[str, str]]:
    """Every grade, as every one is kept (MO-21)."""
    lines = []
    for key in graded_on(found.original)[part]:
        grade, because = given(form, key)
        was = found.original.of(key)
        said = framework.grade_label(grade) if grade else ""
        if grade and was and grade is not was:
            said += f" (the auditor: {framework.grade_label(was)})"
        lines.append((section_title(framework, key), f"{said}\n{because}" if because else said))
        final, why = _final(key, form, found)
        if final is not None:
            label = f"{section_title(framework, key)}, final grade after the talk"
            lines.append((label, f"{framework.grade_label(final)}\n{why}"))
    return lines


def _final(key: str, form: ModerationForm, found: ModerationFile) -> tuple[Grade | None, str]:
    if key == OVERALL:
        return found.moderation.other_final, found.moderation.final_because
    one = form.sections.get(key)
    return (one.final, one.final_because) if one else (None, "")


def _missing(form: ModerationForm, people: Mapping[int, str]) -> list[tuple[str, str]]:
    lines = []
    for number, line in enumerate(form.missing, start=1):
        owner = people.get(line.owner_id, "") if line.owner_id is not None else ""
        by = [owner or "nobody yet", f"by {day(line.due_on)}" if line.due_on else "no day yet"]
        lines.append((f"Missing action {number} ({', '.join(by)})", line.what))
    if form.nothing_missing:
        lines.append(("Actions", "Nothing is missing."))
    return lines
