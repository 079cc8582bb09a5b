"""Safety alerts and who has acknowledged them (Q16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.tables import safety_alerts, safety_recipients


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert as raised."""

    id: int
    audit_id: int
    raised_by: int
    raised_at: datetime
    concern: str


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """Someone told of an alert."""

    person_id: int
    escalation: bool
    acknowledged_at: datetime | None


class SafetyReading:
    """Looks alerts up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, alert_id: int) -> AlertRow | None:
        """The alert of this id."""
        row = self._connection.execute(
            sa.select(safety_alerts).where(safety_alerts.c.id == alert_id)
        ).one_or_none()
        return AlertRow(*row) if row else None

    def recipients(self, alert_id: int) -> tuple[RecipientRow, ...]:
        """Everyone told, in order of id."""
        columns = [safety_recipients.c[name] for name in ("person_id", "escalation", "acknowledged_at")]
        rows = self._connection.execute(
            sa.select(*columns)
            .where(safety_recipients.c.alert_id == alert_id)
            .order_by(safety_recipients.c.person_id)
        )
        return tuple(RecipientRow(*row) for row in rows)


class SafetyWriting(SafetyReading):
    """Looks alerts up and changes them."""

    def add(self, *, audit_id: int, by: int, concern: str, now: datetime) -> int:
        """A new alert; returns the id."""
        insert = sa.insert(safety_alerts).values(
            audit_id=audit_id, raised_by=by, raised_at=now, concern=concern
        )
        return int(self._connection.execute(insert.returning(safety_alerts.c.id)).scalar_one())

    def tell(self, alert_id: int, person_ids: Sequence[int], *, escalation: bool) -> None:
        """These people are told."""
        rows = [
            {"alert_id": alert_id, "person_id": person, "escalation": escalation}
            for person in sorted(set(person_ids))
        ]
        if rows:
            self._connection.execute(sa.insert(safety_recipients), rows)

    def acknowledge(self, alert_id: int, person_id: int, now: datetime) -> bool:
        """The person has seen it; False when they had said so before."""
        done = self._connection.execute(
            sa.update(safety_recipients)
            .where(
                safety_recipients.c.alert_id == alert_id,
                safety_recipients.c.person_id == person_id,
                safety_recipients.c.acknowledged_at.is_(None),
            )
            .values(acknowledged_at=now)
        )
        return done.rowcount == 1
