"""One line of JSON for each event, and nothing in it that a fault quotes."""

import asyncio
import gc
import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.logs import set_up_logs

LIBRARIES = ("msal", "urllib3", "aiohttp.access", "apscheduler", "alembic", "msrest")
SECRET = "Marigold Canary told her teacher"
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What has been logged so far, each line read as JSON; the root logger is put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    loud = {name: logging.getLogger(name).level for name in LIBRARIES}
    set_up_logs()
    written = io.StringIO()
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.handlers, root.level = handlers, level
    for name, before in loud.items():
        logging.getLogger(name).setLevel(before)


def test_an_event_is_one_line_with_its_level_logger_and_moment(lines: Lines) -> None:
    logging.getLogger("bot.app").info("serving on %s:%d", "127.0.0.1", 3978)

    (line,) = lines()
    assert line["event"] == "serving on 127.0.0.1:3978"
    assert (line["level"], line["logger"]) == ("info", "bot.app")
    assert line["timestamp"].endswith("Z")


def test_a_fault_shows_its_class_and_place_but_not_its_text(lines: Lines) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("aiohttp.server").exception("Error handling request")

    (line,) = lines()
    assert line["event"] == "Error handling request"
    assert line["fault"] == "ValueError"
    assert "test_logs.py" in line["where"]
    assert SECRET not in json.dumps(line)


async def test_a_task_that_nobody_waited_for_does_not_spill_its_fault(lines: Lines) -> None:
    async def fail() -> None:
        raise ValueError(SECRET)

    task = asyncio.get_running_loop().create_task(fail())
    await asyncio.sleep(0.01)
    del task
    gc.collect()

    (line,) = lines()
    assert line["event"] == "Task exception was never retrieved"
    assert SECRET not in json.dumps(line)


@pytest.mark.parametrize(
    "name", ["msal", "urllib3.connectionpool", "apscheduler.scheduler", "aiohttp.access"]
)
def test_libraries_that_log_addresses_are_heard_only_when_something_is_wrong(lines: Lines, name: str) -> None:
    logging.getLogger(name).info("GET /users/%s", "alex")
    logging.getLogger(name).warning("slow")

    assert [line["event"] for line in lines()] == ["slow"]
