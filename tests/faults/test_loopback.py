"""Sends over real connections, of which three in ten fail: statuses, lost and hanging sockets, dead names."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import count
from random import Random

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.edge.connector import Connector
from bot.edge.hosts import HostList
from bot.post import TeamsPost
from domain.pacing import Limits
from domain.people import Person, Post
from scheduler.courier import Courier
from scheduler.pace import Pace, Unpaced
from tests.builders import Staff, a_person, reachable
from tests.doubles.connector import Arrived, TeamsConnector
from tests.doubles.door import FixedToken
from tests.doubles.post import FakeMailer
from tests.faults.sending import ENDS, kept, plain_cards, queue, some_left
from tests.faults.troubles import drawn
from tests.scheduler.outbox import Clock
from workflows.council import Council

PEOPLE = 40
NOTICES = 240
SHORT = aiohttp.ClientTimeout(total=0.15, connect=0.15)
NOBODY = "https://nobody.invalid/emea/"
"""A name that no resolver knows (RFC 2606)."""
MOVED_EVERY = 8
"""One person in so many is reached by a dead name at first."""


class Noting(Unpaced):
    """Notes every pause in the database and makes nobody wait by the real clock."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def throttled(
        self, tenant_id: str | None, conversation_id: str, wait_seconds: float | None
    ) -> None:
        await self._pace.courier.throttled(tenant_id, conversation_id, wait_seconds)


class Unlucky(TeamsConnector):
    """Teams with a trouble drawn for every third request."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._random = Random(20260501)
        self.met: Counter[str] = Counter()
        self.too_early = 0
        self._not_before: dict[str, datetime] = {}

    async def _arrive(self, request: web.Request, verb: str) -> tuple[Arrived, web.Response | None]:
        # Nothing is awaited from here on, so that the trouble drawn for a request is the one it meets.
        await request.read()
        chat, now = request.match_info["conversation"], self._clock()
        self.too_early += now < self._not_before.get(chat, now)
        trouble = drawn(self._random, now)
        # What closes a chat has its test in memory, where people come back; a date is read by the real clock.
        if trouble is not None and not trouble.closes and trouble.kind != "429 until a date":
            self.met[trouble.kind] += 1
            self.fail_next(trouble.fault)
            if trouble.wait_seconds is not None:
                self._not_before[chat] = now + timedelta(seconds=trouble.wait_seconds)
        return await super()._arrive(request, verb)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def teams(clock: Clock) -> AsyncIterator[Unlucky]:
    unlucky = Unlucky(clock)
    server = TestServer(unlucky.application(), host="127.0.0.1")
    await server.start_server()
    unlucky.service_url = str(server.make_url("/emea/"))
    yield unlucky
    await unlucky.close()
    await server.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_nothing_is_lost_on_real_connections(
    council: Council, people: Staff, teams: Unlucky, clock: Clock
) -> None:
    staff = _recipients(council, people, teams)
    queue(council, staff, NOTICES, clock)
    words = (f"nonce {n}" for n in count())
    pace = Pace(council, limits=Limits(), clock=clock, holder="this process")
    async with aiohttp.ClientSession() as http:
        hosts = HostList(("127.0.0.1", "nobody.invalid"))
        connector = Connector(http, FixedToken(), hosts, timeout=SHORT, lane=Noting(pace))
        courier = Courier(
            council,
            TeamsPost(connector),
            FakeMailer(),
            clock=clock,
            nonce=lambda: next(words),
            room=lambda: 40,
        )
        with plain_cards():
            await courier.drain_once()
            unmoved = [text for text, (state, *_) in kept(council).items() if state == "queued"]
            with council.write() as work:
                reachable(work, *staff.values(), now=clock(), service_url=teams.service_url)
            while some_left(council):
                clock.passes(seconds=15)
                await courier.drain_once()
        await pace.close()

    arrived = Counter(body["summary"] for body in teams.posts.values())
    assert len(unmoved) >= NOTICES // MOVED_EVERY
    assert teams.too_early == 0
    assert {"429 in seconds", "504", "hanging socket", "connection lost after taking it"} <= set(teams.met)
    rows = kept(council)
    assert len(rows) == NOTICES
    for text, (state, reason, flagged) in rows.items():
        assert (state, reason) in ENDS, (text, state, reason)
        assert state == "dead" or arrived[text]
        assert flagged or arrived[text] <= 1, text


def _recipients(council: Council, people: Staff, teams: Unlucky) -> dict[str, Person]:
    with council.write() as work:
        staff = [
            a_person(work, f"Somebody {n}", Post.PRACTITIONER, team_id=people.team.id) for n in range(PEOPLE)
        ]
        reachable(work, *staff, service_url=teams.service_url)
        reachable(work, *staff[::MOVED_EVERY], service_url=NOBODY)
    return {f"chat-of-{person.id}": person for person in staff}
