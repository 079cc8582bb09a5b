"""What follows an audit: learning for supervision, reflective session, file, impact.

Source: CA-19, SU-08, RO-01; workflow 1B steps 15 to 18.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from domain.closing import FollowUp
from domain.days import add_working_days, local_day
from domain.dues import Due
from domain.nudges import About
from domain.people import Post
from storage.work import View
from workflows.audit_access import supervisors_of
from workflows.council import Council
from workflows.covering import stand_in
from workflows.filers import filers
from workflows.following import AHEAD, impact_checkers
from workflows.reflecting import holds_reflection
from workflows.supervising import open_learning


def dues(view: View, council: Council, now: datetime, *, of: int | None = None) -> Iterator[Due]:
    """Everyone's, or only those of the person of this id."""
    yield from _learning(view, council, now, of)
    yield from _reflections(view, council, now, of)
    yield from _files(view, council, now, of)
    yield from _impact(view, council, now, of)


def _learning(view: View, council: Council, now: datetime, of: int | None) -> Iterator[Due]:
    today, days = council.today(now), timedelta(days=council.framework.numbers.supervision_days)
    for one, audit in open_learning(view, supervises=of):
        shared_on = local_day(one.submitted_at)
        # The Panel's part is talked of after its release, however long that took.
        since_on = local_day(one.released_at) if one.released_at else shared_on
        due_on = max(shared_on + days, since_on)
        managers = supervisors_of(view, audit)
        people = {(stand_in(view, council, p, today) or p).id for p in managers} - {audit.practitioner_id}
        for person_id in sorted(people):
            if of in (None, person_id):
                yield Due(About.SUPERVISE, audit.id, audit, person_id, since_on, due_on)


def _reflections(view: View, council: Council, now: datetime, of: int | None) -> Iterator[Due]:
    """The auditor's to see to; once they have left, whoever records it in their place (SU-08).

    From a week before its day on, so that a list does not begin to grow with the submission.
    """
    today, days = council.today(now), timedelta(days=council.framework.numbers.supervision_days)
    for one in view.followups.unreflected(auditor_id=of):
        due_on = local_day(one.submitted_at) + days
        audit = view.audits.get(one.audit_id) if due_on <= today + AHEAD else None
        if audit is None:
            continue
        for person_id in holds_reflection(view, audit, today):
            if of in (None, person_id):
                yield Due(About.REFLECT, audit.id, audit, person_id, due_on - AHEAD, due_on)


def _files(view: View, council: Council, now: datetime, of: int | None) -> Iterator[Due]:
    people = [person.id for person in filers(view, council.today(now)) if of in (None, person.id)]
    if not people:
        return
    for one in view.followups.unfiled():
        audit = view.audits.get(one.audit_id) if not one.unconfirmed else None
        if audit is None:
            continue
        since_on = one.last_confirmed_on or local_day(one.submitted_at)
        wait = council.framework.numbers.closing_working_days
        due_on = add_working_days(since_on, wait, council.bank_holidays)
        for person_id in people:
            yield Due(About.FILE, audit.id, audit, person_id, since_on, due_on)


def _impact(view: View, council: Council, now: datetime, of: int | None) -> Iterator[Due]:
    for kept in _may_be_asked(view, council.today(now) + AHEAD, of):
        audit = view.audits.get(kept.audit_id)
        if audit is None or kept.closed_at is None or kept.impact_due_on is None:
            continue
        for person in impact_checkers(view, audit):
            if of in (None, person.id):
                since_on = local_day(kept.closed_at)
                yield Due(About.IMPACT, audit.id, audit, person.id, since_on, kept.impact_due_on)


def _may_be_asked(view: View, by: date, of: int | None) -> tuple[FollowUp, ...]:
    """What `impact_checkers` may name this person for, as nearly everybody is asked of one team or none."""
    person = view.people.get(of) if of is not None else None
    if person is None or person.in_qa_office:
        return view.followups.unchecked(by)
    if person.team_id is None or Post.TM not in person.posts:
        return ()
    return view.followups.unchecked(by, team_id=person.team_id)
