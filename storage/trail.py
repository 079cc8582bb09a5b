"""The append-only record of every read of an audit, write, release and export."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from domain.days import local_day
from domain.trail import (
    START,
    Fault,
    Head,
    TrailKey,
    TrailRow,
    audit_chain,
    check_chain,
    day_chain,
    digests,
    row_mac,
    seal_mac,
)
from storage.tables import trail, trail_heads, trail_seals
from storage.upsert import insert_once

_ROW = ("chain", "position", "at", "actor", "verb", "subject", "fields", "previous", "mac")


class TrailReading:
    """Reads and proves the trail."""

    def __init__(self, connection: Connection, key: TrailKey) -> None:
        self._connection = connection
        self._key = key

    def rows(self, chain: str) -> tuple[TrailRow, ...]:
        """One chain in order."""
        found = self._connection.execute(
            sa.select(*(trail.c[name] for name in _ROW))
            .where(trail.c.chain == chain)
            .order_by(trail.c.position)
        )
        return tuple(_row(row) for row in found)

    def verify(self, exported: Mapping[str, tuple[Head, ...]] | None = None) -> tuple[Fault, ...]:
        """Everything the trail cannot account for; empty when it proves.

        `exported` holds heads from the files written at sealing, by chain, so that a tail cut together with
        its records in the database still shows.
        """
        exported = exported or {}
        sealed: dict[str, list[Head]] = {}
        faults: list[Fault] = []
        for seal in self._connection.execute(sa.select(trail_seals)):
            head = Head(seal.chain, seal.position, seal.head)
            if seal.mac != seal_mac(self._key, seal.day, head):
                faults.append(
                    Fault(seal.chain, seal.position, f"the seal of {seal.day} on {seal.chain} was changed")
                )
            sealed.setdefault(seal.chain, []).append(head)
        for chain, heads in exported.items():
            sealed.setdefault(chain, []).extend(heads)
        heads_now = {
            h.chain: Head(h.chain, h.position, h.mac)
            for h in self._connection.execute(sa.select(trail_heads))
        }
        seen: set[str] = set()
        for chain, rows in self._chains():
            seen.add(chain)
            faults += check_chain(self._key, rows, heads_now.get(chain), sealed.get(chain, ()))
        for chain in sorted((set(heads_now) | set(sealed)) - seen):
            faults += check_chain(self._key, (), heads_now.get(chain), sealed.get(chain, ()))
        return tuple(faults)

    def _chains(self) -> Iterator[tuple[str, list[TrailRow]]]:
        rows: list[TrailRow] = []
        found = self._connection.execution_options(yield_per=1000).execute(
            sa.select(*(trail.c[name] for name in _ROW)).order_by(trail.c.chain, trail.c.position)
        )
        for row in found:
            if rows and rows[0].chain != row.chain:
                yield rows[0].chain, rows
                rows = []
            rows.append(_row(row))
        if rows:
            yield rows[0].chain, rows


class TrailWriting(TrailReading):
    """Reads, proves and extends the trail."""

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
        head = self._head(chain)
        if head.position == 0 and audit_id is not None:
            # The day's chain names each new chain, so that a whole one cannot vanish unseen.
            self._append(today, self._head(today), now, actor, "opened", chain, "{}")
        self._append(chain, head, now, actor, verb, subject, digests(self._key, chain, fields or {}))

    def seal(self, day: date) -> tuple[Head, ...]:
        """Seal every chain that grew since it was last sealed; returns the heads to be exported."""
        grown = self._connection.execute(
            sa.select(trail_heads)
            .where(trail_heads.c.position > trail_heads.c.sealed_position)
            .order_by(trail_heads.c.chain)
        ).all()
        heads = tuple(Head(row.chain, row.position, row.mac) for row in grown)
        for head in heads:
            values = {"position": head.position, "head": head.mac, "mac": seal_mac(self._key, day, head)}
            self._connection.execute(
                sa.delete(trail_seals).where(trail_seals.c.day == day, trail_seals.c.chain == head.chain)
            )
            self._connection.execute(sa.insert(trail_seals).values(day=day, chain=head.chain, **values))
            self._connection.execute(
                sa.update(trail_heads)
                .where(trail_heads.c.chain == head.chain)
                .values(sealed_position=head.position)
            )
        return heads

    def _head(self, chain: str) -> Head:
        chosen = sa.select(trail_heads.c.position, trail_heads.c.mac).where(trail_heads.c.chain == chain)
        row = self._connection.execute(chosen.with_for_update()).one_or_none()
        if row is None:
            fresh = {"position": 0, "mac": START, "sealed_position": 0}
            insert_once(self._connection, trail_heads, {"chain": chain}, fresh)
            row = self._connection.execute(chosen.with_for_update()).one()
        return Head(chain, row.position, row.mac)

    def _append(
        self, chain: str, head: Head, now: datetime, actor: int | None, verb: str, subject: str, fields: str
    ) -> None:
        draft = TrailRow(
            chain, head.position + 1, now.astimezone(UTC), actor, verb, subject, fields, head.mac, ""
        )
        mac = row_mac(self._key, draft)
        values: dict[str, Any] = {name: getattr(draft, name) for name in _ROW}
        self._connection.execute(sa.insert(trail).values(**{**values, "mac": mac}))
        self._connection.execute(
            sa.update(trail_heads)
            .where(trail_heads.c.chain == chain)
            .values(position=draft.position, mac=mac)
        )


def _row(row: Row[Any]) -> TrailRow:
    return TrailRow(*tuple(row))
