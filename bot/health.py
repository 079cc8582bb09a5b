"""Whether this process lives, and whether it may be sent work.

Both are asked without a token, by load balancers and whoever watches. So the answers hold short codes
alone, and one look at the database serves everybody who asks within a second.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.edge.keys import SigningKeys
from storage.migrating import SchemaBehind, require_current
from workflows.council import Council

FRESH_SECONDS = 1.0
LOOK_SECONDS = 3.0
"""How long a look may take before the answer is no."""

STOPPING = "stopping"
DATABASE_AWAY = "database_away"
SCHEMA_BEHIND = "schema_behind"
KEYS_MISSING = "keys_missing"


class Health:
    """One process's answers. `keys` is None where nobody signs in or nobody calls."""

    def __init__(
        self, council: Council, keys: SigningKeys | None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._council = council
        self._keys = keys
        self._clock = clock
        self._stopping = False
        self._looking: asyncio.Task[tuple[str, ...]] | None = None
        self._looked_at = 0.0

    def stop(self) -> None:
        """Ask for no more work; what is under way is finished."""
        self._stopping = True

    async def problems(self) -> tuple[str, ...]:
        """Codes of what stands in the way of work; empty when this process is ready."""
        if self._stopping:
            return (STOPPING,)
        if self._looking is None or (
            self._looking.done() and self._clock() - self._looked_at >= FRESH_SECONDS
        ):
            self._looked_at = self._clock()
            self._looking = asyncio.create_task(self._look(), name="readiness")
        # Shielded: one caller hanging up must not take the answer from the others.
        return await asyncio.shield(self._looking)

    def serve(self, app: web.Application) -> None:
        """Answer `GET /health/live` and `GET /health/ready`."""
        app.router.add_get("/health/live", self._live)
        app.router.add_get("/health/ready", self._ready)

    async def _look(self) -> tuple[str, ...]:
        database, keys = await asyncio.gather(
            _within(asyncio.to_thread(self._database), DATABASE_AWAY), _within(self._sign_in(), KEYS_MISSING)
        )
        return tuple(problem for problem in (database, keys) if problem)

    def _database(self) -> str:
        try:
            require_current(self._council.database)
        except SchemaBehind:
            return SCHEMA_BEHIND
        return ""

    async def _sign_in(self) -> str:
        return "" if self._keys is None or await self._keys.warm() else KEYS_MISSING

    async def _live(self, _request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def _ready(self, _request: web.Request) -> web.Response:
        problems = await self.problems()
        body = {"ready": not problems, "problems": list(problems)}
        return web.json_response(body, status=503 if problems else 200)


async def _within(look: Awaitable[str], otherwise: str) -> str:
    """What the look found, or this code when it failed or took too long."""
    try:
        async with asyncio.timeout(LOOK_SECONDS):
            return await look
    except Exception:
        # Whatever the driver raises; its text may hold the address with a password.
        return otherwise
