"""`plumbline run` as a process of its own: it starts, answers, and stops when asked."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.bot.processes import Process
from tests.doubles.entra import Entra


@pytest.fixture
def process(settings: Settings, entra: Entra, tmp_path: Path) -> Iterator[Process]:
    """`plumbline run` as a process of its own, in a folder of its own."""
    started = Process(settings, tmp_path)
    yield started
    started.kill()


async def test_a_process_starts_answers_and_stops_quietly_when_asked(process: Process) -> None:
    answered = await process.alive()
    status, seconds = process.stop()

    lines = [json.loads(line) for line in process.log.read_text().splitlines()]
    assert answered == {"alive": True}
    assert status == 0
    assert seconds < 15
    assert [line for line in lines if line["level"] not in {"info", "debug"}] == []
    assert "stopping" in [line["event"] for line in lines]


async def test_two_processes_cannot_share_a_port(
    process: Process, settings: Settings, tmp_path: Path
) -> None:
    await process.alive()
    second = Process(settings, tmp_path / "second", port=process.port)

    status = second.running.wait(timeout=60)

    said = second.log.read_text()
    assert status == 2
    assert f"port {process.port}" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
async def test_a_process_stopped_in_its_first_moment_says_nothing_of_errors(
    process: Process, name: signal.Signals
) -> None:
    await process.listens()

    status, _ = process.stop(name)

    assert status == 0
    assert '"error"' not in process.log.read_text()
    assert "Traceback" not in process.log.read_text()


HANGING = """
import asyncio, sys, threading
from bot.app import run_until_stopped
from bot.logs import set_up_logs
from bot.settings import load_settings

async def run():
    # As a look at a database that is frozen.
    asyncio.get_running_loop().run_in_executor(None, threading.Event().wait)
    await run_until_stopped(load_settings(), stop_seconds=3)

set_up_logs()
asyncio.run(run())
"""


async def test_a_thread_that_never_ends_keeps_no_process_alive(
    settings: Settings, entra: Entra, tmp_path: Path
) -> None:
    process = Process(settings, tmp_path, code=HANGING)
    try:
        await process.alive()
        status, _ = process.stop()
    finally:
        process.kill()

    assert status == 1
    assert process.events("error") == ["ended without waiting any longer: something does not answer"]


def test_what_no_press_needs_is_not_loaded_at_the_start() -> None:
    heavy = (
        "alembic",
        "highspy",
        "numpy",
        "scipy",
        "xlsxwriter",
        "holidays",
        "rich",
        "psycopg",
        "jsonschema",
        "prometheus_client",
    )
    code = f"import sys, bot.cli, bot.app; print([m for m in {heavy!r} if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
