"""A post in memory of which every third send fails, read by the product's own reading of refusals."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bot.edge.answered import read_refusal
from domain.delivery import Failed, Outcome, Sent, Throttled
from scheduler.pace import Pace
from storage.reach import Address
from tests.faults.troubles import Trouble, drawn
from tests.scheduler.outbox import Clock


@dataclass
class FaultyPost:
    """Counts what arrived, and what came although we had been asked to wait or shown a closed door."""

    clock: Clock
    random: Random
    pace: Pace
    """Told of every 429, as the connector tells it."""
    sends: int = 0
    arrived: Counter[str] = field(default_factory=Counter)
    """How often each message was taken, by its text."""
    doubtful: Counter[str] = field(default_factory=Counter)
    """How often nobody could tell whether a message was taken."""
    met: Counter[str] = field(default_factory=Counter)
    """How often each kind of trouble came."""
    too_early: int = 0
    through_closed_doors: int = 0
    closed: set[str] = field(default_factory=set)
    _not_before: dict[str, datetime] = field(default_factory=dict)

    async def send(self, address: Address, activity: Mapping[str, Any]) -> Outcome:
        """Take a message, or not."""
        chat, text, now = address.conversation_id, str(activity["summary"]), self.clock()
        self.sends += 1
        self.too_early += now < self._not_before.get(chat, now)
        self.through_closed_doors += chat in self.closed
        trouble = drawn(self.random, now)
        if trouble is None:
            self.arrived[text] += 1
            return Sent(f"1:{self.sends}")
        self.met[trouble.kind] += 1
        outcome = self._fail(trouble, chat, text, now)
        if isinstance(outcome, Throttled):
            await self.pace.courier.throttled(address.tenant_id, chat, outcome.wait_seconds)
        return outcome

    async def update(self, _address: Address, _activity_id: str, _activity: Mapping[str, Any]) -> Outcome:
        """Nothing is edited here."""
        raise AssertionError

    def _fail(self, trouble: Trouble, chat: str, text: str, now: datetime) -> Outcome:
        fault = trouble.fault
        self.arrived[text] += fault.after_taking
        if trouble.wait_seconds is not None:
            self._not_before[chat] = now + timedelta(seconds=trouble.wait_seconds)
        if trouble.closes:
            self.closed.add(chat)
        if fault.drop:
            self.doubtful[text] += 1
            return Failed(0, retryable=True, reason="connection_lost", uncertain=True)
        if fault.hang:
            self.doubtful[text] += 1
            raise TimeoutError
        self.doubtful[text] += fault.status in {502, 504}
        body = json.dumps({"error": {"code": fault.code or "Error"}}).encode()
        return read_refusal(fault.status, fault.headers, body, now, posts=True)
