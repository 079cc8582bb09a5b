"""What the Panel has to do: moderate what is theirs, answer nominations (MO-07, Q6)."""

from collections.abc import Iterator
from datetime import date, datetime

from domain.days import local_day
from domain.draw_days import answer_by
from domain.dues import Due
from domain.moderation import Moderation
from domain.nudges import About
from storage.work import View
from workflows.choosing import submitted_on
from workflows.council import Council
from workflows.moderation_files import holder_of
from workflows.panel import acting_chairs, may_chair


def dues(view: View, council: Council, now: datetime, *, of: int | None = None) -> Iterator[Due]:
    """Everyone's, or only those of the person of this id."""
    # Asked for each card of a day, so nobody's ties are looked up for somebody who cannot chair.
    chairing, today = may_chair(view, of), council.today(now)
    nominations = _nominations(view, council, today) if chairing else ()
    for due in (*_moderations(view, today, of, chairing=chairing), *nominations):
        if of is None or due.person_id == of:
            yield due


def _moderations(view: View, today: date, of: int | None, *, chairing: bool) -> Iterator[Due]:
    """Each undecided moderation, its moderator's; the chair's while it is nobody's or late (MO-07, Q9)."""
    for one in view.moderations.undecided():
        if chairing or of == one.moderator_id:
            yield from _moderation(view, one, today)


def _moderation(view: View, one: Moderation, today: date) -> Iterator[Due]:
    audit = view.audits.get(one.audit_id)
    if audit is None:
        return
    since_on, holder = local_day(one.selected_at), holder_of(view, one, audit, today)
    if holder is not None:
        yield Due(About.MODERATE, one.id, audit, holder.id, since_on, one.due_on)
        if one.due_on >= today:
            return
    about = About.MODERATE if holder is None else About.LATE_MODERATION
    for chair in acting_chairs(view, audit, today):
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
