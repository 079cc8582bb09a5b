"""One courier process: says "ready", begins at a line on its input, stops at the next, tells its figures.

Beside its courier it answers a turn now and then, as a process of the product does.
Everything is the product's own but the cards of channels, of which there are none yet.
"""

import asyncio
import json
import logging
import os
import resource
import sys
import time
from contextlib import suppress
from random import Random
from typing import Any

import aiohttp
import requests

from bench.fanout.outbox import BOT_ID, CHANNEL_KIND, TENANT, chat_of, open_council
from bot.asking import clock, fresh_nonce
from bot.edge.connector import Connector
from bot.edge.credentials import CachedToken
from bot.edge.hosts import HostList
from bot.edge.opening import CONNECTIONS
from bot.edge.references import ConversationRef
from bot.post import TeamsPost
from domain.delivery import Failed, Outcome, Sent
from domain.pacing import limits
from scheduler import rendering_channels
from scheduler.courier import Courier
from scheduler.drawing import ChannelDrawing, Drawn, note
from scheduler.pace import Pace
from scheduler.ports import Mail

ANSWER_EVERY_SECONDS = 1.0


class NoMail:
    """There is none to send."""

    async def send(self, _mail: Mail) -> Outcome:
        """Refused."""
        return Failed(0, retryable=False, reason="no_mail")


def figures_card(drawing: ChannelDrawing) -> Drawn:
    """A short card with a figure drawn from the database at this moment."""
    waiting = len(drawing.view.notices.of(drawing.notice.kind, drawing.notice.subject_id))
    return note("The week in figures", f"Notice {drawing.notice.subject_id}, {waiting} of its kind.")


class Answering:
    """Answers somebody every so often, in the lane of turns; `waits` is how long each answer took."""

    def __init__(self, connector: Connector, teams_url: str, people: int) -> None:
        self._connector = connector
        self._teams_url = teams_url
        self._people = people
        self._random = Random(os.getpid())
        self.waits: list[float] = []
        self.unanswered = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Until told to stop."""
        async with asyncio.TaskGroup() as answers:
            while not stop.is_set():
                answers.create_task(self._answer(self._random.randint(1, self._people)))
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), ANSWER_EVERY_SECONDS)

    async def _answer(self, person: int) -> None:
        started = time.monotonic()
        ref = ConversationRef(self._teams_url, chat_of(person), tenant_id=TENANT, bot_id=BOT_ID)
        said = {"type": "message", "text": "Here is your list."}
        if isinstance(await self._connector.send(ref, said, reply_to="1"), Sent):
            self.waits.append(time.monotonic() - started)
        else:
            self.unanswered += 1


async def deliver(database_url: str, teams_url: str, people: int) -> dict[str, float]:
    """Deliver until told to stop; returns processor seconds and calls for a token."""
    council = open_council(database_url)
    rendering_channels.CARDS[CHANNEL_KIND] = figures_card
    token_calls = 0

    def acquire() -> dict[str, Any]:
        nonlocal token_calls
        token_calls += 1
        answer: dict[str, Any] = requests.post(f"{teams_url}/token", timeout=10).json()
        return answer

    kept = limits()
    pace = Pace(council, limits=kept, clock=clock, holder=fresh_nonce())
    pool = aiohttp.TCPConnector(limit=CONNECTIONS, limit_per_host=CONNECTIONS)
    async with aiohttp.ClientSession(connector=pool) as http:
        connector = Connector(http, CachedToken(acquire), HostList(("127.0.0.1",)), lane=pace.courier)
        courier = Courier(
            council, TeamsPost(connector), NoMail(), clock=clock, nonce=fresh_nonce, room=pace.room
        )
        answering = Answering(connector.in_lane(pace.turns), teams_url, people)
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        before = resource.getrusage(resource.RUSAGE_SELF)
        stop = asyncio.Event()
        working = asyncio.gather(courier.run(stop), answering.run(stop))
        await asyncio.to_thread(sys.stdin.readline)
        after = resource.getrusage(resource.RUSAGE_SELF)
        stop.set()
        await working
        await pace.close()
    council.database.close()
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "cpu_seconds": cpu,
        "token_calls": token_calls,
        "rss_mb": after.ru_maxrss / 1024,
        "replies": len(answering.waits),
        "unanswered": answering.unanswered,
        "longest_reply_s": max(answering.waits, default=0.0),
    }


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    print(json.dumps(asyncio.run(deliver(sys.argv[1], sys.argv[2], int(sys.argv[3])))), flush=True)
