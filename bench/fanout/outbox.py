"""The council whose outbox is full: people with open chats, audits that went back, channels."""

from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from random import Random

import sqlalchemy as sa

from domain.framework_reading import read
from storage import tables
from storage.database import Database
from storage.migrating import migrate
from workflows.council import Council, House

FRAMEWORK = Path(__file__).parents[2] / "domain" / "framework.toml"
TRAIL_KEY = b"a key that only the fan-out bench uses"
TENANT = "3b7d2c58-0d5e-4f0b-8f63-5f1f1f9c2e44"
BOT_ID = "28:6d1f6f3a-54a0-4a0e-9a5e-0f2c3f6b7a10"
CHANNEL_KIND = "bench_figures"
CROWDED = 15
"""Notices for one person in fifty, queued together."""
CROWDED_EVERY = 50
CROWDS_WITHIN = 0.5
"""They begin within this part of the queue, so that their windows do not end after everything else."""
MONTH = date(2026, 5, 1)


Row = dict[str, object]


def open_council(url: str) -> Council:
    """A council around this database, whose people may be written to at the hour of the bench."""
    framework = read(FRAMEWORK.read_text(encoding="utf-8"))
    database = Database(url, trail_key=TRAIL_KEY, pool_size=4)
    house = House("Exampleshire", "000", "000")
    return Council(database, framework, house, frozenset(), at_any_hour=True)


def fill(
    council: Council, service_url: str, *, people: int, for_people: int, channels: int, for_channels: int
) -> None:
    """So many notices due now, some for channels; no two can be merged.

    Those for people say that an audit is no longer needed, each about another audit.
    """
    recipients = _recipients(people, for_people)
    a_channels = for_channels // channels
    migrate(council.database)
    now = datetime.now(UTC)
    with council.database.engine.begin() as connection:
        _add(connection, "services", [{"id": 1, "name": "Service"}])
        _add(connection, "teams", [{"id": 1, "name": "Team", "service_id": 1}])
        _add(connection, "people", [_person(n) for n in range(1, people + 1)])
        _add(connection, "reach", [_chat(n, service_url, now) for n in range(1, people + 1)])
        _add(connection, "channels", [_channel(n, service_url, now) for n in range(1, channels + 1)])
        _add(connection, "rounds", [_round(council, n, now) for n in (1, 2)])
        _add(connection, "cases", [_case(n) for n in range(1, for_people + 1)])
        _add(
            connection,
            "audits",
            [_audit(council, n, auditor, people) for n, auditor in enumerate(recipients, 1)],
        )
        told = [
            _notice("audit_withdrawn", n, now, person_id=person) for n, person in enumerate(recipients, 1)
        ]
        posts = [_notice(CHANNEL_KIND, n, now, channel_id=1 + n // a_channels) for n in range(for_channels)]
        _add(connection, "notices", _in_order(told, posts))


def _recipients(people: int, for_people: int) -> list[int]:
    """Who each notice is for: a crowd for some, together, then the others in turn."""
    crowds = [one for one in range(1, people + 1, CROWDED_EVERY) for _ in range(CROWDED)]
    return [*crowds, *(1 + n % people for n in range(for_people - len(crowds)))]


def _in_order(told: list[Row], posts: list[Row]) -> list[Row]:
    """Every crowd in one piece, and the crowds spread over the first part of all the others."""
    by_recipient = [list(some) for _, some in groupby([*told, *posts], key=_recipient)]
    crowds = [some for some in by_recipient if len(some) > 1]
    others = [some for some in by_recipient if len(some) == 1]
    # Channels and people mixed, in the same way each time.
    Random(1).shuffle(crowds)
    every = max(1, int(len(others) * CROWDS_WITHIN) // max(1, len(crowds)))
    mixed: list[Row] = []
    for place, (one,) in enumerate(others):
        if place % every == 0 and crowds:
            mixed += crowds.pop()
        mixed.append(one)
    return [*mixed, *(one for crowd in crowds for one in crowd)]


def _recipient(notice: Row) -> tuple[object, object]:
    return notice["person_id"], notice["channel_id"]


def chat_of(person: int) -> str:
    """A person's conversation with the bot."""
    return f"a:{person:032d}"


def states(council: Council) -> dict[tuple[str, bool], int]:
    """How many notices stand in each (state, possibly repeated)."""
    notices = tables.notices
    chosen = sa.select(notices.c.state, notices.c.possibly_repeated, sa.func.count())
    with council.database.engine.connect() as connection:
        rows = connection.execute(chosen.group_by(notices.c.state, notices.c.possibly_repeated))
        return {(row[0], row[1]): row[2] for row in rows}


def _add(connection: sa.Connection, table: str, rows: list[Row]) -> None:
    connection.execute(sa.insert(tables.metadata.tables[table]), rows)


def _person(n: int) -> Row:
    fixed = {"team_id": 1, "is_auditor": True, "working_days": "01234", "leave": [], "version": 1}
    return {"id": n, "name": f"Person {n}", "email": f"person{n}@council.example", **fixed}


def _chat(n: int, service_url: str, now: datetime) -> Row:
    place = {"service_url": service_url, "tenant_id": TENANT, "bot_id": BOT_ID, "state": "reachable"}
    return {"person_id": n, "conversation_id": chat_of(n), "mri": f"29:{n}", "at": now, **place}


def _channel(n: int, service_url: str, now: datetime) -> Row:
    place = {"service_url": service_url, "tenant_id": TENANT, "bot_id": BOT_ID, "state": "reachable"}
    named = {"conversation_id": f"19:{n:032d}@thread.tacv2", "team_ref": f"team {n}", "name": "QA Group"}
    return {"id": n, "at": now, **named, **place}


def _round(council: Council, n: int, now: datetime) -> Row:
    month = MONTH + timedelta(days=31 * (n - 1))
    made = {"seed": 1, "population_hash": "0" * 64, "summary": {}, "planned_at": now, "version": 1}
    version = council.framework.version
    return {"id": n, "month": month, "state": "planned", "framework_version": version, **made}


def _case(n: int) -> Row:
    child = {"plan_type": "CIN", "gender": "female", "age_band": "0-4", "ethnicity": "White British"}
    held = {"team_id": 1, "practitioner_id": 1, "opened_on": MONTH, "version": 1}
    return {"id": n, "reference": f"C-{n:06d}", **child, **held}


def _audit(council: Council, n: int, auditor: int, people: int) -> Row:
    who = {"auditor_id": auditor, "practitioner_id": 1 + auditor % people, "team_id": 1}
    days = {"allocated_on": MONTH, "due_on": MONTH + timedelta(days=30), "lookback_from": MONTH}
    stands = {
        "state": "returned",
        "returned_because": "case_closed",
        "has_contact_section": True,
        "version": 2,
    }
    round_id = 1 + (n - 1) // people % 2
    case = {"round_id": round_id, "case_id": n, "case_reference": f"C-{n:06d}"}
    return {"id": n, "framework_version": council.framework.version, **case, **who, **days, **stands}


def _notice(
    kind: str, n: int, now: datetime, *, person_id: int | None = None, channel_id: int | None = None
) -> Row:
    key = f"{kind}:{n}"
    stands = {"medium": "teams", "state": "queued", "tries": 0, "possibly_repeated": False}
    to = {"person_id": person_id, "channel_id": channel_id}
    return {"key": key, "kind": kind, "subject_id": n, "due_at": now, "created_at": now, **to, **stands}
