"""Whether a process says that it may be sent work, and what it says when it may not."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.health import FRESH_SECONDS, Health
from tests.doubles.service import Service
from workflows.council import Council


async def got(port: int | None, path: str) -> tuple[int, Any]:
    async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.json()


class Keys:
    """Signing keys that are at hand, missing, or never come."""

    def __init__(self, *, at_hand: bool = True, hang: bool = False) -> None:
        self.at_hand = at_hand
        self.hang = hang

    async def warm(self) -> bool:
        if self.hang:
            await asyncio.Event().wait()
        return self.at_hand


class Ticking:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.health.LOOK_SECONDS", 0.5)


@pytest.fixture
def ticking() -> Ticking:
    return Ticking()


def health_of(council: Council, ticking: Ticking, keys: Any = None) -> Health:
    return Health(council, keys, clock=ticking)


@pytest.mark.parametrize("keys", [None, Keys()], ids=["nobody signs in", "keys at hand"])
async def test_a_process_with_database_and_keys_is_ready(
    council: Council, ticking: Ticking, keys: Any
) -> None:
    assert await health_of(council, ticking, keys).problems() == ()


@pytest.mark.parametrize("keys", [Keys(at_hand=False), Keys(hang=True)], ids=["missing", "never come"])
async def test_without_signing_keys_it_is_not_ready(council: Council, ticking: Ticking, keys: Any) -> None:
    assert await health_of(council, ticking, keys).problems() == ("keys_missing",)


async def test_a_database_at_another_revision_is_named(council: Council, ticking: Ticking) -> None:
    with council.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    try:
        problems = await health_of(council, ticking).problems()
    finally:
        from storage.migrating import newest

        with council.database.engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{newest()}'")

    assert problems == ("schema_behind",)


async def test_a_database_that_does_not_answer_is_named_once_for_all_who_ask(
    council: Council, ticking: Ticking, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def away(_database: object) -> None:
        asked.append(1)
        raise OSError("could not connect to db.example as plumbline with password hush")

    monkeypatch.setattr("bot.health.require_current", away)
    health = health_of(council, ticking)

    problems = await asyncio.gather(*(health.problems() for _ in range(20)))

    assert set(problems) == {("database_away",)}
    assert len(asked) == 1


async def test_after_a_moment_it_looks_again(
    council: Council, ticking: Ticking, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = Keys(at_hand=False)
    health = health_of(council, ticking, keys)
    before = await health.problems()
    keys.at_hand = True

    within_the_moment = await health.problems()
    ticking.now += FRESH_SECONDS
    after = await health.problems()

    assert (before, within_the_moment, after) == (("keys_missing",), ("keys_missing",), ())


async def test_a_process_that_stops_wants_no_more_work(council: Council, ticking: Ticking) -> None:
    health = health_of(council, ticking)
    health.stop()

    assert await health.problems() == ("stopping",)


async def test_the_public_port_says_alive_and_ready_but_never_shows_figures(service: Service) -> None:
    port = service.running.port

    assert await got(port, "/health/live") == (200, {"alive": True})
    assert await got(port, "/health/ready") == (200, {"ready": True, "problems": []})
    async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{port}/metrics") as answer:
        assert answer.status == 404


async def test_a_load_balancer_is_told_with_a_503_why_it_should_wait(service: Service) -> None:
    service.running.health.stop()

    status, body = await got(service.running.port, "/health/ready")

    assert (status, body) == (503, {"ready": False, "problems": ["stopping"]})
    assert await got(service.running.port, "/health/live") == (200, {"alive": True})
