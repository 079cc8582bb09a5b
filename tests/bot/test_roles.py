"""What a process of each role does, and that it stops in time with nothing lost."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import serving
from bot.asking import clock
from bot.roles import Role
from bot.settings import Settings
from domain.days import local_day
from domain.people import Post
from storage.database import Database
from tests.bot.processes import Process
from tests.builders import a_case, a_person, an_allocated_audit, reachable, staff
from tests.databases import TRAIL_KEY
from tests.doubles.connector import TeamsConnector
from tests.doubles.settings import demo_settings

SECONDS_ALLOWED = 15


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Without sign-in, so that nothing has to be fetched from anyone; the connector is this machine's."""
    return demo_settings(
        port=0,
        database_url=database_url,
        turn_threads=4,
        lease_seconds=2,
        trail_key=TRAIL_KEY.decode(),
        trail_export_dir=tmp_path / "trail",
        mail="folder",
        mail_folder=tmp_path / "mail",
    )


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url, trail_key=TRAIL_KEY)
    yield opened
    opened.close()


def allocate(database: Database, teams: TeamsConnector, *, auditors: int) -> list[str]:
    """As many auditors with an audit each, who are to be told; returns their chats."""
    now = clock()
    chats = []
    with database.write() as work:
        people = staff(work)
        for number in range(auditors):
            name = f"Auditor {chr(97 + number // 26)}{chr(97 + number % 26)}"
            auditor = a_person(work, name, Post.TM, is_auditor=True, team_id=people.other_team.id)
            reachable(work, auditor, now=now, service_url=teams.service_url)
            an_allocated_audit(
                work,
                people,
                case=a_case(work, people, f"CF-2{number:03}"),
                month=local_day(now).replace(day=1),
                now=now,
                auditor_id=auditor.id,
            )
            chats.append(f"chat-of-{auditor.id}")
    return chats


def told(teams: TeamsConnector) -> Counter[str]:
    """How often each chat was written to."""
    return Counter(arrived.conversation_id for arrived in teams.sent())


async def eventually(what: Callable[[], Any]) -> Any:
    async with asyncio.timeout(60):
        while not (found := what()):
            await asyncio.sleep(0.01)
    return found


async def status_of(method: str, port: int, path: str) -> int:
    url = f"http://127.0.0.1:{port}{path}"
    async with aiohttp.ClientSession() as http, http.request(method, url) as response:
        return response.status


@pytest.mark.parametrize(
    ("role", "answers", "delivers"),
    [(Role.ALL, True, True), (Role.BOT, True, False), (Role.SCHEDULER, False, True)],
)
async def test_each_role_does_its_part_and_no_other(
    settings: Settings, database: Database, teams: TeamsConnector, role: Role, answers: bool, delivers: bool
) -> None:
    chats = allocate(database, teams, auditors=1)

    async with serving(settings, role) as running:
        alive = await status_of("GET", running.port, "/health/live")
        asked = await status_of("POST", running.port, "/api/messages")
        if delivers:
            await eventually(lambda: running.clockwork.leads and teams.sent())
        else:
            await asyncio.sleep(0.5)
        leads = running.clockwork.leads
        with database.read() as view:
            lease = view.leases.get("calendar")

    assert alive == 200
    assert (asked != 404) is answers
    assert (leads, lease is not None) == (delivers, delivers)
    assert told(teams) == (Counter(chats) if delivers else Counter())


async def test_a_card_queued_by_a_process_that_answers_is_sent_by_one_that_delivers(
    settings: Settings, database: Database, teams: TeamsConnector
) -> None:
    async with serving(settings, Role.BOT), serving(settings, Role.SCHEDULER):
        chats = allocate(database, teams, auditors=1)
        await eventually(teams.sent)

    assert told(teams) == Counter(chats)


@pytest.mark.parametrize("role", [Role.ALL, Role.SCHEDULER])
async def test_an_orderly_stop_in_the_middle_loses_nothing_and_repeats_nothing(
    settings: Settings, database: Database, teams: TeamsConnector, tmp_path: Path, role: Role
) -> None:
    chats = allocate(database, teams, auditors=120)

    def start(name: str) -> Process:
        return Process(settings, tmp_path / name, role=role)

    first = start("first")
    try:
        await eventually(lambda: len(teams.sent()) >= 10)
        status, seconds = await asyncio.to_thread(first.stop)
        with database.read() as view:
            counts = view.notices.counts()
            free = view.leases.is_free("calendar", now=clock(), lasts=timedelta(seconds=2))
    finally:
        first.kill()
    second = start("second")
    try:
        await eventually(lambda: len(teams.sent()) >= len(chats))
        again = await asyncio.to_thread(second.stop)
    finally:
        second.kill()

    assert (status, again[0]) == (0, 0)
    assert max(seconds, again[1]) < SECONDS_ALLOWED
    assert free
    assert counts.get("claimed", 0) == 0
    assert counts["sent"] + counts.get("queued", 0) == len(chats)
    assert told(teams) == Counter(chats)
    assert first.events("error", "critical") == []


async def test_a_process_that_answers_stops_in_time(settings: Settings, tmp_path: Path) -> None:
    process = Process(settings, tmp_path / "bot", role=Role.BOT)
    try:
        await process.alive()
        status, seconds = await asyncio.to_thread(process.stop)
    finally:
        process.kill()

    assert status == 0
    assert seconds < SECONDS_ALLOWED
    assert process.events("warning", "error", "critical") == []
