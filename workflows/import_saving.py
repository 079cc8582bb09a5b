"""Writes the changes of a list: names, e-mails and references become ids here."""

from datetime import date
from typing import Any

from domain.intake_changes import Changes
from domain.intake_lists import CaseRow, StaffRow
from storage.work import Work


def save_staff(work: Work, changes: Changes[StaffRow], today: date) -> tuple[int, ...]:
    """Save people; returns the ids of those who left."""
    ids = {p.email.casefold(): p.id for p in work.people.everyone(with_leavers=True)}
    rows: list[tuple[int, StaffRow]] = []
    for change in changes.changed:
        # Two people may swap addresses or accounts; each lets go of its own before any takes a new one.
        freed: dict[str, Any] = {}
        if "email" in change.fields:
            freed["email"] = f"~{ids[change.key.casefold()]}"
        if "directory_id" in change.fields:
            freed["directory_id"] = None
        if freed:
            work.people.change(ids[change.key.casefold()], freed)
    for change in changes.changed:
        person_id = ids[change.key.casefold()]
        work.people.change(person_id, {**_columns(work, change.row), "left_on": None}, change.row.posts)
        rows.append((person_id, change.row))
    for row in changes.added:
        rows.append((work.people.add({**_columns(work, row), "leave": row.leave}, row.posts), row))
    ids = {p.email.casefold(): p.id for p in work.people.everyone(with_leavers=True)}
    for person_id, row in rows:
        links = {
            "manager_id": ids[row.manager_email.casefold()] if row.manager_email else None,
            "cover_id": ids[row.cover_email.casefold()] if row.cover_email else None,
        }
        work.people.change(person_id, links)
    left = tuple(ids[departure.key.casefold()] for departure in changes.left)
    work.people.mark_left(left, today)
    return left


def _columns(work: Work, row: StaffRow) -> dict[str, Any]:
    service = work.people.service_named(row.service) if row.service else None
    team = work.people.team_named(row.team, service.id) if row.team and service else None
    return {
        "name": row.name,
        "email": row.email,
        "directory_id": row.directory_id,
        "team_id": team.id if team else None,
        "service_id": service.id if service else None,
        "is_auditor": row.is_auditor,
        "working_days": row.working_days,
        "leave": row.leave,
    }


def save_cases(work: Work, changes: Changes[CaseRow]) -> tuple[int, ...]:
    """Save cases; returns the ids of those that closed."""
    people = {p.email.casefold(): p.id for p in work.people.everyone(with_leavers=True)}
    teams = {team.name.casefold(): team.id for team in work.people.teams().values()}
    known = {case.reference.casefold(): case.id for case in work.cases.everything()}

    def columns(row: CaseRow) -> dict[str, Any]:
        return {
            "reference": row.reference,
            "team_id": teams[row.team.casefold()],
            "practitioner_id": people[row.practitioner_email.casefold()],
            "supervisor_id": people[row.supervisor_email.casefold()] if row.supervisor_email else None,
            "chair_id": people[row.chair_email.casefold()] if row.chair_email else None,
            "plan_type": row.plan_type,
            "gender": row.gender,
            "age_band": row.age_band,
            "ethnicity": row.ethnicity,
            "opened_on": row.opened_on,
            "opening_contact_on": row.opening_contact_on,
            "closed_on": row.closed_on,
        }

    work.cases.add([columns(row) for row in changes.added])
    for change in changes.changed:
        work.cases.change(known[change.key.casefold()], columns(change.row))
    closed = []
    for departure in changes.left:
        case_id = known[departure.key.casefold()]
        work.cases.close([case_id], departure.on)
        closed.append(case_id)
    return tuple(closed)
