"""What an import did, would do, or could not do.

Source: CA-02, CA-04, PF-09, SG-01.
"""

from cards.buttons import press, row
from cards.elements import Card, Element, box, card, heading, listed, says, typed
from cards.payloads import ConfirmImport
from cards.views import ImportView
from cards.wording import count

MOST_PROBLEMS = 30
"""As many as help at one sitting; the rest show up at the next try."""


_TITLES = {"staff": "Staff list", "cases": "Case list", "indicators": "List of indicators"}
_HARM = {
    "staff": "People missing from it lose access at once.",
    "cases": "Cases missing from it count as closed; their open audits go back to the QA office.",
    "indicators": "Whoever answers for a figure that needs a look is asked about it at once.",
}
"""What a yes leads to."""


def summary_for(view: ImportView) -> str:
    """The preview text of the message, which names nobody."""
    return f"Your {_TITLES[view.kind].lower()} has been read."


def import_card(view: ImportView) -> Card:
    """The outcome in a sentence, then what to put right or to confirm, each thing said once."""
    refused = bool(view.problems)
    around = [*listed(view.lines), *_remarks(view)]
    body: list[Element] = [
        heading(_TITLES[view.kind]),
        typed(view.filename, subtle=True),
        typed(view.headline),
        # What must be put right comes first; what is only said beside it can wait.
        *([_problems(view), *around] if refused else around),
    ]
    if view.needs_confirmation and not refused:
        body += _question(view)
    return card(body, preview=summary_for(view))


def _problems(view: ImportView) -> Element:
    shown = view.problems[:MOST_PROBLEMS]
    more = view.more_problems + len(view.problems) - len(shown)
    lines = listed(shown)
    if more:
        lines.append(says(f"and {count(more, 'more problem')}."))
    lines.append(says("Then send the whole file again: it is taken whole or not at all.", bold=True))
    return box(lines, style="warning")


def _remarks(view: ImportView) -> list[Element]:
    if not view.remarks:
        return []
    return [heading("Worth knowing", size="default", spacing="medium"), *listed(view.remarks)]


def _question(view: ImportView) -> list[Element]:
    whole = view.kind != "indicators"
    question = (
        "This list changes more than usual. Is it the whole list?" if whole else "Are these figures right?"
    )
    return [
        box(
            [
                says(question, bold=True),
                *listed(view.to_confirm),
                says(_HARM[view.kind], spacing="small"),
            ],
            style="warning",
        ),
        row(
            press(
                "Yes, it is the whole list" if whole else "Yes, save them",
                ConfirmImport(view.import_id, view.nonce),
            )
        ),
        says("If not, do nothing: nothing has changed.", subtle=True),
    ]
