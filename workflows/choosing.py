"""Puts an audit into the Panel's queue, once, with all the reasons known and whose turn it is.

Source: MO-03 to MO-07, Q3 to Q5, Q7, Q9; workflow 1B step 11.
"""

from collections.abc import Collection
from datetime import date, datetime

from domain.audits import Audit
from domain.days import add_months, local_day, local_midnight
from domain.draw import compulsory_reasons
from domain.draw_days import chosen_due_on
from domain.grades import Grade
from domain.moderation import Moderation, Reason
from domain.panel import consultants, whose_turn
from domain.panel_load import loads
from domain.people import Person, Post
from storage.work import View, Work
from workflows.closing import reopen
from workflows.council import Council
from workflows.panel import tell_chairs, ties_of

LATELY = 3
"""Months of turns that are compared among those with equally much to do."""


def choose(
    work: Work,
    council: Council,
    audit: Audit,
    *,
    reasons: Collection[Reason],
    due_on: date,
    now: datetime,
    draw_id: int | None = None,
    by: Person | None = None,
    note: str = "",
) -> Moderation | None:
    """The moderation of an audit chosen now; None when it had been chosen before.

    Whoever has it next is told, the chair while it is nobody's. An audit that was closed is open again.
    """
    moderator = next_moderator(work, council, audit, due_on=due_on, now=now)
    is_new = work.moderations.select(
        audit_id=audit.id,
        reasons=reasons,
        due_on=due_on,
        moderator_id=moderator.id if moderator else None,
        now=now,
        draw_id=draw_id,
        by=by.id if by else None,
        note=note,
    )
    moderation = work.moderations.of_audit(audit.id)
    if not is_new or moderation is None:
        return None
    work.trail.add(
        now=now,
        actor=by.id if by else None,
        verb="chose for moderation",
        subject=f"audit {audit.id}",
        audit_id=audit.id,
        fields={
            "reasons": [reason.value for reason in reasons],
            "due": due_on.isoformat(),
            "moderator": moderator.id if moderator else None,
            "why": note,
        },
    )
    reopen(work, audit, by=by.id if by else None, now=now)
    if moderator is None:
        tell_chairs(work, audit, kind="moderation_chosen", subject_id=moderation.id, now=now)
    else:
        work.notices.queue(
            kind="moderation_chosen", subject_id=moderation.id, person_id=moderator.id, now=now
        )
    answer_nominator(work, audit, now=now)
    return moderation


def answer_nominator(work: Work, audit: Audit, *, now: datetime) -> None:
    """Tell the manager who put forward an audit that is chosen anyhow; nobody else will answer them (Q6)."""
    review = work.audits.review(audit.id)
    if review is not None and review.nominated and work.moderations.nomination(audit.id) is None:
        work.notices.queue(kind="nomination_answered", subject_id=audit.id, person_id=review.by_id, now=now)


def choose_compulsory(work: Work, council: Council, audit: Audit, *, now: datetime) -> None:
    """Choose the audit where a rule asks for it as things stand now."""
    if reasons := rule_reasons(work, council, audit):
        due_on = due_of_chosen(council, audit, now)
        choose(work, council, audit, reasons=reasons, due_on=due_on, now=now)


def rule_reasons(
    view: View, council: Council, audit: Audit, *, nominated: bool = False
) -> tuple[Reason, ...]:
    """What makes this submitted audit compulsory now; empty when nothing does."""
    history = view.moderations.of_auditor(audit.auditor_id)
    return compulsory_reasons(grade_of(audit), history, council.framework.numbers, nominated=nominated)


def next_moderator(
    view: View, council: Council, audit: Audit, *, due_on: date, now: datetime
) -> Person | None:
    """Whose turn it is to moderate this audit; None where the chair has to say (MO-07, Q9)."""
    today = council.today(now)
    known = view.people.holding(Post.PC, Post.PSW, Post.SM_QA)
    in_turn = frozenset(person.id for person in consultants(known))
    lately, earlier = (local_midnight(add_months(today, -months)) for months in (LATELY, 2 * LATELY))
    turns = view.moderations.turns(in_turn, lately=lately, earlier=earlier)
    return whose_turn(known, ties_of(view, audit), loads(turns, in_turn), chosen_on=today, due_on=due_on)


def due_of_chosen(council: Council, audit: Audit, now: datetime) -> date:
    """The day by which the audit is moderated, were it chosen at this moment (MO-07, Q7)."""
    numbers, holidays = council.framework.numbers, council.bank_holidays
    return chosen_due_on(submitted_on(audit), council.today(now), numbers, holidays)


def submitted_on(audit: Audit) -> date:
    """The day a submitted audit was submitted."""
    if audit.submitted_at is None:
        raise LookupError(f"audit {audit.id} is not submitted")
    return local_day(audit.submitted_at)


def grade_of(audit: Audit) -> Grade:
    """The overall grade a submitted audit was given by its auditor."""
    if audit.overall is None:
        raise LookupError(f"audit {audit.id} is not submitted")
    return Grade(audit.overall)
