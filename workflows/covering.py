"""Who manages whom, and who stands in for somebody who is away."""

from collections.abc import Iterable
from datetime import date

from domain.nudges import is_on_leave, works_on
from domain.people import Person, Post
from storage.work import View
from workflows.council import Council
from workflows.telling import qa_office, service_managers, team_managers


def auditors_managers(view: View, auditor: Person) -> tuple[Person, ...]:
    """The auditor's own service manager, failing that their line manager, failing that the QA office.

    Nobody answers for their own audit. Source: CA-06, SG-03.
    """
    service_id = auditor.service_id
    if service_id is None and auditor.team_id is not None:
        service_id = view.people.team(auditor.team_id).service_id
    of_service = view.people.holding(Post.SM, service_id=service_id) if service_id is not None else ()
    line = view.people.many((auditor.manager_id,) if auditor.manager_id is not None else ())
    for choice in (of_service, tuple(line.values()), qa_office(view)):
        found = tuple(p for p in choice if p.id != auditor.id and p.left_on is None)
        if found:
            return found
    return ()


def deciders(view: View, *, auditor_id: int, asked_by: int) -> tuple[Person, ...]:
    """Who decides on more time: the AD for QA, failing that the AD for care, failing that the director.

    Nobody decides on their own audit, as an AD for QA who audits would (Q10), nor on what they asked for
    themselves. Source: workflow 1B side states, SG-05.
    """
    for post in (Post.AD_QA, Post.AD_CARE, Post.DCS):
        found = tuple(p for p in view.people.holding(post) if p.id not in (auditor_id, asked_by))
        if found:
            return found
    return ()


def owners_managers(view: View, owner: Person) -> tuple[Person, ...]:
    """Who answers for the owner of an action: the managers of their team, failing that their line manager.

    Failing these too their service manager, then the QA office: a manager's own action is confirmed by
    somebody else as well, and none is left without. Source: CA-23, RO-02.
    """
    of_team = team_managers(view, owner.team_id) if owner.team_id is not None else ()
    line = view.people.many((owner.manager_id,) if owner.manager_id is not None else ())
    service_id = owner.service_id
    if service_id is None and owner.team_id is not None:
        service_id = view.people.team(owner.team_id).service_id
    of_service = view.people.holding(Post.SM, service_id=service_id) if service_id is not None else ()
    for choice in (of_team, tuple(line.values()), of_service, qa_office(view)):
        found = tuple(p for p in choice if p.id != owner.id and p.left_on is None)
        if found:
            return found
    return ()


def answering_managers(view: View, team_id: int) -> tuple[Person, ...]:
    """Who answers for a team's figures: its managers, failing that those of its service (PF-01)."""
    return team_managers(view, team_id) or service_managers(view, team_id)


def stand_in(view: View, council: Council, person: Person, day: date) -> Person | None:
    """Who hears today of what this person should: they themselves, their cover while they are on leave.

    None when it has to wait, as on a day of the week they do not work.
    """
    holidays = council.bank_holidays
    if works_on(person, day, holidays):
        return person
    if person.cover_id is None or not is_on_leave(person, day):
        return None
    cover = view.people.get(person.cover_id)
    return cover if cover.left_on is None and works_on(cover, day, holidays) else None


def answering_for(
    view: View, council: Council, by: Person, owner_ids: Iterable[int], day: date
) -> frozenset[int]:
    """Those of these people for whom this person answers today: themselves, and whom they cover."""
    owners = view.people.many(owner_ids)
    return frozenset(
        owner.id
        for owner in owners.values()
        if owner.id == by.id
        or (owner.cover_id == by.id and by.id in acting_for(view, council, (owner,), day))
    )


def acting_for(view: View, council: Council, people: tuple[Person, ...], day: date) -> frozenset[int]:
    """These people and, while they are on leave, whoever covers them."""
    covers = (stand_in(view, council, person, day) for person in people)
    return frozenset(p.id for p in (*people, *covers) if p is not None)
