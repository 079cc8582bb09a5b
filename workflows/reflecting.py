"""Who records that the reflective session of an audit was held (SU-08, Q13)."""

from datetime import date

from domain.audits import Audit
from domain.people import Person
from storage.work import View
from workflows.telling import holding_teams, service_managers, team_managers


def managers_of_case(view: View, audit: Audit) -> tuple[Person, ...]:
    """The managers of the team holding the case, failing them those of the one that held it at allocation."""
    for team_id in holding_teams(view, audit):
        if found := team_managers(view, team_id):
            return found
    return ()


def reflectors(view: View, audit: Audit, on: date) -> tuple[Person, ...]:
    """The team's managers and the auditor; where that is nobody any more, whoever can be asked instead.

    These are the practitioner's line manager and the managers of the service that holds the case: an audit
    must not stay open for ever because its auditor has left a team without a manager. Nobody records the
    session about their own work.
    """
    auditor = view.people.get(audit.auditor_id)
    found = tuple(one for one in managers_of_case(view, audit) if one.id != audit.practitioner_id)
    if auditor.left_on is None or auditor.left_on > on:
        found = (*found, auditor)
    return tuple(dict.fromkeys(found)) or _instead(view, audit)


def holds_reflection(view: View, audit: Audit, on: date) -> tuple[int, ...]:
    """Whose it is to see that the session is held: the auditor's, failing them the others' who record it."""
    found = tuple(person.id for person in reflectors(view, audit, on))
    return (audit.auditor_id,) if audit.auditor_id in found else found


def _instead(view: View, audit: Audit) -> tuple[Person, ...]:
    manager_id = view.people.get(audit.practitioner_id).manager_id
    line = view.people.many((manager_id,) if manager_id is not None else ())
    of_service = service_managers(view, view.cases.get(audit.case_id).team_id)
    known = {person.id: person for person in (*line.values(), *of_service) if person.left_on is None}
    return tuple(person for person in known.values() if person.id != audit.practitioner_id)
