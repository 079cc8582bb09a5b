"""Writes the changes of a list: names, e-mails and references become ids here.

Whatever can be made ready is made ready before the transaction, since nobody else saves during it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.intake_changes import Changes
from domain.intake_lists import CaseRow, StaffRow
from storage.work import Work
from workflows.known_lists import KnownLists


def save_staff(work: Work, changes: Changes[StaffRow], known: KnownLists, today: date) -> tuple[int, ...]:
    """Save people; returns the ids of those who left."""
    ids = dict(known.person_ids)
    left = tuple(ids[departure.key.casefold()] for departure in changes.left)
    _let_go(work, changes, known)
    columns = _Columns(work)
    rows: list[tuple[int, StaffRow]] = []
    for change in changes.changed:
        person_id = ids[change.key.casefold()]
        work.people.change(person_id, {**columns.of(change.row), "left_on": None}, change.row.posts)
        rows.append((person_id, change.row))
    for row in changes.added:
        rows.append((work.people.add(columns.of(row), row.posts), row))
    ids |= {row.email.casefold(): person_id for person_id, row in rows}
    for person_id, row in rows:
        links = {
            "manager_id": ids[row.manager_email.casefold()] if row.manager_email else None,
            "cover_id": ids[row.cover_email.casefold()] if row.cover_email else None,
        }
        work.people.change(person_id, links)
    work.people.mark_left(left, today)
    return left


def _let_go(work: Work, changes: Changes[StaffRow], known: KnownLists) -> None:
    """Free the addresses and accounts that this list gives to other people.

    Two people may swap theirs, and somebody may take over those of a leaver; so everyone lets go of their own
    before anyone takes a new one. A leaver keeps none that another person has now.
    """
    stays = {change.key.casefold(): change for change in changes.changed}
    listed = [*(change.row for change in changes.changed), *changes.added]
    emails = {row.email.casefold() for row in listed}
    accounts = {row.directory_id.casefold() for row in listed if row.directory_id}
    gone = {departure.key.casefold() for departure in changes.left}
    for person in known.staff:
        email, account = person.row.email.casefold(), person.row.directory_id
        freed: dict[str, Any] = {}
        if change := stays.get(email):
            freed = {field: None for field in ("email", "directory_id") if field in change.fields}
        elif person.left_on is not None or email in gone:
            if email in emails:
                freed["email"] = None
            if account and account.casefold() in accounts:
                freed["directory_id"] = None
        if "email" in freed:
            freed["email"] = f"~{known.person_ids[email]}"
        if freed:
            work.people.change(known.person_ids[email], freed)


class _Columns:
    """Rows of a staff list as column values; each team and service is looked up once."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._services: dict[str, int] = {}
        self._teams: dict[tuple[str, int], int] = {}

    def of(self, row: StaffRow) -> dict[str, Any]:
        service_id = self._service(row.service) if row.service else None
        return {
            "name": row.name,
            "email": row.email,
            "directory_id": row.directory_id,
            "team_id": self._team(row.team, service_id) if row.team and service_id else None,
            "service_id": service_id,
            "is_auditor": row.is_auditor,
            "working_days": row.working_days,
            "leave": row.leave,
        }

    def _service(self, name: str) -> int:
        if name not in self._services:
            self._services[name] = self._work.people.service_named(name).id
        return self._services[name]

    def _team(self, name: str, service_id: int) -> int:
        if (name, service_id) not in self._teams:
            self._teams[name, service_id] = self._work.people.team_named(name, service_id).id
        return self._teams[name, service_id]


@dataclass(frozen=True, slots=True)
class CaseWrites:
    """The changes of a case list as column values, made before anybody has to wait for them."""

    added: Sequence[dict[str, Any]]
    changed: Sequence[tuple[int, dict[str, Any]]]
    """(case id, values)"""
    closed: Sequence[tuple[int, date]]


def case_writes(changes: Changes[CaseRow], known: KnownLists) -> CaseWrites:
    """What is to be written for these changes of what is known."""
    people, teams, ids = known.person_ids, known.team_ids, known.case_ids

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

    return CaseWrites(
        added=[columns(row) for row in changes.added],
        changed=[(ids[change.key.casefold()], columns(change.row)) for change in changes.changed],
        closed=[(ids[departure.key.casefold()], departure.on) for departure in changes.left],
    )


def save_cases(work: Work, writes: CaseWrites) -> tuple[int, ...]:
    """Save cases; returns the ids of those that closed."""
    work.cases.add(writes.added)
    for case_id, values in writes.changed:
        work.cases.change(case_id, values)
    on_day: dict[date, list[int]] = {}
    for case_id, day in writes.closed:
        on_day.setdefault(day, []).append(case_id)
    for day, case_ids in on_day.items():
        work.cases.close(case_ids, day)
    return tuple(case_id for case_id, _ in writes.closed)
