"""Sends over real connections, of which three in ten fail; courier, seats and connector are the product's.

Time passes as it does, and is put on by a second whenever nothing is under way, so that nobody sits through
the waits that were asked for.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

import aiohttp
import sqlalchemy as sa
from aiohttp import web

from bot.edge.connector import Connector
from bot.edge.hosts import HostList
from bot.edge.opening import CONNECTIONS
from bot.post import TeamsPost
from domain.delivery import Failed, Outcome
from domain.pacing import Limits
from domain.people import Person, Post, Team
from scheduler.courier import Courier
from scheduler.pace import Pace
from storage.tables import notices
from tests.builders import a_person, reachable
from tests.doubles.connector import Arrived, TeamsConnector, served
from tests.doubles.door import FixedToken
from tests.doubles.post import FakeMailer
from tests.faults.sending import A_SEND_NEEDS, ENDS, KIND, plain_cards, queue
from tests.faults.troubles import Trouble, drawn
from workflows.council import Council
from workflows.people import Address, reached

PATIENCE = aiohttp.ClientTimeout(total=1.0, connect=1.0)
"""A hanging socket costs no more than that."""
NOBODY = "https://nobody.invalid/emea/"
"""A name that no resolver knows (RFC 2606)."""
NO_ANSWER = Failed(0, True, "timeout", uncertain=True)
MOVED_EVERY = 20
"""One person in so many is reached by a dead name for the first half of all sends."""
LOOK_SECONDS = 0.02
THROUGH_THE_GATE = timedelta(seconds=1)
"""How long a message may need from the courier's gate to its first byte on a machine that is busy."""

_on_its_way: ContextVar[tuple[str, str]] = ContextVar("on_its_way")
"""Chat and text of the message that this task sends."""


class SkippingClock:
    """The time of day and of the processor, both put on by what was skipped."""

    def __init__(self) -> None:
        self.skipped_seconds = 0.0

    def __call__(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.skipped_seconds)

    def monotonic(self) -> float:
        return time.monotonic() + self.skipped_seconds


class UnluckyTeams(TeamsConnector):
    """Teams with a trouble drawn for every third request; counts what came too early or to a closed chat.

    Nobody keeps to what they have not read yet: a message counts from what had been answered before its first
    byte left. Order decides, whatever the clock says, since a busy machine may take any time in between.
    """

    def __init__(self, clock: SkippingClock) -> None:
        super().__init__()
        self._clock = clock
        self._random = Random(20260501)
        self.sends = 0
        self.met: Counter[str] = Counter()
        self.too_early = 0
        self.crossed = 0
        """Other messages of a chat that were on their way when it was asked to wait."""
        self.through_closed_doors = 0
        self.closed: set[str] = set()
        self.doubtful: Counter[str] = Counter()
        """How often an answer left it open whether a message was taken, by its text."""
        self._not_before: dict[str, datetime] = {}
        self._refused: dict[tuple[str, str], tuple[datetime | None, bool]] = {}
        """Until when the answer to a message asks its chat to wait, and whether it shuts the door on it."""
        self._told_to_wait: dict[str, datetime] = {}
        self._told_by: dict[str, tuple[str, datetime]] = {}
        self._told_shut: set[tuple[str, str]] = set()
        self._left_early: set[tuple[str, str]] = set()

    async def _arrive(self, request: web.Request, verb: str) -> tuple[Arrived, web.Response | None]:
        # Nothing is awaited from here on, so that the trouble drawn for a request is the one it meets.
        text = str(json.loads(await request.read())["summary"])
        self._judge(request.match_info["conversation"], text)
        return await super()._arrive(request, verb)

    def leaves(self, chat: str, text: str) -> None:
        """The first byte of a message left."""
        now = self._clock()
        self._left_early.discard((chat, text))
        if now < self._told_to_wait.get(chat, now):
            told, told_at = self._told_by[chat]
            # Another message of the chat may have been through the gate when this one was asked to wait.
            if told == text or now - told_at > THROUGH_THE_GATE:
                self.too_early += 1
                self._left_early.add((chat, text))
        self.through_closed_doors += (chat, text) in self._told_shut

    def is_read(self, chat: str, text: str) -> None:
        """Whoever sent the message has its answer, and has to keep to it from now on."""
        until, shut = self._refused.get((chat, text), (None, False))
        if until is not None:
            self._told_by[chat] = text, self._clock()
            self._told_to_wait[chat] = max(until, self._told_to_wait.get(chat, until))
        if shut:
            self._told_shut.add((chat, text))

    def _judge(self, chat: str, text: str) -> None:
        now = self._clock()
        self.sends += 1
        self.crossed += now < self._not_before.get(chat, now) and (chat, text) not in self._left_early
        self._refused.pop((chat, text), None)
        # A date in a header is read by the real clock.
        trouble = drawn(self._random, datetime.now(UTC))
        if trouble is not None:
            self._meets(chat, text, trouble, now)

    def opens(self) -> None:
        """Everybody has the bot again."""
        self.closed.clear()
        self._refused.clear()
        self._told_shut.clear()

    def _meets(self, chat: str, text: str, trouble: Trouble, now: datetime) -> None:
        self.met[trouble.kind] += 1
        self.fail_next(trouble.fault)
        until = None
        if trouble.wait_seconds is not None:
            until = self._not_before[chat] = now + timedelta(seconds=trouble.wait_seconds)
        if trouble.closes:
            self.closed.add(chat)
        self._refused[chat, text] = (until, trouble.closes)
        fault = trouble.fault
        self.doubtful[text] += fault.drop or fault.status in {502, 504}


@dataclass(frozen=True, slots=True)
class SentOver:
    """What came of it; every list names notices with which something is wrong."""

    teams: UnluckyTeams
    queued: int
    kept: int
    unnamed: int
    """Tries at a dead name."""
    lost: tuple[int, ...]
    """Neither arrived nor ended for a reason that Microsoft documents."""
    doubled: tuple[int, ...]
    """Arrived more often than there were sends nobody could be sure of."""
    repeated: int
    unflagged: tuple[int, ...]


class _Post(TeamsPost):
    """The product's own; counts what goes to the dead name, and what got no answer in time.

    That is more than the sockets that were made to hang: a machine that stands still for a second has it too.
    """

    def __init__(self, connector: Connector, teams: UnluckyTeams) -> None:
        super().__init__(connector)
        self._teams = teams
        self.unnamed = 0
        self.unanswered: Counter[str] = Counter()

    async def send(self, address: Address, activity: Mapping[str, Any]) -> Outcome:
        """What became of a new message."""
        self.unnamed += address.service_url == NOBODY
        chat, text = address.conversation_id, str(activity["summary"])
        _on_its_way.set((chat, text))
        outcome = await super().send(address, activity)
        if outcome == NO_ANSWER:
            self.unanswered[text] += 1
        else:
            self._teams.is_read(chat, text)
        return outcome


async def send_over_sockets(
    council: Council, team: Team, sends: int, *, people: int, limits: Limits | None = None
) -> SentOver:
    """Queue for at least so many sends and deliver until nothing is left, whatever the hour."""
    council = replace(council, at_any_hour=True)
    clock = SkippingClock()
    pace = Pace(
        council, limits=limits or Limits(), clock=clock, holder="this process", monotonic=clock.monotonic
    )
    async with served(UnluckyTeams(clock)) as teams, _connector(pace, teams) as connector:
        staff = _recipients(council, team, people, teams.service_url)
        queued = int(sends * A_SEND_NEEDS)
        queue(council, staff, queued, clock)
        post = _Post(connector, teams)
        courier = _courier(council, post, pace, clock)
        with plain_cards():
            async with _at_work(courier):
                await _until_empty(council, staff, teams, courier, clock, sends)
        await pace.close()
        return _counted(council, teams, queued, post)


async def _until_empty(
    council: Council,
    staff: Mapping[str, Person],
    teams: UnluckyTeams,
    courier: Courier,
    clock: SkippingClock,
    sends: int,
) -> None:
    """Let time pass and people come back, until nothing is left."""
    moved = False
    while left := _left(council):
        if not moved and teams.sends >= sends // 2:
            _come_back(council, list(staff.values())[::MOVED_EVERY], teams, clock)
            moved = True
        if "claimed" not in left:
            # Whoever blocked the bot or removed it has it back by now.
            _come_back(council, [staff[chat] for chat in sorted(teams.closed)], teams, clock)
            teams.opens()
            clock.skipped_seconds += 1.0
            courier.nudge()
        await asyncio.sleep(LOOK_SECONDS)


@asynccontextmanager
async def _at_work(courier: Courier) -> AsyncIterator[None]:
    stop = asyncio.Event()
    working = asyncio.create_task(courier.run(stop), name="courier")
    try:
        yield
    finally:
        stop.set()
        await working


@asynccontextmanager
async def _connector(pace: Pace, teams: UnluckyTeams) -> AsyncIterator[Connector]:
    async def leaves(*_: object) -> None:
        teams.leaves(*_on_its_way.get())

    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(leaves)
    pool = aiohttp.TCPConnector(limit=CONNECTIONS, limit_per_host=CONNECTIONS)
    async with aiohttp.ClientSession(connector=pool, trace_configs=[trace]) as http:
        hosts = HostList(("127.0.0.1", "nobody.invalid"))
        yield Connector(http, FixedToken(), hosts, timeout=PATIENCE, lane=pace.courier)


def _courier(council: Council, post: TeamsPost, pace: Pace, clock: SkippingClock) -> Courier:
    words = (f"nonce {n}" for n in count())
    return Courier(
        council,
        post,
        FakeMailer(),
        clock=clock,
        nonce=lambda: next(words),
        jitter=Random(7).random,
        room=pace.room,
    )


def _recipients(council: Council, team: Team, people: int, service_url: str) -> dict[str, Person]:
    """Everyone written to, by conversation; some of them at a dead name."""
    with council.write() as work:
        staff = [a_person(work, f"Somebody {n}", Post.PRACTITIONER, team_id=team.id) for n in range(people)]
        reachable(work, *staff, service_url=service_url)
        reachable(work, *staff[::MOVED_EVERY], service_url=NOBODY)
    return {f"chat-of-{person.id}": person for person in staff}


def _come_back(council: Council, staff: list[Person], teams: UnluckyTeams, clock: SkippingClock) -> None:
    """Each of these writes to the bot, at the address that Teams has now."""
    with council.write() as work:
        for person in staff:
            before = work.reach.of(person.id)
            assert before is not None
            address = Address(
                before.conversation_id, teams.service_url, before.tenant_id, before.mri, before.bot_id
            )
            reached(work, person=person, address=address, now=clock())


def _left(council: Council) -> set[str]:
    """The states of what still waits to be delivered."""
    with council.read() as view:
        counts = view.notices.counts()
    return {state for state in ("queued", "claimed", "unreachable") if counts.get(state)}


def _counted(council: Council, teams: UnluckyTeams, queued: int, post: _Post) -> SentOver:
    doubtful = teams.doubtful + post.unanswered
    arrived = Counter(str(body["summary"]) for body in teams.posts.values())
    with council.database.engine.connect() as connection:
        rows = connection.execute(sa.select(notices).where(notices.c.kind == KIND)).all()
    times = {row.id: arrived[f"notice {row.id}"] for row in rows}
    return SentOver(
        teams=teams,
        queued=queued,
        kept=len(rows),
        unnamed=post.unnamed,
        lost=tuple(
            row.id
            for row in rows
            if (row.state, row.reason) not in ENDS or (row.state == "sent" and not times[row.id])
        ),
        doubled=tuple(row.id for row in rows if times[row.id] > 1 + doubtful[f"notice {row.id}"]),
        repeated=sum(more - 1 for more in times.values() if more > 1),
        unflagged=tuple(row.id for row in rows if times[row.id] > 1 and not row.possibly_repeated),
    )
