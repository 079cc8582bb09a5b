"""More time for an audit: what was tried, the form that asks, the decision.

Source: CA-06, SG-05; workflow 1B side states Overdue, Extended and Exempt.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cards.buttons import press, row
from cards.elements import Card, Element, bold, box, card, facts, heading, run, says, typed
from cards.fields import Form, other_errors
from cards.payloads import ShowMyAudits
from cards.payloads_day import AskExtension, DecideExtension, RequestExtension, ShowTried
from cards.views import HintView
from cards.wording import count, day, moment
from domain.tried import Request, Tried, Try, in_short

EXTENSION, EXEMPTION = "extension", "exemption"
MOST_TRIES = 12
COME = "The audit has been submitted meanwhile, so nothing is left to decide. Good news."

_BECAME = {
    "sent": "sent, not answered",
    "waiting": "not sent yet",
    "unreachable": "could not be delivered in Teams",
}


@dataclass(frozen=True, slots=True)
class ExtensionFormView:
    """The form that asks for more time or for an exemption."""

    audit_id: int
    kind: str
    auditor_name: str
    due_on: date
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What is asked of the AD for QA."""

    request: Request
    nonce: str
    typed: Mapping[str, str] | None = None
    errors: tuple[HintView, ...] = ()


def tried_card(view: Tried, today: date) -> Card:
    """Which reminders went out when and which were seen, and what the manager can do."""
    late = (today - view.due_on).days
    due = (
        run(f"{count(late, 'day')} overdue", bold=True, color="attention") if late > 0 else run("not due yet")
    )
    body: list[Element] = [
        heading("An audit that waits"),
        says(
            "A child's experience waits to be heard, and a colleague may need your help to get to it.",
            subtle=True,
        ),
        facts(
            [
                ("Auditor", view.auditor_name),
                ("Allocated", day(view.allocated_on)),
                ("Due", day(view.due_on)),
                ("Accepted", "Yes" if view.accepted else "Not yet"),
                *([("Leave", view.away)] if view.away else []),
            ]
        ),
        typed(due),
        heading("What was tried", size="default", spacing="medium"),
    ]
    body.append(says(in_short(view.tries)))
    if (more := len(view.tries) - MOST_TRIES) > 0:
        body.append(says(f"{count(more, 'earlier reminder')} left out here.", subtle=True))
    body += [_try(one) for one in view.tries[-MOST_TRIES:]]
    if view.asked:
        body.append(box([typed(view.asked)], style="emphasis", spacing="medium"))
    buttons = [press("My audits", ShowMyAudits())]
    if view.may_ask:
        body.append(
            says("A word with them often helps most. If they need it, ask for more time.", spacing="medium")
        )
        buttons = [
            press("Ask for more time", AskExtension(view.audit_id, EXTENSION)),
            press("Ask for an exemption", AskExtension(view.audit_id, EXEMPTION)),
            *buttons,
        ]
    # Each in a row of its own: beside each other they are cut off on a phone.
    rows = [row(button, spacing="small") for button in buttons]
    return card([*body, *rows], preview="An audit waits.")


def extension_form(view: ExtensionFormView) -> Card:
    """Asks why, and until when; the AD for QA decides."""
    form = Form(view.typed, view.errors)
    extends = view.kind == EXTENSION
    body: list[Element] = [
        heading("Ask for more time" if extends else "Ask for an exemption"),
        typed("For ", bold(view.auditor_name), f", whose audit is due on {day(view.due_on)}."),
        says(
            "The AD for QA decides, or whoever may in their place. What you write is kept with the audit."
            if extends
            else "The AD for QA decides, or whoever may in their place. If they agree, the audit ends and "
            "the practitioner comes first in the next round. What you write is kept with the audit."
        ),
        *other_errors(view.errors),
    ]
    if extends:
        body += form.date("until_on", "New due date")
    body += [
        *form.text("reason", "Why? One or two sentences, without names of children or families."),
        row(
            press("Ask", RequestExtension(view.audit_id, view.kind, view.nonce), with_inputs=True),
            press("Go back", ShowTried(view.audit_id)),
        ),
    ]
    return card(body, preview="Ask for more time: open this in Teams.")


def decision_summary(view: Request) -> str:
    """The preview text of the message, which names no case."""
    return f"An {view.kind} to decide on."


def decision_card(view: DecisionView) -> Card:
    """What is asked for, by whom and why; approve or decline."""
    asked = view.request
    form = Form(view.typed, view.errors)
    wanted = f"until {day(asked.until_on)}" if asked.until_on else "nothing takes its place"
    body: list[Element] = [
        heading(f"An {asked.kind} to decide on"),
        says("Weigh what waiting means for the child against what the auditor needs.", subtle=True),
        facts(
            [
                ("Auditor", asked.auditor_name),
                ("Due now", day(asked.due_on)),
                ("Asked for", f"{asked.kind.capitalize()}, {wanted}"),
                ("Asked by", f"{asked.asked_by_name}, {moment(asked.asked_at)}"),
            ]
        ),
        typed(bold("Why: "), asked.reason),
    ]
    if asked.state != "asked" or asked.submitted:
        because = f": {asked.decision}" if asked.decision else "."
        became = COME if asked.state == "asked" else f"This is {asked.state}{because}"
        body.append(box([typed(became)], style="emphasis"))
        body.append(row(press("My audits", ShowMyAudits())))
        return card(body, preview=decision_summary(asked))
    body += [
        *other_errors(view.errors),
        *form.text("reason", "A word on your decision; needed when you decline."),
        row(
            press("Approve", DecideExtension(asked.extension_id, True, view.nonce), with_inputs=True),
            press("Decline", DecideExtension(asked.extension_id, False, view.nonce), with_inputs=True),
        ),
    ]
    return card(body, preview=decision_summary(asked))


def _try(one: Try) -> Element:
    if one.became == "seen" and one.seen_at is not None:
        became = run(f"answered on {moment(one.seen_at)}", color="good")
    elif one.became == "passed over":
        became = run(f"not sent: {one.why}", subtle=True)
    else:
        became = run(_BECAME[one.became], subtle=True)
    return typed(bold(f"{day(one.sent_on or one.on)}: "), f"“{one.said}” ", became, spacing="small")
