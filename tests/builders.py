"""Builders with sensible defaults: a small council in a database, so that a test shows only what matters.

    def test_…(council: Council, people: Staff) -> None:
        with council.write() as work:
            audit = an_accepted_audit(work, people)

The moment is `NOW`, Friday 1 May 2026 at nine in London, unless a test passes another. Every builder goes
through the product's own repositories and verbs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.audits import Audit, AuditState, Returned
from domain.cases import Case
from domain.days import local_day
from domain.deadlines import due_on, lookback
from domain.framework import Framework
from domain.framework_reading import read
from domain.grades import Grade
from domain.page_reading import to_body
from domain.pages import (
    ACTIONS,
    CONVERSATION,
    FILE,
    JOURNEY,
    OVERALL,
    VOICES,
    ActionLine,
    ActionsPage,
    ConversationPage,
    FilePage,
    JourneyPage,
    OverallPage,
    Page,
    Reached,
    SectionPage,
    Source,
    VoicePage,
    page_keys,
)
from domain.people import Person, Post, Service, Team
from storage.database import Database
from storage.reach import Address
from storage.work import Work
from tests.staffing import once
from workflows.council import Council, House

NOW = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
"""Nine in the morning in London on an allocation day."""
MONTH = date(2026, 5, 1)
HOUSE = House(name="Exampleshire", duty_phone="01632 960101", out_of_hours_phone="01632 960102")
BANK_HOLIDAYS = frozenset({date(2026, 5, 4), date(2026, 5, 25)})
AN_EMPTY_PROPOSAL = {
    "auditors": 0,
    "mix": {name: [] for name in ("team", "plan_type", "gender", "age_band", "ethnicity")},
    "due": 0,
    "due_now": 0,
    "due_covered": 0,
    "due_possible": 0,
    "forecast_shortfall": 0,
    "conflicts_avoided": 0,
    "gave_way": [],
    "unplaced": [],
    "opted_in": [],
}
"""What a plan of nobody for nothing says of itself."""
TENANT = "7d8e5d0c-0000-4000-8000-000000000001"
SERVICE_URL = "https://smba.trafficmanager.net/uk/"


@dataclass(frozen=True, slots=True)
class Staff:
    """A small council's people. The case team is in one service, the auditors in another."""

    auditor: Person
    second_auditor: Person
    practitioner: Person
    line_manager: Person
    """The practitioner's, an assistant team manager."""
    team_manager: Person
    service_manager: Person
    cover: Person
    """Covers the service manager."""
    qa_officer: Person
    ad_qa: Person
    bystander: Person
    """A practitioner of the other team, who has nothing to do with any of it."""
    team: Team
    other_team: Team
    service: Service
    other_service: Service


@pytest.fixture(scope="session")
def framework() -> Framework:
    """The framework that comes with the product."""
    return read(Path("domain/framework.toml").read_text(encoding="utf-8"))


@pytest.fixture
def council(database: Database, framework: Framework) -> Council:
    """An empty council, once on each engine."""
    return a_council(database, framework)


@pytest.fixture
def people(council: Council) -> Staff:
    """The council's staff, saved."""
    with council.write() as work:
        return staff(work)


def a_council(database: Database, framework: Framework) -> Council:
    """A council around this database."""
    return Council(database, framework, HOUSE, BANK_HOLIDAYS)


def a_person(work: Work, name: str, *posts: Post, **columns: Any) -> Person:
    """Someone on the staff list; `columns` are those of the table."""
    handle = name.lower().replace(" ", ".")
    values = {
        "name": name,
        "email": f"{handle}@exampleshire.example",
        "directory_id": f"directory-of-{handle}",
        "is_auditor": False,
        "working_days": frozenset(range(5)),
        "leave": (),
        **columns,
    }
    return work.people.get(work.people.add(values, posts))


@once
def staff(work: Work) -> Staff:
    """A small council's people, each named after their part."""
    service, other_service = work.people.service_named("Conifers"), work.people.service_named("Brambles")
    team = work.people.team_named("Conifers 1", service.id)
    other_team = work.people.team_named("Brambles 1", other_service.id)
    here = {"team_id": team.id, "service_id": service.id}
    there = {"team_id": other_team.id, "service_id": other_service.id}
    line_manager = a_person(work, "Ari Assistant", Post.ATM, **here)
    cover = a_person(work, "Cory Cover", Post.SM, **{"service_id": other_service.id})
    return Staff(
        auditor=a_person(work, "Alex Auditor", Post.TM, is_auditor=True, **there),
        second_auditor=a_person(work, "Sam Second", Post.PC, is_auditor=True, **there),
        practitioner=a_person(
            work, "Perry Practitioner", Post.PRACTITIONER, manager_id=line_manager.id, **here
        ),
        line_manager=line_manager,
        team_manager=a_person(work, "Toni Manager", Post.TM, **here),
        service_manager=a_person(work, "Shay Service", Post.SM, service_id=service.id, cover_id=cover.id),
        cover=cover,
        qa_officer=a_person(work, "Quinn Officer", Post.QAO),
        ad_qa=a_person(work, "Dale Director", Post.AD_QA),
        bystander=a_person(work, "Blair Bystander", Post.PRACTITIONER, **there),
        team=team,
        other_team=other_team,
        service=service,
        other_service=other_service,
    )


def reachable(work: Work, *people: Person, now: datetime = NOW, service_url: str = SERVICE_URL) -> None:
    """Each of these has a chat with the bot; its conversation id is `chat-of-` and the person's id."""
    for person in people:
        address = Address(
            conversation_id=f"chat-of-{person.id}",
            service_url=service_url,
            tenant_id=TENANT,
            mri=f"29:{person.id}",
            bot_id="28:plumbline",
        )
        work.reach.keep(person.id, address, now)


def a_case(work: Work, people: Staff, reference: str = "CF-1001", **columns: Any) -> Case:
    """An open case of the practitioner, supervised by the line manager."""
    values = {
        "reference": reference,
        "team_id": people.team.id,
        "practitioner_id": people.practitioner.id,
        "supervisor_id": people.line_manager.id,
        "chair_id": None,
        "plan_type": "Child in need",
        "gender": "female",
        "age_band": "5 to 9",
        "ethnicity": "White British",
        "opened_on": date(2025, 9, 1),
        "opening_contact_on": date(2025, 8, 20),
        "closed_on": None,
        **columns,
    }
    work.cases.add([values])
    return next(case for case in work.cases.everything() if case.reference == reference)


def a_round(
    work: Work,
    *,
    month: date = MONTH,
    state: str = "allocated",
    by: Person | None = None,
    now: datetime = NOW,
) -> int:
    """The round of a month in any state; made once, found again afterwards."""
    if found := work.rounds.of_month(month):
        return found.id
    values = {
        "month": month,
        "seed": 1,
        "population_hash": "0" * 64,
        "framework_version": "1",
        "summary": AN_EMPTY_PROPOSAL,
        "planned_at": now,
    }
    round_id = work.rounds.add(values)
    if state != "planned":
        approved: dict[str, Any] = {"state": state}
        if by is not None:
            approved |= {"approved_by": by.id, "approved_at": now}
        if state == "allocated":
            approved["allocated_at"] = now
        work.rounds.change(round_id, 1, approved)
    return round_id


def an_allocated_audit(
    work: Work,
    people: Staff,
    *,
    case: Case | None = None,
    reference: str = "CF-1001",
    month: date = MONTH,
    now: datetime = NOW,
    **columns: Any,
) -> Audit:
    """An audit given to the auditor, who has been told; `columns` are those of the table."""
    case = case or a_case(work, people, reference)
    today = local_day(now)
    values = {
        "round_id": a_round(work, month=month, by=people.qa_officer, now=now),
        "case_id": case.id,
        "case_reference": case.reference,
        "auditor_id": people.auditor.id,
        "practitioner_id": case.practitioner_id,
        "team_id": case.team_id,
        "framework_version": "1",
        "allocated_on": today,
        "due_on": due_on(today, month),
        "lookback_from": lookback(today, 6)[0],
        "has_contact_section": False,
        **columns,
    }
    audit_id = work.audits.add(values)
    work.notices.queue(kind="audit_allocated", subject_id=audit_id, person_id=values["auditor_id"], now=now)
    work.trail.add(now=now, actor=None, verb="allocated", subject=f"audit {audit_id}", audit_id=audit_id)
    return _audit(work, audit_id)


def an_accepted_audit(work: Work, people: Staff, *, now: datetime = NOW, **given: Any) -> Audit:
    """An allocated audit that its auditor has taken on."""
    audit = an_allocated_audit(work, people, now=now, **given)
    work.audits.change(audit, {"state": AuditState.ACCEPTED.value, "accepted_at": now})
    return _audit(work, audit.id)


def a_filled_audit(
    work: Work,
    framework: Framework,
    people: Staff,
    *,
    now: datetime = NOW,
    pages: Mapping[str, Page] | None = None,
    **given: Any,
) -> Audit:
    """An accepted audit with every page complete, some of them replaced by `pages`."""
    audit = an_accepted_audit(work, people, now=now, **given)
    save_pages(work, audit, {**complete_pages(framework, people, audit), **(pages or {})}, now=now)
    return audit


def a_submitted_audit(
    work: Work, council: Council, people: Staff, *, now: datetime = NOW, **given: Any
) -> Audit:
    """An audit submitted by its auditor and shared."""
    # Imported here so that a test of storage alone does not need every rule of the coach.
    from workflows.audit_access import load_file
    from workflows.auditing import submit_audit

    audit = a_filled_audit(work, council.framework, people, now=now, **given)
    auditor = work.people.get(audit.auditor_id)
    revision = load_file(work, audit).revision
    submit_audit(work, council, by=auditor, audit_id=audit.id, revision=revision, now=now)
    return _audit(work, audit.id)


def a_returned_audit(
    work: Work, people: Staff, *, because: Returned = Returned.CONFLICT, now: datetime = NOW, **given: Any
) -> Audit:
    """An audit that went back to the QA office."""
    from workflows.auditing import return_audit

    audit = an_allocated_audit(work, people, now=now, **given)
    return_audit(work, audit, because=because, note="They knew the family.", by=audit.auditor_id, now=now)
    return _audit(work, audit.id)


def save_pages(work: Work, audit: Audit, pages: Mapping[str, Page], *, now: datetime = NOW) -> None:
    """Save these pages over whatever stands there."""
    for key, page in pages.items():
        before = work.audits.page(audit.id, key)
        body = to_body(page)
        grade = body.get("grade")
        work.audits.save_page(
            audit_id=audit.id,
            page=key,
            version=before.version if before else 0,
            body=body,
            grade=str(grade) if grade else None,
            by=audit.auditor_id,
            now=now,
        )


def complete_pages(
    framework: Framework, people: Staff, audit: Audit, *, overall: Grade = Grade.GOOD
) -> dict[str, Page]:
    """Every page of the audit, complete enough to submit and written as the coach likes it."""
    day = audit.allocated_on
    rationale = (
        "Visits were regular and the worker knew this child well.",
        "This was because the worker saw the child alone at each visit and acted on what they said.",
        "The child said they felt listened to, so that home and school are calmer for them.",
    )
    sources = (Source("Home visit", day), Source("Supervision record", day), Source("Plan review", day))
    section = SectionPage(Grade.GOOD, *rationale, sources)
    pages: dict[str, Page] = {
        JOURNEY: JourneyPage(
            "The child came to us after a worried call from school.", "Staying at one school."
        ),
        FILE: FilePage(day, "Read from the referral on."),
        CONVERSATION: ConversationPage(day, "What went well, and one thing to try.", "The worker agreed."),
        OVERALL: OverallPage(overall, *rationale, "A plan the child can read."),
        ACTIONS: ActionsPage(
            (ActionLine("Rewrite the plan with the child.", people.practitioner.id, audit.due_on),)
        ),
    }
    voices = {key: VoicePage(Reached.OBTAINED, "They feel heard.", "", day) for key in VOICES}
    keys = page_keys(framework, has_contact_section=audit.has_contact_section)
    return {key: pages.get(key) or voices.get(key) or replace(section) for key in keys}


def _audit(work: Work, audit_id: int) -> Audit:
    audit = work.audits.get(audit_id)
    assert audit is not None
    return audit
