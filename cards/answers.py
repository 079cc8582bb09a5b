"""The inputs that the cards of actions and closing share: a day, a text, its place, and a second look."""

from collections.abc import Sequence

from cards.buttons import row
from cards.elements import Button, Element, box, typed
from cards.fields import Form, other_errors
from cards.views_actions import Answers

NAMES_NOBODY = "names_nobody"


def form_of(answers: Answers) -> Form:
    """The form with what was typed and what is wrong with it."""
    return Form(answers.typed, answers.errors)


def top_errors(answers: Answers) -> list[Element]:
    """What belongs to no field of the card."""
    return other_errors(answers.errors)


def second_look(answers: Answers) -> list[Element]:
    """Asks whether a text names somebody after all, once it looks so; people judge that (SG-01, SG-04)."""
    if not answers.look_again:
        return []
    return form_of(answers).tick(
        NAMES_NOBODY, "Does it name a child or a family?", "No, it names nobody: keep it as it is", False
    )


def said(message: str) -> list[Element]:
    """What the last press did."""
    return [box([typed(message)], style="good")] if message else []


def line_of(text: Sequence[Element], *buttons: Button | None) -> Element:
    """One line of a list with those buttons it has under the text, where a phone has room for them."""
    there = [button for button in buttons if button]
    under = [row(*there, spacing="small")] if there else []
    return box([*text, *under], spacing="medium", separator=True)
