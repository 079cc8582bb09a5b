"""What an import did, would do, or could not do.

Source: CA-02, CA-04, SG-01.
"""

from cards.buttons import press, row
from cards.elements import Card, Element, box, card, heading, listed, says, typed
from cards.payloads import ConfirmImport
from cards.views import ImportView
from cards.wording import count

MOST_PROBLEMS = 30
"""As many as help at one sitting; the rest show up at the next try."""


def summary_for(view: ImportView) -> str:
    """The preview text of the message, which names nobody."""
    return "Your staff list has been read." if view.kind == "staff" else "Your case list has been read."


def import_card(view: ImportView) -> Card:
    """The outcome in a sentence, every problem with its place, and the question when the list looks short."""
    staff = view.kind == "staff"
    title = "Staff list" if staff else "Case list"
    harm = (
        "People missing from it lose access at once." if staff else "Cases missing from it count as closed."
    )
    body: list[Element] = [
        heading(title),
        typed(view.filename, subtle=True),
        typed(view.headline),
        *listed(view.lines),
    ]
    if view.problems:
        shown = view.problems[:MOST_PROBLEMS]
        more = view.more_problems + len(view.problems) - len(shown)
        lines: list[Element] = [
            says("Nothing was taken in. Please put these right and send it again:", bold=True)
        ]
        lines += listed(shown)
        if more:
            lines.append(says(f"and {count(more, 'more problem')} of this kind."))
        body.append(box(lines, style="warning"))
    elif view.needs_confirmation:
        body.append(
            box(
                [
                    says("This list changes more than usual. Is it the whole list?", bold=True),
                    says(harm, spacing="small"),
                ],
                style="warning",
            )
        )
        body.append(row(press("Yes, it is the whole list", ConfirmImport(view.import_id, view.nonce))))
        body.append(says("If not, do nothing: nothing has changed.", subtle=True))
    return card(body, preview=summary_for(view))
