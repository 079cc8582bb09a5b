"""The running process: web app, courier and clock, started and stopped together."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from bot.asking import Asking, clock, fresh_nonce
from bot.edge import open_edge
from bot.handler import PlumblineBot
from bot.mail import open_mailer
from bot.post import TeamsPost
from bot.settings import Settings
from bot.starting import open_council
from scheduler.clockwork import Clockwork
from scheduler.courier import Courier
from storage.migrating import migrate, require_current

log = logging.getLogger(__name__)

STOP_SECONDS = 15


@dataclass(slots=True)
class Running:
    """A process that serves."""

    port: int
    asking: Asking
    courier: Courier


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[Running]:
    """Everything of one process, until the block is left."""
    council = open_council(settings, clock())
    if settings.demo:
        migrate(council.database)
    else:
        require_current(council.database)
    asking = Asking(council, settings.turn_threads)
    stop = asyncio.Event()
    async with open_edge(settings) as edge:
        courier = Courier(
            council, TeamsPost(edge.connector), open_mailer(settings), clock=clock, nonce=fresh_nonce
        )
        bot = PlumblineBot(asking, edge.connector, edge.files, nudge=courier.nudge)
        app = web.Application(client_max_size=0)
        app.router.add_post("/api/messages", edge.messages(bot))
        app.router.add_get("/health/live", _alive)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=STOP_SECONDS)
        await runner.setup()
        site = web.TCPSite(runner, settings.host, settings.port)
        await site.start()
        clockwork = Clockwork(council, courier, clock=clock, export_dir=settings.trail_export_dir)
        clockwork.start()
        delivering = asyncio.create_task(courier.run(stop), name="courier")
        delivering.add_done_callback(_say_if_it_died)
        try:
            yield Running(runner.addresses[0][1], asking, courier)
        finally:
            # First no new turns, then what is under way, then what is on its way out.
            await runner.cleanup()
            clockwork.stop()
            stop.set()
            await asyncio.wait({delivering}, timeout=STOP_SECONDS)
            asking.close()
            council.database.close()


async def run_until_stopped(settings: Settings) -> None:
    """Serve until the process is asked to stop."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    async with serving(settings) as running:
        log.info("serving on %s:%d", settings.host, running.port)
        await stopped.wait()
        log.info("stopping")


async def _alive(_request: web.Request) -> web.Response:
    return web.json_response({"alive": True})


def _say_if_it_died(task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and task.exception() is not None:
        log.error("the courier stopped: %s", type(task.exception()).__name__)
