"""The auditor's right of reply: one text, kept as it was written. Source: MO-16, SG-01, SG-05."""

from datetime import datetime

from domain.audits import Audit
from domain.errors import NotAllowed, RuleBroken
from domain.moderation import Moderation
from domain.people import Person
from domain.permissions import Verb
from storage.work import View, Work
from workflows.audit_access import require_audit
from workflows.council import Council
from workflows.panel import tell_chairs
from workflows.reading_moderation import NOT_THEIRS, is_invited
from workflows.releasing import CHANGED
from workflows.talk_words import read_text, require_roles


def require_reply(
    view: View, council: Council, *, by: Person, moderation_id: int, now: datetime
) -> tuple[Moderation, Audit]:
    """The moderation, for the auditor who may reply to it by now. Raises NotAllowed."""
    moderation = view.moderations.get(moderation_id)
    if moderation is None:
        raise NotAllowed(NOT_THEIRS)
    audit, _ = require_audit(view, council, Verb.DISCUSS, by=by, audit_id=moderation.audit_id, now=now)
    if moderation.released_at is None and not is_invited(view.discussions.of_moderation(moderation_id)):
        raise NotAllowed(NOT_THEIRS)
    return moderation, audit


def write_reply(
    work: Work,
    council: Council,
    *,
    by: Person,
    moderation_id: int,
    words: str,
    sure: bool = False,
    now: datetime,
) -> None:
    """The auditor's reply to the moderation: written once, kept as it is, beside what the Panel says.

    Also where there is no talk, as of a satisfactory one. Raises RuleBroken for a second one.
    """
    moderation, audit = require_reply(work, council, by=by, moderation_id=moderation_id, now=now)
    if moderation.replied_at is not None:
        raise RuleBroken("Your reply is in already, and it stands as you wrote it.")
    said = read_text("reply", words, "Please write a few words before sending.")
    require_roles(work, council, audit, {"reply": said}, sure=sure, now=now)
    if not work.moderations.change(moderation, {"reply": said, "replied_at": now}):
        raise RuleBroken(CHANGED)
    work.trail.add(
        now=now,
        actor=by.id,
        verb="replied to a moderation",
        subject=f"audit {audit.id}",
        audit_id=audit.id,
        fields={"reply": said},
    )
    tell_chairs(work, audit, kind="talk_reply", subject_id=moderation_id, now=now)
