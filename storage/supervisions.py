"""Supervisions planned and held (CA-19)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.bound import which
from storage.prepared import Prepared
from storage.tables_following import supervisions


@dataclass(frozen=True, slots=True)
class SupervisionRow:
    """A practitioner's supervision, planned or held."""

    id: int
    practitioner_id: int
    planned_on: date
    planned_by: int
    held_on: date | None
    held_by: int | None
    note_where: str
    """Where it is noted what was talked of."""
    version: int


_ROWS = sa.select(*(supervisions.c[field.name] for field in fields(SupervisionRow))).order_by(
    supervisions.c.planned_on, supervisions.c.id
)

_PLANNED = Prepared(_ROWS.where(which(supervisions.c.practitioner_id), supervisions.c.held_on.is_(None)))


class SupervisionReading:
    """Looks supervisions up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, supervision_id: int) -> SupervisionRow | None:
        """The supervision of this id."""
        row = self._connection.execute(_ROWS.where(supervisions.c.id == supervision_id)).one_or_none()
        return SupervisionRow(*row) if row else None

    def planned(self, practitioner_id: int) -> SupervisionRow | None:
        """The one that is planned and not held; there is one at a time."""
        rows = _PLANNED.rows(self._connection, {"which_practitioner_id": practitioner_id})
        return SupervisionRow(*rows[0]) if rows else None

    def planned_between(self, first: date, last: date) -> tuple[SupervisionRow, ...]:
        """Those planned for one of these days, both included, and not held."""
        chosen = _ROWS.where(supervisions.c.planned_on.between(first, last), supervisions.c.held_on.is_(None))
        return tuple(SupervisionRow(*row) for row in self._connection.execute(chosen))


class SupervisionWriting(SupervisionReading):
    """Looks supervisions up and changes them."""

    def plan(self, practitioner_id: int, planned_on: date, *, by: int) -> int:
        """A new planned supervision; returns its id."""
        values = {
            "practitioner_id": practitioner_id,
            "planned_on": planned_on,
            "planned_by": by,
            "note_where": "",
            "version": 1,
        }
        added = self._connection.execute(
            sa.insert(supervisions).values(**values).returning(supervisions.c.id)
        )
        return int(added.scalar_one())

    def change(self, supervision: SupervisionRow, values: Mapping[str, Any]) -> bool:
        """Set these columns when the supervision still has the version given; whether it had."""
        changed = self._connection.execute(
            sa.update(supervisions)
            .where(supervisions.c.id == supervision.id, supervisions.c.version == supervision.version)
            .values(**values, version=supervision.version + 1)
        )
        return changed.rowcount == 1
