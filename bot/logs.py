"""Logs hold ids, counts and codes, never case content, names or tokens."""

import logging

import structlog


def set_up_logs(level: int = logging.INFO) -> None:
    """One JSON line for each event on standard error, whoever logs it."""
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
