"""`plumbline run` as a process of its own, to be asked, stopped, frozen and killed."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import aiohttp

from bot.roles import Role
from bot.settings import Settings


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


NO_SIGN_IN = {"DEMO": "true"}
"""Nothing has to be fetched from anyone before such a process serves."""


def _sign_in(settings: Settings) -> dict[str, Any]:
    return {
        "APP_ID": settings.app_id,
        "TENANT_IDS": ",".join(settings.tenant_ids),
        "CREDENTIAL": "secret",
        "CLIENT_SECRET": "a secret for tests",
        "OPENID_METADATA_URL": settings.openid_metadata_url,
    }


class Process:
    """A process that serves."""

    def __init__(
        self,
        settings: Settings,
        folder: Path,
        *,
        port: int = 0,
        role: Role = Role.ALL,
        code: str = "from bot.cli import main; main()",
    ) -> None:
        folder.mkdir(exist_ok=True)
        self.port = port or free_port()
        given = {
            **(NO_SIGN_IN if settings.app_id is None else _sign_in(settings)),
            "TRAIL_KEY": settings.trail_key.get_secret_value(),
            "TRAIL_EXPORT_DIR": settings.trail_export_dir,
            "MAIL": settings.mail,
            "MAIL_FOLDER": settings.mail_folder,
            "DUTY_PHONE": settings.duty_phone,
            "OUT_OF_HOURS_PHONE": settings.out_of_hours_phone,
            "DATABASE_URL": settings.database_url,
            "LEASE_SECONDS": settings.lease_seconds,
            "PORT": self.port,
            "ADMIN_PORT": settings.admin_port,
        }
        clean = {key: value for key, value in os.environ.items() if not key.startswith("PLUMBLINE_")}
        root = Path(__file__).resolve().parents[2]
        set_here = {f"PLUMBLINE_{key}": str(value) for key, value in given.items()}
        environment = {**clean, "PYTHONPATH": str(root), **set_here}
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-c", code, "run", "--role", role],
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

    @property
    def leads_as(self) -> str:
        """How the holder of its lease is named, as far as that can be told from outside."""
        return f":{self.running.pid}:"

    def events(self, *levels: str) -> list[str]:
        """What it has logged, of these levels or of any."""
        lines = [json.loads(line) for line in self.log.read_text().splitlines()]
        return [line["event"] for line in lines if not levels or line["level"] in levels]

    def kill(self) -> None:
        """End it in any case."""
        if self.running.poll() is None:
            self.running.kill()
            self.running.wait()
