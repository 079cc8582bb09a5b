"""Puts the app into people's Teams through Microsoft Graph, where the council has switched that on.

Off unless PLUMBLINE_INSTALL_APP says otherwise; docs/mail.md names the permission. Once a day for a person at
the most, one after another, and only for those for whom something waits and whose chat was never known.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.asking import clock
from bot.edge.connector import Connector
from bot.edge.credentials import TokenSource
from bot.edge.outcomes import Created, Member
from bot.edge.references import ConversationRef
from bot.graph import Graph, open_graph
from bot.settings import Settings
from domain.delivery import Failed, Throttled
from domain.people import Person
from workflows.council import Council, Work
from workflows.installing import chat_opened, note_installed, people_to_install_for, try_again_today
from workflows.people import Address

log = logging.getLogger("plumbline.install")
T = TypeVar("T")

EVERY_SECONDS = 600.0
BETWEEN_SECONDS = 1.0
"""Graph takes thirty a second; nobody waits for these that urgently."""
AT_A_TIME = 50
UNNAMED_PAUSE_SECONDS = 60.0
STOP_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Installed:
    """The app is in their Teams now."""


@dataclass(frozen=True, slots=True)
class AlreadyThere:
    """It was there before."""


@dataclass(frozen=True, slots=True)
class NoSuchPerson:
    """The directory does not know them, or the catalogue not the app."""

    code: str


@dataclass(frozen=True, slots=True)
class NotPermitted:
    """The permission is missing, or a policy of the council's Teams keeps the app from them."""

    code: str


InstallOutcome = Installed | AlreadyThere | NoSuchPerson | NotPermitted | Throttled | Failed


class Installer:
    """Puts one app of the council's catalogue into people's Teams."""

    def __init__(self, graph: Graph, catalogue_id: str) -> None:
        self._graph = graph
        self._app = f"{graph.address}/v1.0/appCatalogs/teamsApps/{catalogue_id}"

    async def install(self, who: str) -> InstallOutcome:
        """What became of it; `who` is a directory id or a user name."""
        body = {"teamsApp@odata.bind": self._app}
        answer = await self._graph.post(("users", who, "teamwork", "installedApps"), body)
        match answer:
            case dict():
                return Installed()
            case Failed(status=409):
                return AlreadyThere()
            case Failed(status=404, reason=code):
                return NoSuchPerson(code)
            case Failed(status=401 | 403, reason=code):
                return NotPermitted(code)
            case Throttled() | Failed():
                return answer
            case other:
                return Failed(0, retryable=False, reason=type(other).__name__)


class Installing:
    """The work as a whole, a little at a time."""

    def __init__(
        self,
        council: Council,
        installer: Installer,
        connector: Connector,
        *,
        clock: Callable[[], datetime],
        between_seconds: float = BETWEEN_SECONDS,
    ) -> None:
        self._council = council
        self._installer = installer
        self._connector = connector
        self._clock = clock
        self._between = between_seconds

    async def run(self, stop: asyncio.Event) -> None:
        """Look again and again until `stop` is set."""
        while not stop.is_set():
            pause = EVERY_SECONDS
            try:
                pause = max(pause, await self.once(stop))
            except Exception as fault:
                # The database may be away. Nobody hears less than before for it.
                log.warning("installing stopped for now: %s", type(fault).__name__)
            await _wait(stop, pause)

    async def once(self, stop: asyncio.Event | None = None) -> float:
        """Try for everyone whose turn it is; returns the seconds that Microsoft asks us to wait, or 0."""
        now = self._clock()
        people = await self._written(
            lambda work: people_to_install_for(work, self._council, limit=AT_A_TIME, now=now)
        )
        for place, person in enumerate(people):
            if stop is not None and stop.is_set():
                await self._put_back(people[place:])
                return 0.0
            outcome = await self._installer.install(person.directory_id or person.email)
            if isinstance(outcome, Throttled):
                await self._put_back(people[place:])
                return outcome.wait_seconds or UNNAMED_PAUSE_SECONDS
            await self._note(person, outcome)
            if isinstance(outcome, NotPermitted):
                # It would be the same for everybody until an administrator has seen to it.
                log.error("the app may not be installed: %s", outcome.code)
                await self._put_back(people[place + 1 :])
                return 0.0
            if place + 1 < len(people):
                await _wait(stop or asyncio.Event(), self._between)
        return 0.0

    async def _note(self, person: Person, outcome: InstallOutcome) -> None:
        code = type(outcome).__name__
        now = self._clock()
        await self._written(lambda work: note_installed(work, person=person, outcome=code, now=now))
        if isinstance(outcome, Installed | AlreadyThere) and person.directory_id is not None:
            await self._open_chat(person, person.directory_id)

    async def _open_chat(self, person: Person, directory_id: str) -> None:
        """Ask Teams for their chat at once; otherwise their first message or Teams' own news brings it."""
        pattern = await self._written(lambda work: work.reach.newest())
        if pattern is None:
            return
        created = await self._connector.create_conversation(
            pattern.service_url, bot_id=pattern.bot_id, tenant_id=pattern.tenant_id, member_id=directory_id
        )
        if not isinstance(created, Created):
            return
        ref = ConversationRef(pattern.service_url, created.conversation_id, pattern.tenant_id)
        member = await self._connector.member(ref, directory_id)
        if not isinstance(member, Member):
            return
        address = Address(
            created.conversation_id, pattern.service_url, pattern.tenant_id, member.id, pattern.bot_id
        )
        now = self._clock()
        await self._written(lambda work: chat_opened(work, person=person, address=address, now=now))

    async def _put_back(self, people: tuple[Person, ...]) -> None:
        def undo(work: Work) -> None:
            for person in people:
                try_again_today(work, person=person)

        await self._written(undo)

    async def _written(self, act: Callable[[Work], T]) -> T:
        def write() -> T:
            with self._council.write() as work:
                return act(work)

        return await asyncio.to_thread(write)


@asynccontextmanager
async def installing(
    settings: Settings, council: Council, connector: Connector, *, tokens: TokenSource | None = None
) -> AsyncIterator[None]:
    """The work under way until the block is left; nothing at all unless the council has switched it on."""
    if not settings.install_app or settings.teams_app_id is None:
        yield
        return
    stop = asyncio.Event()
    async with open_graph(settings, tokens=tokens) as graph:
        work = Installing(council, Installer(graph, settings.teams_app_id), connector, clock=clock)
        running = asyncio.create_task(work.run(stop), name="installing")
        try:
            yield
        finally:
            stop.set()
            _, late = await asyncio.wait({running}, timeout=STOP_SECONDS)
            for task in late:
                # What was begun counts as today's try; an installation asked for twice is no harm.
                task.cancel()


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
