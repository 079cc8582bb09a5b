"""Example audits, anonymised by hand and approved (MO-18)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.examples import Example, ExampleState
from domain.grades import Grade
from storage.tables_moderation import examples

_ROWS = sa.select(*(examples.c[field.name] for field in fields(Example)))


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """An example with who has seen to it; nobody of them is shown beside it."""

    example: Example
    by_id: int
    at: datetime
    approved_by: int | None
    approved_at: datetime | None


_WITH_PEOPLE = _ROWS.add_columns(
    examples.c.by_id, examples.c.at, examples.c.approved_by, examples.c.approved_at
)


class ExampleReading:
    """Looks example audits up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, example_id: int) -> ExampleRow | None:
        """The example of this id."""
        row = self._connection.execute(_WITH_PEOPLE.where(examples.c.id == example_id)).one_or_none()
        if row is None:
            return None
        by_id, at, approved_by, approved_at = row[-4:]
        return ExampleRow(_example(row[:-4]), by_id, at, approved_by, approved_at)

    def approved(self, section: str = "") -> tuple[Example, ...]:
        """What auditors may read, newest first; of one section, or of all."""
        of_section = [examples.c.section == section] if section else []
        return self._find(examples.c.state == ExampleState.APPROVED.value, *of_section)

    def proposed(self) -> tuple[Example, ...]:
        """What waits for the PSW, newest first."""
        return self._find(examples.c.state == ExampleState.PROPOSED.value)

    def _find(self, *conditions: sa.ColumnElement[bool]) -> tuple[Example, ...]:
        rows = self._connection.execute(_ROWS.where(*conditions).order_by(examples.c.id.desc()))
        return tuple(_example(row) for row in rows)


class ExampleWriting(ExampleReading):
    """Looks example audits up and changes them."""

    def propose(
        self, *, title: str, section: str, grade: Grade, text: str, why: str, by: int, now: datetime
    ) -> int:
        """A new example, not to be read by auditors yet; returns the id."""
        insert = sa.insert(examples).values(
            title=title,
            section=section,
            grade=grade.value,
            text=text,
            why=why,
            state=ExampleState.PROPOSED.value,
            by_id=by,
            at=now,
            version=1,
        )
        return int(self._connection.execute(insert.returning(examples.c.id)).scalar_one())

    def change(self, example: Example, values: Mapping[str, Any]) -> bool:
        """Set these columns when the example still has the version given; whether it had."""
        changed = self._connection.execute(
            sa.update(examples)
            .where(examples.c.id == example.id, examples.c.version == example.version)
            .values(**values, version=example.version + 1)
        )
        return changed.rowcount == 1


def _example(row: Any) -> Example:
    values = dict(zip((field.name for field in fields(Example)), row, strict=True))
    return Example(**{**values, "grade": Grade(values["grade"]), "state": ExampleState(values["state"])})
