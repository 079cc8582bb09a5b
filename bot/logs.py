"""Logs hold ids, counts and codes, never case content, names or tokens."""

import logging
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

FRAMES = 8


def where(trace: TracebackType | None) -> str:
    """The innermost lines a fault passed through, newest first, without any value."""
    frames = traceback.extract_tb(trace)[-FRAMES:]
    return " < ".join(f"{f.filename.rsplit('/', 2)[-1]}:{f.lineno} {f.name}" for f in reversed(frames))


def keep_texts_out(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """The entry with a fault's class and place instead of its text.

    A database error, for one, quotes the values it was given. Libraries log faults whole, and the event loop
    writes them into its second line.
    """
    fault = event.pop("exc_info", None)
    event.pop("stack_info", None)
    if isinstance(fault, tuple) and fault[0] is not None:
        event["fault"], event["where"] = fault[0].__name__, where(fault[2])
    if event.get("logger") == "asyncio":
        event["event"] = str(event["event"]).partition("\n")[0]
    return event


def set_up_logs(level: int = logging.INFO) -> None:
    """One JSON line for each event on standard error, whoever logs it."""
    import structlog

    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                keep_texts_out,
                structlog.processors.JSONRenderer(),
            ],
            foreign_pre_chain=[*shared, structlog.stdlib.PositionalArgumentsFormatter()],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # These name addresses and parameters at lower levels.
    for name in ("msal", "urllib3", "aiohttp.access", "apscheduler", "alembic", "msrest"):
        logging.getLogger(name).setLevel(logging.WARNING)
