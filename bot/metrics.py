"""Figures for whoever watches, in the form Prometheus reads.

Counts of this process stand beside what the database says for all of them. Labels are states, media and
outcomes; nothing names a person, a team or a case.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from scheduler.leading import LEASE_NAME
from scheduler.ports import Mail, Mailer, Outcome, Post
from workflows.council import Council, View
from workflows.people import Address

STATES = ("queued", "claimed", "sent", "dropped", "held", "unreachable", "dead")
SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15)
"""Teams gives up on a turn after fifteen."""
READ_SECONDS = 5.0


class Metrics:
    """One process's figures."""

    def __init__(self, council: Council, *, clock: Callable[[], datetime]) -> None:
        self._council = council
        self._clock = clock
        self.leads: Callable[[], bool] = lambda: False
        """Whether this process led the calendar when it last looked."""
        self._registry = registry = CollectorRegistry()
        self._turns = Counter("plumbline_turns", "Turns answered.", ["outcome"], registry=registry)
        self._turn_seconds = Histogram(
            "plumbline_turn_seconds", "How long turns took.", buckets=SECONDS, registry=registry
        )
        self._sends = Counter(
            "plumbline_sends", "Messages and mails handed over.", ["medium", "outcome"], registry=registry
        )
        self._send_seconds = Histogram(
            "plumbline_send_seconds",
            "How long handing over took.",
            ["medium"],
            buckets=SECONDS,
            registry=registry,
        )
        self._gauges = {name: Gauge(name, told, registry=registry) for name, told in _GAUGES.items()}
        self._notices = Gauge("plumbline_notices", "Notices in each state.", ["state"], registry=registry)

    def turn(self, outcome: str, seconds: float) -> None:
        """A turn was answered."""
        self._turns.labels(outcome).inc()
        self._turn_seconds.observe(seconds)

    def post(self, post: Post) -> Post:
        """The post, counted."""
        return _CountedPost(post, self._count)

    def mailer(self, mailer: Mailer) -> Mailer:
        """The mailer, counted."""
        return _CountedMailer(mailer, self._count)

    async def page(self) -> bytes:
        """Everything as text. A database that does not answer leaves its figures out and says so."""
        try:
            async with asyncio.timeout(READ_SECONDS):
                found = await asyncio.to_thread(self._read)
        except Exception:
            found = {"plumbline_database_up": 0.0}
            self._notices.clear()
        found["plumbline_leading"] = float(self.leads())
        for name, gauge in self._gauges.items():
            gauge.set(found.get(name, float("nan")))
        return generate_latest(self._registry)

    def _count(self, medium: str, outcome: Outcome | None, seconds: float) -> None:
        # A call that was given up on, or raised, has no outcome.
        told = type(outcome).__name__.lower() if outcome is not None else "none"
        self._sends.labels(medium, told).inc()
        self._send_seconds.labels(medium).observe(seconds)

    def _read(self) -> dict[str, float]:
        now = self._clock()
        with self._council.read() as view:
            counts = view.notices.counts()
            found = _figures(view, now)
        for state in STATES:
            self._notices.labels(state).set(counts.get(state, 0))
        return found


def _figures(view: View, now: datetime) -> dict[str, float]:
    overdue = view.outbox.overdue(now)
    age = (now - overdue.oldest_due_at).total_seconds() if overdue.oldest_due_at else 0.0
    pilot = view.switches.pilot()
    sealed = view.calendar.last_done("seal")
    return {
        "plumbline_database_up": 1.0,
        "plumbline_due_unsent": float(overdue.count),
        "plumbline_queue_age_seconds": max(age, 0.0),
        "plumbline_people_unreachable": float(len({row[0] for row in view.notices.unreachable()})),
        "plumbline_possibly_repeated": float(view.outbox.possibly_repeated()),
        "plumbline_lead_held": float(view.leases.is_held(LEASE_NAME, now=now)),
        "plumbline_paused": float(view.switches.paused() is not None),
        "plumbline_pilot_teams": float(len(pilot.teams)) if pilot else 0.0,
        "plumbline_seconds_since_seal": (now - sealed.done_at).total_seconds() if sealed else float("nan"),
    }


_GAUGES = {
    "plumbline_database_up": "Whether the database answered this look.",
    "plumbline_due_unsent": "Notices that are due and have not left.",
    "plumbline_queue_age_seconds": "How long the oldest of them has been due.",
    "plumbline_people_unreachable": "People whom something could not be delivered to.",
    "plumbline_possibly_repeated": "Sent notices that may have arrived twice.",
    "plumbline_lead_held": "Whether any process leads the calendar.",
    "plumbline_leading": "Whether this process does.",
    "plumbline_paused": "Whether operators have paused sending.",
    "plumbline_pilot_teams": "How many teams the pilot is for; 0 when there is none.",
    "plumbline_seconds_since_seal": "How long ago the trail was last sealed.",
}

_Count = Callable[[str, Outcome | None, float], None]


class _CountedPost:
    def __init__(self, post: Post, count: _Count) -> None:
        self._post = post
        self._count = count

    async def send(self, address: Address, activity: Mapping[str, Any]) -> Outcome:
        began, outcome = time.monotonic(), None
        try:
            outcome = await self._post.send(address, activity)
            return outcome
        finally:
            self._count("teams", outcome, time.monotonic() - began)

    async def update(self, address: Address, activity_id: str, activity: Mapping[str, Any]) -> Outcome:
        began, outcome = time.monotonic(), None
        try:
            outcome = await self._post.update(address, activity_id, activity)
            return outcome
        finally:
            self._count("update", outcome, time.monotonic() - began)


class _CountedMailer:
    def __init__(self, mailer: Mailer, count: _Count) -> None:
        self._mailer = mailer
        self._count = count

    async def send(self, mail: Mail) -> Outcome:
        began, outcome = time.monotonic(), None
        try:
            outcome = await self._mailer.send(mail)
            return outcome
        finally:
            self._count("email", outcome, time.monotonic() - began)
