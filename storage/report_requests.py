"""Qualitative reports that groups have asked for (PF-12)."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from domain.performance import ReportRequest, RequestState
from storage.tables_performance import report_requests

_ROWS = sa.select(*(report_requests.c[field.name] for field in fields(ReportRequest))).order_by(
    report_requests.c.due_on, report_requests.c.id
)


class ReportRequestReading:
    """Looks requests up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, request_id: int) -> ReportRequest | None:
        """The request of this id."""
        found = self._find(report_requests.c.id == request_id)
        return found[0] if found else None

    def open(self) -> tuple[ReportRequest, ...]:
        """Those not answered yet, the most urgent first."""
        return self._find(report_requests.c.state == RequestState.OPEN.value)

    def of(
        self, *, owner_ids: Iterable[int], bodies: Iterable[str], since: datetime
    ) -> tuple[ReportRequest, ...]:
        """Those these people own, and those of these groups; open, or answered since."""
        mine = sa.or_(
            report_requests.c.owner_id.in_(sorted(owner_ids)), report_requests.c.body.in_(sorted(bodies))
        )
        lately = sa.or_(
            report_requests.c.state == RequestState.OPEN.value, report_requests.c.answered_at >= since
        )
        return self._find(mine, lately)

    def _find(self, *conditions: sa.ColumnElement[bool]) -> tuple[ReportRequest, ...]:
        return tuple(_request(row) for row in self._connection.execute(_ROWS.where(*conditions)))


class ReportRequestWriting(ReportRequestReading):
    """Looks requests up and changes them."""

    def add(
        self, *, body: str, what: str, why: str, by: int, owner_id: int, due_on: date, now: datetime
    ) -> int:
        """A new request; returns its id."""
        insert = sa.insert(report_requests).values(
            body=body,
            what=what,
            why=why,
            asked_by=by,
            asked_at=now,
            owner_id=owner_id,
            due_on=due_on,
            state=RequestState.OPEN.value,
            answer="",
            kept_where="",
            version=1,
        )
        return int(self._connection.execute(insert.returning(report_requests.c.id)).scalar_one())

    def change(self, request: ReportRequest, values: Mapping[str, Any]) -> bool:
        """Set these columns when the request still has the version given; whether it had."""
        changed = self._connection.execute(
            sa.update(report_requests)
            .where(report_requests.c.id == request.id, report_requests.c.version == request.version)
            .values(**values, version=request.version + 1)
        )
        return changed.rowcount == 1


def _request(row: Row[Any]) -> ReportRequest:
    return ReportRequest(**{**row._asdict(), "state": RequestState(row.state)})
