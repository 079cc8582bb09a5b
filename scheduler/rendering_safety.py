"""The safety alert, as a card and as a mail. Source: Q16, SG-02, GR-04."""

from cards.assembly_readers import safety_alert_view
from cards.mails import safety_mail
from cards.safety import safety_alert_card
from cards.safety import summary_for as safety_preview
from scheduler.drawing import Drawing, Drawn, Written
from workflows.safety import alert_facts


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
