"""The admin port: health and figures, for this machine alone unless the settings say otherwise."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.health import Health
from bot.metrics import Metrics
from bot.settings import Settings

log = logging.getLogger(__name__)

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@asynccontextmanager
async def admin_site(settings: Settings, health: Health, metrics: Metrics) -> AsyncIterator[int | None]:
    """Serves until the block is left; gives the port, or None in the demo and when it is taken.

    People's work does not wait for a port that only figures need.
    """
    if settings.demo:
        yield None
        return
    app = web.Application(client_max_size=0)
    health.serve(app)

    async def page(_request: web.Request) -> web.Response:
        return web.Response(body=await metrics.page(), headers={"Content-Type": CONTENT_TYPE})

    app.router.add_get("/metrics", page)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    port: int | None = None
    try:
        try:
            await web.TCPSite(runner, settings.admin_host, settings.admin_port).start()
            port = runner.addresses[0][1]
        except OSError:
            log.warning("figures are not served: port %d is taken", settings.admin_port)
        yield port
    finally:
        await runner.cleanup()
