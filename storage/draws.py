"""Draws of the Panel: what they were drawn from, the seed, and what was drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.tables_moderation import draws


@dataclass(frozen=True, slots=True)
class DrawRow:
    """One draw, kept so that anybody can draw again."""

    id: int
    month: date
    """First day of the month it closes."""
    drawn_at: datetime
    seed: int
    rule_version: str
    framework_version: str
    least_percent: int
    most_percent: int
    """The limits it was drawn with."""
    population: Sequence[Mapping[str, Any]]
    """The frozen population as plain JSON; ids, classes and numbers, no text."""
    population_hash: str
    selected: Sequence[int]
    """Ids of the audits that the draw itself added."""
    state: str
    """"within" the most per cent, "over" it and waiting for the chair, or "passed" by the chair."""
    passed_by: int | None
    passed_at: datetime | None
    passed_because: str | None


_ROWS = sa.select(*(draws.c[field.name] for field in fields(DrawRow))).order_by(draws.c.month)


class DrawReading:
    """Looks draws up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, draw_id: int) -> DrawRow | None:
        """The draw of this id."""
        row = self._connection.execute(_ROWS.where(draws.c.id == draw_id)).one_or_none()
        return DrawRow(*row) if row else None

    def of_month(self, month: date) -> DrawRow | None:
        """The draw that closes this month."""
        row = self._connection.execute(_ROWS.where(draws.c.month == month)).one_or_none()
        return DrawRow(*row) if row else None

    def everything(self) -> tuple[DrawRow, ...]:
        """Every draw, oldest first."""
        return tuple(DrawRow(*row) for row in self._connection.execute(_ROWS))

    def latest(self) -> DrawRow | None:
        """The draw of the latest month."""
        newest = _ROWS.order_by(None).order_by(draws.c.month.desc()).limit(1)
        row = self._connection.execute(newest).one_or_none()
        return DrawRow(*row) if row else None

    def since(self, month: date) -> tuple[DrawRow, ...]:
        """The draws of this month and later ones, oldest first."""
        return tuple(DrawRow(*row) for row in self._connection.execute(_ROWS.where(draws.c.month >= month)))

    def months(self) -> tuple[tuple[int, date], ...]:
        """(id, month) of every draw, oldest first."""
        rows = self._connection.execute(sa.select(draws.c.id, draws.c.month).order_by(draws.c.month))
        return tuple((row[0], row[1]) for row in rows)

    def over(self) -> tuple[DrawRow, ...]:
        """Draws above the most per cent that the chair has not passed yet (Q3)."""
        return tuple(DrawRow(*row) for row in self._connection.execute(_ROWS.where(draws.c.state == "over")))


class DrawWriting(DrawReading):
    """Looks draws up and keeps them."""

    def add(self, values: Mapping[str, Any]) -> int:
        """A new draw from column values; returns the id."""
        return int(
            self._connection.execute(sa.insert(draws).values(**values).returning(draws.c.id)).scalar_one()
        )

    def pass_over(self, draw_id: int, *, by: int, reason: str, now: datetime) -> bool:
        """The chair goes on above the most per cent; whether that was still to be said."""
        changed = self._connection.execute(
            sa.update(draws)
            .where(draws.c.id == draw_id, draws.c.state == "over")
            .values(state="passed", passed_by=by, passed_at=now, passed_because=reason)
        )
        return changed.rowcount == 1
