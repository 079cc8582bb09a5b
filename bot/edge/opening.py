"""The edge as a whole: what is built once per process, and closed with it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from aiohttp import web

from bot.edge.adapter import EdgeAdapter
from bot.edge.connector import Connector
from bot.edge.credentials import TokenSource, token_source
from bot.edge.files import FileFetcher
from bot.edge.gate import Gate
from bot.edge.hosts import HostList
from bot.edge.keys import SigningKeys
from bot.edge.route import Bot, ignore_expect, make_messages_route
from bot.edge.tokens import TokenCheck
from bot.edge.uploads import FileUploader
from bot.settings import Settings
from bot.settings_fields import LOOPBACK_HOSTS
from scheduler.pace import Lane

DNS_SECONDS = 300
CONNECTIONS = 100


@dataclass(frozen=True, slots=True)
class Edge:
    """Everything that speaks to Teams."""

    adapter: EdgeAdapter
    connector: Connector
    files: FileFetcher
    uploads: FileUploader
    gate: Gate
    keys: SigningKeys | None
    """None in the demo, which has no sign-in."""

    def serve(self, app: web.Application, bot: Bot) -> None:
        """Open `POST /api/messages`, running turns of this bot."""
        route = make_messages_route(self.gate, self.adapter, bot)
        app.router.add_post("/api/messages", route, expect_handler=ignore_expect)


@asynccontextmanager
async def open_edge(
    settings: Settings, *, tokens: TokenSource | None = None, lane: Lane | None = None
) -> AsyncIterator[Edge]:
    """The edge these settings describe. `tokens` stands in for Entra where there is none; what turns send
    and ask waits in `lane`.
    """
    pool = aiohttp.TCPConnector(limit=CONNECTIONS, limit_per_host=CONNECTIONS, ttl_dns_cache=DNS_SECONDS)
    # No cookies: nothing one host sets may reach another, and the connector needs none.
    async with aiohttp.ClientSession(connector=pool, cookie_jar=aiohttp.DummyCookieJar()) as http:
        services = HostList(settings.sending_hosts)
        connector = Connector(http, tokens or token_source(settings), services, lane=lane)
        keys, check = _sign_in(settings, http)
        downloads = (*settings.download_hosts, *(LOOPBACK_HOSTS if settings.open_access else ()))
        # The first person of the day should not wait for the keys, nor the process for their endpoint.
        warming = asyncio.create_task(keys.warm(), name="warm keys") if keys is not None else None
        adapter = EdgeAdapter(connector)
        try:
            yield Edge(
                adapter=adapter,
                connector=connector,
                files=FileFetcher(http, HostList(downloads)),
                uploads=FileUploader(http, HostList(settings.upload_hosts or downloads)),
                gate=Gate(check, services, settings.tenant_ids),
                keys=keys,
            )
        finally:
            await adapter.unheard.close()
            if keys is not None and warming is not None:
                warming.cancel()
                await asyncio.gather(warming, return_exceptions=True)
                await keys.close()


def _sign_in(
    settings: Settings, http: aiohttp.ClientSession
) -> tuple[SigningKeys, TokenCheck] | tuple[None, None]:
    if settings.app_id is None:
        return None, None
    keys = SigningKeys(http, settings.openid_metadata_url)
    return keys, TokenCheck(keys, app_id=settings.app_id, issuer=settings.token_issuer)
