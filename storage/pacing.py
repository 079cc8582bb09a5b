"""What each conversation had lately and who sends how much, shared by every process.

A row is locked before it is read, rows of several conversations in the order of their keys, so that two
processes never book the same room and never wait for each other in a ring.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from domain.pacing import Booking, Chat, Limits, Window, book, counted, moments, pause_at, settle
from domain.seats import Share, divided
from storage.bound import which
from storage.tables_running import paces
from storage.upsert import insert_once

_KEYS = paces.c.key.in_(sa.bindparam("keys", expanding=True))
_FRESH: dict[str, Any] = {"recent": {}, "free_at": None, "paused_until": None}
_LOCKED = sa.select(paces).where(_KEYS).order_by(paces.c.key).with_for_update()
_KEEP = (
    sa.update(paces)
    .where(which(paces.c.key))
    .values({name: sa.bindparam(name) for name in ("recent", "free_at", "paused_until")})
)


@dataclass(frozen=True, slots=True)
class Granted:
    """What a process may use of a tenant for the length of a lease."""

    seats: int
    paused_until: datetime | None


class Paces:
    """The paces of conversations and tenants; everything here belongs into a writing transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def book(
        self,
        wanted: Mapping[str, int],
        windows: Sequence[Window],
        *,
        claim: str,
        now: datetime,
        until: datetime,
    ) -> dict[str, tuple[datetime, ...]]:
        """When each of the messages wanted in each conversation may leave; those for now are booked."""
        at = now.timestamp()
        found: dict[str, tuple[datetime, ...]] = {}
        changed = {}
        for name, chat in self._chats(wanted, windows, at).items():
            times = moments(chat, windows, at, wanted[name])
            free = sum(time <= at for time in times)
            found[name] = tuple(now if time <= at else _moment(time) for time in times)
            changed[name] = book(chat, claim, free, until.timestamp())
        self._keep_chats(changed)
        return found

    def settle(
        self,
        done: Mapping[str, Sequence[tuple[str, datetime | None]]],
        windows: Sequence[Window],
        *,
        now: datetime,
    ) -> None:
        """What became of booked messages: (claim, when it was over, or None when it never left) of each."""
        chats = self._chats(done, windows, now.timestamp())
        for name, messages in done.items():
            for claim, over in messages:
                times = [] if over is None else [over.timestamp()]
                chats[name] = settle(chats[name], claim, unsent=over is None, over=times)
        self._keep_chats(chats)

    def throttled(self, tenant: str, conversation: str, until: datetime, now: datetime) -> datetime | None:
        """Teams asked us to wait in this conversation; returns until when the whole tenant waits, if it does.

        A second conversation that meets the same within the pause of the first speaks for the tenant.
        """
        at, end = now.timestamp(), until.timestamp()
        tenant_key, chat_key = _tenant_key(tenant), _chat_key(conversation)
        rows = self._locked([tenant_key, chat_key])
        before = rows[chat_key].paused_until
        chat_until = max(until, before) if before else until
        self._keep(chat_key, rows[chat_key].recent, chat_until, free_at=rows[chat_key].free_at or now)
        state = _tenant_state(rows[tenant_key])
        told = [(name, float(t)) for name, t in state["throttled"] if name != chat_key and pause_at(t, at)]
        paused = rows[tenant_key].paused_until
        if told:
            paused = max(time for time in (until, paused) if time is not None)
        state["throttled"] = [*told, (chat_key, end)][-2:]
        self._keep(tenant_key, state, paused)
        return paused if pause_at(_seconds(paused), at) else None

    def renew(
        self,
        tenant: str,
        holder: str,
        *,
        wanted: int,
        busy: int,
        limits: Limits,
        clock: Callable[[], datetime],
    ) -> Granted:
        """The seats this process may use from now on; `wanted` 0 gives back all that do not rest."""
        key = _tenant_key(tenant)
        row = self._locked([key])[key]
        # Only now: whoever waited for the row would measure other leases by a moment long past.
        at = clock().timestamp()
        state = _tenant_state(row)
        shares = {name: Share(int(s), int(w), float(t)) for name, (s, w, t) in state["shares"].items()}
        total = limits.tenant_per_second
        seats, after = divided(shares, holder=holder, wanted=wanted, busy=busy, total=total, at=at)
        state["shares"] = {name: (s.seats, s.wanted, s.until) for name, s in after.items()}
        self._keep(key, state, row.paused_until)
        return Granted(seats, row.paused_until if pause_at(_seconds(row.paused_until), at) else None)

    def forget(self, before: datetime) -> int:
        """Drop conversations that had nothing since then and wait for nothing; returns how many."""
        return self._connection.execute(
            sa.delete(paces).where(
                paces.c.key.like("chat:%"),
                paces.c.free_at < before,
                paces.c.paused_until.is_(None) | (paces.c.paused_until < before),
            )
        ).rowcount

    def _chats(self, names: Iterable[str], windows: Sequence[Window], at: float) -> dict[str, Chat]:
        keys = {_chat_key(name): name for name in names}
        rows = self._locked(keys)
        return {keys[key]: counted(_chat(row), windows, at) for key, row in rows.items()}

    def _keep_chats(self, chats: Mapping[str, Chat]) -> None:
        rows = [
            {
                "which_key": _chat_key(name),
                "recent": {
                    "over": [_up(time) for time in chat.over],
                    "booked": [(b.claim, b.count, _up(b.until)) for b in chat.booked],
                },
                "free_at": _moment(max((*chat.over, *(b.until for b in chat.booked)), default=0.0)),
                "paused_until": _moment(chat.paused_until) if chat.paused_until is not None else None,
            }
            for name, chat in chats.items()
        ]
        if rows:
            self._connection.execute(_KEEP, rows)

    def _keep(
        self, key: str, recent: Any, paused_until: datetime | None, *, free_at: datetime | None = None
    ) -> None:
        values = {"recent": recent, "free_at": free_at, "paused_until": paused_until}
        self._connection.execute(_KEEP, {"which_key": key, **values})

    def _locked(self, keys: Iterable[str]) -> dict[str, Row[Any]]:
        """The rows of these keys by key, in order and locked; made where there are none."""
        wanted = sorted(set(keys))
        found = self._lock(wanted)
        if len(found) < len(wanted):
            for key in wanted:
                if key not in found:
                    insert_once(self._connection, paces, {"key": key}, _FRESH)
            found = self._lock(wanted)
        return found

    def _lock(self, keys: Sequence[str]) -> dict[str, Row[Any]]:
        return {row.key: row for row in self._connection.execute(_LOCKED, {"keys": keys})}


def tenant_key(tenant: "sa.ColumnElement[str]") -> "sa.ColumnElement[str]":
    """The key of a tenant's pace, within a statement."""
    return sa.literal("tenant:") + tenant


def _chat_key(conversation: str) -> str:
    # Threads of a channel share its windows.
    return f"chat:{conversation.partition(';')[0]}"


def _tenant_key(tenant: str) -> str:
    return f"tenant:{tenant}"


def _chat(row: Row[Any]) -> Chat:
    recent = row.recent
    over = tuple(time / 1000 for time in recent.get("over", ()))
    booked = tuple(Booking(claim, count, until / 1000) for claim, count, until in recent.get("booked", ()))
    return Chat(over, booked, _seconds(row.paused_until))


def _tenant_state(row: Row[Any]) -> dict[str, Any]:
    return {"shares": row.recent.get("shares", {}), "throttled": row.recent.get("throttled", [])}


def _seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment is not None else None


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=1)


def _up(seconds: float) -> int:
    """Milliseconds, never earlier than meant."""
    return math.ceil(seconds * 1000)
