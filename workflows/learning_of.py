"""What there is to learn from an audit, in its own words: what supervision starts from (CA-19)."""

from dataclasses import dataclass
from datetime import datetime

from domain.audits import Audit
from domain.moderation_form import from_body as form_from_body
from domain.page_reading import from_body
from domain.pages import JOURNEY, OVERALL, JourneyPage, OverallPage
from domain.people import Person
from domain.permissions import Verb
from storage.work import View
from workflows.action_file import may_do
from workflows.council import Council


@dataclass(frozen=True, slots=True)
class Learning:
    """One audit's learning."""

    matters_most: str
    """To this child, now."""
    better: str
    """What would make the help better."""
    panel: str
    """What the Panel says of the practice, once it is released and where the reader may have it (MO-15).

    Never what it says of the auditor (SG-03).
    """
    readable: bool
    """Whether the reader may open the whole audit."""


def learning_of(view: View, council: Council, audit: Audit, *, by: Person, now: datetime) -> Learning:
    """The audit's learning, without any check of who asks."""
    pages = {}
    for key in (JOURNEY, OVERALL):
        saved = view.audits.page(audit.id, key)
        pages[key] = from_body(key, saved.body if saved else None)
    journey, overall = pages[JOURNEY], pages[OVERALL]
    moderation = view.moderations.of_audit(audit.id)
    released = moderation is not None and moderation.released_at is not None
    told = released and may_do(view, council, Verb.READ_MODERATION, by=by, audit_id=audit.id, now=now)
    return Learning(
        matters_most=journey.matters_most if isinstance(journey, JourneyPage) else "",
        better=overall.better if isinstance(overall, OverallPage) else "",
        panel=form_from_body(moderation.body).practice if moderation and told else "",
        readable=may_do(view, council, Verb.READ_SHARED, by=by, audit_id=audit.id, now=now),
    )
