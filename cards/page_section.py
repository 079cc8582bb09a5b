"""A graded section: guidance, rationale in three boxes, sources with dates, grade.

Source: CA-13 to CA-15, 2.13, GR-01 to GR-05, WH-02, WH-03, WH-05.
"""

from collections.abc import Iterable

from cards.buttons import row, toggle
from cards.elements import Element, box, listed, says, typed
from cards.fields import Form
from cards.page_writing import Drawn
from cards.views import PageView
from cards.wording import count
from domain.framework import Framework, Section
from domain.grades import Grade
from domain.pages import SOURCE_LINES, Mark, OverallPage, SectionPage, Source

NO_MARK = "none"
"""Takes a mark away again; a list on a phone can't be emptied."""
MARKS = (
    (NO_MARK, "No mark"),
    (Mark.MET, "Met"),
    (Mark.PARTLY, "Partly met"),
    (Mark.NOT_MET, "Not met"),
    (Mark.NOT_APPLICABLE, "Does not apply"),
)
_SOURCES = ("First source", "Second source", "Third source")


def section_body(view: PageView, body: SectionPage, form: Form) -> Drawn:
    """The section's own question, its guidance and its fields."""
    section = view.framework.section(view.key)
    question = [
        typed_question(section.question),
        says(
            "Think of the evidence, the difference made and how it felt to the child. Are decisions "
            "explained, does the help have a purpose, is the pace right?",
            subtle=True,
            spacing="small",
        ),
    ]
    return question, [
        *_guidance(view.framework, section, body, form),
        *rationale(body, form),
        *_sources(body.sources, form),
        *grade_choice(view.framework, body.grade, form),
    ]


def typed_question(question: str) -> Element:
    """The question that opens a page; the council writes it, so it is shown to the letter."""
    shown = typed(question)
    shown["inlines"][0]["weight"] = "bolder"
    return shown


def rationale(body: SectionPage | OverallPage, form: Form) -> list[Element]:
    """Judgement, action and impact, with labels that teach how the three make one sentence (WH-03)."""
    return [
        *form.text("judgement", "Judgement: what did you find, and how good is it?", body.judgement),
        *form.text("action", "Because: what was done, or not done? (due to, as a result of)", body.action),
        *form.text("impact", "So what did it mean for the child? (so that, leading to)", body.impact),
    ]


def grade_choice(framework: Framework, saved: Grade | None, form: Form) -> list[Element]:
    """The four grades, each with its definition beside it (GR-01 to GR-05)."""
    choices = [(text.grade.value, f"{text.label}: {text.definition}") for text in framework.grades]
    return form.choice(
        "grade",
        "Which grade fits what you have written?",
        choices,
        saved.value if saved else "",
        expanded=True,
        error="Please choose one of the four grades.",
        spacing="medium",
    )


def _guidance(framework: Framework, section: Section, body: SectionPage, form: Form) -> list[Element]:
    """What good looks like, marks and tags: all optional, each opened by its own button."""
    marked = count(sum(1 for item in section.items if item.id in body.marks), "mark")
    tagged = f" ({len(body.tags)})" if body.tags else ""
    buttons = row(
        toggle(f"What good looks like ({len(section.items)})", "guide"),
        toggle(f"Mark points, if you like ({marked})" if body.marks else "Mark points, if you like", "marks"),
        toggle(f"Good practice seen{tagged}", "practice"),
    )
    hints = framework.writing_hints
    guide = [
        *listed(item.text for item in section.items),
        *[typed(hints[key], subtle=True) for key in ("WH-04", "WH-06") if key in hints],
    ]
    return [
        buttons,
        box(guide, id="guide", hidden=True, style="emphasis"),
        box(_marks(section, body, form), id="marks", hidden=True, style="emphasis"),
        box(_tags(framework, body.tags, form), id="practice", hidden=True, style="emphasis"),
    ]


def _marks(section: Section, body: SectionPage, form: Form) -> list[Element]:
    fields: list[Element] = [says("Marks steady the eye. They are yours to use or leave.", subtle=True)]
    for item in section.items:
        saved = body.marks.get(item.id)
        fields += form.choice(f"mark_{item.id}", item.text, MARKS, saved.value if saved else "")
    return fields


def _tags(framework: Framework, saved: Iterable[str], form: Form) -> list[Element]:
    choices = [(tag.id, tag.text) for tag in framework.tags]
    return form.choice("tags", "Good practice you saw (if you like)", choices, ",".join(saved), several=True)


def _sources(sources: tuple[Source, ...], form: Form) -> list[Element]:
    """Three sources, each with the date of the visit, record or supervision (WH-05)."""
    made: list[Element] = [
        says("What does it rest on? Three sources, each with its day.", bold=True, spacing="medium")
    ]
    for number in range(1, SOURCE_LINES + 1):
        saved = sources[number - 1] if number <= len(sources) else Source()
        # One under the other: beside each other a phone shows half a date.
        title = _SOURCES[number - 1]
        made += form.line(f"source_{number}", title, saved.what)
        # Heard one by one by a screen reader, three labels alike say nothing.
        made += form.date(f"source_on_{number}", f"{title}: its day", saved.on, spacing="small")
    return made
