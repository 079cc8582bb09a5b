"""systemd hears that the process works for as long as it does."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from bot.settings import Settings
from bot.watchdog import watched
from tests.bot.processes import Process
from tests.doubles.entra import Entra


class ServiceManager:
    """The socket's other end."""

    def __init__(self) -> None:
        name = f"plumbline-{uuid4().hex}"
        self.named = f"@{name}"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.bind(f"\0{name}")

    async def hears(self) -> str:
        async with asyncio.timeout(60):
            return (await asyncio.get_running_loop().sock_recv(self.socket, 4096)).decode()

    def heard(self) -> list[str]:
        """What has come and was not listened to yet."""
        told = []
        while True:
            try:
                told.append(self.socket.recv(4096).decode())
            except BlockingIOError:
                return told


@pytest.fixture
def manager() -> Iterator[ServiceManager]:
    opened = ServiceManager()
    yield opened
    opened.socket.close()


async def test_a_running_process_beats_until_it_is_frozen(
    manager: ServiceManager,
    settings: Settings,
    entra: Entra,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", manager.named)
    monkeypatch.setenv("WATCHDOG_USEC", "150000")
    process = Process(settings, tmp_path)
    try:
        at_first = [await manager.hears() for _ in range(3)]
        process.running.send_signal(signal.SIGSTOP)
        while manager.heard():
            await asyncio.sleep(0.5)
        process.running.send_signal(signal.SIGCONT)
        woken = await manager.hears()
        status, _ = process.stop()
    finally:
        process.kill()

    assert at_first == ["READY=1", "WATCHDOG=1", "WATCHDOG=1"]
    assert woken == "WATCHDOG=1"
    assert manager.heard()[-1] == "STOPPING=1"
    assert status == 0


@pytest.mark.parametrize(
    "asked", [{}, {"WATCHDOG_USEC": "0"}, {"WATCHDOG_USEC": "30000", "WATCHDOG_PID": "1"}]
)
async def test_without_a_watchdog_of_its_own_a_process_says_that_it_serves_and_no_more(
    manager: ServiceManager, asked: dict[str, str]
) -> None:
    async with watched({"NOTIFY_SOCKET": manager.named, **asked}):
        await asyncio.sleep(0.05)

    assert manager.heard() == ["READY=1", "STOPPING=1"]


async def test_a_service_manager_that_is_gone_stops_nothing(manager: ServiceManager) -> None:
    manager.socket.close()

    async with watched({"NOTIFY_SOCKET": manager.named, "WATCHDOG_USEC": "30000"}):
        still_there = True

    assert still_there
