"""One hop to a worker thread for each turn, where one transaction answers it.

Threads and database connections share one bounded number. When that many turns again are waiting, the next
one is told at once that nothing was saved, rather than after Teams has given up on it. Nobody takes more than
half of the threads, and nobody takes turns faster than people work.

Source: decisions 1 and 7 of the design.
"""

import asyncio
import itertools
import secrets
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from bot.turn_pace import Lanes, Pace, ordinary_places
from cards.payloads import PAYLOAD_KEY, AcknowledgeSafety, AskSafety, RaiseSafety
from cards.payloads_panel import AskPanelAlert, RaisePanelAlert
from dialogs.answering import answer, busy, plain
from dialogs.turn import Asked, Reply, Turn
from domain.charts import Chart
from workflows.council import Council

T = TypeVar("T")

WAITING_FOR_EACH_THREAD = 16
"""Turns behind each thread, and of one person's behind each of their places."""
BURST = 30
"""Turns one person may take at once: opening a chat full of old cards makes many clients ask for each."""
PER_SECOND = 5

# Asking the system for chance at every turn would give the processor away in the middle of it.
_STEM = secrets.token_hex(8)
_DRAWN = itertools.count()

_URGENT = frozenset(
    {
        AskSafety.VERB,
        RaiseSafety.VERB,
        AskPanelAlert.VERB,
        RaisePanelAlert.VERB,
        AcknowledgeSafety.VERB,
    }
)


class Asking:
    """Answers turns in worker threads."""

    def __init__(
        self,
        council: Council,
        threads: int,
        *,
        burst: int = BURST,
        per_second: int = PER_SECOND,
        watch: Callable[[str, float], None] = lambda _outcome, _seconds: None,
        draw_chart: Callable[[Chart], bytes] | None = None,
    ) -> None:
        """`watch` hears of each turn how it ended and how many seconds it took; `draw_chart` draws pictures
        of charts, which otherwise stand in words where a client draws none."""
        self.council = council
        self._watch = watch
        self._draw_chart = draw_chart
        self._pace = Pace(burst, per_second)
        self._ordinary = Lanes(ordinary_places(threads), WAITING_FOR_EACH_THREAD)
        self._urgent = Lanes(1, WAITING_FOR_EACH_THREAD)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="turn")
        self._most = threads * (WAITING_FOR_EACH_THREAD + 1)
        self._under_way = 0

    async def answer(self, turn: Turn, shape: Callable[[Reply], T]) -> tuple[Reply, T]:
        """The reply, and what `shape` makes of it in the same thread, so that JSON never stalls the loop."""
        began, outcome = time.monotonic(), "fault"
        try:
            reply, shaped = await self._answer(turn, shape)
            outcome = _outcome(reply)
            return reply, shaped
        finally:
            self._watch(outcome, time.monotonic() - began)

    async def _answer(self, turn: Turn, shape: Callable[[Reply], T]) -> tuple[Reply, T]:
        # A safety alert has a bucket and places of its own: no flood of other presses may hold it up.
        urgent, who = _is_urgent(turn), turn.directory_id or turn.mri
        lanes = self._urgent if urgent else self._ordinary
        refused = None
        # The pace was asked for a file before it was fetched, and in a channel before anything was said.
        counted = turn.asked is Asked.ATTACHED or turn.place is not None
        admitted = counted or self._pace.admits((who, urgent))
        if not admitted or lanes.is_full(who):
            refused = too_fast()
        elif self._under_way >= self._most:
            refused = busy()
        if refused is not None:
            # Beside the pressed card, which still holds what was typed.
            reply = replace(refused, beside=turn.asked is Asked.PRESSED)
            return reply, shape(reply)
        self._under_way += 1
        try:
            async with lanes.place(who):
                return await self.run(lambda: self._both(turn, shape))
        finally:
            self._under_way -= 1

    def _both(self, turn: Turn, shape: Callable[[Reply], T]) -> tuple[Reply, T]:
        reply = answer(self.council, turn)
        if reply.pictured is not None and self._draw_chart is not None:
            picture = self._draw_chart(reply.pictured.chart)
            reply = replace(reply, card=reply.pictured.card(picture))
        return reply, shape(reply)

    def admits(self, who: str, turns: int = 1) -> bool:
        """Whether the pace lets this caller take so many turns now, and counts them: for what is no turn."""
        return self._pace.admits((who, False), turns)

    async def run(self, work: Callable[[], T], who: str | None = None) -> T:
        """Anything else that touches the database; in the caller's own places when it says whose it is."""
        if who is not None:
            async with self._ordinary.place(who):
                return await self.run(work)
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def close(self) -> None:
        """Let the turns under way finish."""
        self._pool.shutdown(wait=True)


def too_fast() -> Reply:
    """The answer to someone who asks faster than people work: nothing was saved."""
    text = (
        "That was more than I can take in at once, so nothing was saved just now. What you typed is still "
        "there: please wait a few seconds and try again."
    )
    return plain("One moment", text, tone="warning")


def _outcome(reply: Reply) -> str:
    if reply.unknown:
        return "unknown"
    # A note says that nothing came of it: refused, busy, or gone.
    return "noted" if reply.note else "answered"


def _is_urgent(turn: Turn) -> bool:
    packed = turn.data.get(PAYLOAD_KEY) if isinstance(turn.data, Mapping) else None
    verb = packed.get("verb") if isinstance(packed, Mapping) else None
    return isinstance(verb, str) and verb in _URGENT


def fresh_nonce() -> str:
    """A word no other drawn card has. It tells presses apart and is no secret, so it may be foreseen."""
    return f"{_STEM}{next(_DRAWN):x}"


def clock() -> datetime:
    """The moment it is."""
    return datetime.now(UTC)
