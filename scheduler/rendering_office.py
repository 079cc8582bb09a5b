"""Cards for the QA office: an audit that came back, someone who is on no staff list."""

from cards.payloads_round import ReallocateAudit, ShowRound
from cards.wording import day
from domain.audits import AuditState, Returned
from scheduler.drawing import Draw, Drawing, Drawn, DrawnFile, Needless, Postponed, note

LEFT_OFFICE = "they are no longer in the QA office"

_WHY = {
    Returned.CONFLICT: "The auditor declared a conflict.",
    Returned.CASE_CLOSED: "The case has closed.",
    Returned.AUDITOR_LEFT: "The auditor is no longer on the staff list.",
    Returned.AUDITOR_AWAY: "The auditor is on leave over the due date.",
    Returned.EXEMPT: "The auditor has been let off this one.",
}
_REMEDY = {
    Returned.CONFLICT: "Give the auditor another case",
    Returned.CASE_CLOSED: "Give the auditor another case",
    Returned.AUDITOR_LEFT: "Give the case to someone else",
    Returned.AUDITOR_AWAY: "Give the case to someone else",
}
"""The button that reallocates; an exemption leaves nothing to reallocate."""


def for_office(draw: Draw) -> Draw:
    """The same card, for as long as its reader belongs to the QA office."""

    def drawn(drawing: Drawing) -> Drawn | DrawnFile | Needless | Postponed:
        return draw(drawing) if drawing.person.in_qa_office else Needless(LEFT_OFFICE)

    return drawn


def returned(drawing: Drawing) -> Drawn | Needless:
    """Which audit came back and why, with the button that reallocates it."""
    audit = drawing.view.audits.get(drawing.notice.subject_id)
    if audit is None or audit.state is not AuditState.RETURNED or audit.returned_because is None:
        return Needless("the audit is not waiting for the QA office")
    if drawing.view.audits.replaced(audit.id):
        return Needless("the audit has been reallocated")
    auditor = drawing.view.people.get(audit.auditor_id)
    team = drawing.view.people.team(audit.team_id)
    told = drawing.view.audits.returned_note(audit.id)
    lines = [
        _WHY[audit.returned_because] + (f" They wrote: {told}" if told else ""),
        f"Auditor: {auditor.name}. Case {audit.case_reference}, {team.name}.",
    ]
    see = ("See the round", ShowRound(audit.round_id, "returned", 0))
    remedy = _REMEDY.get(audit.returned_because)
    if remedy is None:
        lines.append("Nothing takes its place; the practitioner comes first in the next round.")
        return note("An audit is exempt", "\n".join(lines), see)
    lines.append(f"It was due on {day(audit.due_on)}. Reallocated today, it comes with a fresh month.")
    reallocate = (remedy, ReallocateAudit(audit.id, drawing.nonce))
    return note("An audit came back", "\n".join(lines), reallocate, see)


def stranger(drawing: Drawing) -> Drawn | Needless:
    """Who wrote without being on the staff list, by directory id, and what to do about it."""
    directory_id = drawing.view.reach.stranger_id(drawing.notice.subject_id)
    if directory_id is None or drawing.view.people.by_directory_id(directory_id) is not None:
        return Needless("they are on the staff list by now")
    text = (
        "Somebody from your organisation wrote to me whom I could not match with one person on the staff "
        "list, so I showed them nothing.\n"
        f"Their directory id: {directory_id}\n"
        "If they should be here, please put this id beside their name in the staff list and bring that in "
        "again."
    )
    return note("Somebody wrote who is not on the staff list", text)
