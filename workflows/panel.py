"""Who of the Panel may moderate an audit, who chairs for it, and whose turn it is (MO-07, Q9)."""

from domain.audits import Audit
from domain.panel import Ties, chairs, members
from domain.people import Person, Post
from storage.work import View


def ties_of(view: View, audit: Audit) -> Ties:
    """Everyone and every team tied to the audit, as things stand now and as they stood at allocation."""
    case = view.cases.get(audit.case_id)
    auditor = view.people.get(audit.auditor_id)
    people = (
        audit.auditor_id,
        audit.practitioner_id,
        case.practitioner_id,
        case.supervisor_id,
        case.chair_id,
    )
    teams = (audit.team_id, case.team_id, auditor.team_id)
    return Ties(frozenset(i for i in people if i is not None), frozenset(i for i in teams if i is not None))


def panel_of(view: View, audit: Audit) -> tuple[Person, ...]:
    """Those of the Panel who may moderate this audit, whoever chairs for it included."""
    ties = ties_of(view, audit)
    seated = members(view.people.holding(Post.PC, Post.PSW), ties)
    return tuple({person.id: person for person in (*seated, *chairs_of(view, audit))}.values())


def may_chair(view: View, person_id: int | None) -> bool:
    """Whether this person chairs for some audit; for everyone when none is named."""
    return person_id is None or bool(view.people.get(person_id).posts & {Post.PSW, Post.SM_QA})


def chairs_of(view: View, audit: Audit) -> tuple[Person, ...]:
    """Who chairs the Panel for this audit."""
    return chairs(view.people.holding(Post.PSW, Post.SM_QA), ties_of(view, audit))


def council_chairs(view: View) -> tuple[Person, ...]:
    """Who chairs the Panel where it is about no one audit: the PSW, failing that the SM for QA (Q9)."""
    return chairs(view.people.holding(Post.PSW, Post.SM_QA), Ties(frozenset(), frozenset()))
