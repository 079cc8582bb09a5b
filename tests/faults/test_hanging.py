"""Microsoft's endpoints take requests and answer none: saving goes on, and the rest catches up by itself."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.edge import credentials, keys
from bot.edge.connector import Connector
from bot.settings import Settings
from scheduler import preparing, verdicts
from tests.builders import Staff, an_allocated_audit, reachable, staff
from tests.dialogs.test_repeated_presses import Prepared, accepting
from tests.doubles import activities
from tests.doubles.connector import Fault, TeamsConnector
from tests.doubles.entra import Entra
from tests.doubles.service import Service, open_service
from tests.doubles.settings import signed_in_settings

SHORT = aiohttp.ClientTimeout(total=0.3)
CONNECTOR_DEFAULTS = cast(dict[str, Any], Connector.__init__.__kwdefaults__)
KEYS_DEFAULTS = cast(dict[str, Any], keys.SigningKeys.__init__.__kwdefaults__)


class HangingEntra(Entra):
    """Takes requests at the paths that hang and answers them when it is over."""

    def __init__(self) -> None:
        super().__init__()
        self.hanging: set[str] = set()
        self.answering = asyncio.Event()

    @web.middleware
    async def hold(self, request: web.Request, handler: Any) -> web.StreamResponse:
        await request.read()
        if request.path.rpartition("/")[2] in self.hanging:
            await self.answering.wait()
        answer: web.StreamResponse = await handler(request)
        return answer

    def end(self) -> None:
        """All is well again."""
        self.hanging.clear()
        self.answering.set()


@pytest.fixture
async def entra() -> AsyncIterator[HangingEntra]:
    running = HangingEntra()
    app = running.application()
    app.middlewares.append(running.hold)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    running.url = str(server.make_url("")).rstrip("/")
    yield running
    running.end()
    await server.close()


@pytest.fixture
def settings(
    entra: HangingEntra, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """Patience with others is cut short, so that no test waits 30 seconds, and cards leave at any hour."""
    monkeypatch.setattr(preparing, "leaves_at", lambda _council, _notice, _person, now: now)
    monkeypatch.setattr(credentials, "ACQUIRE_SECONDS", 0.3)
    monkeypatch.setattr(credentials, "RETRY_SECONDS", 0.1)
    monkeypatch.setattr(keys, "FETCH_TIMEOUT", SHORT)
    monkeypatch.setitem(KEYS_DEFAULTS, "refetch_seconds", 0.1)
    monkeypatch.setitem(CONNECTOR_DEFAULTS, "timeout", SHORT)
    monkeypatch.setattr(verdicts, "LONGEST_WAIT_SECONDS", 0.3)
    return signed_in_settings(
        entra,
        port=0,
        database_url=sqlite_url,
        turn_threads=4,
        trail_export_dir=tmp_path / "trail",
        mail_folder=tmp_path / "mail",
    )


async def test_a_hanging_token_endpoint_holds_up_sending_alone(
    settings: Settings, entra: HangingEntra, teams: TeamsConnector
) -> None:
    entra.hanging = {"token"}
    async with open_service(settings, entra, teams) as service:
        people, _ = _allocated(service)
        press = _accepting(service, people)

        status, _ = await service.caller(people.auditor).sends(_activity(service, press))
        sent_meanwhile = len(teams.sent())
        entra.end()
        (card,) = await service.cards_for(people.second_auditor)

    assert (status, sent_meanwhile) == (200, 0)
    assert card.card is not None


async def test_a_hanging_key_endpoint_lets_nobody_in_until_it_answers(
    settings: Settings, entra: HangingEntra, teams: TeamsConnector
) -> None:
    entra.hanging = {"keys"}
    async with open_service(settings, entra, teams) as service:
        people, _ = _allocated(service)
        press = _accepting(service, people)
        caller = service.caller(people.auditor)

        refused, _ = await caller.sends(_activity(service, press))
        with service.council.read() as view:
            done_meanwhile = press.effects(view)
        entra.end()
        async with asyncio.timeout(20):
            while (status := (await caller.sends(_activity(service, press)))[0]) == 401:
                await asyncio.sleep(0.05)

        with service.council.read() as view:
            done = press.effects(view)
    assert (refused, done_meanwhile) == (401, 0)
    assert (status, done) == (200, press.once)


async def test_a_hanging_connector_holds_up_no_press_and_its_repeat_is_flagged(
    settings: Settings, entra: HangingEntra, teams: TeamsConnector
) -> None:
    teams.fail_next(Fault(hang=True, after_taking=True))
    async with open_service(settings, entra, teams) as service:
        people, audit_id = _allocated(service)
        await teams.wait_for(1, verb="send")
        press = _accepting(service, people)

        status, _ = await service.caller(people.auditor).sends(_activity(service, press))
        await service.cards_for(people.second_auditor, 2)
        notice = await service.eventually(lambda: _sent(service, audit_id))

    assert status == 200
    assert notice.possibly_repeated


def _allocated(service: Service) -> tuple[Staff, int]:
    """A council, and a notice on its way to the second auditor."""
    with service.council.write() as work:
        people = staff(work)
        reachable(work, people.second_auditor, service_url=service.teams.service_url)
        audit = an_allocated_audit(work, people, reference="CF-2002", auditor_id=people.second_auditor.id)
    service.running.courier.idle_seconds = 0.1
    service.running.courier.nudge()
    return people, audit.id


def _accepting(service: Service, people: Staff) -> Prepared:
    return accepting(service.council, people)


def _activity(service: Service, press: Prepared) -> dict[str, Any]:
    return service.caller(press.person).activity(activities.press, press.data)


def _sent(service: Service, audit_id: int) -> Any:
    with service.council.read() as view:
        (notice,) = view.notices.of("audit_allocated", audit_id)
    return notice if notice.state == "sent" else None
