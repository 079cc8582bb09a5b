"""The demo as someone types it: it opens six windows, and leaves nothing running."""

import asyncio
import os
import re
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

pytestmark = pytest.mark.e2e

READY_SECONDS = 90


@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM])
async def test_the_demo_opens_six_windows_and_ends_all_it_started(
    tmp_path: Path, word: signal.Signals
) -> None:
    demo = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "demo", "--folder", str(tmp_path / "demo")),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "COLUMNS": "100", "DISPLAY": "", "WAYLAND_DISPLAY": ""},
    )
    try:
        urls = await addresses(demo)
        statuses = [await status(url) for url in urls]

        demo.send_signal(word)
        ended = await asyncio.wait_for(demo.wait(), 30)

        assert statuses == [200] * 6
        assert ended == 0
        assert [await status(url) for url in urls] == [None] * 6
    finally:
        if demo.returncode is None:
            demo.kill()
            await demo.wait()


async def addresses(demo: asyncio.subprocess.Process) -> list[str]:
    """The six addresses of the table that the demo prints."""
    assert demo.stdout is not None
    said = ""
    async with asyncio.timeout(READY_SECONDS):
        while "Ctrl-C ends everything" not in said:
            line = await demo.stdout.readline()
            assert line, f"the demo ended early:\n{said}"
            said += line.decode()
    found = re.findall(r"http://localhost:\d+", said)
    assert len(set(found)) == 6
    return found


async def status(url: str) -> int | None:
    """What the address answers; None when nobody is there."""
    async with aiohttp.ClientSession() as http:
        try:
            async with http.get(url) as answer:
                return answer.status
        except aiohttp.ClientConnectorError:
            return None
