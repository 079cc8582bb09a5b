"""The pages that are mostly writing: the child's journey, the file, the reflective conversation."""

from cards.elements import Element, bold, says, typed
from cards.fields import Form
from cards.views import PageView
from cards.wording import count, day
from domain.pages import ConversationPage, FilePage, JourneyPage

Drawn = tuple[list[Element], list[Element]]
"""The opening question and the fields."""


def journey_body(body: JourneyPage, form: Form) -> Drawn:
    """The child's journey and what matters most now. Source: WH-01, PR-01."""
    question = [
        says("What has life been like for this child, and what matters most to them now?", bold=True),
        says("Please write of “the child”, “mother”, “school nurse”, never of names.", subtle=True),
    ]
    return question, [
        *form.text("journey", "The child's journey, in a few lines", body.journey),
        *form.text("matters_most", "What matters most to this child now?", body.matters_most),
    ]


def file_body(view: PageView, body: FilePage, form: Form) -> Drawn:
    """When the file was read, with the look-back window printed. Source: CA-07, CA-08, Q19."""
    question = [says("Reading the record, could you picture this child's days?", bold=True)]
    window: list[Element] = []
    if view.lookback_from and view.lookback_to:
        months = count(view.framework.numbers.lookback_months, "month")
        window.append(
            typed(
                f"Look back {months}: from ",
                bold(day(view.lookback_from)),
                " to ",
                bold(day(view.lookback_to)),
                ".",
            )
        )
    return question, [
        *window,
        *form.date("read_on", "The day you finished reading the file", body.read_on),
        *form.text("note", "Anything to remember from the file (if you like)", body.note),
    ]


def conversation_body(body: ConversationPage, form: Form) -> Drawn:
    """The reflective conversation with the lead practitioner. Source: CA-12, SU-08."""
    question = [
        says("What did you and the practitioner learn together about this child?", bold=True),
        says("Share what went well first. Hear how they see it before you suggest anything.", subtle=True),
    ]
    return question, [
        *form.date("held_on", "The day you talked", body.held_on),
        *form.text("feedback", "What you shared, suggested and recommended", body.feedback),
        *form.text("reflections", "What the practitioner said and thinks", body.reflections),
    ]
