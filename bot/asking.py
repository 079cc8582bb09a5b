"""One hop to a worker thread for each turn, where one transaction answers it.

Threads and database connections share one bounded number. When that many turns again are waiting, the next
one is told at once that nothing was saved, rather than after Teams has given up on it.

Source: decisions 1 and 7 of the design.
"""

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from dialogs.answering import answer, busy
from dialogs.turn import Asked, Reply, Turn
from workflows.council import Council

T = TypeVar("T")

WAITING_FOR_EACH_THREAD = 16


class Asking:
    """Answers turns in worker threads."""

    def __init__(self, council: Council, threads: int) -> None:
        self.council = council
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="turn")
        self._most = threads * (WAITING_FOR_EACH_THREAD + 1)
        self._under_way = 0

    async def answer(self, turn: Turn, shape: Callable[[Reply], T]) -> tuple[Reply, T]:
        """The reply, and what `shape` makes of it in the same thread, so that JSON never stalls the loop."""
        if self._under_way >= self._most:
            # Beside the pressed card, which still holds what was typed.
            reply = replace(busy(), beside=turn.asked is Asked.PRESSED)
            return reply, shape(reply)
        self._under_way += 1
        try:
            return await self.run(lambda: _both(self.council, turn, shape))
        finally:
            self._under_way -= 1

    async def run(self, work: Callable[[], T]) -> T:
        """Anything else that touches the database."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def close(self) -> None:
        """Let the turns under way finish."""
        self._pool.shutdown(wait=True)


def _both(council: Council, turn: Turn, shape: Callable[[Reply], T]) -> tuple[Reply, T]:
    reply = answer(council, turn)
    return reply, shape(reply)


def fresh_nonce() -> str:
    """A word no other drawn card has."""
    return secrets.token_hex(8)


def clock() -> datetime:
    """The moment it is."""
    return datetime.now(UTC)
