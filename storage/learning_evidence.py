"""What entries of the learning log rest on: audits, moderations and other sources (OG-06)."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.learning import Evidence
from domain.learning_evidence import Source, SourceKind
from storage.bound import batches
from storage.tables_following import learning_links, learning_sources
from storage.upsert import insert_once

_SOURCES = sa.select(*(learning_sources.c[field.name] for field in fields(Source))).order_by(
    learning_sources.c.dated_on, learning_sources.c.id
)


class EvidenceReading:
    """Looks up what entries rest on."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def evidence(self, entry_ids: Iterable[int]) -> dict[int, dict[Evidence, tuple[int, ...]]]:
        """Entry to what it rests on: kind to ids; entries that rest on nothing are left out."""
        found: dict[int, dict[Evidence, tuple[int, ...]]] = {}
        for some in batches(entry_ids):
            rows = self._connection.execute(
                sa.select(learning_links)
                .where(learning_links.c.entry_id.in_(some))
                .order_by(learning_links.c.entry_id, learning_links.c.kind, learning_links.c.subject_id)
            )
            for entry_id, kind, subject_id in rows:
                of_entry = found.setdefault(entry_id, {})
                of_entry[Evidence(kind)] = (*of_entry.get(Evidence(kind), ()), subject_id)
        return found

    def resting_on(self, kind: Evidence, subject_id: int) -> tuple[int, ...]:
        """Ids of the entries that rest on this audit or moderation."""
        rows = self._connection.execute(
            sa.select(learning_links.c.entry_id)
            .where(learning_links.c.kind == kind.value, learning_links.c.subject_id == subject_id)
            .order_by(learning_links.c.entry_id)
        )
        return tuple(rows.scalars())

    def sources(self, entry_ids: Iterable[int]) -> dict[int, tuple[Source, ...]]:
        """Entry to its other sources, earliest first; entries without any are left out."""
        found: dict[int, tuple[Source, ...]] = {}
        for some in batches(entry_ids):
            for row in self._connection.execute(_SOURCES.where(learning_sources.c.entry_id.in_(some))):
                source = Source(row.id, row.entry_id, SourceKind(row.kind), *row[3:])
                found[source.entry_id] = (*found.get(source.entry_id, ()), source)
        return found


class EvidenceWriting(EvidenceReading):
    """Looks up what entries rest on and changes it."""

    def link(self, entry_id: int, kind: Evidence, subject_ids: Iterable[int]) -> None:
        """Let the entry rest on these too, each once."""
        for subject_id in subject_ids:
            key = {"entry_id": entry_id, "kind": kind.value, "subject_id": subject_id}
            insert_once(self._connection, learning_links, key, {})

    def unlink(self, entry_id: int, kind: Evidence, subject_id: int) -> bool:
        """Let the entry no longer rest on this; whether it did."""
        gone = self._connection.execute(
            sa.delete(learning_links).where(
                learning_links.c.entry_id == entry_id,
                learning_links.c.kind == kind.value,
                learning_links.c.subject_id == subject_id,
            )
        )
        return gone.rowcount == 1

    def add_source(
        self, entry_id: int, kind: SourceKind, *, what: str, dated_on: date, round_id: int | None = None
    ) -> None:
        """Let the entry rest on this source too, once."""
        key = {"entry_id": entry_id, "kind": kind.value, "dated_on": dated_on, "what": what}
        insert_once(self._connection, learning_sources, key, {"round_id": round_id})

    def take_out_source(self, entry_id: int, source_id: int) -> bool:
        """Take a source out of this entry; whether it was there."""
        gone = self._connection.execute(
            sa.delete(learning_sources).where(
                learning_sources.c.id == source_id, learning_sources.c.entry_id == entry_id
            )
        )
        return gone.rowcount == 1
