"""Empties the outbox: claims what is due and has room, draws it, hands it over and settles it.

All work on the database is synchronous and runs in threads of the courier's own; only the handing over is
asynchronous. Notices are claimed, drawn and settled several at a time, so that fifty a second cost little.
Delivery is at least once. A process that dies anywhere leaves a claim that runs out, and the next try is
flagged as possibly repeated. Safety alerts have a lane to themselves, so that they never wait behind other
notices (Q16, SG-02).

Source: decision 2 of the design and "the life of a notice".
"""

import asyncio
import logging
import random
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from domain.delivery import Throttled
from domain.pacing import CONVERSATION, Window
from scheduler.drawing import Postponed
from scheduler.handing import hand_over
from scheduler.ports import DrawChart, Mailer, Post
from scheduler.preparing import Decided, Parcel, prepare
from scheduler.settling import Outcome, Settling
from scheduler.verdicts import Later, Retry, Settle, Verdict, after_fault, judge
from storage.notices import URGENT, Claimed
from workflows.council import Council, View
from workflows.offer_kinds import Make

log = logging.getLogger("plumbline.courier")
T = TypeVar("T")

LEASE = timedelta(seconds=60)
MARGIN = timedelta(seconds=25)
"""A claim with less time left is given back unsent: handing over and settling might outlast it."""
BATCH = 8
THREADS = 2
IDLE_SECONDS = 5.0
"""How often the outbox is looked at unasked, at the least: for what other processes wrote."""
SOON_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class Taken:
    """A claimed notice with what was made of it."""

    notice: Claimed
    parcel: Parcel | Exception
    until: datetime


@dataclass(slots=True)
class _Lane:
    """Notices that never wait behind those of another lane."""

    urgent_only: bool = False
    mail: bool | None = None
    """Mail alone, or anything but mail: a mail server that hangs must not hold up anybody's chat."""
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    lighter: asyncio.Event = field(default_factory=asyncio.Event)
    held: int = 0
    """Notices claimed and not handed over yet."""
    under_way: "set[asyncio.Task[None]]" = field(default_factory=set)
    stopping: bool = False
    """What has not been handed over yet goes back."""


@dataclass(slots=True)
class Courier:
    """One council's courier. `nudge` wakes it, `run` works until stopped, `drain_once` serves tests."""

    council: Council
    post: Post
    mailer: Mailer
    clock: Callable[[], datetime]
    nonce: Callable[[], str]
    """Fresh random words, for the buttons of a card and for claims."""
    jitter: Callable[[], float] = random.random
    idle_seconds: float = IDLE_SECONDS
    record_pause_seconds: float = 1.0
    settle_seconds: float = 0.1
    windows: Sequence[Window] = CONVERSATION
    """What each conversation takes."""
    urgent_post: Post | None = None
    """What safety alerts leave by, ahead of the rest; None when there is one post for all."""
    room: Callable[[], int] = lambda: BATCH
    """How many notices to hold ready: about as many as leave in a second."""
    makers: Mapping[str, Make] = field(default_factory=dict)
    """What makes the files that reports write, for mails that bring one."""
    draw_chart: DrawChart | None = None
    """What makes pictures of charts; without it cards say them in words."""
    _threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(THREADS, thread_name_prefix="courier")
    )
    _settling: Settling = field(init=False)
    _lanes: tuple[_Lane, ...] = ()
    _loop: asyncio.AbstractEventLoop | None = None

    def __post_init__(self) -> None:
        self._settling = Settling(
            self.council,
            clock=self.clock,
            windows=self.windows,
            in_thread=self._in_thread,
            gather_seconds=self.settle_seconds,
            pause_seconds=self.record_pause_seconds,
            due_anew=self._wake_up,
        )

    def nudge(self) -> None:
        """Look at the outbox at once; from any thread, and harmless when the courier is not running."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake_up)

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set; what is under way then is finished, what is not goes back."""
        self._loop = asyncio.get_running_loop()
        self._lanes = (_Lane(urgent_only=True), _Lane(mail=False), _Lane(mail=True))
        writing = asyncio.create_task(self._settling.run(), name="settling")
        try:
            await asyncio.gather(*(self._work(lane, stop) for lane in self._lanes))
        finally:
            writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)
            await self._settling.flush()
            self._loop = None
            self._threads.shutdown(wait=False)

    async def drain_once(self) -> int:
        """Deliver everything due at this moment; returns how many notices were taken up."""
        taken = await self._round(urgent_only=True)
        while more := await self._round(urgent_only=False):
            taken += more
        return taken

    async def _round(self, *, urgent_only: bool) -> int:
        taken = await self._in_thread(lambda: self._take(urgent_only, self.room()))
        await asyncio.gather(*(self._deliver_in_order(queue) for queue in _queues(taken)))
        await self._settling.flush()
        return len(taken)

    def _wake_up(self) -> None:
        for lane in self._lanes:
            lane.wake.set()

    async def _work(self, lane: _Lane, stop: asyncio.Event) -> None:
        """Keep about a second's worth of notices ready, and wait for more when there are none."""
        try:
            while not stop.is_set():
                lane.wake.clear()
                lane.lighter.clear()
                free = self.room() - lane.held
                if free <= self.room() // 2:
                    await _first_of(stop, lane.lighter, timeout=self.idle_seconds)
                elif not await self._start(lane, free):
                    await _first_of(stop, lane.wake, timeout=await self._until_next(lane))
            lane.stopping = True
            if lane.under_way:
                await asyncio.wait(lane.under_way)
        finally:
            for task in lane.under_way:
                task.cancel()

    async def _start(self, lane: _Lane, limit: int) -> int:
        """Take up to so many notices and set them on their way; returns how many."""
        try:
            taken = await self._in_thread(lambda: self._take(lane.urgent_only, limit, lane.mail))
        except Exception as fault:
            # The database may be busy or away; the outbox keeps everything until it is back.
            log.warning("the outbox could not be read: %s", type(fault).__name__)
            return 0
        lane.held += len(taken)
        for queue in _queues(taken):
            task = asyncio.create_task(self._deliver_in_order(queue, lane))
            lane.under_way.add(task)
            task.add_done_callback(lane.under_way.discard)
        return len(taken)

    async def _until_next(self, lane: _Lane) -> float:
        """Seconds until something falls due, or until another look is due anyway."""

        def look() -> datetime | None:
            with self.council.read() as view:
                return view.notices.next_due(self.clock(), urgent_only=lane.urgent_only)

        try:
            due_at = await self._in_thread(look)
        except Exception:
            return self.idle_seconds
        wait = (due_at - self.clock()).total_seconds() if due_at is not None else self.idle_seconds
        return min(max(wait, SOON_SECONDS), self.idle_seconds)

    def _take(self, urgent_only: bool, limit: int, mail: bool | None = None) -> list[Taken]:
        """Claim what is due and draw it."""
        until = self.clock() + LEASE
        claimed = self._claim(until, urgent_only, limit, mail)
        if not claimed:
            return []
        try:
            with self.council.read() as view:
                return [
                    Taken(
                        notice,
                        self._prepared(view, notice),
                        until,
                    )
                    for notice in claimed
                ]
        except Exception:
            # A fault may have spoilt the transaction for those after it, so each gets one of its own.
            return [Taken(notice, self._prepared_alone(notice), until) for notice in claimed]

    def _claim(
        self, until: datetime, urgent_only: bool, limit: int, mail: bool | None
    ) -> tuple[Claimed, ...]:
        with self.council.write() as work:
            return work.notices.claim(
                token=self.nonce(),
                now=self.clock(),
                until=until,
                limit=limit,
                urgent_only=urgent_only,
                # Operators may have paused everything but what is about a safety alert.
                safety_only=work.switches.paused() is not None,
                mail=mail,
                windows=self.windows,
            )

    def _prepared_alone(self, notice: Claimed) -> Parcel | Exception:
        try:
            with self.council.read() as view:
                return self._prepared(view, notice)
        except Exception as fault:
            return fault

    def _prepared(self, view: View, notice: Claimed) -> Parcel:
        return prepare(
            view,
            self.council,
            notice,
            now=self.clock(),
            nonce=self.nonce(),
            makers=self.makers,
            draw_chart=self.draw_chart,
        )

    async def _deliver_in_order(self, queue: list[Taken], lane: _Lane | None = None) -> None:
        """One conversation's notices. When it is asked to wait, all of them do."""
        wait_until: datetime | None = None
        for taken in queue:
            try:
                if lane is not None and lane.stopping:
                    self._settling.add(Outcome(taken.notice, Later(self.clock(), "the process stopped")))
                elif wait_until is not None:
                    self._settling.add(Outcome(taken.notice, Later(wait_until, "the conversation waits")))
                else:
                    wait_until = await self._deliver(taken)
            except Exception as fault:
                self._add_fault(taken.notice, fault)
            finally:
                if lane is not None:
                    lane.held -= 1
                    lane.lighter.set()

    async def _deliver(self, taken: Taken) -> datetime | None:
        """Hand one over; returns until when its conversation has to wait, if it was asked to."""
        notice, parcel = taken.notice, taken.parcel
        match parcel:
            case Exception():
                self._add_fault(notice, parcel)
                return None
            case Decided(state, reason):
                self._settling.add(Outcome(notice, Settle(state, reason)))
                return None
            case Postponed(until, reason):
                self._settling.add(Outcome(notice, Later(until, reason)))
                return None
        if self.clock() > taken.until - MARGIN:
            again = self.clock() + timedelta(seconds=1)
            self._settling.add(Outcome(notice, Later(again, "the batch took too long")))
            return None
        post = self.post if self.urgent_post is None or notice.kind not in URGENT else self.urgent_post
        outcome = await hand_over(parcel, post, self.mailer)
        now = self.clock()
        verdict = judge(outcome, notice, now=now, jitter=self.jitter())
        was_asked = not (isinstance(outcome, Throttled) and outcome.ours)
        self._settling.add(Outcome(notice, verdict, parcel, now if was_asked else None))
        if isinstance(outcome, Throttled):
            return _waits_until(verdict, now)
        # Nobody knocks again at a door that was shut just now: the rest is looked at anew, once that is kept.
        return now if isinstance(verdict, Settle) and verdict.reach_state is not None else None

    def _add_fault(self, notice: Claimed, fault: Exception) -> None:
        # One bad notice never stops the others. Its text may stand in the exception, so only the kind of
        # fault is told.
        log.error("notice %s (%s) failed: %s", notice.id, notice.kind, type(fault).__name__)
        verdict = after_fault(fault, notice, now=self.clock(), jitter=self.jitter())
        self._settling.add(Outcome(notice, verdict))

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def _queues(taken: Sequence[Taken]) -> list[list[Taken]]:
    """Recipients side by side, each one's notices in order."""
    queues: dict[tuple[int | None, int | None, bool], list[Taken]] = {}
    for one in taken:
        to = (one.notice.person_id, one.notice.channel_id, one.notice.medium == "email")
        queues.setdefault(to, []).append(one)
    return list(queues.values())


def _waits_until(verdict: Verdict, now: datetime) -> datetime:
    return verdict.due_at if isinstance(verdict, Retry | Later) else now + timedelta(seconds=1)


async def _first_of(*events: asyncio.Event, timeout: float) -> None:
    """Wait for whichever comes first, the timeout included."""
    waiting = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
