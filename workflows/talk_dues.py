"""The talks that wait to be held, for the auditor and for the chair (MO-16, Q14)."""

from collections.abc import Iterator
from datetime import date, datetime

from domain.days import local_day
from domain.dues import Due
from domain.nudges import About
from domain.people import Person
from domain.talks import TalkState, TalkToHold
from storage.discussions import DiscussionRow
from storage.work import View
from workflows.council import Council
from workflows.panel import acting_chairs, may_chair


def dues(view: View, council: Council, now: datetime, *, of: int | None = None) -> Iterator[Due]:
    """Everyone's, or only those of the person of this id.

    Chairs have theirs from the decision on, auditors from the invite on: before it nothing may tell them that
    the Panel has found something. With an auditor who has left no talk can be held, so it is due only until
    the chair has released the moderation without it.
    """
    # Asked for each card of a day, so nobody's ties are looked up for somebody who cannot chair.
    chairing = may_chair(view, of)
    for talk in view.discussions.open_ones():
        moderation = view.moderations.get(talk.moderation_id)
        audit = view.audits.get(moderation.audit_id) if moderation is not None else None
        if moderation is None or audit is None or moderation.decided_at is None:
            continue
        if not chairing and of != audit.auditor_id:
            continue
        if moderation.released_at is not None and view.people.get(audit.auditor_id).left_on is not None:
            # Nobody is there to talk with, and nothing waits for it any more.
            continue
        chairs = acting_chairs(view, audit, council.today(now))
        since = {chair.id: moderation.decided_at for chair in chairs}
        if talk.invited_at is not None:
            since[audit.auditor_id] = talk.invited_at
        for person_id, at in since.items():
            if of is None or person_id == of:
                yield Due(About.TALK, moderation.id, audit, person_id, local_day(at), _due_on(talk))


def talks_to_lead(view: View, council: Council, *, by: Person, now: datetime) -> tuple[TalkToHold, ...]:
    """The talks that this chair has yet to hold, those due first in front; empty for whoever chairs none."""
    found = []
    for due in dues(view, council, now, of=by.id):
        talk = view.discussions.of_moderation(due.subject_id)
        if talk is None or due.audit.auditor_id == by.id:
            continue
        auditor = view.people.get(due.audit.auditor_id)
        state = TalkState(talk.state)
        found.append(TalkToHold(due.subject_id, auditor.name, state, due.due_on, talk.agreed_at))
    return tuple(sorted(found, key=lambda one: (one.due_on, one.moderation_id)))


def _due_on(talk: DiscussionRow) -> date:
    """The day the reminders count from: a later time that the two agreed on sets it anew."""
    return max(talk.due_on, local_day(talk.agreed_at)) if talk.agreed_at is not None else talk.due_on
