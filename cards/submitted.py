"""What the card in the chat becomes once the audit is shared.

Source: CA-16, Q30; after submission the chat keeps no case content.
"""

from cards.buttons import press, row
from cards.elements import Card, Element, card, heading, says, typed
from cards.payloads import ReadShared, ShowMyAudits
from cards.views import SubmittedView
from cards.wording import moment


def summary_for(view: SubmittedView) -> str:
    """The preview text of the message, which names no case."""
    return f"Your audit was submitted on {moment(view.submitted_at)}."


def submitted_card(view: SubmittedView) -> Card:
    """Thanks, and who has it now; the grade only in the presser's own view."""
    when = "in good time" if view.on_time else "after the due date"
    body: list[Element] = [
        heading("Submitted. Thank you."),
        says("What you learned about this child's life can now change it for the better."),
        says(f"The audit was submitted on {moment(view.submitted_at)}, {when}, and is now locked."),
    ]
    if view.shared_with:
        body.append(typed("Shared with: " + ", ".join(view.shared_with) + "."))
    if view.overall_label:
        body.append(typed(f"Overall grade: {view.overall_label}."))
    body.append(
        row(press("Read it", ReadShared(view.audit_id, "summary")), press("My audits", ShowMyAudits()))
    )
    return card(body, preview=summary_for(view))
