"""Who of the Panel may moderate an audit, who chairs for it, and whose turn it is (MO-07, Q9)."""

from datetime import date, datetime

from domain.audits import Audit
from domain.days import local_day
from domain.panel import Ties, acting, chairs, members
from domain.people import Person, Post
from domain.permissions import PANEL_POSTS
from storage.work import View, Work
from workflows.telling import tell_qa_office


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


def panel_of(view: View, audit: Audit, on: date) -> tuple[Person, ...]:
    """Those of the Panel who may moderate this audit on this day, whoever chairs for it included.

    A deputy who took it on while the PSW was away keeps it.
    """
    ties, known = ties_of(view, audit), view.people.holding(*PANEL_POSTS)
    chosen = view.moderations.of_audit(audit.id)
    keeps = (p for p in known if chosen is not None and p.id == chosen.moderator_id and not ties.of(p))
    seated = (*members(known, ties), *acting(known, ties, on), *keeps)
    return tuple({person.id: person for person in seated}.values())


def may_chair(view: View, person_id: int | None) -> bool:
    """Whether this person chairs for some audit; for everyone when none is named."""
    return person_id is None or bool(view.people.get(person_id).posts & {Post.PSW, Post.SM_QA})


def chairs_of(view: View, audit: Audit) -> tuple[Person, ...]:
    """Who chairs the Panel for this audit."""
    return chairs(view.people.holding(Post.PSW, Post.SM_QA), ties_of(view, audit))


def acting_chairs(view: View, audit: Audit, on: date) -> tuple[Person, ...]:
    """Who chairs the Panel for this audit on this day, a deputy included while every PSW is on leave (Q9)."""
    return acting(view.people.holding(Post.PSW, Post.SM_QA), ties_of(view, audit), on)


def tell_chairs(
    work: Work, audit: Audit, *, kind: str, subject_id: int, now: datetime, again: str = ""
) -> None:
    """Queue a notice to whoever chairs; where nobody can, the QA office hears that the post is empty."""
    chairing = acting_chairs(work, audit, local_day(now))
    for person in chairing:
        work.notices.queue(kind=kind, subject_id=subject_id, person_id=person.id, now=now, again=again)
    if not chairing:
        tell_qa_office(work, kind="nobody_chairs", subject_id=audit.id, now=now, leave_out=audit.auditor_id)


def council_chairs(view: View, on: date) -> tuple[Person, ...]:
    """Who chairs the Panel on this day where it is about no one audit: the PSW, else the SM for QA."""
    return acting(view.people.holding(Post.PSW, Post.SM_QA), Ties(frozenset(), frozenset()), on)
