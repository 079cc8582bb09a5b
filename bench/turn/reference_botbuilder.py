"""Reference one: botbuilder 4.17.1 behind its own aiohttp adapter, answering every press with a fixed card.

No sign-in (no app id) and no storage. Only the adapter's double serialisation is mended; without that
each invoke answers 500. The handler overrides `on_invoke_activity`, the fastest of the hooks that the SDK
documents for this: `on_adaptive_card_invoke` would serialise the card through msrest as well.
"""

import json
import logging
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from aiohttp import web
from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.core.teams import TeamsActivityHandler
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botbuilder.schema import Activity

from bench.turn.activity import CARD_ANSWER


class Mended(CloudAdapter):  # type: ignore[misc]
    """The adapter's own `process`, its last serialisation left out because the handler has done it."""

    async def process(self, request: web.Request, bot: Any, _ws_response: Any = None) -> web.Response:
        """The answer to one post."""
        activity = Activity().deserialize(await request.json())
        header = request.headers.get("Authorization", "")
        answer = await self.process_activity(header, activity, bot.on_turn)
        if answer:
            return web.json_response(data=answer.body, status=answer.status)
        return web.Response(status=201)


class FixedAnswer(TeamsActivityHandler):  # type: ignore[misc]
    """Answers every invoke with one card."""

    def __init__(self, card: dict[str, Any]) -> None:
        super().__init__()
        self._body = {"statusCode": 200, "type": CARD_ANSWER, "value": card}

    async def on_invoke_activity(self, _turn_context: TurnContext) -> InvokeResponse:
        """The card."""
        return InvokeResponse(status=200, body=self._body)


def main(port: int, card_file: Path) -> None:
    """Serve until interrupted."""
    # Its warnings, one for each press, would be charged to it as time.
    logging.disable(logging.CRITICAL)
    adapter = Mended(ConfigurationBotFrameworkAuthentication(SimpleNamespace()))
    bot = FixedAnswer(json.loads(card_file.read_text()))

    async def messages(request: web.Request) -> web.Response:
        return await adapter.process(request, bot)

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=None)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
