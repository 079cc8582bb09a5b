"""The card that brings an audit, and the form that gives it back.

Source: CA-05 to CA-07, CA-22, Q8, Q19; workflow 1B steps 3 and 4.
"""

from cards.buttons import press, row
from cards.elements import Card, bold, box, card, facts, heading, says, typed
from cards.fields import Form, other_errors
from cards.head import audit_line
from cards.payloads import AcceptAudit, AskConflict, AskSafety, DeclareConflict, OpenOverview, ShowGuidance
from cards.steps import step_lines
from cards.views import AllocationView, ConflictFormView
from cards.wording import day


def summary_for(view: AllocationView) -> str:
    """The preview text of the message, which names no case."""
    return f"There is an audit for you, due {day(view.head.due_on)}."


def allocation_card(view: AllocationView) -> Card:
    """What, by when and why it matters, the seven steps, and the choice to accept or declare a conflict."""
    audit_id = view.head.audit_id
    body = [
        heading("An audit for you"),
        box(
            [
                says("What is life like for this child, and is our help making it better?", bold=True),
                says(
                    "You are asked to find out. What you see will shape the help this child gets and what "
                    "all of us learn from it.",
                    spacing="small",
                ),
            ],
            style="emphasis",
        ),
        facts(
            [
                ("Case", view.head.reference),
                ("Practitioner", view.practitioner_name),
                ("Team", view.team_name),
                ("Due", day(view.head.due_on)),
                ("Look back", f"from {day(view.lookback_from)} to {day(view.lookback_to)}"),
            ]
        ),
        heading("Seven steps, spread over the month", size="default", spacing="medium"),
        *step_lines(view.steps),
        typed("Please answer by ", bold(day(view.accept_by)), ".", spacing="medium"),
        row(
            press("Accept", AcceptAudit(audit_id, view.nonce)),
            press("Declare a conflict", AskConflict(audit_id)),
            press("Guidance", ShowGuidance(audit_id, "start")),
            press("Raise a safety alert", AskSafety(audit_id)),
        ),
        says(
            "A conflict is anything that could sway you or seem to: this child is, or was, yours, your "
            "team's or in your care to review, or you know the family.",
            subtle=True,
            size="small",
        ),
    ]
    refresh = (OpenOverview(audit_id), view.owner_mri) if view.owner_mri else None
    return card(body, preview=summary_for(view), refresh=refresh)


def conflict_form(view: ConflictFormView) -> Card:
    """Asks for the reason; the audit then goes back to the QA office, with nothing held against anyone."""
    form = Form({"reason": view.typed} if view.typed else None, view.errors)
    body = [
        audit_line(view.head),
        heading("Declare a conflict"),
        says(
            "Thank you for saying so. The QA office will find another audit for you, with a full month "
            "for it, and nothing is held against anyone."
        ),
        *other_errors(view.errors),
        *form.text(
            "reason",
            "What is the conflict? One sentence will do; please use roles, not names.",
            error="Please say in a sentence what the conflict is.",
            required=True,
        ),
        row(
            press(
                "Declare the conflict",
                DeclareConflict(view.head.audit_id, view.nonce),
                view.mode,
                with_inputs=True,
            ),
            press("Go back", OpenOverview(view.head.audit_id), view.mode),
        ),
    ]
    return card(body, preview="Declare a conflict: open this in Teams.")
