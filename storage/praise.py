"""Praise for named good work (CA-21)."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.bound import batches
from storage.tables_following import praise_notes
from storage.upsert import insert_once


@dataclass(frozen=True, slots=True)
class PraiseNote:
    """What was said to somebody about their work."""

    id: int
    audit_id: int
    person_id: int
    text: str
    by_id: int
    at: datetime


_ROWS = sa.select(*(praise_notes.c[field.name] for field in fields(PraiseNote)))


class PraiseReading:
    """Looks praise up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, note_id: int) -> PraiseNote | None:
        """The note of this id."""
        row = self._connection.execute(_ROWS.where(praise_notes.c.id == note_id)).one_or_none()
        return PraiseNote(*row) if row else None

    def of_audits(self, audit_ids: Iterable[int]) -> tuple[PraiseNote, ...]:
        """Every note about these audits."""
        found: list[PraiseNote] = []
        for some in batches(audit_ids):
            rows = self._connection.execute(_ROWS.where(praise_notes.c.audit_id.in_(some)))
            found += [PraiseNote(*row) for row in rows]
        return tuple(sorted(found, key=lambda note: note.id))


class PraiseWriting(PraiseReading):
    """Looks praise up and keeps it."""

    def add(self, *, audit_id: int, person_id: int, text: str, by: int, now: datetime) -> PraiseNote | None:
        """Keep a note, once for each audit and person; None when there is one already."""
        key = {"audit_id": audit_id, "person_id": person_id}
        if not insert_once(self._connection, praise_notes, key, {"text": text, "by_id": by, "at": now}):
            return None
        return next(note for note in self.of_audits((audit_id,)) if note.person_id == person_id)
