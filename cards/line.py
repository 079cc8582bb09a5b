"""Asks what to do with a line typed in the chat.

Source: SG-01; a line typed again within a minute is asked about, never added twice.
"""

from cards.buttons import press, row, rows
from cards.elements import Card, box, card, heading, says, typed
from cards.payloads import DropLine, KeepLine, OpenPage
from cards.views import LineView


def summary_for(_view: LineView) -> str:
    """The preview text of the message, which names no case and repeats nothing typed."""
    return "Shall I keep the line you typed?"


def line_card(view: LineView) -> Card:
    """The line, where it could go, and the way to forget it."""
    body = [heading("Shall I keep this?"), typed(f"You have {view.page_title} open. You typed:")]
    body.append(box([typed(view.text)], style="emphasis"))
    if view.repeated:
        body.append(
            says("You sent the same line a moment ago. Keep it only if you mean it twice.", bold=True)
        )
    if view.first_time:
        body.append(
            says(
                "Lines typed in the chat stay in Teams' own history. The card is the safer place for what "
                "you write about a child.",
                subtle=True,
            )
        )
    keep = [
        press(f"Add to: {label}", KeepLine(view.audit_id, view.page, view.line, name, view.nonce))
        for name, label in view.boxes
    ]
    body += rows(*keep)
    body.append(
        row(
            press("Leave it out", DropLine(view.line, view.nonce)),
            press("Open the page", OpenPage(view.audit_id, view.page)),
            spacing="small",
        )
    )
    return card(body, preview=summary_for(view))
