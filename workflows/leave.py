"""An auditor whose leave covers the due date: the case goes to someone else. Source: CA-02, CA-06, SG-05."""

from datetime import datetime

from domain.audits import Audit, AuditState
from domain.days import uk_date
from domain.errors import NotFound, RuleBroken
from domain.nudges import is_on_leave, last_working_day
from domain.people import Leave, Person
from domain.permissions import Verb, require
from storage.work import Work
from workflows.allocating import pass_on
from workflows.council import Council
from workflows.extending import OPEN_STATES


def leave_over_due_date(council: Council, audit: Audit, auditor: Person) -> Leave | None:
    """The leave that covers the last working day for an open audit; None when there is none."""
    last = last_working_day(audit.due_on, council.bank_holidays)
    if audit.state not in OPEN_STATES or not is_on_leave(auditor, last):
        return None
    return next(leave for leave in auditor.leave if leave.covers(last))


def reallocate_away(work: Work, council: Council, *, by: Person, audit_id: int, now: datetime) -> Audit:
    """The fresh audit of the same case, for an auditor who is there.

    Raises RuleBroken when the auditor is not away over the due date after all, or nobody is free.
    """
    require(Verb.PLAN, by, today=council.today(now))
    work.audits.hold(audit_id)
    audit = work.audits.get(audit_id)
    if audit is None or audit.state is AuditState.RETURNED:
        raise NotFound("That audit went back to the QA office already.")
    if audit.state is AuditState.SUBMITTED:
        raise RuleBroken("The audit has been submitted meanwhile, so nothing needs to move.")
    auditor = work.people.get(audit.auditor_id)
    leave = leave_over_due_date(council, audit, auditor)
    if leave is None:
        raise RuleBroken("The auditor is no longer on leave over the due date, so nothing needs to move.")
    note = f"On leave from {uk_date(leave.first_on)} to {uk_date(leave.last_on)}."
    return pass_on(work, council, by=by, audit=audit, note=note, now=now)
