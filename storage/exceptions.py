"""Exceptions that people are asked about (PF-04, PF-09)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from domain.exceptions import Kind
from domain.indicators import Every, Measured
from domain.performance import ExceptionState, Raised
from storage.tables_performance import exceptions
from storage.upsert import insert_once

_ROWS = sa.select(exceptions).order_by(exceptions.c.period_on.desc(), exceptions.c.id)


class ExceptionReading:
    """Looks exceptions up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, exception_id: int) -> Raised | None:
        """The exception of this id."""
        found = self._find(exceptions.c.id == exception_id)
        return found[0] if found else None

    def open(self, *, owner_id: int | None = None) -> tuple[Raised, ...]:
        """Those nobody has answered, of this owner or of everyone, newest period first."""
        of_owner = [exceptions.c.owner_id == owner_id] if owner_id is not None else []
        return self._find(exceptions.c.state == ExceptionState.OPEN.value, *of_owner)

    def of_scope(self, indicator_id: int, every: Every, scope: str) -> tuple[Raised, ...]:
        """Those of one thing measured that are not closed, newest period first."""
        return self._find(
            exceptions.c.indicator_id == indicator_id,
            exceptions.c.every == every.value,
            exceptions.c.scope == scope,
            exceptions.c.state != ExceptionState.CLOSED.value,
        )

    def between(
        self, first_on: date, last_on: date, *, service_ids: Iterable[int] | None = None
    ) -> tuple[Raised, ...]:
        """Those of periods that began within these days, both included; of these services, or of all."""
        of = [exceptions.c.service_id.in_(sorted(service_ids))] if service_ids is not None else []
        return self._find(exceptions.c.period_on >= first_on, exceptions.c.period_on <= last_on, *of)

    def _find(self, *conditions: sa.ColumnElement[bool]) -> tuple[Raised, ...]:
        return tuple(_raised(row) for row in self._connection.execute(_ROWS.where(*conditions)))


class ExceptionWriting(ExceptionReading):
    """Looks exceptions up and changes them."""

    def put(self, raised: Raised) -> bool:
        """Raise this one unless it was raised before; whether it is new. Its id and answer are not read."""
        key = {
            "indicator_id": raised.indicator_id,
            "every": raised.every.value,
            "period_on": raised.period_on,
            "scope": raised.measured.scope,
            "kind": raised.kind.value,
        }
        values = {
            "service_id": raised.measured.service_id,
            "team_id": raised.measured.team_id,
            "value": raised.value,
            "owner_id": raised.owner_id,
            "due_on": raised.due_on,
            "reply": "",
            "action": "",
            "state": ExceptionState.OPEN.value,
            "version": 1,
        }
        return insert_once(self._connection, exceptions, key, values)

    def reopen(self, raised: Raised) -> None:
        """It was closed and is there again: a figure was corrected, and corrected back."""
        self._connection.execute(
            sa.update(exceptions)
            .where(
                exceptions.c.indicator_id == raised.indicator_id,
                exceptions.c.every == raised.every.value,
                exceptions.c.period_on == raised.period_on,
                exceptions.c.scope == raised.measured.scope,
                exceptions.c.kind == raised.kind.value,
                exceptions.c.state == ExceptionState.CLOSED.value,
            )
            .values(
                state=sa.case(
                    (exceptions.c.reply != "", ExceptionState.ANSWERED.value), else_=ExceptionState.OPEN.value
                ),
                closed_at=None,
                value=raised.value,
                version=exceptions.c.version + 1,
            )
        )

    def change(self, raised: Raised, values: Mapping[str, Any]) -> bool:
        """Set these columns when the exception still has the version given; whether it had."""
        changed = self._connection.execute(
            sa.update(exceptions)
            .where(exceptions.c.id == raised.id, exceptions.c.version == raised.version)
            .values(**values, version=raised.version + 1)
        )
        return changed.rowcount == 1

    def close(self, raised: Raised, now: datetime) -> Raised:
        """It is over, answered or not."""
        self.change(raised, {"state": ExceptionState.CLOSED.value, "closed_at": now})
        return replace(raised, state=ExceptionState.CLOSED, closed_at=now, version=raised.version + 1)


def _raised(row: Row[Any]) -> Raised:
    return Raised(
        id=row.id,
        indicator_id=row.indicator_id,
        every=Every(row.every),
        period_on=row.period_on,
        measured=Measured(row.service_id, row.team_id),
        kind=Kind(row.kind),
        value=row.value,
        owner_id=row.owner_id,
        due_on=row.due_on,
        reply=row.reply,
        action=row.action,
        state=ExceptionState(row.state),
        answered_by=row.answered_by,
        answered_at=row.answered_at,
        closed_at=row.closed_at,
        version=row.version,
    )
