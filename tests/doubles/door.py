"""The bot's HTTP edge with its surroundings, and a bot that only remembers its turns."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from botbuilder.core import TurnContext
from botbuilder.core.teams import TeamsActivityHandler

from bot.edge import Edge, open_edge
from bot.edge.gate import LONGEST_HEADER
from bot.settings import Settings
from tests.doubles.connector import TeamsConnector
from tests.doubles.entra import Entra


class FixedToken:
    """A bot token without Entra."""

    def __init__(self) -> None:
        self.value = "bot-token"
        self.forgotten = 0

    async def bearer(self) -> str | None:
        return self.value

    def forget(self) -> None:
        self.forgotten += 1
        self.value = "newer-bot-token"


class RememberingBot(TeamsActivityHandler):  # type: ignore[misc]  # the SDK is untyped
    """Remembers every activity that became a turn and answers with `reply`, where one is set."""

    def __init__(self) -> None:
        super().__init__()
        self.turns: list[Any] = []
        self.reply: Callable[[TurnContext], Awaitable[None]] | None = None

    async def on_turn(self, turn_context: TurnContext) -> None:
        self.turns.append(turn_context.activity)
        if self.reply is not None:
            await self.reply(turn_context)
        else:
            await super().on_turn(turn_context)


@dataclass
class Door:
    """The bot's HTTP edge with its surroundings."""

    http: TestClient[Any, Any]
    edge: Edge
    bot: RememberingBot
    teams: TeamsConnector
    entra: Entra
    tokens: FixedToken = field(default_factory=FixedToken)

    async def post(
        self, activity: dict[str, Any], *, token: str | None = None, **options: Any
    ) -> ClientResponse:
        """Posts like Teams, with a genuine token unless another one is given."""
        headers = {"Authorization": f"Bearer {token or self.entra.token(activity['serviceUrl'])}"}
        return await self.http.post("/api/messages", json=activity, headers=headers, **options)


@asynccontextmanager
async def open_door(settings: Settings, entra: Entra, teams: TeamsConnector) -> AsyncIterator[Door]:
    """A running edge with a remembering bot behind it."""
    tokens = FixedToken()
    async with open_edge(settings, tokens=None if settings.open_access else tokens) as edge:
        bot = RememberingBot()
        app = web.Application()
        edge.serve(app, bot)
        server = TestServer(app, host="127.0.0.1")
        await server.start_server(max_field_size=LONGEST_HEADER)
        async with TestClient(server) as http:
            yield Door(http, edge, bot, teams, entra, tokens)
