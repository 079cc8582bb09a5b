"""Opens an audit for someone who may, and records that they did."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.audit_file import AgreedAction, AuditFile, Comment, Moderated, Review, SectionModerated
from domain.audits import Audit, AuditState
from domain.differences import section_pairs
from domain.errors import NotAllowed, RuleBroken
from domain.grades import Grade
from domain.moderation import counting_grade
from domain.moderation_form import from_body as moderation_form
from domain.page_reading import from_body
from domain.pages import Page, SectionPage
from domain.people import Person
from domain.permissions import Capacity, Standing, Verb, require
from storage.actions import ActionRow
from storage.work import View, Work
from workflows.copy_readers import copy_readers
from workflows.council import Council
from workflows.covering import acting_for, auditors_managers, deciders, owners_managers
from workflows.filers import may_file
from workflows.panel import acting_chairs, panel_of
from workflows.reflecting import reflectors
from workflows.telling import service_managers, team_managers


class NotOpen(RuleBroken):
    """The audit can no longer be changed."""


def require_audit(
    view: View,
    council: Council,
    verb: Verb,
    *,
    by: Person,
    audit_id: int,
    now: datetime,
    asked_by: int | None = None,
) -> tuple[Audit, frozenset[Capacity]]:
    """The audit, and the capacities in which this person may do this.

    `asked_by` is whoever asked for more time, where that is to be decided on. Raises NotAllowed alike for an
    audit that is not theirs and for one that does not exist, so that numbers tried at random teach nothing.
    """
    audit = view.audits.get(audit_id)
    if audit is None:
        raise NotAllowed("I cannot find that for you. Type “my audits” to see what is yours.")
    if verb is Verb.REFLECT and by.id == audit.practitioner_id:
        raise NotAllowed("The session is about your own work, so somebody else records it.")
    standing = None
    if verb is not Verb.FILL:
        manager_id, service_id = view.audits.standing(audit)
        standing = Standing(manager_id, service_id, view.cases.get(audit.case_id).team_id)
        if verb is Verb.ASK_EXTENSION:
            managers = auditors_managers(view, view.people.get(audit.auditor_id))
            answering = acting_for(view, council, managers, council.today(now))
            standing = replace(standing, auditors_managers=answering)
        elif verb in _FOR_THE_PANEL:
            standing = _with_panel(view, council, audit, standing, now)
            if verb is Verb.READ_MODERATION:
                readers = copy_readers(view, council, audit, council.today(now))
                standing = replace(standing, copy_readers=readers)
        elif verb is Verb.SUPERVISE:
            managers = supervisors_of(view, audit)
            answering = acting_for(view, council, managers, council.today(now)) - {audit.practitioner_id}
            standing = replace(standing, supervisors=answering)
        elif verb is Verb.CONFIRM_FILE:
            standing = replace(standing, filers=may_file(view, council.today(now)))
        elif verb in (Verb.FOLLOW_UP, Verb.REFLECT) and audit.state is AuditState.SUBMITTED:
            reflecting = frozenset(person.id for person in reflectors(view, audit, council.today(now)))
            standing = replace(standing, reflectors=reflecting)
        elif verb is Verb.DECIDE_EXTENSION and asked_by is not None:
            chosen = deciders(view, auditor_id=audit.auditor_id, asked_by=asked_by)
            deciding = acting_for(view, council, chosen, council.today(now)) - {audit.auditor_id, asked_by}
            standing = replace(standing, deciders=deciding)
    return audit, require(verb, by, today=council.today(now), audit=audit, standing=standing)


_FOR_THE_PANEL = frozenset({Verb.MODERATE, Verb.CHAIR_PANEL, Verb.READ_MODERATION, Verb.RAISE_SAFETY})


def _with_panel(view: View, council: Council, audit: Audit, standing: Standing, now: datetime) -> Standing:
    today = council.today(now)
    managers = acting_for(view, council, auditors_managers(view, view.people.get(audit.auditor_id)), today)
    return replace(
        standing,
        panel=frozenset(person.id for person in panel_of(view, audit, today)),
        chairs=frozenset(person.id for person in acting_chairs(view, audit, today)),
        auditors_managers=managers,
    )


def require_action(
    view: View, council: Council, verb: Verb, *, by: Person, action_id: int, now: datetime
) -> tuple[ActionRow, Audit]:
    """An action and its audit, for its owner (ACT) or whoever answers for the owner (CONFIRM_ACTION).

    Raises NotAllowed alike for an action that is not theirs and for one that does not exist.
    """
    action = view.actions.get(action_id)
    audit = view.audits.get(action.audit_id) if action is not None else None
    if action is None or audit is None:
        raise NotAllowed("I cannot find that for you. Type “my actions” to see what is yours.")
    owner = view.people.get(action.owner_id)
    answering = acting_for(view, council, owners_managers(view, owner), council.today(now)) - {owner.id}
    manager_id, service_id = view.audits.standing(audit)
    standing = Standing(
        manager_id,
        service_id,
        view.cases.get(audit.case_id).team_id,
        owner_id=owner.id,
        confirmers=answering,
    )
    require(verb, by, today=council.today(now), audit=audit, standing=standing)
    return action, audit


def supervisors_of(view: View, audit: Audit) -> tuple[Person, ...]:
    """Who supervises the practitioner: their line manager, else who manages team or service (CA-19)."""
    practitioner = view.people.get(audit.practitioner_id)
    line = view.people.many((practitioner.manager_id,) if practitioner.manager_id is not None else ())
    found = tuple(person for person in line.values() if person.left_on is None)
    team_id = practitioner.team_id or audit.team_id
    return found or team_managers(view, team_id) or service_managers(view, team_id)


def require_open(audit: Audit) -> None:
    """Raise NotOpen unless the auditor has accepted the audit and not yet submitted it."""
    if audit.state is AuditState.SUBMITTED:
        raise NotOpen("This audit has been submitted and shared, so it can no longer be changed.")
    if audit.state is AuditState.RETURNED:
        raise NotOpen("This audit went back to the QA office, so there is nothing more for you to do on it.")
    if audit.state is AuditState.ALLOCATED:
        raise NotOpen("Please accept the audit first, or declare a conflict.")


def load_file(view: View, audit: Audit) -> AuditFile:
    """Everything about one audit, without any check of who asks."""
    case = view.cases.get(audit.case_id)
    saved = view.audits.pages(audit.id)
    pages = {key: from_body(key, page.body) for key, page in saved.items()}
    review = view.audits.review(audit.id)
    actions = view.actions.of_audit(audit.id)
    wanted = {
        audit.auditor_id,
        audit.practitioner_id,
        *(a.owner_id for a in actions),
        *((review.by_id,) if review else ()),
        *((case.supervisor_id,) if case.supervisor_id else ()),
    }
    people = view.people.many(wanted)
    return AuditFile(
        audit=audit,
        auditor=people[audit.auditor_id],
        practitioner=people[audit.practitioner_id],
        team=view.people.team(audit.team_id),
        owners=action_owners(view, audit),
        pages=pages,
        versions={key: page.version for key, page in saved.items()},
        saved_at={key: page.saved_at for key, page in saved.items()},
        actions=tuple(
            AgreedAction(a.what, people[a.owner_id].name, a.due_on, a.state == "confirmed") for a in actions
        ),
        comments=tuple(Comment(c.text, c.at) for c in view.audits.comments(audit.id)),
        review=Review(people[review.by_id].name, review.at, review.nominated, review.reason)
        if review
        else None,
        moderated=_moderated(view, audit, pages),
    )


def _moderated(view: View, audit: Audit, pages: Mapping[str, Page]) -> Moderated | None:
    """What readers of the audit may know of its moderation; nothing before its release (MO-17, MO-21)."""
    moderation = view.moderations.of_audit(audit.id) if audit.overall else None
    if moderation is None or moderation.released_at is None:
        return None
    grade = counting_grade(Grade(audit.overall or ""), moderation)
    form = moderation_form(moderation.body)
    original = {
        key: page.grade for key, page in pages.items() if isinstance(page, SectionPage) and page.grade
    }
    sections = {
        key: SectionModerated(pair.moderated, form.sections[key].final)
        for key, pair in section_pairs(original, form).items()
        if pair.moderated is not pair.original
    }
    return Moderated(grade, moderation.other_final, form.practice, sections)


def action_owners(view: View, audit: Audit) -> tuple[tuple[int, str], ...]:
    """(id, name with part) of whoever may own an action of this audit, each once; leavers never.

    The practitioner, the managers of the audit's team, the practitioner's line manager, the case's supervisor
    and the service manager: help is at times theirs to give. Source: CA-23, Q15.
    """
    practitioner = view.people.get(audit.practitioner_id)
    line, supervisor = practitioner.manager_id, view.cases.get(audit.case_id).supervisor_id
    others = view.people.many(i for i in (line, supervisor) if i is not None)
    parts = ((line, "line manager"), (supervisor, "supervisor"))
    found = (
        (practitioner, "practitioner"),
        *((manager, "team manager") for manager in team_managers(view, audit.team_id)),
        *((others[i], part) for i, part in parts if i in others),
        *((manager, "service manager") for manager in service_managers(view, audit.team_id)),
    )
    labels: dict[int, str] = {}
    for person, part in found:
        if person.left_on is None:
            labels.setdefault(person.id, f"{person.name} ({part})")
    return tuple(labels.items())


def record_read(work: Work, by: Person, audit_id: int, page: str, now: datetime) -> None:
    """The trail's row for reading a page of an audit."""
    work.trail.add(
        now=now,
        actor=by.id,
        verb="read",
        subject=f"audit {audit_id}",
        audit_id=audit_id,
        fields={"page": page},
    )
