"""Cases by reference."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from domain.cases import Case
from storage.bound import batches, which
from storage.prepared import Prepared
from storage.tables import cases

_BY_ID = Prepared(sa.select(cases).where(which(cases.c.id)))


class CaseReading:
    """Looks cases up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, case_id: int) -> Case:
        """The case of this id; LookupError when there is none."""
        row = _BY_ID.row(self._connection, {"which_id": case_id})
        if row is None:
            raise LookupError(f"no case {case_id}")
        return _case(row)

    def many(self, case_ids: Iterable[int]) -> dict[int, Case]:
        """The cases of these ids, by id."""
        found = (
            self._connection.execute(sa.select(cases).where(cases.c.id.in_(b))) for b in batches(case_ids)
        )
        return {row.id: _case(row) for rows in found for row in rows}

    def open_cases(self) -> tuple[Case, ...]:
        """Every open case in order of id."""
        rows = self._connection.execute(
            sa.select(cases).where(cases.c.closed_on.is_(None)).order_by(cases.c.id)
        )
        return tuple(_case(row) for row in rows)

    def everything(self) -> tuple[Case, ...]:
        """Every case, closed ones included, in order of id."""
        return tuple(_case(row) for row in self._connection.execute(sa.select(cases).order_by(cases.c.id)))


class CaseWriting(CaseReading):
    """Looks cases up and changes them."""

    def add(self, values: Sequence[Mapping[str, Any]]) -> None:
        """New cases from column values."""
        if values:
            self._connection.execute(sa.insert(cases), [{**v, "version": 1} for v in values])

    def change(self, case_id: int, values: Mapping[str, Any]) -> None:
        """Set these columns."""
        self._connection.execute(
            sa.update(cases).where(cases.c.id == case_id).values(**values, version=cases.c.version + 1)
        )

    def close(self, case_ids: Sequence[int], day: date) -> None:
        """These cases closed on this day."""
        for some in batches(case_ids):
            self._connection.execute(
                sa.update(cases)
                .where(cases.c.id.in_(some), cases.c.closed_on.is_(None))
                .values(closed_on=day, version=cases.c.version + 1)
            )


def _case(row: Row[Any]) -> Case:
    return Case(
        id=row.id,
        reference=row.reference,
        team_id=row.team_id,
        practitioner_id=row.practitioner_id,
        supervisor_id=row.supervisor_id,
        chair_id=row.chair_id,
        plan_type=row.plan_type,
        gender=row.gender,
        age_band=row.age_band,
        ethnicity=row.ethnicity,
        opened_on=row.opened_on,
        opening_contact_on=row.opening_contact_on,
        closed_on=row.closed_on,
        version=row.version,
    )
