"""What the Panel has to do: moderate what is theirs, answer nominations (MO-07, Q6)."""

from collections.abc import Iterator
from datetime import datetime

from domain.days import local_day
from domain.draw_days import answer_by
from domain.dues import Due
from domain.moderation import Moderation
from domain.nudges import About
from storage.work import View
from workflows.choosing import submitted_on
from workflows.council import Council
from workflows.panel import chairs_of, may_chair


def dues(view: View, council: Council, _now: datetime, *, of: int | None = None) -> Iterator[Due]:
    """Everyone's, or only those of the person of this id."""
    # Asked for each card of a day, so nobody's ties are looked up for somebody who cannot chair.
    chairing = may_chair(view, of)
    nominations = _nominations(view, council) if chairing else ()
    for due in (*_moderations(view, of, chairing=chairing), *nominations):
        if of is None or due.person_id == of:
            yield due


def _moderations(view: View, of: int | None, *, chairing: bool) -> Iterator[Due]:
    """Each undecided moderation, its moderator's; the chair's while it is nobody's (MO-07, Q9)."""
    waiting = view.moderations.undecided()
    there = view.people.many(one.moderator_id for one in waiting if one.moderator_id is not None)
    staying = {person.id for person in there.values() if person.left_on is None}
    for one in waiting:
        theirs = one.moderator_id in staying
        if chairing if not theirs else of in (None, one.moderator_id):
            yield from _moderation(view, one, is_nobodys=not theirs)


def _moderation(view: View, one: Moderation, *, is_nobodys: bool) -> Iterator[Due]:
    audit = view.audits.get(one.audit_id)
    if audit is None:
        return
    whose = [chair.id for chair in chairs_of(view, audit)] if is_nobodys else [one.moderator_id]
    for person_id in whose:
        if person_id is not None:
            yield Due(About.MODERATE, one.id, audit, person_id, local_day(one.selected_at), one.due_on)


def _nominations(view: View, council: Council) -> Iterator[Due]:
    """Each nomination that waits, its chair's (Q6)."""
    for audit_id in view.moderations.unanswered_nominations():
        audit, review = view.audits.get(audit_id), view.audits.review(audit_id)
        if audit is None or review is None:
            continue
        since_on = local_day(review.at)
        numbers, holidays = council.framework.numbers, council.bank_holidays
        due_on = answer_by(submitted_on(audit), since_on, numbers, holidays)
        for chair in chairs_of(view, audit):
            yield Due(About.NOMINATION, audit_id, audit, chair.id, since_on, due_on)
