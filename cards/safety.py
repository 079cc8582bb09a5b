"""The safety alert: the form that raises it and the card that brings it.

Source: Q16, SG-02. The bot never replaces a call, and says so.
"""

from dataclasses import replace

from cards.buttons import press, row
from cards.elements import Card, Element, bold, box, card, heading, listed, says, typed
from cards.fields import Form, other_errors
from cards.head import audit_line
from cards.payloads import AcknowledgeSafety, OpenOverview, OpenPage, Payload, RaiseSafety, ReadShared
from cards.payloads_draw import AskChoose
from cards.payloads_panel import RaisePanelAlert, ShowModeration, ShowNomination
from cards.size import LIMIT_BYTES, size_bytes
from cards.views import AuditHead, SafetyAlertView, SafetyFormView
from cards.wording import moment

CHOICE, NOMINATION = "to choose", "put forward"
"""The Panel's cards of an audit that is not chosen yet, where a page of the audit is named otherwise."""


def summary_for(_view: SafetyAlertView) -> str:
    """The preview text of the message, which names no case and no child."""
    return "Safety alert: please open this now."


def way_back(head: AuditHead, page: str, moderation_id: int = 0) -> Payload:
    """Where someone goes on once the alert is raised or let be: where they were, or the overview."""
    if moderation_id:
        return ShowModeration(moderation_id, page)
    if page == CHOICE:
        return AskChoose(head.audit_id)
    if page == NOMINATION:
        return ShowNomination(head.audit_id)
    if head.submitted:
        return ReadShared(head.audit_id, page or "summary")
    return OpenPage(head.audit_id, page) if page else OpenOverview(head.audit_id)


def safety_form(view: SafetyFormView) -> Card:
    """Says whom to call first, then asks what the worry is."""
    send: Payload = RaiseSafety(view.head.audit_id, view.nonce, view.page)
    if view.moderation_id:
        send = RaisePanelAlert(view.moderation_id, view.page, view.nonce)
    back = way_back(view.head, view.page, view.moderation_id)
    form = Form({"concern": view.typed} if view.typed else None, view.errors)
    body = [
        audit_line(view.head),
        heading("Raise a safety alert"),
        _call_first(view.duty_phone, view.out_of_hours_phone),
        says(
            "This alert goes to the team manager and the service manager at once, and to whoever covers "
            "for them. It does not replace your call."
        ),
        *other_errors(view.errors),
        *form.text(
            "concern",
            "What worries you about this child's safety today? Please use roles, not names.",
            error="Please say in a sentence what worries you.",
            required=True,
        ),
        row(
            press("Send the alert now", send, view.mode, with_inputs=True, carried=view.carried),
            press("Go back", back, view.mode, carried=view.carried),
        ),
    ]
    drawn = card(body, preview="Raise a safety alert: open this in Teams, or call the duty team.")
    if view.carried and size_bytes(drawn) >= LIMIT_BYTES:
        # No comment is worth an alert that cannot be raised.
        return safety_form(replace(view, carried=None))
    return drawn


def safety_alert_card(view: SafetyAlertView) -> Card:
    """The alert as a manager receives it, with the numbers to call and the button to take it on."""
    body: list[Element] = [
        box(
            [
                heading("A child may not be safe"),
                typed("Case ", bold(view.reference), f", {view.team_name}"),
                typed("Raised by ", bold(view.raised_by), f" on {moment(view.raised_at)}.", spacing="small"),
            ],
            style="attention",
        ),
        typed(view.concern),
    ]
    if view.escalated:
        body.append(
            says("You receive this so that someone beyond the team and the service knows the same day.")
        )
    body.append(_call_first(view.duty_phone, view.out_of_hours_phone))
    if view.acknowledged:
        body.append(says("Seen, and acting on it", bold=True))
        body += listed(f"{name}, {moment(at)}" for name, at in view.acknowledged)
    else:
        body.append(says("Nobody has said yet that they are acting on it.", bold=True))
    if view.can_acknowledge:
        payload = AcknowledgeSafety(view.alert_id, view.nonce)
        body.append(row(press("I have seen this and am acting on it", payload)))
    return card(body, preview=summary_for(view))


def _call_first(duty: str, out_of_hours: str) -> Element:
    return box(
        [
            says("Please call first", bold=True),
            typed("Duty team: ", bold(duty), spacing="small"),
            typed("Out of hours: ", bold(out_of_hours), spacing="small"),
            says("If a child is in danger this minute, call 999.", spacing="small"),
        ],
        style="warning",
    )
