"""The figures: what is counted, where it can be read, and that nobody is named."""

import math
import re
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.app import serving
from bot.metrics import Metrics
from bot.settings import Settings
from domain.delivery import Failed, Throttled
from domain.framework import Framework
from scheduler.courier import Courier
from scheduler.leading import LEASE_NAME
from storage.database import Database
from tests.builders import NOW, Staff, a_council, an_allocated_audit, staff
from tests.databases import TRAIL_KEY
from tests.doubles.entra import Entra
from tests.doubles.post import FakeMailer, FakePost
from tests.doubles.service import Service
from tests.scheduler.conftest import clock, mailer, post
from tests.scheduler.outbox import Clock, alert, allocate
from workflows.council import Council
from workflows.switching import pause, set_pilot

__all__ = ["clock", "mailer", "post"]

LEASE = timedelta(seconds=30)


def figures(page: bytes) -> dict[tuple[str, ...], float]:
    """Name and label values to value."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(page.decode())
        for sample in family.samples
    }


@pytest.fixture
def metrics(council: Council, clock: Clock) -> Metrics:
    return Metrics(council, clock=clock)


def counted_courier(
    council: Council, metrics: Metrics, post: FakePost, mailer: FakeMailer, clock: Clock
) -> Courier:
    return Courier(
        council,
        metrics.post(post),
        metrics.mailer(mailer),
        clock=clock,
        nonce=lambda: "n",
        jitter=lambda: 0.0,
    )


async def test_what_is_due_and_unsent_is_counted_with_the_age_of_the_oldest(
    council: Council, people: Staff, metrics: Metrics, clock: Clock
) -> None:
    with council.write() as work:
        an_allocated_audit(work, people)
        work.notices.queue(
            kind="audit_allocated",
            subject_id=1,
            person_id=people.qa_officer.id,
            now=NOW,
            due_at=NOW + timedelta(hours=2),
        )
    clock.passes(minutes=30)

    found = figures(await metrics.page())

    assert found["plumbline_due_unsent",] == 1
    assert found["plumbline_queue_age_seconds",] == 1800
    assert found["plumbline_notices", "queued"] == 2
    assert found["plumbline_notices", "dead"] == 0


async def test_sends_are_counted_by_medium_and_outcome(
    council: Council, people: Staff, metrics: Metrics, post: FakePost, mailer: FakeMailer, clock: Clock
) -> None:
    alert(council, people, people.service_manager)
    post.answers.extend([Throttled(1.0), Failed(500, retryable=False, reason="server")])
    courier = counted_courier(council, metrics, post, mailer, clock)

    for _ in range(3):
        await courier.drain_once()
        clock.passes(minutes=1)

    found = figures(await metrics.page())
    assert found["plumbline_sends_total", "teams", "throttled"] == 1
    assert found["plumbline_sends_total", "email", "sent"] == len(mailer.mails)
    assert found["plumbline_send_seconds_count", "email"] == len(mailer.mails)


async def test_a_call_that_raises_is_counted_as_without_outcome(
    council: Council, people: Staff, metrics: Metrics, post: FakePost, mailer: FakeMailer, clock: Clock
) -> None:
    allocate(council, people)
    post.answers.append(OSError("broken"))

    await counted_courier(council, metrics, post, mailer, clock).drain_once()

    assert figures(await metrics.page())["plumbline_sends_total", "teams", "none"] == 1


async def test_lead_pause_pilot_and_unreachable_people_are_figures(
    council: Council, people: Staff, metrics: Metrics, post: FakePost, mailer: FakeMailer, clock: Clock
) -> None:
    with council.write() as work:
        an_allocated_audit(work, people)
    await counted_courier(council, metrics, post, mailer, clock).drain_once()
    nobody = figures(await metrics.page())
    with council.write() as work:
        pause(work, council, by=None, reason="", now=clock.now)
        set_pilot(work, council, by=None, teams=["Conifers 1"], now=clock.now)
        work.leases.take(LEASE_NAME, "one", now=clock.now, lasts=LEASE)
    metrics.leads = lambda: True

    somebody = figures(await metrics.page())

    names = ("lead_held", "leading", "paused", "pilot_teams", "people_unreachable")
    assert [nobody[f"plumbline_{name}",] for name in names] == [0, 0, 0, 0, 1]
    assert [somebody[f"plumbline_{name}",] for name in names] == [1, 1, 1, 1, 1]


@pytest.mark.parametrize("apart", [timedelta(hours=-1), timedelta(hours=1)])
async def test_on_postgresql_the_lead_is_told_by_the_servers_clock(
    postgres_url: str, framework: Framework, apart: timedelta
) -> None:
    database = Database(postgres_url, trail_key=TRAIL_KEY)
    council = a_council(database, framework)
    wrong = datetime.now(UTC) + apart
    metrics = Metrics(council, clock=lambda: wrong)
    with council.write() as work:
        epoch = work.leases.take(LEASE_NAME, "one", now=wrong, lasts=LEASE)
    assert epoch is not None
    held = figures(await metrics.page())["plumbline_lead_held",]

    with council.write() as work:
        work.leases.give_back(LEASE_NAME, "one", epoch, now=wrong)
    free = figures(await metrics.page())["plumbline_lead_held",]

    database.close()
    assert (held, free) == (1, 0)


async def test_without_a_database_the_page_says_so_and_invents_nothing(
    council: Council, metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    await metrics.page()
    monkeypatch.setattr(type(council.database), "read", lambda _self: 1 / 0)

    found = figures(await metrics.page())

    assert found["plumbline_database_up",] == 0
    assert math.isnan(found["plumbline_due_unsent",])
    assert ("plumbline_notices", "queued") not in found


async def test_turns_are_counted_by_how_they_ended(service: Service) -> None:
    with service.council.write() as work:
        people = staff(work)
    caller = service.caller(people.auditor)
    await caller.types("help")
    await caller.types("guidance")

    page = await read(service.running.admin_port)

    found = figures(page)
    assert found["plumbline_turns_total", "answered"] == 2
    assert found["plumbline_turn_seconds_count",] == 2


@pytest.mark.rule("SG-01")
async def test_no_figure_names_a_person_a_team_or_a_case(service: Service) -> None:
    with service.council.write() as work:
        people = staff(work)
        an_allocated_audit(work, people, reference="CF-70707")
        set_pilot(work, service.council, by=None, teams=["Conifers 1"], now=NOW)
    await service.caller(people.auditor).types("my audits")

    page = (await read(service.running.admin_port)).decode()

    for told in ("Alex", "Conifers", "CF-70707", people.auditor.directory_id or "", "exampleshire"):
        assert told not in page


async def test_every_figure_that_the_documentation_names_is_there(
    council: Council, people: Staff, metrics: Metrics, post: FakePost, mailer: FakeMailer, clock: Clock
) -> None:
    allocate(council, people)
    await counted_courier(council, metrics, post, mailer, clock).drain_once()
    metrics.turn("answered", 0.1)
    told = set(re.findall(r"plumbline_\w+", Path("docs/running.md").read_text(encoding="utf-8")))

    found = {name for name, *_ in figures(await metrics.page())}
    found |= {name.removesuffix("_bucket") for name in found}

    assert len(told) > 10
    assert told <= found


async def test_a_taken_admin_port_keeps_nobody_from_working(
    settings: Settings, entra: Entra, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        chosen = settings.model_copy(update={"admin_port": taken.getsockname()[1]})
        async with serving(chosen) as running:
            assert running.admin_port is None
            assert await running.health.problems() == ()

    assert "figures are not served" in caplog.text


async def read(port: int | None) -> bytes:
    async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{port}/metrics") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/plain")
        return await answer.read()
