"""Server processes, each on the one core that is measured."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from bench.turn.load import PressFailed, once

SERVER_CORE = 0
LOAD_CORE = 1
START_SECONDS = 60.0
STOP_SECONDS = 10.0


class Server:
    """A process of its own; `ready_s` is known once it has answered a press."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self.name = name
        self.port = free_port()
        self._command = [part.replace("{port}", str(self.port)) for part in command]
        self._environment = {
            **os.environ,
            **{name: value.replace("{port}", str(self.port)) for name, value in environment.items()},
        }
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self.ready_s = 0.0

    async def start(self, press: bytes) -> bytes:
        """Start the process; returns the body of its first answer, a 200 to a real press.

        Raises PressFailed when it dies or does not answer in time.
        """
        with self._log.open("wb") as log:
            started = time.perf_counter()
            with _on_server_core():
                self._process = subprocess.Popen(
                    self._command, env=self._environment, stdout=log, stderr=subprocess.STDOUT
                )
        last = "nothing"
        while time.perf_counter() - started < START_SECONDS:
            if self._process.poll() is not None:
                break
            with contextlib.suppress(OSError):
                status, body = await once(self.port, press)
                if status == 200:
                    self.ready_s = time.perf_counter() - started
                    return body
                last = f"{status} {body[:300].decode(errors='replace')}"
            await asyncio.sleep(0.01)
        tail = self._log.read_text(errors="replace")[-2000:]
        raise PressFailed(f"{self.name} never answered a press (last answer: {last}). Its log ends:\n{tail}")

    def resident_mb(self) -> float:
        """Resident memory of the process and of any it started."""
        assert self._process is not None
        first = psutil.Process(self._process.pid)
        return float(
            sum(p.memory_info().rss for p in (first, *first.children(recursive=True))) / (1024 * 1024)
        )

    def stop(self) -> None:
        """End the process."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def take_load_core() -> None:
    """Keep this process, which makes the load, off the measured core."""
    os.sched_setaffinity(0, {LOAD_CORE})


def free_port() -> int:
    """A port of this machine that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _on_server_core() -> Iterator[None]:
    """A process started here inherits the measured core, all its threads included."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {SERVER_CORE})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
