"""What the Panel has to do: moderate what is theirs, answer nominations (MO-07, Q6)."""

from collections.abc import Iterator
from datetime import date, datetime

from domain.days import local_day
from domain.draw_days import answer_by
from domain.dues import Due
from domain.moderation import Moderation
from domain.nudges import About
from domain.people import Post
from storage.work import View
from workflows.choosing import submitted_on
from workflows.council import Council
from workflows.moderation_files import holder_of
from workflows.panel import acting_chairs, chairs_of


def dues(view: View, council: Council, now: datetime, *, of: int | None = None) -> Iterator[Due]:
    """Everyone's, or only those of the person of this id."""
    for due in (
        *_moderations(view, council.today(now), of),
        *_nominations(view, council, council.today(now)),
    ):
        if of is None or due.person_id == of:
            yield due


def _moderations(view: View, today: date, of: int | None) -> Iterator[Due]:
    """Each undecided moderation, its moderator's; the chair's while it is nobody's or late (MO-07, Q9)."""
    chairing = {person.id for person in view.people.holding(Post.PSW, Post.SM_QA)}
    for one in view.moderations.undecided():
        # Whose the others are need not be worked out at every look at one's own.
        if of is None or of == one.moderator_id or of in chairing:
            yield from _moderation(view, one, today)


def _moderation(view: View, one: Moderation, today: date) -> Iterator[Due]:
    audit = view.audits.get(one.audit_id)
    if audit is None:
        return
    since_on, holder = local_day(one.selected_at), holder_of(view, one, audit)
    if holder is not None:
        yield Due(About.MODERATE, one.id, audit, holder.id, since_on, one.due_on)
        if one.due_on >= today:
            return
    about = About.MODERATE if holder is None else About.LATE_MODERATION
    for chair in chairs_of(view, audit):
        if holder is None or chair.id != holder.id:
            yield Due(about, one.id, audit, chair.id, since_on, one.due_on)


def _nominations(view: View, council: Council, today: date) -> Iterator[Due]:
    """Each nomination that waits, its chair's (Q6)."""
    for audit_id in view.moderations.unanswered_nominations():
        audit, review = view.audits.get(audit_id), view.audits.review(audit_id)
        if audit is None or review is None:
            continue
        since_on = local_day(review.at)
        numbers, holidays = council.framework.numbers, council.bank_holidays
        due_on = answer_by(submitted_on(audit), since_on, numbers, holidays)
        for chair in acting_chairs(view, audit, today):
            yield Due(About.NOMINATION, audit_id, audit, chair.id, since_on, due_on)
