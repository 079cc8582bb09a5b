"""The card that tells of impact that was lost.

It stays in the chat, so it names no case. Source: SG-01; workflow 1B step 18.
"""

from collections.abc import Mapping

from cards.payloads_following import ShowFollowUp
from domain.closing import Impact
from scheduler.drawing import Draw, Drawing, Drawn, Needless, Write, note


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


CARDS: Mapping[str, Draw] = {"impact_lost": lost}
"""Kind to the card posted in the person's chat."""

MAILS: Mapping[str, Write] = {}
"""Kind to the mail sent to the person."""
