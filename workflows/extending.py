"""More time for an audit, or none wanted any more: a service manager asks, the AD for QA decides.

Where the AD for QA is the auditor or asked themselves, the AD for care decides, failing that the director.

Source: workflow 1B (side states Extended and Exempt), CA-06, Q10, SG-05, Q23.
"""

from datetime import date, datetime, timedelta

from domain.audits import Audit, AuditState, Returned
from domain.days import uk_date
from domain.errors import NotAllowed, NotFound, RuleBroken
from domain.people import Person
from domain.permissions import Verb
from storage.extensions import ExtensionRow
from storage.work import View, Work
from workflows.audit_access import require_audit
from workflows.auditing import return_audit
from workflows.council import Council
from workflows.covering import acting_for, auditors_managers, deciders, stand_in
from workflows.sharing import TextWanted

EXTENSION, EXEMPTION = "extension", "exemption"
OPEN_STATES = (AuditState.ALLOCATED, AuditState.ACCEPTED)
REASON_LIMIT = 2000
LONGEST = timedelta(days=92)
"""From today. What needs longer is another round's audit."""


def ask_extension(
    work: Work,
    council: Council,
    *,
    by: Person,
    audit_id: int,
    kind: str,
    until_on: date | None,
    reason: str,
    now: datetime,
) -> int:
    """The request's id. Those who decide on it are told, and whoever covers them.

    `kind` is "extension" or "exemption"; an extension names its new due date. Raises TextWanted for the
    field that cannot be used, RuleBroken when the audit is no longer open or a request is waiting already.
    """
    audit, _ = require_audit(work, council, Verb.ASK_EXTENSION, by=by, audit_id=audit_id, now=now)
    _require_open(audit)
    if waiting(work, audit_id) is not None:
        raise RuleBroken("More time has been asked for already, and nobody has decided on it yet.")
    words = _reason(reason, "Please say in a sentence why; the reason is kept.")
    until = _until(until_on, audit, council.today(now)) if kind == EXTENSION else None
    chosen = deciders(work, auditor_id=audit.auditor_id, asked_by=by.id)
    if not chosen:
        raise RuleBroken(
            "Nobody on the staff list is AD for QA, or may decide on this in their place. Please tell the QA "
            "office."
        )
    extension_id = work.extensions.ask(
        audit_id=audit_id, kind=kind, until_on=until, reason=words, by=by.id, now=now
    )
    work.trail.add(
        now=now,
        actor=by.id,
        verb=f"asked for an {kind}",
        subject=f"audit {audit_id}",
        audit_id=audit_id,
        fields={"until": until.isoformat() if until else "", "reason": words},
    )
    told = acting_for(work, council, chosen, council.today(now)) - {audit.auditor_id, by.id}
    for person_id in sorted(told):
        work.notices.queue(kind="extension_asked", subject_id=extension_id, person_id=person_id, now=now)
    return extension_id


def decide_extension(
    work: Work,
    council: Council,
    *,
    by: Person,
    extension_id: int,
    approve: bool,
    reason: str,
    now: datetime,
) -> ExtensionRow:
    """The request as decided. An extension moves the due date; an exemption ends the auditor's duty.

    A refusal needs its reason. Raises RuleBroken when somebody decided already or there is nothing left to
    decide.
    """
    asked, audit = require_decider(work, council, by=by, extension_id=extension_id, now=now)
    if asked.state != "asked":
        raise RuleBroken(f"This was decided already: it is {asked.state}.")
    words = reason.strip()
    if not approve:
        words = _reason(reason, "Please say in a sentence why not, so that they can plan.")
    elif len(words) > REASON_LIMIT:
        words = _reason(reason, "")
    if approve:
        _require_open(audit)
        _require_future(asked, council.today(now))
    state = "approved" if approve else "declined"
    if not work.extensions.decide(extension_id, state=state, decision=words, by=by.id, now=now):
        raise RuleBroken("Somebody decided on this a moment ago.")
    work.trail.add(
        now=now,
        actor=by.id,
        verb=f"{state} an {asked.kind}",
        subject=f"audit {audit.id}",
        audit_id=audit.id,
        fields={"asked by": asked.asked_by, "why": asked.reason, "decision": words},
    )
    if approve and asked.until_on is not None:
        _extend(work, audit, asked, asked.until_on, by=by, now=now)
    elif approve:
        return_audit(work, audit, because=Returned.EXEMPT, note=asked.reason, by=by.id, now=now)
    work.notices.queue(kind="extension_decided", subject_id=extension_id, person_id=asked.asked_by, now=now)
    decided = work.extensions.get(extension_id)
    if decided is None:
        raise LookupError(f"no extension {extension_id}")
    return decided


def require_decider(
    view: View, council: Council, *, by: Person, extension_id: int, now: datetime
) -> tuple[ExtensionRow, Audit]:
    """The request and its audit, for somebody who may decide on it; NotAllowed alike when there is none."""
    asked = view.extensions.get(extension_id)
    if asked is None:
        raise NotAllowed("I cannot find that for you. Type “my audits” to see what is yours.")
    audit, _ = require_audit(
        view,
        council,
        Verb.DECIDE_EXTENSION,
        by=by,
        audit_id=asked.audit_id,
        now=now,
        asked_by=asked.asked_by,
    )
    return asked, audit


def waiting(view: View, audit_id: int) -> ExtensionRow | None:
    """The request about this audit that nobody has decided on yet."""
    return next((row for row in view.extensions.of_audit(audit_id) if row.state == "asked"), None)


def may_be_extended(view: View, council: Council, *, by: Person, now: datetime) -> tuple[Audit, ...]:
    """The open audits for whose auditors this person answers, earliest due first."""
    found = []
    today = council.today(now)
    for one in view.duties.open_audits():
        auditor = view.people.get(one.auditor_id)
        answering = auditors_managers(view, auditor)
        told = {p.id for p in answering} | {
            p.id for p in (stand_in(view, council, m, today) for m in answering) if p is not None
        }
        audit = view.audits.get(one.audit_id)
        if by.id in told - {auditor.id} and audit is not None:
            found.append(audit)
    return tuple(found)


def _extend(work: Work, audit: Audit, asked: ExtensionRow, until: date, *, by: Person, now: datetime) -> None:
    if not work.audits.change(audit, {"due_on": until}):
        raise RuleBroken("The audit changed a moment ago. Please try once more.")
    work.trail.add(
        now=now,
        actor=by.id,
        verb="extended",
        subject=f"audit {audit.id}",
        audit_id=audit.id,
        fields={"from": audit.due_on.isoformat(), "to": until.isoformat(), "why": asked.reason},
    )
    work.notices.queue(kind="audit_extended", subject_id=asked.id, person_id=audit.auditor_id, now=now)


def _require_open(audit: Audit) -> None:
    if audit.state is AuditState.SUBMITTED:
        raise RuleBroken("The audit has been submitted meanwhile, so nothing is left to decide. Good news.")
    if audit.state not in OPEN_STATES:
        raise NotFound("That audit went back to the QA office, so there is no due date left to move.")


def _require_future(asked: ExtensionRow, today: date) -> None:
    if asked.until_on is not None and asked.until_on <= today:
        raise RuleBroken(
            f"The day asked for, {uk_date(asked.until_on)}, has passed meanwhile. Please decline it with a "
            "word on that; they can ask for a later day."
        )


def _until(until_on: date | None, audit: Audit, today: date) -> date:
    if until_on is None:
        raise TextWanted("until_on", "Please give the new due date, such as 31 May 2026.")
    if until_on <= max(today, audit.due_on):
        raise TextWanted(
            "until_on",
            f"Please choose a day after today and after {uk_date(audit.due_on)}, when it is due now.",
        )
    if until_on > today + LONGEST:
        raise TextWanted(
            "until_on", f"Please choose a day up to {uk_date(today + LONGEST)}, or ask for an exemption."
        )
    return until_on


def _reason(reason: str, wanted: str) -> str:
    words = reason.strip()
    if not words:
        raise TextWanted("reason", wanted)
    if len(words) > REASON_LIMIT:
        raise TextWanted("reason", f"Please keep it within {REASON_LIMIT:,} characters.")
    return words
