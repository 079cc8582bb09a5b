"""The safety alert, as a card and as a mail. Source: Q16, SG-02, GR-04."""

from cards.assembly_readers import safety_alert_view
from cards.mails import safety_mail
from cards.payloads import ShowMyAudits
from cards.safety import safety_alert_card
from cards.safety import summary_for as safety_preview
from cards.wording import moment
from scheduler.drawing import Drawing, Drawn, Needless, Written, note
from workflows.safety import alert_facts

COPIES = ("safety_alert", "safety_escalation", "safety_seen")
"""Kinds of posted cards that show who acts on an alert and are edited when somebody says so."""


def alert(drawing: Drawing) -> Drawn:
    """The alert with the numbers to call; always needed, whatever has happened since."""
    house = drawing.council.house
    view = safety_alert_view(
        alert_facts(drawing.view, drawing.notice.subject_id),
        reader_id=drawing.person.id,
        duty_phone=house.duty_phone,
        out_of_hours_phone=house.out_of_hours_phone,
        nonce=drawing.nonce,
    )
    return Drawn(safety_alert_card(view), safety_preview(view))


def seen(drawing: Drawing) -> Drawn | Needless:
    """Tells whoever raised the alert who has said that they act on it; names no case."""
    facts = alert_facts(drawing.view, drawing.notice.subject_id)
    if not facts.acknowledged:
        return Needless("nobody has acknowledged the alert")
    house = drawing.council.house
    who = "\n".join(f"{name}, {moment(at)}" for _, name, at in facts.acknowledged)
    text = (
        f"You raised it on {moment(facts.raised_at)}. Seen, and acting on it:\n{who}\n"
        f"If you are still worried, please ring the duty team on {house.duty_phone}, or "
        f"{house.out_of_hours_phone} out of hours. In an emergency ring 999."
    )
    return note("Your safety alert has been seen", text, ("My audits", ShowMyAudits()))


def outdated(drawing: Drawing) -> Drawn | Needless:
    """What a posted card about an alert becomes once somebody acts on it, in its own reader's words."""
    person = drawing.person
    if person.left_on is not None and person.left_on <= drawing.today:
        return Needless("the person has left")
    told = alert_facts(drawing.view, drawing.notice.subject_id).told
    return alert(drawing) if person.id in told else seen(drawing)


def alert_mail(drawing: Drawing) -> Written:
    """The mail that sends its reader to Teams and to the telephone."""
    facts = alert_facts(drawing.view, drawing.notice.subject_id)
    house = drawing.council.house
    subject, body = safety_mail(
        council_name=house.name,
        duty_phone=house.duty_phone,
        out_of_hours_phone=house.out_of_hours_phone,
        raised_at=facts.raised_at,
        escalated=drawing.person.id in facts.escalated_to,
    )
    return Written(subject, body)
