"""What a person has to do next, and why (PR-02)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.audits import Audit, AuditState
from domain.days import local_day
from domain.deadlines import accept_by, comment_by, review_by
from domain.people import Person
from domain.permissions import Capacity
from storage.work import View
from workflows.council import Council

LOOK_BACK = timedelta(days=92)
"""How far back shared audits are listed."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do."""

    kind: str
    """"accept", "audit", "comment" or "review"."""
    audit: Audit
    due_on: date
    overdue: bool


@dataclass(frozen=True, slots=True)
class Duties:
    """What is open, most pressing first, and what was shared or done lately."""

    open: tuple[Duty, ...]
    lately: tuple[Audit, ...]
    readable: tuple[tuple[Audit, str], ...]
    """(audit, capacity) shared with the person and nothing more to do."""


def duties(view: View, council: Council, *, by: Person, now: datetime) -> Duties:
    """Everything this person is asked to do."""
    today = council.today(now)
    numbers, holidays = council.framework.numbers, council.bank_holidays
    found: list[Duty] = []
    for audit in view.audits.of_auditor(by.id):
        if audit.state is AuditState.ALLOCATED:
            due = min(accept_by(audit.allocated_on, numbers, holidays), audit.due_on)
            found.append(Duty("accept", audit, due, today > due))
        else:
            found.append(Duty("audit", audit, audit.due_on, today > audit.due_on))
    readable = []
    for audit, capacity in view.audits.shared_with(by.id, since=now - LOOK_BACK):
        shared_on = local_day(audit.submitted_at) if audit.submitted_at else today
        if capacity == Capacity.PRACTITIONER and not view.audits.comments(audit.id):
            due = comment_by(shared_on, numbers, holidays)
            # A comment is invited, never chased once its days are over (Q26).
            if today <= due:
                found.append(Duty("comment", audit, due, overdue=False))
                continue
        if capacity == Capacity.TEAM_MANAGER and view.audits.review(audit.id) is None:
            due = review_by(shared_on, numbers, holidays)
            found.append(Duty("review", audit, due, today > due))
            continue
        readable.append((audit, capacity))
    lately = view.audits.submitted_by(by.id, since=now - LOOK_BACK)
    found.sort(key=lambda duty: (not duty.overdue, duty.due_on, duty.audit.id))
    return Duties(tuple(found), lately[-5:], tuple(readable))
