"""What an auditor does with an audit as a whole: accept it, give it back, look it over, submit it.

Source: CA-06, CA-16, CA-23, Q26, Q30; workflow 1B steps 4 and 8. Its pages are filled in `workflows.filling`.
"""

from collections.abc import Mapping
from datetime import date, datetime

from domain.audit_file import AuditFile
from domain.audits import Audit, AuditState, Returned
from domain.errors import RuleBroken, Stale
from domain.pages import (
    ACTIONS,
    OVERALL,
    TEXT_LIMIT,
    ActionsPage,
)
from domain.people import Person
from domain.permissions import Verb
from storage.work import View, Work
from workflows.audit_access import load_file, record_read, require_audit, require_open
from workflows.council import Council
from workflows.filling import PageRefused
from workflows.selecting import select_submitted
from workflows.sharing import share_submitted
from workflows.telling import tell_qa_office


class NotComplete(RuleBroken):
    """The audit still lacks something. Carries page key to what it lacks."""

    def __init__(self, missing: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__("The audit is not complete yet.")
        self.missing = dict(missing)


def accept_audit(work: Work, council: Council, *, by: Person, audit_id: int, now: datetime) -> Audit:
    """The audit, taken on. Accepting twice changes nothing and is a look at the audit."""
    audit, _ = require_audit(work, council, Verb.FILL, by=by, audit_id=audit_id, now=now)
    if audit.state is AuditState.ACCEPTED:
        record_read(work, by, audit_id, "overview", now)
        return audit
    if audit.state is not AuditState.ALLOCATED:
        require_open(audit)
    _change(work, audit, {"state": AuditState.ACCEPTED.value, "accepted_at": now})
    work.trail.add(now=now, actor=by.id, verb="accepted", subject=f"audit {audit_id}", audit_id=audit_id)
    return _again(work, audit_id)


def declare_conflict(
    work: Work, council: Council, *, by: Person, audit_id: int, reason: str, now: datetime
) -> None:
    """Give the audit back to the QA office, which reallocates it with a fresh month (1B step 4)."""
    audit, _ = require_audit(work, council, Verb.FILL, by=by, audit_id=audit_id, now=now)
    if audit.state is not AuditState.ALLOCATED:
        require_open(audit)
    words = reason.strip()
    if not words:
        raise PageRefused({"reason": "Please say in a few words what the conflict is; no names are needed."})
    if len(words) > TEXT_LIMIT:
        raise PageRefused({"reason": f"Please keep it within {TEXT_LIMIT:,} characters; a sentence will do."})
    return_audit(work, audit, because=Returned.CONFLICT, note=words, by=by.id, now=now)


def return_audit(
    work: Work, audit: Audit, *, because: Returned, note: str, by: int | None, now: datetime
) -> None:
    """The audit goes back to the QA office, for whatever reason; the office is told."""
    values = {"state": AuditState.RETURNED.value, "returned_because": because.value, "returned_note": note}
    _change(work, audit, values)
    fields = {"because": because.value, "note": note}
    work.trail.add(
        now=now, actor=by, verb="returned", subject=f"audit {audit.id}", audit_id=audit.id, fields=fields
    )
    tell_qa_office(work, kind="audit_returned", subject_id=audit.id, now=now, leave_out=by)
    if because is not Returned.CONFLICT:
        work.notices.queue(kind="audit_withdrawn", subject_id=audit.id, person_id=audit.auditor_id, now=now)
    work.notices.queue(
        kind="copies_outdated",
        subject_id=audit.id,
        person_id=audit.auditor_id,
        now=now,
        medium="update",
        again="returned",
    )


def view_overview(view: View, council: Council, *, by: Person, audit_id: int, now: datetime) -> AuditFile:
    """The auditor's own audit, for what names no case or answers a press that left its own row."""
    audit, _ = require_audit(view, council, Verb.FILL, by=by, audit_id=audit_id, now=now)
    return load_file(view, audit)


def open_overview(work: Work, council: Council, *, by: Person, audit_id: int, now: datetime) -> AuditFile:
    """The auditor's own audit for its overview, which shows case, practitioner and progress."""
    file = view_overview(work, council, by=by, audit_id=audit_id, now=now)
    if file.audit.state is not AuditState.RETURNED:
        record_read(work, by, audit_id, "overview", now)
    return file


def open_review(work: Work, council: Council, *, by: Person, audit_id: int, now: datetime) -> AuditFile:
    """The whole audit for the last look before submission."""
    audit, _ = require_audit(work, council, Verb.FILL, by=by, audit_id=audit_id, now=now)
    require_open(audit)
    work.turns.move(by.id, audit_id, None, now)
    record_read(work, by, audit_id, "review", now)
    return load_file(work, audit)


def submit_audit(
    work: Work, council: Council, *, by: Person, audit_id: int, revision: int, now: datetime
) -> AuditFile:
    """Lock the audit and share it (CA-16).

    Raises NotComplete with everything that is missing, and Stale when a page changed since the review was
    shown.
    """
    work.audits.hold(audit_id)
    audit, _ = require_audit(work, council, Verb.FILL, by=by, audit_id=audit_id, now=now)
    require_open(audit)
    file = load_file(work, audit)
    if gaps := file.missing(council.framework, today=council.today(now)):
        raise NotComplete(gaps)
    if file.revision != revision:
        raise Stale(
            "A page changed since this review was shown. Here it is again.",
            current=None,
            version=file.revision,
        )
    overall = file.overall
    if overall is None:
        raise NotComplete({OVERALL: ("a grade",)})
    values = {"state": AuditState.SUBMITTED.value, "submitted_at": now, "overall": overall.value}
    _change(work, audit, values)
    _agree_actions(work, file, council.today(now))
    work.trail.add(
        now=now,
        actor=by.id,
        verb="submitted",
        subject=f"audit {audit_id}",
        audit_id=audit_id,
        fields={"overall": overall.value, "revision": revision},
    )
    work.turns.move(by.id, None, None, now)
    submitted = _again(work, audit_id)
    share_submitted(work, submitted, now=now)
    select_submitted(work, council, submitted, now=now)
    return load_file(work, submitted)


def _agree_actions(work: Work, file: AuditFile, today: date) -> None:
    page = file.pages.get(ACTIONS)
    if isinstance(page, ActionsPage):
        rows = [
            {"what": line.what, "owner_id": line.owner_id, "due_on": line.due_on, "agreed_on": today}
            for line in page.written
        ]
        work.actions.add_agreed(file.audit.id, rows)


def _change(work: Work, audit: Audit, values: Mapping[str, object]) -> None:
    if not work.audits.change(audit, values):
        raise Stale(
            "The audit changed a moment ago. Please try once more.", current=None, version=audit.version
        )


def _again(view: View, audit_id: int) -> Audit:
    audit = view.audits.get(audit_id)
    if audit is None:
        raise LookupError(f"no audit {audit_id}")
    return audit
