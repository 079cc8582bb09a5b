"""Words that the cards of meetings, tracker and plan share."""

from datetime import date

from cards.buttons import press
from cards.elements import Button, Element, box, run, says, typed
from cards.payloads import Payload
from cards.wording import count

MOST_LINES = 6
"""Lines with a button on one card: as many as a phone can take in."""


def short_day(on: date) -> str:
    """For example "Fri 3 Jul"."""
    return f"{on:%a} {on.day} {on:%b}"


def full_day(on: date) -> str:
    """For example "Fri 3 Jul 2026"."""
    return f"{short_day(on)} {on.year}"


def span(first: date, last: date) -> str:
    """ "Mon 6 Apr to Fri 17 Apr", or the one day."""
    return short_day(first) if first == last else f"{short_day(first)} to {short_day(last)}"


def due_words(due_on: date, *, overdue: bool) -> Element:
    """When something is due, which stands out once it has passed."""
    said = f"{'Was due' if overdue else 'Due'} {full_day(due_on)}"
    return run(said, bold=True, color="attention") if overdue else run(said, subtle=True)


def said_above(message: str) -> list[Element]:
    """What was just done, above the card it was done on."""
    return [box([says(message)], style="good")] if message else []


def paged(whole: int, start: int, here: Payload, before: Payload, noun: str = "more line") -> list[Button]:
    """The buttons to the lines after these and before them."""
    buttons = []
    if (more := whole - start - MOST_LINES) > 0:
        buttons.append(press(count(more, noun), here))
    if start:
        buttons.append(press("Those before", before))
    return buttons


def subtle(text: str, spacing: str = "none") -> Element:
    """A line of literal text that stands back."""
    return typed(run(text, subtle=True), spacing=spacing)
