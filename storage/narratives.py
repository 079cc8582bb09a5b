"""What managers write beside the figures (PF-04, PF-05, PF-07, PF-10, PF-13)."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from domain.narratives import Narrative, NarrativeState, Report
from storage.tables_performance import narratives
from storage.upsert import insert_once

_ROWS = sa.select(*(narratives.c[field.name] for field in fields(Narrative))).order_by(narratives.c.id)


class NarrativeReading:
    """Looks narratives up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, narrative_id: int) -> Narrative | None:
        """The narrative of this id."""
        found = self._find(narratives.c.id == narrative_id)
        return found[0] if found else None

    def of_report(self, report: Report, period_on: date) -> tuple[Narrative, ...]:
        """Every narrative of one report and period."""
        return self._find(narratives.c.report == report.value, narratives.c.period_on == period_on)

    def latest(self, report: Report) -> date | None:
        """The newest period that anybody was asked about."""
        newest = sa.select(sa.func.max(narratives.c.period_on)).where(narratives.c.report == report.value)
        found: date | None = self._connection.execute(newest).scalar_one()
        return found

    def unlocked(self, *, owner_id: int | None = None) -> tuple[Narrative, ...]:
        """Those that can still be written, of this owner or of everyone."""
        of_owner = [narratives.c.owner_id == owner_id] if owner_id is not None else []
        return self._find(narratives.c.state != NarrativeState.LOCKED.value, *of_owner)

    def _find(self, *conditions: sa.ColumnElement[bool]) -> tuple[Narrative, ...]:
        return tuple(_narrative(row) for row in self._connection.execute(_ROWS.where(*conditions)))


class NarrativeWriting(NarrativeReading):
    """Looks narratives up and changes them."""

    def ask(
        self,
        *,
        report: Report,
        period_on: date,
        slot: str,
        service_id: int | None,
        owner_id: int,
        due_on: date,
    ) -> Narrative | None:
        """Ask once for each slot; None when that was asked before."""
        values: dict[str, Any] = {
            "report": report.value,
            "period_on": period_on,
            "service_id": service_id,
            "owner_id": owner_id,
            "due_on": due_on,
            "texts": {},
            "state": NarrativeState.ASKED.value,
            "version": 1,
        }
        if not insert_once(self._connection, narratives, {"slot": slot}, values):
            return None
        (made,) = self._find(narratives.c.slot == slot)
        return made

    def write(self, narrative: Narrative, *, texts: Mapping[str, str], by: int, now: datetime) -> bool:
        """Keep these texts when the narrative still has the version given; whether it had."""
        return self._change(
            narrative,
            {
                "texts": dict(texts),
                "state": NarrativeState.WRITTEN.value,
                "written_by": by,
                "written_at": now,
            },
        )

    def lock(self, narrative: Narrative, now: datetime) -> bool:
        """Nobody writes in it any more; whether it still had the version given."""
        return self._change(narrative, {"state": NarrativeState.LOCKED.value, "locked_at": now})

    def put_off(self, narrative: Narrative, due_on: date) -> bool:
        """It is wanted by another day; whether it still had the version given."""
        return self._change(narrative, {"due_on": due_on})

    def give(self, narrative: Narrative, owner_id: int | None) -> bool:
        """Somebody else is to write it, or nobody; whether it still had the version given."""
        return self._change(narrative, {"owner_id": owner_id})

    def _change(self, narrative: Narrative, values: Mapping[str, Any]) -> bool:
        changed = self._connection.execute(
            sa.update(narratives)
            .where(narratives.c.id == narrative.id, narratives.c.version == narrative.version)
            .values(**values, version=narrative.version + 1)
        )
        return changed.rowcount == 1


def _narrative(row: Row[Any]) -> Narrative:
    return Narrative(**{**row._asdict(), "report": Report(row.report), "state": NarrativeState(row.state)})
