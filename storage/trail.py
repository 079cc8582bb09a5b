"""The append-only record of every read of an audit, write, release and export."""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.days import local_day
from domain.trail import (
    OPENED,
    REGISTER,
    START,
    Fault,
    Head,
    TrailKey,
    TrailRow,
    audit_chain,
    check_chain,
    check_openings,
    day_chain,
    digests,
    head_mac,
    row_mac,
    seal_mac,
)
from storage.bound import which
from storage.prepared import Prepared
from storage.tables import trail, trail_heads, trail_seals
from storage.upsert import insert_once, upsert

_COLUMNS = tuple(field.name for field in dataclasses.fields(TrailRow))
_ROWS = sa.select(*(trail.c[name] for name in _COLUMNS))
_CHAIN = _ROWS.where(which(trail.c.chain)).order_by(trail.c.position)
_APPEND = Prepared(sa.insert(trail))
_END = Prepared(
    sa.select(trail_heads.c.position, trail_heads.c.mac, trail_heads.c.sealed_position, trail_heads.c.proof)
    .where(which(trail_heads.c.chain))
    .with_for_update()
)
_LAST = sa.select(sa.func.max(trail.c.position)).where(which(trail.c.chain))
_KEEP_END = Prepared(sa.update(trail_heads).where(which(trail_heads.c.chain)))


class TrailReading:
    """Reads and proves the trail."""

    def __init__(self, connection: Connection, key: TrailKey) -> None:
        self._connection = connection
        self._key = key

    def rows(self, chain: str) -> tuple[TrailRow, ...]:
        """One chain in order."""
        return tuple(TrailRow(*row) for row in self._connection.execute(_CHAIN, {"which_chain": chain}))

    def sign(self, *parts: object) -> str:
        """The MAC over these parts, for a file that leaves the database."""
        return self._key.mac(*parts)

    def seals(self, day: date | None = None) -> dict[date, tuple[Head, ...]]:
        """The sealed heads of each day (or of one), in order of chain."""
        chosen = sa.select(trail_seals).order_by(trail_seals.c.day, trail_seals.c.chain)
        found: dict[date, list[Head]] = {}
        for row in self._connection.execute(
            chosen if day is None else chosen.where(trail_seals.c.day == day)
        ):
            found.setdefault(row.day, []).append(Head(row.chain, row.position, row.head))
        return {sealed_on: tuple(heads) for sealed_on, heads in found.items()}

    def sealed_days(self) -> tuple[date, ...]:
        """The days on which something was sealed, in order."""
        days = sa.select(trail_seals.c.day).distinct().order_by(trail_seals.c.day)
        return tuple(self._connection.execute(days).scalars())

    def verify(self, exported: Mapping[str, tuple[Head, ...]] | None = None) -> tuple[Fault, ...]:
        """Everything the trail cannot account for; empty when it proves.

        `exported` holds heads from the files written at sealing, by chain, so that a tail cut together with
        its records in the database still shows.
        """
        known, faults = self._sealed()
        for chain, heads in (exported or {}).items():
            known.setdefault(chain, []).extend(heads)
        ends, broken_ends = self._ends(known)
        faults += broken_ends
        chains: set[str] = set()
        opened: Counter[str] = Counter()
        for chain, rows in self._chains():
            chains.add(chain)
            faults += check_chain(self._key, rows, ends.get(chain), known.get(chain, ()))
            if chain == REGISTER or chain.startswith("day:"):
                opened.update(row.subject for row in rows if row.verb == OPENED)
        for chain in sorted({*ends, *known} - chains):
            faults += check_chain(self._key, (), ends.get(chain), known.get(chain, ()))
        faults += check_openings(chains, opened)
        return tuple(dict.fromkeys(faults))

    def _sealed(self) -> tuple[dict[str, list[Head]], list[Fault]]:
        """Chain to its sealed heads, and the seals that are not as they were written."""
        sealed: dict[str, list[Head]] = {}
        faults = []
        for seal in self._connection.execute(sa.select(trail_seals)):
            head = Head(seal.chain, seal.position, seal.head)
            if seal.mac != seal_mac(self._key, seal.day, head):
                what = f"the seal of {seal.day} on {seal.chain} was changed"
                faults.append(Fault(seal.chain, seal.position, what))
            sealed.setdefault(seal.chain, []).append(head)
        return sealed, faults

    def _ends(self, sealed: Mapping[str, list[Head]]) -> tuple[dict[str, Head], list[Fault]]:
        """Chain to its recorded end, and the ends that were changed or lost their seal."""
        ends: dict[str, Head] = {}
        faults = []
        for row in self._connection.execute(sa.select(trail_heads)):
            end = Head(row.chain, row.position, row.mac)
            if row.proof != head_mac(self._key, end, row.sealed_position):
                what = f"the recorded end of {row.chain} was changed"
                faults.append(Fault(row.chain, row.position, what))
            if row.sealed_position and row.sealed_position not in {
                h.position for h in sealed.get(row.chain, ())
            }:
                what = f"the seal on row {row.sealed_position} of {row.chain} is missing"
                faults.append(Fault(row.chain, row.sealed_position, what))
            ends[row.chain] = end
        return ends, faults

    def _chains(self) -> Iterator[tuple[str, list[TrailRow]]]:
        rows: list[TrailRow] = []
        chosen = _ROWS.order_by(trail.c.chain, trail.c.position)
        for row in self._connection.execute(chosen.execution_options(yield_per=1000)):
            if rows and rows[0].chain != row.chain:
                yield rows[0].chain, rows
                rows = []
            rows.append(TrailRow(*row))
        if rows:
            yield rows[0].chain, rows


class TrailWriting(TrailReading):
    """Reads, proves and extends the trail.

    New rows wait for `finish`, so that the end of a chain is moved once in a transaction.
    """

    def __init__(self, connection: Connection, key: TrailKey) -> None:
        super().__init__(connection, key)
        # Whoever has read an end holds its row until the transaction is over, so nobody else moves it.
        self._ends_held: dict[str, _End] = {}
        self._waiting: list[dict[str, Any]] = []
        self._moved: set[str] = set()

    def add(
        self,
        *,
        now: datetime,
        actor: int | None,
        verb: str,
        subject: str,
        audit_id: int | None = None,
        fields: Mapping[str, object] | None = None,
    ) -> None:
        """One row, in the audit's chain when there is one, else in the day's.

        `fields` holds values; only their keyed digests are kept.
        """
        today = day_chain(local_day(now))
        chain = audit_chain(audit_id) if audit_id is not None else today
        end = self._end(chain)
        if end.head.position == 0:
            self._announce(chain, today, now)
        self._append(end, now, actor, verb, subject, digests(self._key, chain, fields or {}))

    def finish(self) -> None:
        """Write what waits. Called before the transaction is committed."""
        for values in self._waiting:
            _APPEND.change(self._connection, values)
        self._waiting.clear()
        for chain in sorted(self._moved):
            self._write_end(self._ends_held[chain])
        self._moved.clear()

    def rows(self, chain: str) -> tuple[TrailRow, ...]:
        """One chain in order, with what this transaction added."""
        self.finish()
        return super().rows(chain)

    def verify(self, exported: Mapping[str, tuple[Head, ...]] | None = None) -> tuple[Fault, ...]:
        """Everything the trail cannot account for, what this transaction added included."""
        self.finish()
        return super().verify(exported)

    def seal(self, day: date) -> tuple[Head, ...]:
        """Seal every chain that grew since it was last sealed; returns their heads.

        A chain that someone is writing to at this moment is left for the next day.
        """
        self.finish()
        grown = self._connection.execute(
            sa.select(trail_heads)
            .where(trail_heads.c.position > trail_heads.c.sealed_position)
            .order_by(trail_heads.c.chain)
            .with_for_update(skip_locked=True)
        ).all()
        heads = tuple(Head(row.chain, row.position, row.mac) for row in grown)
        for head in heads:
            values = {"position": head.position, "head": head.mac, "mac": seal_mac(self._key, day, head)}
            upsert(self._connection, trail_seals, {"day": day, "chain": head.chain}, values)
            end = _End(head, head.position)
            self._write_end(end)
            if head.chain in self._ends_held:
                self._ends_held[head.chain] = end
        return heads

    def _announce(self, chain: str, today: str, now: datetime) -> None:
        """Name a new chain in the one above it, so that a whole one cannot vanish unseen."""
        if chain == REGISTER:
            return
        above = REGISTER if chain == today else today
        end = self._end(above)
        if end.head.position == 0:
            self._announce(above, today, now)
        self._append(end, now, None, OPENED, chain, "{}")

    def _end(self, chain: str) -> "_End":
        """Where the chain goes on."""
        if held := self._ends_held.get(chain):
            return held
        row = _END.row(self._connection, {"which_chain": chain})
        if row is None:
            fresh = Head(chain, 0, START)
            values = {
                "position": 0,
                "mac": START,
                "sealed_position": 0,
                "proof": head_mac(self._key, fresh, 0),
            }
            insert_once(self._connection, trail_heads, {"chain": chain}, values)
            row = _END.row(self._connection, {"which_chain": chain})
            assert row is not None
        head = Head(chain, row.position, row.mac)
        proves = row.proof == head_mac(self._key, head, row.sealed_position)
        if proves and row.position:
            return _End(head, row.sealed_position)
        last = self._connection.execute(_LAST, {"which_chain": chain}).scalar_one() or 0
        if proves and not last:
            return _End(head, row.sealed_position)
        # Somebody moved the recorded end or took it away. Going on from it would prove their version;
        # refusing would stop everyone's work. So the chain goes on one place further, and the gap shows for
        # good.
        return _End(Head(chain, max(row.position, last) + 1, row.mac), row.sealed_position)

    def _append(
        self, end: "_End", now: datetime, actor: int | None, verb: str, subject: str, fields: str
    ) -> None:
        head = end.head
        draft = TrailRow(
            head.chain, head.position + 1, now.astimezone(UTC), actor, verb, subject, fields, head.mac, ""
        )
        mac = row_mac(self._key, draft)
        values: dict[str, Any] = {name: getattr(draft, name) for name in _COLUMNS}
        self._waiting.append({**values, "mac": mac})
        self._moved.add(head.chain)
        self._ends_held[head.chain] = _End(Head(head.chain, draft.position, mac), end.sealed_position)

    def _write_end(self, end: "_End") -> None:
        head = end.head
        values = {
            "position": head.position,
            "mac": head.mac,
            "sealed_position": end.sealed_position,
            "proof": head_mac(self._key, head, end.sealed_position),
        }
        _KEEP_END.change(self._connection, {"which_chain": head.chain, **values})


@dataclass(frozen=True, slots=True)
class _End:
    """Where a chain ends and how far it was sealed."""

    head: Head
    sealed_position: int
