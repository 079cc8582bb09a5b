"""Cards about an audit for its auditor and its readers.

Source: CA-05, CA-16 to CA-18, Q30; design, Faces.
"""

from cards.allocation import allocation_card
from cards.allocation import summary_for as allocation_preview
from cards.assembly import allocation_view
from cards.assembly_readers import shared_notice_view, submitted_view
from cards.handed_in import HandedInLine, HandedInView, handed_in_card
from cards.handed_in import summary_for as handed_in_preview
from cards.payloads import AskSafety, Payload, ShowMyAudits
from cards.shared import shared_notice_card
from cards.shared import summary_for as shared_preview
from cards.submitted import submitted_card
from cards.submitted import summary_for as submitted_preview
from cards.wording import day
from domain.audits import Audit, AuditState, Returned
from domain.permissions import Capacity
from scheduler.drawing import Drawing, Drawn, Needless, note
from workflows.audit_access import load_file
from workflows.handed_in import handed_in as handed_in_to

COPIES = ("audit_allocated", "overview", "page", "review", "line")
"""Kinds of posted cards that show something of an open audit and are edited once it is not."""

_WHY_WITHDRAWN: dict[Returned | None, str] = {
    Returned.CASE_CLOSED: "The case has closed",
    Returned.AUDITOR_AWAY: "You are on leave when it would be due",
    Returned.EXEMPT: "You have been let off this one",
}

_MY_AUDITS = ("My audits", ShowMyAudits())


def allocated(drawing: Drawing) -> Drawn | Needless:
    """The allocation card, while the audit waits for the auditor's answer."""
    audit = _audit(drawing)
    if audit.state is not AuditState.ALLOCATED:
        return Needless(f"the audit is {audit.state.value} already")
    view = allocation_view(
        load_file(drawing.view, audit),
        drawing.council.framework,
        drawing.council.bank_holidays,
        today=drawing.today,
        nonce=drawing.nonce,
        owner_mri=drawing.owner_mri,
    )
    return Drawn(allocation_card(view), allocation_preview(view))


def shared(drawing: Drawing) -> Drawn | Needless:
    """The notice that an audit is there to read, in the words for what the reader is to it."""
    audit = _audit(drawing)
    shares = {share.person_id: share.capacity for share in drawing.view.audits.shares(audit.id)}
    capacity = shares.get(drawing.person.id)
    if capacity is None or audit.state is not AuditState.SUBMITTED:
        return Needless("the audit is not shared with this person")
    auditor = drawing.view.people.get(audit.auditor_id)
    framework, holidays = drawing.council.framework, drawing.council.bank_holidays
    view = shared_notice_view(audit, auditor.name, Capacity(capacity), framework, holidays)
    return Drawn(shared_notice_card(view), shared_preview(view))


def handed_in(drawing: Drawing) -> Drawn | Needless:
    """The audits of a day, for an officer of the QA office."""
    view = drawing.view
    day_on, found = handed_in_to(view, drawing.person, drawing.notice.subject_id)
    if not found:
        return Needless("nothing of that day is theirs to read")
    auditors, teams = view.people.many(audit.auditor_id for audit in found), view.people.teams()
    lines = tuple(
        HandedInLine(audit.id, auditors[audit.auditor_id].name, teams[audit.team_id].name, audit.submitted_at)
        for audit in found
        if audit.submitted_at is not None
    )
    shown = HandedInView(day_on, lines)
    return Drawn(handed_in_card(shown), handed_in_preview(shown))


def withdrawn(drawing: Drawing) -> Drawn | Needless:
    """Tells the auditor that there is nothing more to do, and that nothing was wrong with their work."""
    audit = _audit(drawing)
    if audit.state is not AuditState.RETURNED:
        return Needless(f"the audit is {audit.state.value}")
    why = _WHY_WITHDRAWN.get(audit.returned_because, "It went back")
    text = (
        f"{why}, so the audit that was due on {day(audit.due_on)} is with the QA office again. "
        "There is nothing more for you to do on it, and nothing you did was wrong.\n"
        "Thank you for the time you gave it. If another audit comes to you, it comes with a fresh month."
    )
    return note("An audit is no longer needed from you", text, _MY_AUDITS, _alert(audit))


def outdated(drawing: Drawing) -> Drawn | Needless:
    """What every card posted about a closed audit becomes: a status without the case (CA-16)."""
    audit = _audit(drawing)
    if audit.state is AuditState.SUBMITTED:
        capacities = [share.capacity for share in drawing.view.audits.shares(audit.id)]
        view = submitted_view(audit, drawing.council.framework, shared_with=capacities, in_own_view=False)
        return Drawn(submitted_card(view), submitted_preview(view))
    if audit.state is AuditState.RETURNED:
        text = "This audit went back to the QA office, so there is nothing more for you to do on it."
        return note("Back with the QA office", text, _MY_AUDITS, _alert(audit))
    return Needless("the audit is still open")


def _alert(audit: Audit) -> tuple[str, Payload]:
    """The safety alert, which can be raised from any state (workflow 1B)."""
    return "Raise a safety alert", AskSafety(audit.id)


def _audit(drawing: Drawing) -> Audit:
    audit = drawing.view.audits.get(drawing.notice.subject_id)
    if audit is None:
        raise LookupError(f"no audit {drawing.notice.subject_id}")
    return audit
