"""The running process: web app, courier and clock, started and stopped together."""

import asyncio
import gc
import logging
import os
import signal
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from bot.asking import Asking, clock, fresh_nonce
from bot.edge import open_edge
from bot.edge.gate import LONGEST_HEADER
from bot.handler import PlumblineBot
from bot.health import Health
from bot.install import installing
from bot.mail_opening import open_mailer
from bot.making import MAKERS, draw_chart
from bot.post import TeamsPost
from bot.roles import Role
from bot.settings import Settings
from bot.starting import a_council
from bot.watchdog import watched
from domain.errors import RuleBroken
from scheduler.clockwork import Clockwork
from scheduler.courier import Courier
from scheduler.leading import Leading
from scheduler.pace import Pace
from storage.migrating import migrate
from workflows.council import Council

log = logging.getLogger(__name__)

TURNS_STOP_SECONDS = 8.0
BACKGROUND_STOP_SECONDS = 5.0
"""Together inside the 15 seconds that whoever stops a process usually allows."""
LONGEST_STOP_SECONDS = 14.0
"""A thread that waits for a frozen database ends no sooner than that, and nothing can be asked of it."""
LAST_WORDS_SECONDS = 0.05
COLLECT_AFTER = 20_000
"""Objects made before the collector looks for rings among them; a turn makes some hundreds and leaves few."""


class CannotListen(RuleBroken):
    """The port is taken, or not ours to take."""


@dataclass(slots=True)
class Running:
    """A process that serves."""

    port: int
    asking: Asking
    courier: Courier
    clockwork: Clockwork
    health: Health
    admin_port: int | None
    """Where figures are served; None in the demo, and when the port is taken."""


@asynccontextmanager
async def serving(settings: Settings, role: Role = Role.ALL) -> AsyncIterator[Running]:
    """Everything of one process, until the block is left.

    What is not of its role is there and idle.
    Raises DatabaseAway, EngineTooOld, NoDatabase, SchemaBehind, UnknownLine or CannotListen.
    """
    # Loads what nothing else needs, so not before a process really starts.
    from bot.admin_site import admin_site
    from bot.metrics import Metrics

    with a_council(settings, clock(), before_migrating=settings.demo) as council:
        if settings.demo:
            migrate(council.database)
        metrics = Metrics(council, clock=clock)
        pace = _pace(council, settings)
        async with open_edge(settings, lane=pace.turns) as edge, open_mailer(settings, council) as mailer:
            asking = Asking(
                council,
                settings.turn_threads,
                burst=settings.turn_burst,
                per_second=settings.turns_per_second,
                watch=metrics.turn,
                draw_chart=draw_chart,
            )
            post = metrics.post(TeamsPost(edge.connector.in_lane(pace.courier)))
            courier = Courier(
                council,
                post,
                metrics.mailer(mailer),
                clock=clock,
                nonce=fresh_nonce,
                windows=settings.limits.conversation,
                urgent_post=metrics.post(TeamsPost(edge.connector.in_lane(pace.urgent))),
                room=pace.room,
                makers=MAKERS,
                draw_chart=draw_chart,
            )
            clockwork = _clockwork(council, courier, settings)
            metrics.leads = lambda: clockwork.leads
            app = web.Application(client_max_size=0)
            health = Health(council, edge.keys if role.answers else None)
            health.serve(app)
            if role.answers:
                edge.serve(
                    app, PlumblineBot(asking, edge.connector, edge.files, edge.uploads, nudge=courier.nudge)
                )
            runner = web.AppRunner(
                app, access_log=None, shutdown_timeout=TURNS_STOP_SECONDS, max_field_size=LONGEST_HEADER
            )
            await runner.setup()
            try:
                await _listen(runner, settings)
                async with (
                    admin_site(settings, health, metrics) as admin_port,
                    _background(courier, clockwork) if role.delivers else nullcontext(),
                    # Creations go ahead of the outbox, and are booked like a turn's messages.
                    installing(settings, council, edge.connector) if role.delivers else nullcontext(),
                ):
                    port = runner.addresses[0][1]
                    yield Running(port, asking, courier, clockwork, health, admin_port)
                    # Whoever watches hears of it at once, and sends the next person elsewhere.
                    health.stop()
                    # No new turns from here on, and those under way are finished first.
                    await _stop_listening(runner)
                    await runner.cleanup()
            finally:
                await runner.cleanup()
                asking.close()
                await pace.close()


def _pace(council: Council, settings: Settings) -> Pace:
    home = next(iter(settings.tenant_ids), "")
    return Pace(council, limits=settings.limits, clock=clock, holder=_holder(), home_tenant=home)


def _holder() -> str:
    # Never the same twice, or a process that died could be taken for the one that follows it.
    return f"{socket.gethostname()}:{os.getpid()}:{fresh_nonce()}"


def _clockwork(council: Council, courier: Courier, settings: Settings) -> Clockwork:
    leading = Leading(council, _holder(), timedelta(seconds=settings.lease_seconds), clock)
    return Clockwork(council, courier, leading, clock=clock, export_dir=settings.trail_export_dir)


@asynccontextmanager
async def _background(courier: Courier, clockwork: Clockwork) -> AsyncIterator[None]:
    """Courier and clock at work, until the block is left; what is on its way out then is finished."""
    stop = asyncio.Event()
    clockwork.start()
    delivering = asyncio.create_task(courier.run(stop), name="courier")
    delivering.add_done_callback(_say_if_it_died)
    try:
        yield
    finally:
        stop.set()
        resting = asyncio.create_task(clockwork.stop(), name="clockwork stops")
        _, late = await asyncio.wait({delivering, resting}, timeout=BACKGROUND_STOP_SECONDS)
        for task in late:
            # The courier's claims run out, and the next process tries again and says that it may be a repeat.
            # The lead runs out too, and a step of the calendar is kept whole or not at all.
            task.cancel()


async def _listen(runner: web.AppRunner, settings: Settings) -> None:
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
    except OSError as fault:
        raise CannotListen(
            f"Plumbline cannot listen on {settings.host}, port {settings.port}: {fault.strerror}. "
            "Is it running already? Set PLUMBLINE_PORT to another port if it is not."
        ) from None


async def _stop_listening(runner: web.AppRunner) -> None:
    """Take no more connections, and let those taken just now say what they came for.

    One that the runner met in its very first moment would not be heard, and yet be waited for.
    """
    for site in tuple(runner.sites):
        await site.stop()
    await asyncio.sleep(LAST_WORDS_SECONDS)


async def run_until_stopped(
    settings: Settings, role: Role = Role.ALL, *, stop_seconds: float = LONGEST_STOP_SECONDS
) -> None:
    """Do this role's part until the process is asked to stop; it is gone after `stop_seconds` in any case."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop() -> None:
        stopped.set()
        _end_after(stop_seconds)

    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop)
    async with serving(settings, role) as running, watched():
        # What is there by now stays to the end; looking through it again and again held up the slowest turns.
        gc.freeze()
        gc.set_threshold(COLLECT_AFTER)
        log.info("serving on %s:%d as %s", settings.host, running.port, role)
        await stopped.wait()
        log.info("stopping")


def _end_after(seconds: float) -> None:
    """End the process then, if it is still there.

    Python waits for every thread of its pools before it ends. What such a thread was about to save is kept
    whole or not at all, and claims run out, just as when the process is killed.
    """

    def end() -> None:
        log.error("ended without waiting any longer: something does not answer")
        for handler in logging.getLogger().handlers:
            handler.flush()
        os._exit(1)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()


def _say_if_it_died(task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and task.exception() is not None:
        log.error("the courier stopped: %s", type(task.exception()).__name__)
