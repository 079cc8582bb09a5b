"""Reads what was typed into a page of a moderation.

A value that makes no sense is reported beside its field; the page is then not saved, and the card shows
everything as it was typed.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from domain.grades import Grade
from domain.moderation import AuditTest, Met, Verdict
from domain.moderation_form import BECAUSE_LIMIT, MISSING_LINES, ModerationForm, SectionGrade
from domain.moderation_parts import (
    DECIDE,
    MISSING,
    OUTPUTS,
    OVERALL,
    START,
    TESTS,
    Original,
    graded_on,
)
from domain.page_reading import Typed
from domain.pages import ActionLine

EXAMPLES_OFFERED = 2
"""How many example audits one moderation may offer; more is a reading list."""


def read_part(
    part: str,
    inputs: Mapping[str, object],
    form: ModerationForm,
    *,
    original: Original,
    owners: Collection[int],
    examples: Collection[int],
    today: date,
) -> tuple[ModerationForm, dict[str, str]]:
    """The form with this page as typed, and what is wrong by input name; other pages stay as they are.

    `owners` are those who may own an action and `examples` the approved ones.
    """
    typed = Typed(inputs, today)
    if part == START:
        form = replace(form, file_read_on=typed.day("file_read_on", past=True))
    elif part == TESTS:
        answers = ((test, typed.choice(f"test_{test.value}", Met)) for test in AuditTest)
        form = replace(form, tests={test: met for test, met in answers if met is not None})
    elif part == OUTPUTS:
        form = _outputs(typed, form, examples)
    elif part == MISSING:
        form = _missing(typed, form, owners)
    elif part == DECIDE:
        form = replace(form, verdict=typed.choice("verdict", Verdict))
    else:
        form = _grades(typed, form, graded_on(original)[part])
    return form, typed.errors


def _grades(typed: Typed, form: ModerationForm, keys: Collection[str]) -> ModerationForm:
    sections = dict(form.sections)
    for key in keys:
        one = SectionGrade(typed.choice(f"grade_{key}", Grade), typed.text(f"because_{key}", BECAUSE_LIMIT))
        if key == OVERALL:
            form = replace(form, overall=one.grade, overall_because=one.because)
        elif one == SectionGrade():
            # Looking is not grading: a section nobody said a word of is left out as before.
            sections.pop(key, None)
        else:
            sections[key] = one
    return replace(form, sections=sections)


def _outputs(typed: Typed, form: ModerationForm, examples: Collection[int]) -> ModerationForm:
    chosen: list[int] = []
    for number in range(1, EXAMPLES_OFFERED + 1):
        example_id = typed.choice(f"example_{number}", int) or None
        # One withdrawn since it was offered stays, and may be taken away.
        if example_id is not None and example_id not in {*examples, *form.example_ids}:
            typed.errors[f"example_{number}"] = "Please choose one of the examples shown."
        elif example_id is not None and example_id not in chosen:
            chosen.append(example_id)
    return replace(
        form,
        strengths=typed.text("strengths"),
        development=typed.text("development"),
        practice=typed.text("practice"),
        organisation=typed.text("organisation"),
        example_ids=tuple(chosen),
    )


def _missing(typed: Typed, form: ModerationForm, owners: Collection[int]) -> ModerationForm:
    # A day chosen on an earlier visit may have passed since; it is asked for again when deciding.
    chosen = {line.due_on for line in form.missing}
    lines = []
    for number in range(1, MISSING_LINES + 1):
        owner = typed.choice(f"missing_owner_{number}", int) or None
        if owner is not None and owner not in owners:
            typed.errors[f"missing_owner_{number}"] = "Please choose one of the people shown."
            owner = None
        due = typed.day(f"missing_due_{number}", future=True, kept=chosen)
        line = ActionLine(typed.text(f"missing_what_{number}"), owner, due)
        if not line.is_blank:
            lines.append(line)
    # Words that name an action say more than the box that was ticked before they were written.
    nothing = typed.text("nothing_missing").lower() == "true" and not lines
    return replace(form, missing=tuple(lines), nothing_missing=nothing)
