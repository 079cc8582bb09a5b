"""Reference two: the Microsoft 365 Agents SDK 1.9.0, answering every press with a fixed card.

No sign-in (no token middleware, so each caller is anonymous) and no storage. As with the other reference,
the handler overrides `on_invoke_activity` and hands over a ready body, the fastest documented hook.
"""

import json
import logging
import sys
from pathlib import Path
from typing import Any

from aiohttp import web
from microsoft_agents.activity import InvokeResponse
from microsoft_agents.hosting.aiohttp import CloudAdapter
from microsoft_agents.hosting.core import ActivityHandler, RestChannelServiceClientFactory

from bench.turn.activity import CARD_ANSWER


class FixedAnswer(ActivityHandler):
    """Answers every invoke with one card."""

    def __init__(self, card: dict[str, Any]) -> None:
        self._body = {"statusCode": 200, "type": CARD_ANSWER, "value": card}

    async def on_invoke_activity(self, _turn_context: Any) -> InvokeResponse:
        """The card."""
        return InvokeResponse(status=200, body=self._body)


def main(port: int, card_file: Path) -> None:
    """Serve until interrupted."""
    # Its warnings, one for each press, would be charged to it as time.
    logging.disable(logging.CRITICAL)
    # Anonymous callers never reach the connections, so none are configured.
    clients = RestChannelServiceClientFactory(None)  # type: ignore[arg-type]
    adapter = CloudAdapter(channel_service_client_factory=clients)
    bot = FixedAnswer(json.loads(card_file.read_text()))

    async def messages(request: web.Request) -> web.StreamResponse:
        answer = await adapter.process(request, bot)
        assert answer is not None
        return answer

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=None)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
