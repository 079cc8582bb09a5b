"""Who is told of something: the QA office, managers of a case, and whoever covers them."""

from datetime import datetime

from domain.audits import Audit
from domain.people import QA_OFFICE, Person, Post
from storage.work import View, Work


def qa_office(view: View) -> tuple[Person, ...]:
    """The QA officers; the service managers of the office only when there is no officer."""
    return view.people.holding(Post.QAO) or view.people.holding(*QA_OFFICE)


def tell_qa_office(
    work: Work, *, kind: str, subject_id: int, now: datetime, leave_out: int | None = None, again: str = ""
) -> None:
    """Queue a notice to everyone in the QA office, save the one who caused it."""
    for person in qa_office(work):
        if person.id != leave_out:
            work.notices.queue(kind=kind, subject_id=subject_id, person_id=person.id, now=now, again=again)


def holding_teams(view: View, audit: Audit) -> tuple[int, ...]:
    """The team holding the case now, then the one that held it at allocation when it is another (Q13)."""
    return tuple(dict.fromkeys((view.cases.get(audit.case_id).team_id, audit.team_id)))


def team_managers(view: View, team_id: int) -> tuple[Person, ...]:
    """Managers of a team."""
    return view.people.holding(Post.TM, team_id=team_id)


def service_managers(view: View, team_id: int) -> tuple[Person, ...]:
    """Managers of the service that a team belongs to."""
    return view.people.holding(Post.SM, service_id=view.people.team(team_id).service_id)


def directors(view: View) -> tuple[Person, ...]:
    """Whom an alert goes on to: the AD for QA, failing that the AD for care, failing that the QA office."""
    return view.people.holding(Post.AD_QA) or view.people.holding(Post.AD_CARE) or qa_office(view)


def with_cover(view: View, people: tuple[Person, ...]) -> tuple[Person, ...]:
    """These people and whoever is named to cover them; leavers are left out."""
    covers = view.people.many(p.cover_id for p in people if p.cover_id is not None)
    found = {person.id: person for person in (*people, *covers.values()) if person.left_on is None}
    return tuple(found.values())
