"""Everything that everyone has been asked to do, with who hears of it: what the nudges are made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain.days import local_day
from domain.deadlines import accept_by, comment_by, review_by
from domain.nudges import About, Tells, Thing, is_on_leave
from domain.people import Person
from storage.work import View
from workflows.council import Council
from workflows.covering import auditors_managers, owners_managers, stand_in
from workflows.dues import dues
from workflows.telling import qa_office, service_managers, team_managers
from workflows.todo import LOOK_BACK


@dataclass(frozen=True, slots=True)
class Asked:
    """One person to be told of one thing."""

    thing: Thing
    person: Person
    tells: Tells
    extended: bool = False
    """Whether the due date was moved, so that the thing did not begin anew."""


def everything_asked(view: View, council: Council, now: datetime) -> tuple[Asked, ...]:
    """What everyone who is at work today may be told; leavers are left out, and whoever is away waits."""
    today = council.today(now)
    people = {person.id: person for person in view.people.everyone()}
    return (
        *_audits(view, council, people, today),
        *_answers(view, council, people, now),
        *_actions(view, council, people, today),
        *_dues(view, council, people, now),
    )


def _audits(view: View, council: Council, people: dict[int, Person], today: date) -> Iterator[Asked]:
    numbers, holidays = council.framework.numbers, council.bank_holidays
    found = view.duties.open_audits()
    extended = view.extensions.extended_at(audit.audit_id for audit in found)
    for audit in found:
        auditor = people.get(audit.auditor_id)
        if auditor is None:
            continue
        moved_at = extended.get(audit.audit_id)
        since_on = local_day(moved_at) if moved_at else audit.allocated_on
        thing = Thing(About.AUDIT, audit.audit_id, since_on, audit.due_on)
        yield Asked(thing, auditor, Tells.OWN, extended=moved_at is not None)
        if not audit.accepted:
            due = min(accept_by(audit.allocated_on, numbers, holidays), audit.due_on)
            yield Asked(Thing(About.ACCEPT, audit.audit_id, audit.allocated_on, due), auditor, Tells.OWN)
        if audit.due_on < today:
            for person in hearing_of_audit(view, council, auditor, today):
                yield Asked(thing, person, Tells.SERVICE_MANAGER)


def _answers(view: View, council: Council, people: dict[int, Person], now: datetime) -> Iterator[Asked]:
    numbers, holidays = council.framework.numbers, council.bank_holidays
    waiting = (
        (About.COMMENT, view.duties.uncommented(now - LOOK_BACK), comment_by),
        (About.REVIEW, view.duties.unreviewed(now - LOOK_BACK), review_by),
    )
    for about, unanswered, answer_by in waiting:
        for one in unanswered:
            if one.person_id in people:
                shared_on = local_day(one.submitted_at)
                thing = Thing(about, one.audit_id, shared_on, answer_by(shared_on, numbers, holidays))
                yield Asked(thing, people[one.person_id], Tells.OWN)


def _actions(view: View, council: Council, people: dict[int, Person], today: date) -> Iterator[Asked]:
    found = view.duties.open_actions()
    owners = view.people.many(action.owner_id for action in found)
    for action in found:
        owner = owners[action.owner_id]
        thing = Thing(About.ACTION, action.action_id, action.agreed_on, action.due_on)
        if owner.id in people:
            yield Asked(thing, owner, Tells.OWN)
        if action.due_on < today:
            # An action outlives its owner's time here, so the manager hears of it all the same.
            for person in hearing(view, council, owners_managers(view, owner), today, about=owner):
                yield Asked(thing, person, Tells.TEAM_MANAGER)


def _dues(view: View, council: Council, people: dict[int, Person], now: datetime) -> Iterator[Asked]:
    for due in dues(view, council, now):
        if due.person_id in people:
            thing = Thing(due.about, due.subject_id, due.since_on, due.due_on)
            yield Asked(thing, people[due.person_id], Tells.OWN)


def hearing(
    view: View,
    council: Council,
    managers: tuple[Person, ...],
    day: date,
    *,
    about: Person,
    beyond: tuple[Person, ...] = (),
) -> tuple[Person, ...]:
    """Who hears on this day of what these managers should: they themselves, or their cover while on leave.

    Never the person it is about, whomever they cover.

    A day off is waited out. While all of them are on leave without a cover who is there, the managers they
    themselves have hear it; while these are away as well, whoever stands `beyond`. Source: CA-06.
    """
    lines = view.people.many(p.manager_id for p in managers if p.manager_id is not None)
    above = tuple(person for person in lines.values() if person.left_on is None)
    for choice in (managers, above, beyond):
        others = tuple(person for person in choice if person.id != about.id)
        if any(_is_reached(view, person, day, about) for person in others):
            told = (stand_in(view, council, person, day) for person in others)
            return tuple({p.id: p for p in told if p is not None and p.id != about.id}.values())
    return ()


def _is_reached(view: View, person: Person, day: date, about: Person) -> bool:
    """Whether they, or whoever covers their leave, are there apart from days of the week they do not work."""
    if not is_on_leave(person, day):
        return True
    if person.cover_id is None or person.cover_id == about.id:
        return False
    cover = view.people.get(person.cover_id)
    return cover.left_on is None and not is_on_leave(cover, day)


def hearing_of_audit(view: View, council: Council, auditor: Person, day: date) -> tuple[Person, ...]:
    """Who hears on this day that this auditor's audit is overdue; never the auditor (CA-06, SG-03)."""
    managers = auditors_managers(view, auditor)
    return hearing(view, council, managers, day, about=auditor, beyond=qa_office(view))


def told_of_audit(view: View, council: Council, auditor: Person, day: date) -> frozenset[int]:
    """Whose it is on this day that this auditor's audit is overdue; nobody's cover of days gone by."""
    managers = auditors_managers(view, auditor)
    hear = hearing_of_audit(view, council, auditor, day)
    return frozenset(person.id for person in (*managers, *hear)) - {auditor.id}


def told_of_action(view: View, council: Council, owner: Person, day: date) -> frozenset[int]:
    """Whose it is on this day that this owner's action is overdue."""
    managers = owners_managers(view, owner)
    return frozenset(person.id for person in (*managers, *hearing(view, council, managers, day, about=owner)))


def weeks_readers(view: View, team_id: int) -> tuple[Person, ...]:
    """Who has a team's week: its managers, failing them the line managers of those who owe an action.

    Failing these too, the service manager. Source: CA-23, RO-02.
    """
    managers = team_managers(view, team_id)
    if managers:
        return managers
    owners = view.people.many(action.owner_id for action in view.duties.actions_in_team(team_id))
    line = view.people.many(owner.manager_id for owner in owners.values() if owner.manager_id is not None)
    return tuple(p for p in line.values() if p.left_on is None) or service_managers(view, team_id)
