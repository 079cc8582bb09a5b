"""Figures that somebody is asked about: the list, and the two boxes for each (PF-04, PF-09)."""

from collections.abc import Mapping
from dataclasses import dataclass

from cards.buttons import press, row, turning
from cards.elements import Card, Element, bold, card, facts, heading, says, typed
from cards.fields import Form, other_errors
from cards.notes import note_card
from cards.payloads_performance import Explain, ShowExceptions, ShowPerformance, WriteExplanation
from cards.views import HintView, NoteView
from cards.wording import count, day
from domain.numbers import ExceptionLine

PAGE = 5
"""How many of them a card shows."""
PREVIEW = "Figures that need a line from you: open this in Teams."
NOBODY = "It is read in the clinic and beyond, so please name no child, family or case."


@dataclass(frozen=True, slots=True)
class ExplainFormView:
    """The form for one figure."""

    line: ExceptionLine
    version: int
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()


def exceptions_card(lines: tuple[ExceptionLine, ...], start: int) -> Card:
    """What waits for a line, from `start` on, the most urgent first."""
    first = min(start, max(0, (len(lines) - 1) // PAGE * PAGE))
    shown = lines[first : first + PAGE]
    if not shown:
        text = "No figure waits for a line from you."
        return note_card(NoteView("Nothing to explain", text, (("Performance", ShowPerformance()),), "good"))
    body: list[Element] = [
        heading(f"{count(len(lines), 'figure needs', 'figures need')} a line from you"),
        says("Why is it so, and what are you doing about it? A line is enough.", subtle=True),
    ]
    for number, line in enumerate(shown, start=first + 1):
        due = f" By {day(line.due_on)}." if line.due_on else ""
        body += [
            typed(bold(f"{number}. {line.name}"), f", {line.whose}", spacing="medium"),
            typed(f"{line.figure} in {line.period}, {line.says}.{due}", spacing="small"),
            row(press(f"Answer number {number}", WriteExplanation(line.id)), spacing="small"),
        ]
    if turns := turning(len(lines), first, PAGE, ShowExceptions):
        body.append(row(*turns, spacing="medium"))
    return card(body, preview=PREVIEW, wide=True)


def explain_form(view: ExplainFormView) -> Card:
    """One figure with its two boxes."""
    form, line = Form(view.typed, view.errors), view.line
    body: list[Element] = [
        heading("A line on this figure"),
        typed(bold(line.name), f", {line.whose}"),
        facts(
            (
                ("Figure", f"{line.figure} in {line.period}"),
                ("Target", line.target),
                ("Why you are asked", f"it is {line.says}"),
            )
        ),
        says(NOBODY, subtle=True, spacing="small"),
        *other_errors(view.errors),
        *form.text("why", "Why is it so?", line.reply),
        *form.text("action", "What are you doing about it? You may leave this empty.", line.action),
        row(
            press("Save", Explain(line.id, view.version, view.nonce), with_inputs=True),
            press("The others", ShowExceptions(0)),
        ),
    ]
    return card(body, preview=PREVIEW, wide=True)
