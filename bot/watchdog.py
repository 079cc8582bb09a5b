"""Tells systemd that this process works, again and again, so that one that froze is killed and begun anew.

It matters most on SQLite, where a process frozen in the middle of a save keeps everybody else from saving.
The words are those of sd_notify(3): a datagram to the socket that the service manager names.
"""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

log = logging.getLogger(__name__)

BEATS = 3
"""One that comes late, or two, are no reason to be killed."""


@asynccontextmanager
async def watched(environment: Mapping[str, str] = os.environ) -> AsyncIterator[None]:
    """The service manager hears that this process serves, and a beat where it asks for one; else nothing."""
    where = environment.get("NOTIFY_SOCKET", "")
    if not where:
        yield
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as manager:
        manager.setblocking(False)
        # An address in the abstract namespace is written with an @ for its leading zero.
        address = f"\0{where[1:]}" if where.startswith("@") else where
        _tell(manager, address, "READY=1")
        pause = _seconds(environment) / BEATS
        beating = asyncio.create_task(_beat(manager, address, pause)) if pause else None
        try:
            yield
        finally:
            _tell(manager, address, "STOPPING=1")
            if beating is not None:
                beating.cancel()


def _seconds(environment: Mapping[str, str]) -> float:
    """How long systemd waits for a beat of this process; 0 when it waits for none."""
    asked = environment.get("WATCHDOG_USEC", "")
    if environment.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()) or not asked.isdecimal():
        return 0.0
    return int(asked) / 1_000_000


async def _beat(manager: socket.socket, address: str, pause: float) -> None:
    # On the event loop itself, so that a loop that is stuck falls silent too.
    while True:
        _tell(manager, address, "WATCHDOG=1")
        await asyncio.sleep(pause)


def _tell(manager: socket.socket, address: str, state: str) -> None:
    try:
        manager.sendto(state.encode(), address)
    except OSError as fault:
        log.warning("the service manager did not hear us: %s", fault.strerror)
