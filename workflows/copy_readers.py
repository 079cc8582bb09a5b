"""Who reads the team's copy of a moderation on a day (MO-15, MO-19, Q13)."""

from datetime import date

from domain.audits import Audit
from domain.people import Person
from storage.work import View
from workflows.council import Council
from workflows.covering import acting_for
from workflows.telling import holding_teams, team_managers


def managers_holding(view: View, audit: Audit) -> tuple[Person, ...]:
    """Who manages the team that holds the case now; where nobody does, the one that held it before (Q13)."""
    for team_id in holding_teams(view, audit):
        found = tuple(person for person in team_managers(view, team_id) if person.id != audit.auditor_id)
        if found:
            return found
    return ()


def copy_readers(view: View, council: Council, audit: Audit, day: date) -> frozenset[int]:
    """These managers, whoever covers them while they are on leave, and whom the QA office gave it to.

    Never the auditor, whose copy is another one, nor the practitioner whose work it is about.
    """
    found = acting_for(view, council, managers_holding(view, audit), day)
    given_to = view.moderations.copy_given_to(audit.id)
    given = frozenset() if given_to is None else frozenset({given_to})
    return (found | given) - {audit.auditor_id, audit.practitioner_id}
