"""`POST /api/messages`: the one door Teams knocks on."""

import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

from aiohttp import HttpVersion11, web
from botbuilder.core import TurnContext

from bot.edge.activities import to_json
from bot.edge.adapter import EdgeAdapter
from bot.edge.answers import Answer
from bot.edge.gate import Gate, Refused

log = logging.getLogger(__name__)


class Bot(Protocol):
    """A TeamsActivityHandler, as far as the route needs it."""

    async def on_turn(self, turn_context: TurnContext) -> None:
        """Runs one turn."""


async def ignore_expect(request: web.Request) -> None:
    """Tells a client that waits for it to send its body; any other expectation is passed over.

    aiohttp would answer those 417, which is none of the statuses Teams knows from us.
    """
    if request.version >= HttpVersion11 and request.headers.get("Expect", "").lower() == "100-continue":
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        # That was no part of the answer, whose length is counted from here.
        request.writer.output_size = 0


def make_messages_route(
    gate: Gate, adapter: EdgeAdapter, bot: Bot
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """The aiohttp handler: refusals are 400, 401, 403 or 413 with `{"error": code}`, faults never 500."""

    async def messages(request: web.Request) -> web.StreamResponse:
        try:
            answer = await adapter.process(await gate.admit(request), bot.on_turn)
        except Refused as refusal:
            log.info("request refused: %d %s", refusal.status, refusal.reason)
            answer = Answer(refusal.status, to_json({"error": refusal.reason}))
        headers = {"WWW-Authenticate": "Bearer"} if answer.status == 401 else None
        content_type = "application/json" if answer.body is not None else None
        return web.Response(
            status=answer.status, body=answer.body, content_type=content_type, headers=headers
        )

    return messages
