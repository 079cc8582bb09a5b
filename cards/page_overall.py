"""The overall judgement: judged, never averaged, and what would lift it.

Source: CA-15, Q24, WH-03, WH-08.
"""

from cards.buttons import row, toggle
from cards.elements import Element, bold, box, says, typed
from cards.fields import Form
from cards.page_section import grade_choice, rationale
from cards.page_writing import Drawn
from cards.views import PageView
from domain.pages import OverallPage


def overall_body(view: PageView, body: OverallPage, form: Form) -> Drawn:
    """The whole, seen from the child."""
    question = [
        says("All in all, what has our help meant for this child?", bold=True),
        says(
            "This is your judgement of the whole. It is never worked out as an average of the sections.",
            subtle=True,
            spacing="small",
        ),
    ]
    return question, [
        *_section_grades(view),
        *rationale(body, form),
        *form.text("better", "What would make it good or, if it is good already, outstanding?", body.better),
        *grade_choice(view.framework, body.grade, form),
    ]


def _section_grades(view: PageView) -> list[Element]:
    if not view.section_grades:
        return []
    lines = [typed(f"{title}: ", bold(grade), spacing="small") for title, grade in view.section_grades]
    return [
        row(toggle(f"Your section grades so far ({len(lines)})", "section_grades")),
        box(lines, id="section_grades", hidden=True, style="emphasis"),
    ]
