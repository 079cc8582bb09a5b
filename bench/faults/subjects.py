"""Processes under test, as the bench starts, hears and kills them."""

import asyncio
import json
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.turn.activity import APP_ID, TENANT_ID
from bench.turn.filling import TRAIL_KEY
from bench.turn.servers import free_port
from tests.doubles.entra import ISSUER

READY_SECONDS = 60.0
COMMAND = (sys.executable, "-m", "bench.faults.nursery")
ROOT = Path(__file__).parents[2]


class Died(Exception):
    """A process ended by itself, or never got ready."""


@dataclass(slots=True)
class Subject:
    """One process from its birth to its end."""

    run: str
    port: int
    born: "asyncio.Future[int]"
    ready: "asyncio.Future[None]"
    ended: "asyncio.Future[int]"
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    """The named point it is to die at."""
    stall_ms: float = 0.0

    async def is_ready(self) -> None:
        """Wait until it serves. Raises Died."""
        waiting: set[asyncio.Future[Any]] = {self.ready, self.ended}
        await asyncio.wait(waiting, timeout=READY_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if not self.ready.done():
            raise Died(f"{self.run} did not get ready; see its log")

    async def end(self, how: signal.Signals, seconds: float) -> int:
        """Its exit status. Raises Died when it does not end in time."""
        if self.ended.done():
            raise Died(f"{self.run} ended by itself ({self.ended.result()}); see its log")
        os.kill(await self.born, how)
        try:
            return await asyncio.wait_for(asyncio.shield(self.ended), seconds)
        except TimeoutError:
            os.kill(await self.born, signal.SIGKILL)
            raise Died(f"{self.run} did not stop within {seconds:.0f} s") from None


class Nursery:
    """Starts subjects; made by `nursery`."""

    def __init__(self, process: asyncio.subprocess.Process, work: Path) -> None:
        self._process = process
        self._work = work
        self._runs: dict[str, Subject] = {}
        self._pids: dict[int, Subject] = {}
        self.opened = asyncio.Event()

    def start(self, run: str, port: int, environment: Mapping[str, str], **order: Any) -> Subject:
        """A process on its way; `run` names it among all that ever were."""
        loop = asyncio.get_running_loop()
        subject = Subject(run, port, loop.create_future(), loop.create_future(), loop.create_future())
        self._runs[run] = subject
        given = {**environment, "PLUMBLINE_PORT": str(port)}
        asked = {"run": run, "environment": given, "log": str(self._work / "processes.log"), **order}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        return subject

    async def listen(self) -> None:
        """Hear what the processes tell, until the nursery closes."""
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self._hear(json.loads(line))

    def _hear(self, told: dict[str, Any]) -> None:
        if told["what"] == "open":
            self.opened.set()
            return
        subject = self._pids.pop(told["pid"]) if told["what"] == "ended" else self._runs[told["run"]]
        match told["what"]:
            case "born":
                self._pids[told["pid"]] = subject
                subject.born.set_result(told["pid"])
            case "ready":
                subject.ready.set_result(None)
            case "at":
                subject.reached.set()
            case "stall":
                subject.stall_ms = max(subject.stall_ms, told["ms"])
            case "ended":
                subject.ended.set_result(told["status"])

    def kill_all(self) -> None:
        """End whatever still runs."""
        for pid in self._pids:
            os.kill(pid, signal.SIGKILL)


@asynccontextmanager
async def nursery(work: Path) -> AsyncIterator[Nursery]:
    """A nursery with its logs under `work`."""
    log = (work / "nursery.log").open("wb")
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*COMMAND, stdin=pipe, stdout=pipe, stderr=log, cwd=ROOT)
    opened = Nursery(process, work)
    hearing = asyncio.create_task(opened.listen(), name="nursery")
    try:
        await asyncio.wait_for(opened.opened.wait(), READY_SECONDS)
        yield opened
    finally:
        opened.kill_all()
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()
        await hearing
        log.close()


def environment(database_url: str, entra_url: str, work: Path) -> dict[str, str]:
    """Settings as in production, with this machine in place of Microsoft."""
    # A copy of its own, so that a file edited meanwhile does not change a run half way through.
    framework = work / "framework.toml"
    if not framework.exists():
        shutil.copyfile(ROOT / "domain" / "framework.toml", framework)
    given = {
        "FRAMEWORK_FILE": str(framework),
        "COUNCIL_NAME": "Bench Council",
        "DUTY_PHONE": "020 7946 0000",
        "OUT_OF_HOURS_PHONE": "020 7946 0001",
        "TRAIL_KEY": TRAIL_KEY.decode(),
        "TRAIL_EXPORT_DIR": str(work / "trail"),
        "DATABASE_URL": database_url,
        "HOST": "127.0.0.1",
        "ADMIN_PORT": "0",
        "APP_ID": APP_ID,
        "TENANT_IDS": TENANT_ID,
        "CREDENTIAL": "secret",
        "CLIENT_SECRET": "a secret of the bench",
        "SERVICE_URL_HOSTS": "127.0.0.1",
        "OPENID_METADATA_URL": f"{entra_url}/.well-known/openidconfiguration",
        "TOKEN_ISSUER": ISSUER,
        "MAIL": "folder",
        "MAIL_FOLDER": str(work / "mail"),
        # A hand presses on without a pause; people are slower, and are held to that.
        "TURN_BURST": "10000",
        "TURNS_PER_SECOND": "1000",
    }
    return {f"PLUMBLINE_{name}": value for name, value in given.items()}


__all__ = ["Died", "Nursery", "Subject", "environment", "free_port", "nursery"]
