"""Hands that save pages over and over, and deliver a press again whenever its answer did not come."""

import asyncio
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.turn.activity import CARD_ANSWER, SERVICE_URL, Presser, press, request
from bench.turn.council import LiveAudit
from bench.turn.filling import framework
from bench.turn.hands import SHOWN, OpenPage, card_of, distinct, filled_in, pressed
from bench.turn.load import Connection, PressFailed, connect
from cards.payloads import ShowMyAudits

ANSWER_SECONDS = 15.0
AGAIN_SECONDS = 0.05
_TEXT = re.compile(rb'"text":"([^"]+)"')


@dataclass(slots=True)
class Desk:
    """Makes presses as Teams delivers them, with a token and an activity id each."""

    service_url: str
    tokens: Iterator[str]
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def delivery(self, presser: Presser, data: dict[str, Any]) -> bytes:
        """One delivery of a press: the same data, an id of its own."""
        body = press(presser, str(data["plumbline"]["verb"]), data, number=next(self.numbers))
        ours = body.replace(SERVICE_URL.encode(), self.service_url.encode())
        return request(ours, next(self.tokens))


@dataclass(slots=True)
class Hand:
    """One person's hand, which goes round pages of its own."""

    desk: Desk
    pages: list[OpenPage]
    ports: list[int]
    saved: int = 0
    delivered_again: int = 0
    refused: int = 0
    """Answers that said nothing was saved."""
    longest_seconds: float = 0.0
    """The longest a press took until it was answered as saved, all its deliveries together."""

    async def press_on(self, stopped: Callable[[], bool]) -> None:
        """Save page after page until told to stop, and never leave a press without its answer.

        Raises PressFailed when an answer is neither a saved page nor a refusal.
        """
        loop = asyncio.get_running_loop()
        for page in itertools.cycle(self.pages):
            if stopped():
                return
            # Words no page ever held: a save that changes nothing makes no new version.
            data = distinct(page.data, version=page.version, number=next(self.desk.numbers))
            started = loop.time()
            while not await self._is_saved(page, data):
                self.delivered_again += 1
                await asyncio.sleep(AGAIN_SECONDS)
            self.longest_seconds = max(self.longest_seconds, loop.time() - started)
            page.version += 1
            self.saved += 1

    async def _is_saved(self, page: OpenPage, data: dict[str, Any]) -> bool:
        """Whether one delivery was answered with the page that follows."""
        # Whichever process is there takes it, as behind a load balancer.
        self.ports.append(self.ports.pop(0))
        try:
            status, body = await once(self.ports[0], self.desk.delivery(page.presser, data))
        except (OSError, PressFailed, TimeoutError):
            return False
        shown = SHOWN.search(body)
        if status == 200 and CARD_ANSWER.encode() in body[:400] and shown is not None:
            if shown[1] == page.following:
                return True
            raise PressFailed(f"a save of {data['plumbline']} was answered with another page: {_words(body)}")
        self.refused += 1
        return False


def _words(body: bytes) -> str:
    """What a card says, for whoever looks into a failure; the council is made up."""
    return " | ".join(text.decode(errors="replace") for text in _TEXT.findall(body))[:1500]


async def once(port: int, delivery: bytes) -> tuple[int, bytes]:
    """One request on a connection of its own."""
    connection: Connection = await connect(port)
    try:
        return await asyncio.wait_for(connection.exchange(delivery), ANSWER_SECONDS)
    finally:
        connection.close()


async def learn(desk: Desk, live: tuple[LiveAudit, ...], port: int) -> list[OpenPage]:
    """Every section page of every audit, learnt from the cards that the process draws."""

    async def answer(data: dict[str, Any]) -> dict[str, Any]:
        status, body = await once(port, desk.delivery(live[0].auditor, data))
        if status != 200:
            raise PressFailed(f"a press answered {status}")
        return card_of(body)

    todo = await answer(ShowMyAudits().pack())
    overview = await answer(pressed(todo, "overview", audit_id=live[0].audit_id))
    pages = []
    for key in framework().section_keys:
        form = filled_in(await answer(pressed(overview, "page", page=key)), key)
        for one in live:
            packed = {**form["plumbline"], "audit_id": one.audit_id}
            pages.append(OpenPage(one.auditor, {**form, "plumbline": packed}))
    return pages
