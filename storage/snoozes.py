"""What people put off, and until when."""

from collections.abc import Mapping
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.bound import which
from storage.prepared import Prepared
from storage.tables_running import snoozes
from storage.upsert import upsert

Snoozed = tuple[str, int]
"""Subject and its id."""

_OF = Prepared(
    sa.select(snoozes.c.subject, snoozes.c.subject_id, snoozes.c.until_on).where(which(snoozes.c.person_id))
)


class SnoozeReading:
    """Looks up what is put off."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, person_id: int) -> Mapping[Snoozed, date]:
        """What this person put off, and the day it comes back."""
        rows = _OF.rows(self._connection, {"which_person_id": person_id})
        return {(row[0], row[1]): row[2] for row in rows}

    def everyones(self) -> frozenset[tuple[int, str, int]]:
        """(person, subject, its id) of everything that is put off."""
        rows = self._connection.execute(
            sa.select(snoozes.c.person_id, snoozes.c.subject, snoozes.c.subject_id)
        )
        return frozenset((row[0], row[1], row[2]) for row in rows)

    def back_by(self, day: date) -> tuple[int, ...]:
        """The people for whom something comes back on this day or should have before."""
        rows = self._connection.execute(
            sa.select(snoozes.c.person_id)
            .where(snoozes.c.until_on <= day)
            .distinct()
            .order_by(snoozes.c.person_id)
        )
        return tuple(row[0] for row in rows)


class SnoozeWriting(SnoozeReading):
    """Looks up what is put off and changes it."""

    def put_off(self, person_id: int, subject: str, subject_id: int, until_on: date, now: datetime) -> None:
        """Say nothing of this to this person before then; a later choice takes the place of an earlier."""
        key = {"person_id": person_id, "subject": subject, "subject_id": subject_id}
        upsert(self._connection, snoozes, key, {"until_on": until_on, "at": now})

    def forget(self, *, person_id: int, until: date) -> None:
        """What came back by this day is no longer put off."""
        self._connection.execute(
            sa.delete(snoozes).where(snoozes.c.person_id == person_id, snoozes.c.until_on <= until)
        )
