"""Microsoft Graph: the few calls made there, over one pool of connections and with Graph's own token.

Nothing is raised for what Graph answers; each call returns the object answered or what became of it. Nothing
is retried here but a refused token, once.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import quote

import aiohttp
import orjson
from yarl import URL

from bot.edge.answered import error_codes, read_object, wait_seconds
from bot.edge.credentials import CredentialsUnavailable, TokenSource, graph_token_source
from bot.edge.hosts import HostList
from bot.settings import Settings
from domain.delivery import Failed, Refusal, Throttled

TIMEOUT = aiohttp.ClientTimeout(total=12, connect=3)
LARGEST_ANSWER = 256 * 1024
CONNECTIONS = 8

MAY_HAVE_WORKED = frozenset({502, 504})
"""A gateway gave up waiting; what stood behind it may have done the work."""
NOT_DONE = frozenset({401, 408, 412, 503})
"""Certainly not carried out, and worth another try. A 500 is not: repeating one may send twice."""


class Graph:
    """Speaks to Microsoft Graph, version 1.0."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        tokens: TokenSource,
        address: str,
        *,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
    ) -> None:
        self._http = http
        self._tokens = tokens
        self._address = address
        # Asked at each call, so that our token can go nowhere else whatever an id holds.
        self._hosts = HostList((URL(address).host or "",))
        self._timeout = timeout

    @property
    def address(self) -> str:
        """Where Graph is, without the version."""
        return self._address

    async def post(self, path: Sequence[str], body: Mapping[str, Any]) -> dict[str, Any] | Refusal:
        """The answer's JSON object (empty where there is none), or why there is no good answer."""
        address = URL(self._address + "/v1.0/" + "/".join(_step(step) for step in path), encoded=True)
        if not self._hosts.allows(str(address)):
            return Failed(0, retryable=False, reason="host_not_allowed")
        content = orjson.dumps(body)
        answer = await self._attempt(address, content)
        if isinstance(answer, Failed) and answer.status == 401:
            # The token in hand may have been withdrawn early, and nothing was done with it.
            self._tokens.forget()
            answer = await self._attempt(address, content)
        return answer

    async def _attempt(self, address: URL, content: bytes) -> dict[str, Any] | Refusal:
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        try:
            token = await self._tokens.bearer()
        except CredentialsUnavailable:
            return Failed(0, retryable=True, reason="no_token")
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        try:
            async with self._http.post(
                address, data=BytesIO(content), headers=headers, allow_redirects=False, timeout=self._timeout
            ) as response:
                answered = await _read(response)
                if 200 <= response.status < 300:
                    return read_object(answered) or {}
                return read_graph_refusal(response.status, response.headers, answered)
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError):
            return Failed(0, retryable=True, reason="no_connection")
        except TimeoutError:
            return Failed(0, retryable=True, reason="timeout", uncertain=True)
        except aiohttp.ClientError:
            return Failed(0, retryable=True, reason="connection_lost", uncertain=True)


def read_graph_refusal(
    status: int, headers: Mapping[str, str], body: bytes, now: datetime | None = None
) -> Refusal:
    """The outcome for an answer that is not a success."""
    asked_to_wait = headers.get("Retry-After")
    if status == 429 or (status == 503 and asked_to_wait is not None):
        return Throttled(wait_seconds(asked_to_wait, now or datetime.now(UTC)))
    reason = next(error_codes(body), f"status_{status}")
    if status in MAY_HAVE_WORKED:
        return Failed(status, retryable=True, reason=reason, uncertain=True)
    return Failed(status, retryable=status in NOT_DONE, reason=reason)


@asynccontextmanager
async def open_graph(settings: Settings, *, tokens: TokenSource | None = None) -> AsyncIterator[Graph]:
    """Graph as the settings name it, with connections of its own."""
    pool = aiohttp.TCPConnector(limit=CONNECTIONS)
    async with aiohttp.ClientSession(connector=pool, cookie_jar=aiohttp.DummyCookieJar()) as http:
        yield Graph(http, tokens or graph_token_source(settings), settings.graph_url)


def _step(text: str) -> str:
    """An id as one step of the path, unable to climb to another or to add a query."""
    return quote(text, safe="").replace(".", "%2E") if set(text) <= {"."} else quote(text, safe="")


async def _read(response: aiohttp.ClientResponse) -> bytes:
    content = bytearray()
    async for chunk in response.content.iter_any():
        content += chunk
        if len(content) > LARGEST_ANSWER:
            break
    return bytes(content[:LARGEST_ANSWER])
