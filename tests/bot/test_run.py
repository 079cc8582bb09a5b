"""`plumbline run` as a process of its own: it starts, answers, and stops when asked."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.settings import Settings
from tests.doubles.entra import Entra


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def process(settings: Settings, entra: Entra, tmp_path: Path) -> Iterator["Process"]:
    """`plumbline run` as a process of its own, in a folder of its own."""
    started = Process(settings, tmp_path)
    yield started
    started.kill()


class Process:
    """A process that serves."""

    def __init__(self, settings: Settings, folder: Path, *, port: int = 0) -> None:
        folder.mkdir(exist_ok=True)
        self.port = port or free_port()
        given = {
            "APP_ID": settings.app_id,
            "TENANT_IDS": ",".join(settings.tenant_ids),
            "CREDENTIAL": "secret",
            "CLIENT_SECRET": "a secret for tests",
            "TRAIL_KEY": settings.trail_key.get_secret_value(),
            "TRAIL_EXPORT_DIR": str(settings.trail_export_dir),
            "MAIL": settings.mail,
            "MAIL_FOLDER": str(settings.mail_folder),
            "DUTY_PHONE": settings.duty_phone,
            "OUT_OF_HOURS_PHONE": settings.out_of_hours_phone,
            "DATABASE_URL": settings.database_url,
            "OPENID_METADATA_URL": settings.openid_metadata_url,
            "PORT": str(self.port),
        }
        clean = {key: value for key, value in os.environ.items() if not key.startswith("PLUMBLINE_")}
        root = Path(__file__).resolve().parents[2]
        set_here = {f"PLUMBLINE_{key}": str(value) for key, value in given.items()}
        environment = {**clean, "PYTHONPATH": str(root), **set_here}
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-c", "from bot.cli import main; main()", "run"],
                env=environment,
                cwd=folder,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    async def listens(self) -> None:
        """Waits until the port is open."""
        async with asyncio.timeout(60):
            while self.running.poll() is None:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                except OSError:
                    await asyncio.sleep(0.002)
                else:
                    writer.close()
                    return
        raise AssertionError(self.log.read_text())

    async def alive(self) -> Any:
        """What /health/live answers, once it does."""
        async with asyncio.timeout(60), aiohttp.ClientSession() as http:
            while self.running.poll() is None:
                try:
                    async with http.get(f"http://127.0.0.1:{self.port}/health/live") as response:
                        return await response.json()
                except aiohttp.ClientConnectorError:
                    await asyncio.sleep(0.02)
        raise AssertionError(self.log.read_text())

    def stop(self, name: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Exit status, and the seconds it took."""
        began = time.monotonic()
        self.running.send_signal(name)
        return self.running.wait(timeout=30), time.monotonic() - began

    def kill(self) -> None:
        """End it in any case."""
        if self.running.poll() is None:
            self.running.kill()
            self.running.wait()


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
    process: "Process", settings: Settings, tmp_path: Path
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
    process: "Process", name: signal.Signals
) -> None:
    await process.listens()

    status, _ = process.stop(name)

    assert status == 0
    assert '"error"' not in process.log.read_text()
    assert "Traceback" not in process.log.read_text()


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
    )
    code = f"import sys, bot.cli, bot.app; print([m for m in {heavy!r} if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
