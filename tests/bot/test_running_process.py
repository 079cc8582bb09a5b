"""A process that really runs, and what an operator does beside it."""

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.asking import clock
from bot.restoring import restore
from bot.roles import Role
from bot.settings import Settings
from storage.backing_up import BackupRefused, back_up
from storage.database import Database
from tests.bot.processes import Process
from tests.doubles.entra import Entra


@pytest.fixture(params=list(Role))
def process(
    request: pytest.FixtureRequest, settings: Settings, entra: Entra, tmp_path: Path
) -> Iterator[Process]:
    """One of each role."""
    started = Process(settings, tmp_path, role=request.param)
    yield started
    started.kill()


async def ready(process: Process) -> Any:
    """What /health/ready answers once the process answers at all."""
    await process.alive()
    url = f"http://127.0.0.1:{process.port}/health/ready"
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        return answer.status, await answer.json()


def copied(settings: Settings, file: Path) -> int:
    database = Database(settings.database_url, trail_key=settings.trail_key_bytes)
    size = back_up(database, file)
    database.close()
    return size


async def test_beside_a_process_of_any_role_a_backup_is_made_and_a_restore_refused(
    process: Process, settings: Settings, tmp_path: Path
) -> None:
    at_first = await ready(process)
    file = tmp_path / "monday.db"
    size = await asyncio.to_thread(copied, settings, file)

    with pytest.raises(BackupRefused, match="stop Plumbline"):
        restore(settings, file, clock())
    process.running.send_signal(signal.SIGSTOP)
    try:
        # Frozen, it may wake at any moment and write.
        with pytest.raises(BackupRefused, match="stop Plumbline"):
            restore(settings, file, clock())
    finally:
        process.running.send_signal(signal.SIGCONT)
    status, _ = process.stop()
    restored = restore(settings, file, clock())

    assert at_first == (200, {"ready": True, "problems": []})
    assert size > 0
    assert status == 0
    assert restored.kept is not None


@pytest.mark.parametrize("process", [Role.ALL], indirect=True)
async def test_after_a_kill_nothing_stands_in_the_way_of_a_restore(
    process: Process, settings: Settings, tmp_path: Path
) -> None:
    await process.alive()
    file = tmp_path / "monday.db"
    copied(settings, file)
    process.kill()

    assert restore(settings, file, clock()).kept is not None
