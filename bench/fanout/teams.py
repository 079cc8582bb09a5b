"""A connector that enforces the documented windows on arrival, and the token endpoint beside it.

A request over a window is answered 429 with Retry-After and counted as a breach; it counts towards the
windows no more than Teams says refused requests do, which is nothing.
"""

import asyncio
import json
import sys
import time
from collections import Counter, deque
from random import Random

from aiohttp import web

CONVERSATION = ((7, 1.0), (8, 2.0), (60, 30.0), (1800, 3600.0))
TENANT = ((50, 1.0),)
FASTEST_SECONDS, SLOWEST_SECONDS = 0.04, 0.06
"""What the service takes to answer."""


class Sliding:
    """Arrivals within some windows."""

    def __init__(self, windows: tuple[tuple[int, float], ...]) -> None:
        self._windows = windows
        self._arrived: deque[float] = deque(maxlen=max(most for most, _ in windows))

    def takes(self, now: float) -> bool:
        """Whether one more arrival keeps every window."""
        return all(
            len(self._arrived) < most or self._arrived[-most] <= now - seconds
            for most, seconds in self._windows
        )

    def add(self, now: float) -> None:
        """It was taken."""
        self._arrived.append(now)


class Teams:
    """Everything that arrives."""

    def __init__(self) -> None:
        self._tenant = Sliding(TENANT)
        self._conversations: dict[str, Sliding] = {}
        self._random = Random(3)
        self._seconds: Counter[int] = Counter()
        self.breaches = Counter[str]()
        self.taken = 0
        """Notices."""
        self.replies = self.replies_before_last = 0
        """Answers of turns, all and those that arrived before the last notice."""
        self.token_calls = 0
        self.first = self.last = 0.0

    def application(self) -> web.Application:
        """The routes."""
        app = web.Application()
        app.router.add_post("/v3/conversations", self._created)
        app.router.add_post("/v3/conversations/{conversation}/activities", self._posted)
        app.router.add_post("/v3/conversations/{conversation}/activities/{activity}", self._replied)
        app.router.add_post("/token", self._token)
        app.router.add_get("/figures", self._figures)
        return app

    async def _posted(self, request: web.Request) -> web.Response:
        return await self._arrive(request.match_info["conversation"], time.monotonic(), request)

    async def _replied(self, request: web.Request) -> web.Response:
        conversation = request.match_info["conversation"]
        return await self._arrive(conversation, time.monotonic(), request, is_reply=True)

    async def _created(self, request: web.Request) -> web.Response:
        arrived = time.monotonic()
        channel = (await request.json())["channelData"]["channel"]["id"]
        return await self._arrive(channel, arrived, request)

    async def _arrive(
        self, conversation: str, now: float, request: web.Request, *, is_reply: bool = False
    ) -> web.Response:
        there = self._conversations.setdefault(conversation, Sliding(CONVERSATION))
        over = "" if self._tenant.takes(now) else "tenant"
        over = over or ("" if there.takes(now) else "conversation")
        if over:
            self.breaches[over] += 1
            return web.json_response(
                {"error": {"code": "Throttled"}}, status=429, headers={"Retry-After": "1"}
            )
        self._tenant.add(now)
        there.add(now)
        self.first = self.first or now
        if is_reply:
            self.replies += 1
        else:
            self.taken += 1
            self.last, self.replies_before_last = now, self.replies
        self._seconds[int(now - self.first)] += 1
        await request.read()
        await asyncio.sleep(self._random.uniform(FASTEST_SECONDS, SLOWEST_SECONDS))
        return web.json_response(
            {"id": f"{conversation};{self.taken}", "activityId": f"{self.taken}:{self.replies}"}, status=201
        )

    async def _token(self, _request: web.Request) -> web.Response:
        self.token_calls += 1
        return web.json_response({"access_token": "a token of the bench", "expires_in": 3600})

    async def _figures(self, _request: web.Request) -> web.Response:
        figures = {
            "taken": self.taken,
            "replies": self.replies,
            "replies_before_last": self.replies_before_last,
            "breaches": dict(self.breaches),
            "token_calls": self.token_calls,
            "first": self.first,
            "last": self.last,
            "seconds": [self._seconds[second] for second in range(int(self.last - self.first) + 1)],
        }
        return web.json_response(figures, dumps=json.dumps)


if __name__ == "__main__":
    web.run_app(Teams().application(), host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)
