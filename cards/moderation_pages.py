"""The fields of each page of a moderation.

Input ids are the stable field names that `domain.moderation_reading` reads saves by:

    start      file_read_on
    tests      test_<test>
    grades     grade_<section or "overall">, because_<section or "overall">
    outputs    strengths, development, practice, organisation, example_1, example_2
    missing    missing_what_1 … 3, missing_owner_1 … 3, missing_due_1 … 3, nothing_missing
    decide     verdict

Source: MO-08 to MO-14, MO-18, Q15, Q24, SG-03.
"""

from cards.buttons import row, toggle
from cards.elements import Element, bold, box, columns, labelled, run, says, typed
from cards.fields import Form
from cards.moderation_words import MET, QUESTIONS, section_title
from cards.views import ReviewPart
from cards.views_panel import ModerationView
from cards.wording import day, excerpt
from domain.moderation import AuditTest
from domain.moderation_form import BECAUSE_LIMIT, MISSING_LINES
from domain.moderation_parts import OVERALL, given, graded_on
from domain.moderation_reading import EXAMPLES_OFFERED
from domain.pages import ActionLine

NOBODY = "0"
"""Takes a choice away again; a list on a phone can't be emptied."""
_RATIONALE_BESIDE = 110
"""Characters of the auditor's rationale beside a grade; the whole of it is one press away."""
_AGREED_SHOWN = 160

Drawn = tuple[str, list[Element]]
"""The opening question and the fields."""


def tests_body(view: ModerationView, form: Form) -> Drawn:
    """The five tests, each met, partly met or not (MO-10 to MO-14)."""
    saved = view.found.form.tests
    answers = [(met.value, words) for met, words in MET.items()]
    fields: list[Element] = []
    for test in AuditTest:
        value = saved[test].value if test in saved else ""
        fields += form.choice(f"test_{test.value}", QUESTIONS[test], answers, value, expanded=True)
    return "Does this audit tell what life is like for the child, and how we know?", fields


def grades_body(view: ModerationView, form: Form, rationale_limit: int) -> Drawn:
    """The Panel's grade beside the auditor's, with why where it differs; the whole is judged likewise."""
    fields: list[Element] = []
    for key in graded_on(view.found.original)[view.part]:
        fields += _grade(view, form, key, rationale_limit)
    return "What did this child really get, and would you have called it the same?", fields


def _grade(view: ModerationView, form: Form, key: str, rationale_limit: int) -> list[Element]:
    framework = view.framework
    name = section_title(framework, key)
    was = view.found.original.of(key)
    grade, because = given(view.found.form, key)
    choices = [(text.grade.value, text.label) for text in framework.grades]
    head: list[Element] = [typed(bold(name))]
    if was:
        head.append(typed("The auditor: ", bold(framework.grade_label(was)), spacing="none"))
    title, beside = columns(("stretch", head), separator=True, spacing="medium"), []
    if part := next((one for one in view.parts if one.key == key), None):
        read = toggle("Rationale", f"why_{key}") | {"tooltip": f"Read the auditor's rationale: {name}"}
        title = columns(("stretch", head), ("auto", [row(read)]), separator=True, spacing="medium")
        beside = _rationale(part, key, rationale_limit)
    if key == OVERALL:
        beside.append(says("Your judgement of the whole, never an average of the sections.", subtle=True))
    why = form.text(
        f"because_{key}",
        f"Why, if it differs: {name}",
        because,
        error=f"Please keep this to {BECAUSE_LIMIT:,} characters.",
        spacing="small",
    )
    why[0]["maxLength"] = BECAUSE_LIMIT
    return [
        title,
        *beside,
        *form.choice(
            f"grade_{key}", f"Your grade: {name}", choices, grade.value if grade else "", spacing="small"
        ),
        *why,
    ]


def _rationale(part: ReviewPart, key: str, limit: int) -> list[Element]:
    """How the rationale begins, and the whole of it behind its button."""
    texts = [(label, text) for label, text in part.lines if label != "Grade"]
    if not texts:
        return []
    begins, _ = excerpt(texts[0][1], _RATIONALE_BESIDE)
    whole: list[Element] = [labelled((label, excerpt(text, limit)[0]) for label, text in texts)]
    if any(len(text) > limit for _, text in texts):
        whole.append(says("This is its beginning: read the audit for the whole.", subtle=True))
    return [
        typed(run(begins, subtle=True), spacing="none"),
        box(whole, id=f"why_{key}", hidden=True, style="emphasis", spacing="small"),
    ]


def outputs_body(view: ModerationView, form: Form) -> Drawn:
    """Four texts, each with whom it goes to, and example audits to offer (MO-09, MO-16, MO-18)."""
    saved = view.found.form
    sections = view.framework
    examples = [
        (str(one.example_id), f"{one.title} ({section_title(sections, one.section)})")
        for one in view.found.examples
    ]
    fields: list[Element] = [
        says(
            "For the auditor, the Panel and the auditor's own service manager; nobody else reads it.",
            subtle=True,
        ),
        *form.text("strengths", "What did the auditor do well?", saved.strengths),
        *form.text("development", "What would help them next time, and how?", saved.development),
        says("For everyone who gets the moderation.", subtle=True, spacing="medium"),
        *form.text("practice", "What do you say of the practice with this child?", saved.practice),
        says("For the learning log, without anybody's name.", subtle=True, spacing="medium"),
        *form.text("organisation", "What can the organisation learn?", saved.organisation),
    ]
    if examples:
        for number in range(1, EXAMPLES_OFFERED + 1):
            offered = saved.example_ids[number - 1 : number]
            label = "An example audit to offer, if one helps" if number == 1 else "Another one"
            chosen = str(offered[0]) if offered else ""
            fields += form.choice(f"example_{number}", label, [(NOBODY, "None"), *examples], chosen)
    return "What would make the next child's audit, and the next child's help, better?", fields


def missing_body(view: ModerationView, form: Form) -> Drawn:
    """What is agreed already, and up to three actions that are missing (MO-09, Q15)."""
    found = view.found
    agreed = [
        typed("•  " + excerpt(one.what, _AGREED_SHOWN)[0], f" ({one.owner_name}, by {day(one.due_on)})")
        for one in found.file.actions
    ]
    fields: list[Element] = [
        typed(bold("Agreed already")) if agreed else says("The audit agrees no action.", bold=True),
        *agreed,
        *form.tick("nothing_missing", "If that is enough", "Nothing is missing", found.form.nothing_missing),
        says(f"A usual day for what is missing would be {day(found.suggested_day)}.", subtle=True),
    ]
    for number in range(1, MISSING_LINES + 1):
        saved = found.form.missing[number - 1 : number]
        fields.append(_action(view, number, saved[0] if saved else ActionLine(), form))
    return "What does this child still need that nobody has agreed to do?", fields


def _action(view: ModerationView, number: int, saved: ActionLine, form: Form) -> Element:
    owners = [(str(person_id), label) for person_id, label in view.found.file.owners]
    chosen = str(saved.owner_id) if saved.owner_id is not None else ""
    # Someone who has left since is not offered again.
    gone = bool(chosen) and chosen not in dict(owners)
    fields = [
        *form.text(f"missing_what_{number}", f"Missing action {number}: what?", saved.what),
        *form.choice(
            f"missing_owner_{number}",
            f"Missing action {number}: who sees to it?",
            [(NOBODY, "Nobody yet"), *owners],
            "" if gone else chosen,
            spacing="small",
        ),
        *form.date(
            f"missing_due_{number}", f"Missing action {number}: by when?", saved.due_on, spacing="small"
        ),
    ]
    is_open = number == 1 or bool(saved.what) or _typed(view, number)
    if is_open:
        return box(fields, separator=number > 1, spacing="medium")
    # Most audits lack one action or none, and three empty forms would fill a phone twice.
    title = f"One more missing action ({number})"
    opens = row(toggle(title, f"more_{number}"), spacing="small")
    return box([opens, box(fields, id=f"more_{number}", hidden=True, spacing="small")])


def _typed(view: ModerationView, number: int) -> bool:
    names = ("what", "owner", "due")
    return view.typed is not None and any(view.typed.get(f"missing_{n}_{number}") for n in names)
