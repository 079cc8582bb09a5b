"""Opens a talk for one of the two who hold it: the chair, and the auditor once invited (MO-16, SG-03)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.audits import Audit
from domain.differences import SectionDifference, differences
from domain.errors import NotAllowed, RuleBroken
from domain.grades import Grade
from domain.moderation import Moderation
from domain.moderation_form import from_body
from domain.people import Person
from domain.permissions import Verb
from domain.talks import Talk, TalkState, why_early
from storage.discussions import DiscussionRow
from storage.work import View, Work
from workflows.audit_access import record_read, require_audit
from workflows.council import Council
from workflows.reading_moderation import NOT_THEIRS, is_invited


@dataclass(frozen=True, slots=True)
class Found:
    """A talk with what it belongs to."""

    moderation: Moderation
    audit: Audit
    row: DiscussionRow
    leads: bool
    """Whether whoever asks chairs; else it is the auditor."""


def open_talk(work: Work, council: Council, *, by: Person, moderation_id: int, now: datetime) -> Talk:
    """The talk for its chair, or for the auditor once invited; the reading is kept in the trail."""
    talk = talk_of(work, council, by=by, moderation_id=moderation_id, now=now)
    record_read(work, by, talk.audit.id, "talk about the moderation", now)
    return talk


def talk_of(view: View, council: Council, *, by: Person, moderation_id: int, now: datetime) -> Talk:
    """The same without a row in the trail. Raises NotAllowed."""
    return as_seen(view, council, require_talk(view, council, by=by, moderation_id=moderation_id, now=now))


def require_talk(view: View, council: Council, *, by: Person, moderation_id: int, now: datetime) -> Found:
    """The talk and whether this person leads it; NotAllowed alike for what is not theirs and not there."""
    moderation = view.moderations.get(moderation_id)
    row = view.discussions.of_moderation(moderation_id) if moderation is not None else None
    if moderation is None or row is None:
        raise NotAllowed(NOT_THEIRS)
    given: dict[str, Any] = {"by": by, "audit_id": moderation.audit_id, "now": now}
    try:
        audit, _ = require_audit(view, council, Verb.CHAIR_PANEL, **given)
    except NotAllowed:
        audit, _ = require_audit(view, council, Verb.DISCUSS, **given)
        # An auditor who has not been invited must not learn that there is anything to talk about.
        if row.invited_at is None and moderation.released_at is None:
            raise NotAllowed(NOT_THEIRS) from None
        return Found(moderation, audit, row, leads=False)
    return Found(moderation, audit, row, leads=True)


def require_leading(view: View, council: Council, *, by: Person, moderation_id: int, now: datetime) -> Found:
    """The talk, for whoever chairs. Raises NotAllowed."""
    found = require_talk(view, council, by=by, moderation_id=moderation_id, now=now)
    if not found.leads:
        raise NotAllowed(NOT_THEIRS)
    return found


def require_invited(view: View, council: Council, *, by: Person, moderation_id: int, now: datetime) -> Found:
    """The talk, for the auditor who was invited to it. Raises NotAllowed, RuleBroken once it was held."""
    found = require_talk(view, council, by=by, moderation_id=moderation_id, now=now)
    if found.leads or not is_invited(found.row):
        raise NotAllowed(NOT_THEIRS)
    if found.row.state == TalkState.HELD:
        raise RuleBroken("You have had this talk already.")
    return found


def as_seen(view: View, council: Council, found: Found) -> Talk:
    """The talk as whoever asked sees it."""
    moderation, audit, row = found.moderation, found.audit, found.row
    people = view.people.many({audit.auditor_id, *((row.invited_by,) if row.invited_by else ())})
    return Talk(
        moderation=moderation,
        audit=audit,
        version=row.version,
        leads=found.leads,
        state=TalkState(row.state),
        due_on=row.due_on,
        auditor_name=people[audit.auditor_id].name,
        original=Grade(audit.overall or ""),
        invited_by=people[row.invited_by].name if row.invited_by else "",
        invited_at=row.invited_at,
        slots=tuple(datetime.fromisoformat(at) for at in row.slots),
        message=row.message,
        agreed_at=row.agreed_at,
        proposed=row.proposed,
        held_on=row.held_on,
        note=row.note,
        sections=changed_sections(view, council, moderation),
        early_because=_early_because(view, moderation, row, people[audit.auditor_id]) if found.leads else (),
    )


def changed_sections(view: View, council: Council, moderation: Moderation) -> tuple[SectionDifference, ...]:
    """The sections that the Panel graded otherwise, which the talk may give a final grade (MO-21)."""
    originals = view.audits.grades((moderation.audit_id,)).get(moderation.audit_id, {})
    return differences(originals, from_body(moderation.body), council.framework.section_keys)[0]


def _early_because(
    view: View, moderation: Moderation, row: DiscussionRow, auditor: Person
) -> tuple[str, ...]:
    if moderation.released_at is not None or moderation.overall is None:
        return ()
    days = [line.due_on for line in from_body(moderation.body).missing if line.due_on is not None]
    days += [action.due_on for action in view.actions.of_audit(moderation.audit_id) if action.state == "open"]
    return why_early(moderation.overall, days, row.due_on, auditor_left=auditor.left_on is not None)
