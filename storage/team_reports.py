"""Weekly team reports and what their managers answered (PF-01)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from domain.performance import Answer, TeamReport
from storage.tables_performance import team_reports
from storage.upsert import insert_once

_ROWS = sa.select(team_reports).order_by(team_reports.c.week_on.desc(), team_reports.c.id)


class TeamReportReading:
    """Looks weekly reports up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, report_id: int) -> TeamReport | None:
        """The report of this id."""
        found = self._find(team_reports.c.id == report_id)
        return found[0] if found else None

    def of_week(self, week_on: date) -> tuple[TeamReport, ...]:
        """Every team's report of this week."""
        return self._find(team_reports.c.week_on == week_on)

    def latest(self, team_ids: Iterable[int], *, since: date) -> tuple[TeamReport, ...]:
        """The reports of these teams from this week on, newest first."""
        return self._find(team_reports.c.team_id.in_(sorted(team_ids)), team_reports.c.week_on >= since)

    def _find(self, *conditions: sa.ColumnElement[bool]) -> tuple[TeamReport, ...]:
        return tuple(_report(row) for row in self._connection.execute(_ROWS.where(*conditions)))


class TeamReportWriting(TeamReportReading):
    """Looks weekly reports up and keeps them."""

    def post(self, team_id: int, week_on: date, now: datetime) -> TeamReport | None:
        """The team's report of this week, once; None when there is one already."""
        key = {"team_id": team_id, "week_on": week_on}
        if not insert_once(self._connection, team_reports, key, {"posted_at": now, "answer": "", "text": ""}):
            return None
        (made,) = self._find(team_reports.c.team_id == team_id, team_reports.c.week_on == week_on)
        return made

    def answer(self, report_id: int, *, answer: Answer, text: str, by: int, now: datetime) -> None:
        """What its manager says to it; a later word takes the place of an earlier one."""
        self._connection.execute(
            sa.update(team_reports)
            .where(team_reports.c.id == report_id)
            .values(answer=answer.value, text=text, answered_by=by, answered_at=now)
        )


def _report(row: Row[Any]) -> TeamReport:
    return TeamReport(**{**row._asdict(), "answer": Answer(row.answer) if row.answer else None})
