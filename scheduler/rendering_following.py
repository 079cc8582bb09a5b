"""Cards of following: a supervision that is near, and impact that was lost.

They stay in the chat, so they name no case. Source: CA-19, RO-02, SG-01; workflow 1B steps 15 and 18.
"""

from collections.abc import Mapping

from cards.payloads_following import ShowFollowUp, ShowSupervision
from cards.supervision_days import supervision_days_card, supervision_days_summary
from cards.views_actions import SupervisionDaysView
from cards.wording import count, day
from domain.closing import Impact
from scheduler.drawing import Draw, Drawing, Drawn, Needless, Write, note
from workflows.supervising import open_learning
from workflows.supervision_days import ASKS, without_day


def supervision(drawing: Drawing) -> Drawn | Needless:
    """What the next supervision is to talk of; needless when it was held, moved, or nothing is open."""
    view = drawing.view
    planned = view.supervisions.get(drawing.notice.subject_id)
    if planned is None:
        raise LookupError(f"no supervision {drawing.notice.subject_id}")
    if planned.held_on is not None or planned.planned_on < drawing.today:
        return Needless("the supervision is over")
    if not drawing.notice.key.endswith(planned.planned_on.isoformat()):
        return Needless("the supervision was moved to another day")
    audits = sum(1 for _ in open_learning(view, practitioner_id=planned.practitioner_id))
    actions = len(view.actions.unconfirmed_of(planned.practitioner_id))
    if not audits and not actions:
        return Needless("nothing is open with them")
    practitioner = view.people.get(planned.practitioner_id).name
    when = "today" if planned.planned_on == drawing.today else f"on {day(planned.planned_on)}"
    text = (
        f"{practitioner} has supervision with you {when}. To talk through: the learning of "
        f"{count(audits, 'audit')}, and {count(actions, 'action')}.\n"
        "What matters most to each child comes first. One press there records that you have talked."
    )
    return note("A supervision is near", text, ("Open", ShowSupervision(planned.practitioner_id)))


def supervision_days(drawing: Drawing) -> Drawn | Needless:
    """Asks for the days of supervisions; needless once everybody has one or nothing is open."""
    found = without_day(drawing.view, drawing.council, by=drawing.person, now=drawing.now)
    if not found:
        return Needless("everybody with something open has a day")
    view = SupervisionDaysView(found, drawing.nonce)
    return Drawn(supervision_days_card(view), supervision_days_summary(view))


def lost(drawing: Drawing) -> Drawn | Needless:
    """Tells the QA office that what an audit changed did not last."""
    audit_id = drawing.notice.subject_id
    kept = drawing.view.followups.get(audit_id)
    if kept.impact is not Impact.LOST or kept.impact_by is None:
        return Needless("the impact was not lost")
    by = drawing.view.people.get(kept.impact_by).name
    text = (
        f"{by} checked what became of a closed audit: for the child, the change did not last. They were "
        "asked to agree in supervision what happens now."
    )
    return note("A change did not last", text, ("See the audit", ShowFollowUp(audit_id)))


CARDS: Mapping[str, Draw] = {"supervision": supervision, ASKS: supervision_days, "impact_lost": lost}
"""Kind to the card posted in the person's chat."""

MAILS: Mapping[str, Write] = {}
"""Kind to the mail sent to the person."""
