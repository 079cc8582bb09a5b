"""Load over HTTP: a fixed number of kept connections, each pressing as soon as its last press is answered.

The client is written on bare protocols because a full HTTP client would take as much time on its core as
the server under test takes on the other, and would then be what is measured.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

WAIT_SECONDS = 30.0


class PressFailed(Exception):
    """The server did not do what the press asked; the whole run is void."""


class Hand(Protocol):
    """One person's hand on one connection."""

    def next_request(self) -> bytes:
        """The next press, whole."""

    def answered(self, status: int, body: bytes) -> None:
        """What came back. Raises PressFailed when it is not a saved page."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one stretch of load measured."""

    seconds: float
    latencies_ms: tuple[float, ...]
    client_busy: float
    """Share of its core that the load generator used; near 1 it would be the bottleneck."""

    @property
    def turns_a_second(self) -> float:
        """Answered presses by time."""
        return len(self.latencies_ms) / self.seconds


class Connection(asyncio.Protocol):
    """One HTTP/1.1 connection, one request at a time."""

    def __init__(self) -> None:
        self._received = bytearray()
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._transport: asyncio.Transport | None = None
        self._head_end = -1
        self._whole = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, _exc: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(PressFailed("the server closed the connection"))

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._head_end < 0:
            self._head_end = self._received.find(b"\r\n\r\n")
            if self._head_end < 0:
                return
            self._whole = self._head_end + 4 + _content_length(bytes(self._received[: self._head_end]))
        if len(self._received) >= self._whole and self._answer is not None:
            status = int(self._received[9:12])
            body = bytes(self._received[self._head_end + 4 : self._whole])
            del self._received[: self._whole]
            self._head_end = -1
            self._answer.set_result((status, body))

    async def exchange(self, request: bytes) -> tuple[int, bytes]:
        """(status, body) of the answer."""
        assert self._transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()


def _content_length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name == b"content-length":
            return int(value)
    raise PressFailed("an answer without a length")


async def connect(port: int) -> Connection:
    """A connection to this machine's port. Raises OSError while nobody listens."""
    _, connection = await asyncio.get_running_loop().create_connection(Connection, "127.0.0.1", port)
    return connection


async def once(port: int, request: bytes) -> tuple[int, bytes]:
    """One request on a connection of its own."""
    connection = await connect(port)
    try:
        return await asyncio.wait_for(connection.exchange(request), WAIT_SECONDS)
    finally:
        connection.close()


async def drive(port: int, hands: Sequence[Hand], seconds: float) -> Round:
    """Press with every hand at once for so long. Raises PressFailed at the first press that fails."""
    connections = [await connect(port) for _ in hands]
    busy, started = time.process_time(), time.perf_counter()
    try:
        each = await asyncio.gather(
            *(
                _keep_pressing(connection, hand, started + seconds)
                for connection, hand in zip(connections, hands, strict=True)
            )
        )
    finally:
        for connection in connections:
            connection.close()
    took = time.perf_counter() - started
    latencies = tuple(latency for latencies in each for latency in latencies)
    return Round(took, latencies, (time.process_time() - busy) / took)


async def _keep_pressing(connection: Connection, hand: Hand, until: float) -> list[float]:
    latencies: list[float] = []
    while True:
        request = hand.next_request()
        pressed = time.perf_counter()
        if pressed >= until:
            return latencies
        status, body = await asyncio.wait_for(connection.exchange(request), WAIT_SECONDS)
        latencies.append((time.perf_counter() - pressed) * 1000)
        hand.answered(status, body)
