"""Performance reports as they were locked; nothing changes them any more (PF-05, PF-07, PF-09)."""

from dataclasses import fields
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from domain.narratives import Report
from domain.performance_report import LockedReport
from storage.tables_performance import locked_reports
from storage.upsert import insert_once

_ROWS = sa.select(*(locked_reports.c[field.name] for field in fields(LockedReport)))


class LockedReportReading:
    """Looks locked reports up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, report: Report, period_on: date) -> LockedReport | None:
        """The report of this period as it was locked; None while it is not."""
        found = self._connection.execute(
            _ROWS.where(locked_reports.c.report == report.value, locked_reports.c.period_on == period_on)
        )
        row = found.one_or_none()
        return _locked(row) if row is not None else None

    def latest(self, report: Report) -> LockedReport | None:
        """The one of the newest period; None where none was locked yet."""
        newest = _ROWS.where(locked_reports.c.report == report.value)
        row = self._connection.execute(newest.order_by(locked_reports.c.period_on.desc()).limit(1)).first()
        return _locked(row) if row is not None else None

    def every(self) -> tuple[LockedReport, ...]:
        """All of them, the newest period first."""
        newest_first = _ROWS.order_by(locked_reports.c.period_on.desc(), locked_reports.c.report)
        return tuple(_locked(row) for row in self._connection.execute(newest_first))


class LockedReportWriting(LockedReportReading):
    """Looks locked reports up and keeps new ones."""

    def keep(self, locked: LockedReport) -> bool:
        """Keep it once for each report and period; whether it is new."""
        return insert_once(
            self._connection,
            locked_reports,
            {"report": locked.report.value, "period_on": locked.period_on},
            {
                "body": dict(locked.body),
                "framework_version": locked.framework_version,
                "locked_at": locked.locked_at,
                "hash": locked.hash,
            },
        )


def _locked(row: Row[Any]) -> LockedReport:
    return LockedReport(**{**row._asdict(), "report": Report(row.report)})
