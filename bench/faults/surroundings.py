"""What a process leans on, on this machine: Teams' connector and the endpoints for keys and tokens."""

import asyncio
import itertools
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from bench.faults.points import MARK
from bench.turn.activity import APP_ID
from tests.doubles.entra import Entra

PATH = "/emea/"
TOKENS = 50


@dataclass(slots=True)
class Surroundings:
    """Counts what arrives; `hanging` holds every request back, as an endpoint does that is overloaded."""

    entra: Entra
    service_url: str = ""
    arrived: Counter[int] = field(default_factory=Counter)
    """How often each notice came."""
    unmarked: int = 0
    hanging: bool = False
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def tokens(self) -> Iterator[str]:
        """Good tokens for ever, each unlike the one before it."""
        ours = [self.entra.token(self.service_url, aud=APP_ID, jti=str(n)) for n in range(TOKENS)]
        return itertools.cycle(ours)

    async def send(self, request: web.Request) -> web.Response:
        """Take a message."""
        body = await request.json()
        notice = (body.get("channelData") or {}).get(MARK)
        if notice is None:
            self.unmarked += 1
        else:
            self.arrived[notice] += 1
        activity = request.match_info.get("activity") or f"1:{next(self._numbers):09d}"
        return web.json_response({"id": activity}, status=201)

    @web.middleware
    async def hold(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """While told to hang, nothing is answered and nothing is taken."""
        # Read before the waiting: whoever asked may have hung up by the end of it.
        await request.read()
        while self.hanging:
            await asyncio.sleep(0.05)
        return await handler(request)


@asynccontextmanager
async def surroundings() -> AsyncIterator[Surroundings]:
    """All of it, on free ports."""
    around = Surroundings(Entra())
    teams = web.Application(middlewares=[around.hold], client_max_size=1024 * 1024)
    place = "/{region}/v3/conversations/{conversation}/activities"
    teams.router.add_post(place, around.send)
    teams.router.add_post(place + "/{activity}", around.send)
    teams.router.add_put(place + "/{activity}", around.send)
    issuer = around.entra.application()
    issuer.middlewares.append(around.hold)
    async with _served(teams) as port, _served(issuer) as entra_port:
        around.service_url = f"http://127.0.0.1:{port}{PATH}"
        around.entra.url = f"http://127.0.0.1:{entra_port}"
        yield around


@asynccontextmanager
async def _served(app: web.Application) -> AsyncIterator[int]:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
