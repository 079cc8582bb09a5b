"""A short message: help, a kind refusal, a confirmation, an error with its reference number."""

from cards.buttons import press, rows
from cards.elements import Card, box, card, heading, typed
from cards.views import NoteView

_STYLES = {"good": "good", "warning": "warning"}


def summary_for(view: NoteView) -> str:
    """The preview text of the message; titles name no case."""
    return view.title


def note_card(view: NoteView) -> Card:
    """The message, a paragraph for each of its lines, with its buttons."""
    paragraphs = [typed(line, spacing="small") for line in view.text.split("\n") if line.strip()]
    said = [heading(view.title), *paragraphs]
    style = _STYLES.get(view.tone, "")
    buttons = [press(title, payload, carried=view.carried) for title, payload in view.buttons]
    return card([*([box(said, style=style)] if style else said), *rows(*buttons)], preview=summary_for(view))
