"""What was tried with an audit that is overdue, and what has been asked for: for those who answer for it.

Source: CA-06, SG-03, SG-05; workflow 1B side states.
"""

from collections.abc import Sequence
from datetime import date, datetime

from domain.audits import Audit, AuditState
from domain.days import uk_date
from domain.errors import NotAllowed
from domain.people import Person
from domain.permissions import Verb
from domain.tried import Request, Tried
from storage.extensions import ExtensionRow
from storage.work import View, Work
from workflows.asked import hearing_of_audit
from workflows.audit_access import require_audit
from workflows.council import Council
from workflows.extending import OPEN_STATES, require_decider
from workflows.tried_reminders import reminders_of_audit


def open_tried(work: Work, council: Council, *, by: Person, audit_id: int, now: datetime) -> Tried:
    """The audit's reminders and whether each was seen; reading it leaves a row in the trail.

    Whoever hears of it only because every manager is away may see it as well, and asks for nothing.
    """
    audit, may_ask = _require_reader(work, council, by=by, audit_id=audit_id, now=now)
    work.trail.add(
        now=now,
        actor=by.id,
        verb="read",
        subject=f"audit {audit_id}",
        audit_id=audit_id,
        fields={"page": "tried"},
    )
    auditor = work.people.get(audit.auditor_id)
    requests = work.extensions.of_audit(audit_id)
    return Tried(
        audit_id=audit_id,
        auditor_name=auditor.name,
        allocated_on=audit.allocated_on,
        due_on=audit.due_on,
        accepted=audit.state is not AuditState.ALLOCATED,
        tries=reminders_of_audit(work, council, audit),
        away=_away(auditor, audit, council.today(now)),
        asked=_asked(requests),
        may_ask=may_ask and audit.state in OPEN_STATES and not any(row.state == "asked" for row in requests),
    )


def _require_reader(
    view: View, council: Council, *, by: Person, audit_id: int, now: datetime
) -> tuple[Audit, bool]:
    """The audit, and whether this person may ask for more time for it. Raises NotAllowed for anyone else."""
    try:
        return require_audit(view, council, Verb.ASK_EXTENSION, by=by, audit_id=audit_id, now=now)[0], True
    except NotAllowed:
        audit, today = view.audits.get(audit_id), council.today(now)
        if audit is None or audit.due_on >= today or by.left_on is not None:
            raise
        heard = hearing_of_audit(view, council, view.people.get(audit.auditor_id), today)
        if by.id not in {person.id for person in heard}:
            raise
        return audit, False


def open_request(view: View, council: Council, *, by: Person, extension_id: int, now: datetime) -> Request:
    """A request for somebody who may decide on it."""
    asked, audit = require_decider(view, council, by=by, extension_id=extension_id, now=now)
    return request_of(view, asked, audit)


def request_of(view: View, asked: ExtensionRow, audit: Audit) -> Request:
    """A request in the words of its people, without any check of who asks."""
    people = view.people.many((audit.auditor_id, asked.asked_by))
    return Request(
        extension_id=asked.id,
        kind=asked.kind,
        auditor_name=people[audit.auditor_id].name,
        asked_by_name=people[asked.asked_by].name,
        asked_at=asked.asked_at,
        due_on=audit.due_on,
        until_on=asked.until_on,
        reason=asked.reason,
        state=asked.state,
        decision=asked.decision,
        submitted=audit.state is AuditState.SUBMITTED,
    )


def _away(auditor: Person, audit: Audit, today: date) -> str:
    spans = [
        f"{uk_date(leave.first_on)} to {uk_date(leave.last_on)}"
        for leave in auditor.leave
        if leave.last_on >= audit.allocated_on and leave.first_on <= max(today, audit.due_on)
    ]
    return "; ".join(spans)


def _asked(requests: Sequence[ExtensionRow]) -> str:
    if not requests:
        return ""
    last = requests[-1]
    until = f" until {uk_date(last.until_on)}" if last.until_on else ""
    said = {
        "asked": "has been asked for, and is yet to be decided",
        "approved": "was approved",
        "declined": "was declined",
    }[last.state]
    because = f": {last.decision}" if last.decision else "."
    return f"An {last.kind}{until} {said}{because}"
