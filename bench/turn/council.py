"""A large council: its staff, its open cases and this month's audits, all accepted.

The database with ten years of history holds the very same people and audits under way, so that history is
all that differs.
"""

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from bench.turn.activity import BOT_ID, SERVICE_URL, TENANT_ID, Presser
from bench.turn.chains import Chains
from bench.turn.filling import Filling, Row, framework, stored
from storage.tables import name_key

SERVICES = 8
TEAMS = 60
PRACTITIONERS_IN_A_TEAM = 12
AUDITORS = 840
OPEN_CASES = 10_000
LIVE_AUDITS = 800
"""Audits under way this month; the presses go round all of them."""

PERSON = "id name email directory_id team_id manager_id is_auditor working_days leave version"
CASE = "id reference team_id practitioner_id plan_type gender age_band ethnicity opened_on closed_on version"
ROUND = (
    "id month state seed population_hash framework_version summary planned_at approved_by approved_at "
    "allocated_at version"
)
LIVE_AUDIT = (
    "id round_id case_id case_reference auditor_id practitioner_id team_id state framework_version "
    "allocated_on due_on lookback_from has_contact_section accepted_at version"
)
REACH = "person_id conversation_id service_url tenant_id mri bot_id state at"


@dataclass(frozen=True, slots=True)
class LiveAudit:
    """An accepted audit and the one who fills it."""

    audit_id: int
    auditor: Presser


@dataclass(frozen=True, slots=True)
class Staff:
    """Ids that the rest of the rows point to."""

    auditors: tuple[int, ...]
    practitioners: tuple[int, ...]
    manager_of: dict[int, int]
    team_of: dict[int, int]
    qa_officer: int


def add_staff(filling: Filling) -> Staff:
    """Services, teams and everyone in them; the auditors are team managers and reviewing officers."""
    filling.add("services", "id name name_key", [_named("Service", n) for n in range(1, SERVICES + 1)])
    teams = range(1, TEAMS + 1)
    filling.add(
        "teams", "id name name_key service_id", [(*_named("Team", n), 1 + n % SERVICES) for n in teams]
    )
    managers = range(1, TEAMS + 1)
    first = TEAMS + 1
    practitioners = range(first, first + TEAMS * PRACTITIONERS_IN_A_TEAM)
    reviewers = range(practitioners.stop, practitioners.stop + AUDITORS - TEAMS)
    officer = reviewers.stop
    team_of = {m: m for m in managers} | {p: 1 + (p - first) % TEAMS for p in practitioners}
    posts = (
        [(m, "team_manager") for m in managers]
        + [(p, "practitioner") for p in practitioners]
        + [(r, "independent_reviewing_officer") for r in reviewers]
        + [(officer, "quality_assurance_officer")]
    )
    staff = Staff(
        (*managers, *reviewers),
        tuple(practitioners),
        {p: team_of[p] for p in practitioners},
        team_of,
        officer,
    )
    auditors = set(staff.auditors)
    filling.add("people", PERSON, (_person(staff, person, person in auditors) for person, _ in posts))
    filling.add("person_posts", "person_id post", posts)
    return staff


def add_cases(
    filling: Filling, staff: Staff, ids: range, *, opened: date, closed: date | None, random: Random
) -> None:
    """Cases of these ids, shared out among the practitioners in turn."""
    bands = [label for _, label in framework().age_bands]

    def row(case: int) -> Row:
        practitioner = practitioner_of(staff, case)
        return (
            case,
            f"C-{case:06d}",
            staff.team_of[practitioner],
            practitioner,
            random.choice(framework().plan_types),
            random.choice(("female", "male")),
            random.choice(bands),
            random.choice(("White British", "Asian", "Black", "Mixed", "Other")),
            opened - timedelta(days=random.randrange(600)),
            closed,
            1,
        )

    filling.add("cases", CASE, map(row, ids))


def add_round(filling: Filling, round_id: int, month: date, places: int) -> None:
    """An allocated round."""
    at = stored(datetime(month.year, month.month, 1, 9, tzinfo=UTC))
    summary = json.dumps({"places": places})
    row = (round_id, month, "allocated", 1, "0" * 64, framework().version, summary, at, 1, at, at, 3)
    filling.add("rounds", ROUND, [row])


def add_live_round(
    filling: Filling, chains: Chains, staff: Staff, *, round_id: int, first_audit: int, today: date
) -> tuple[LiveAudit, ...]:
    """This month's round: every audit accepted, no page saved yet, the trail of both in place."""
    month = today.replace(day=1)
    at = datetime(month.year, month.month, 1, 9, tzinfo=UTC)
    add_round(filling, round_id, month, LIVE_AUDITS)
    pairs = list(zip(range(first_audit, first_audit + LIVE_AUDITS), staff.auditors, strict=False))
    filling.add(
        "audits",
        LIVE_AUDIT,
        (_live_audit(staff, n, audit, auditor, round_id, month) for n, (audit, auditor) in enumerate(pairs)),
    )
    live = tuple(LiveAudit(audit, _presser(auditor)) for audit, auditor in pairs)
    filling.add("reach", REACH, (_reach(auditor, _presser(auditor), at) for _, auditor in pairs))
    chains.open_day(at, (audit for audit, _ in pairs))
    for audit, auditor in pairs:
        chains.add_audit(audit, [(at, None, "allocated"), (at, auditor, "accepted")])
    return live


def practitioner_of(staff: Staff, case: int) -> int:
    """Who holds the case of this id."""
    return staff.practitioners[case % len(staff.practitioners)]


def _person(staff: Staff, person: int, is_auditor: bool) -> Row:
    email, directory = f"person{person}@council.example", _directory_id(person)
    team, manager = staff.team_of.get(person), staff.manager_of.get(person)
    return person, f"Person {person}", email, directory, team, manager, is_auditor, "01234", "[]", 1


def _live_audit(staff: Staff, n: int, audit: int, auditor: int, round_id: int, month: date) -> Row:
    case = n + 1
    practitioner = practitioner_of(staff, case)
    due = (month + timedelta(days=40)).replace(day=1) - timedelta(days=1)
    return (
        audit,
        round_id,
        case,
        f"C-{case:06d}",
        auditor,
        practitioner,
        staff.team_of[practitioner],
        "accepted",
        framework().version,
        month,
        due,
        month - timedelta(days=181),
        True,
        stored(datetime(month.year, month.month, 1, 9, tzinfo=UTC)),
        2,
    )


def _reach(person: int, presser: Presser, at: datetime) -> Row:
    chat = presser.conversation_id
    return person, chat, SERVICE_URL, TENANT_ID, presser.mri, BOT_ID, "reachable", stored(at)


def _directory_id(person: int) -> str:
    return str(uuid.UUID(int=0x4000_8000_0000_0000_0000 + person))


def _presser(person: int) -> Presser:
    return Presser(_directory_id(person), f"Person {person}")


def _named(kind: str, number: int) -> tuple[int, str, str]:
    name = f"{kind} {number}"
    return number, name, name_key(name)
