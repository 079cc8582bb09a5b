"""Calibration rounds: one anonymised case that everyone grades blind."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from domain.calibration import BlindGrades, Calibration
from domain.grades import Grade
from storage.tables_moderation import calibration_grades, calibrations
from storage.upsert import upsert

_IN_PANEL = frozenset({"because", "helped"})
"""What is kept with the Panel's grades."""
_ROWS = sa.select(*(calibrations.c[one.name] for one in fields(Calibration) if one.name not in _IN_PANEL))
_GRADES = sa.select(
    calibration_grades.c.person_id,
    calibration_grades.c.grades,
    calibration_grades.c.reason,
    calibration_grades.c.at,
)


class CalibrationReading:
    """Looks calibration rounds up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, calibration_id: int) -> Calibration | None:
        """The calibration case of this id."""
        row = self._connection.execute(_ROWS.where(calibrations.c.id == calibration_id)).one_or_none()
        return _calibration(row) if row else None

    def open_ones(self) -> tuple[Calibration, ...]:
        """Those that can still be graded, the one that closes first in front."""
        return self._find(calibrations.c.closed_at.is_(None), order=calibrations.c.closes_on)

    def closed_ones(self, limit: int) -> tuple[Calibration, ...]:
        """Those that are over, the latest first."""
        found = _ROWS.where(calibrations.c.closed_at.is_not(None))
        ordered = found.order_by(calibrations.c.closed_at.desc(), calibrations.c.id.desc()).limit(limit)
        return tuple(_calibration(row) for row in self._connection.execute(ordered))

    def over(self, today: date) -> tuple[Calibration, ...]:
        """Open ones whose last day has passed."""
        return self._find(
            calibrations.c.closed_at.is_(None), calibrations.c.closes_on < today, order=calibrations.c.id
        )

    def grades_of(self, calibration_id: int, person_id: int) -> BlindGrades | None:
        """What this person gave, when they have."""
        row = self._connection.execute(
            _GRADES.where(
                calibration_grades.c.calibration_id == calibration_id,
                calibration_grades.c.person_id == person_id,
            )
        ).one_or_none()
        return _given(row) if row else None

    def all_grades(self, calibration_id: int) -> tuple[BlindGrades, ...]:
        """What everyone gave; to be shown to nobody before it closes, and as counts afterwards."""
        rows = self._connection.execute(
            _GRADES.where(calibration_grades.c.calibration_id == calibration_id).order_by(
                calibration_grades.c.person_id
            )
        )
        return tuple(_given(row) for row in rows)

    def how_many(self, calibration_id: int) -> int:
        """How many people have graded it."""
        counted = sa.select(sa.func.count()).where(calibration_grades.c.calibration_id == calibration_id)
        return int(self._connection.execute(counted).scalar_one())

    def _find(self, *conditions: sa.ColumnElement[bool], order: sa.Column[Any]) -> tuple[Calibration, ...]:
        chosen = _ROWS.where(*conditions).order_by(order, calibrations.c.id)
        return tuple(_calibration(row) for row in self._connection.execute(chosen))


class CalibrationWriting(CalibrationReading):
    """Looks calibration rounds up and changes them."""

    def open(
        self,
        *,
        title: str,
        text: str,
        panel: Mapping[str, Grade],
        because: str,
        by: int,
        closes_on: date,
        now: datetime,
        helped: Collection[int] = (),
    ) -> int:
        """A new case; `panel` holds the Panel's grade for each section to grade. Returns the id."""
        values = {
            "title": title,
            "text": text,
            "sections": list(panel),
            "opened_by": by,
            "opened_at": now,
            "closes_on": closes_on,
            "panel": {
                "grades": {key: grade.value for key, grade in panel.items()},
                "because": because,
                "helped": sorted(helped),
            },
            "version": 1,
        }
        insert = sa.insert(calibrations).values(**values).returning(calibrations.c.id)
        return int(self._connection.execute(insert).scalar_one())

    def hold_open(self, calibration_id: int) -> bool:
        """Whether it is still open; then nobody closes it before this transaction is over."""
        held = self._connection.execute(
            sa.update(calibrations)
            .where(calibrations.c.id == calibration_id, calibrations.c.closed_at.is_(None))
            .values(version=calibrations.c.version + 1)
        )
        return held.rowcount == 1

    def grade(
        self, calibration_id: int, person_id: int, *, grades: Mapping[str, Grade], reason: str, now: datetime
    ) -> None:
        """Keep what this person gives, in place of what they gave before."""
        upsert(
            self._connection,
            calibration_grades,
            {"calibration_id": calibration_id, "person_id": person_id},
            {
                "grades": {key: grade.value for key, grade in grades.items()},
                "reason": reason,
                "at": now,
            },
        )

    def close(self, calibration_id: int, now: datetime) -> bool:
        """Nobody can grade it any more; whether it was open."""
        closed = self._connection.execute(
            sa.update(calibrations)
            .where(calibrations.c.id == calibration_id, calibrations.c.closed_at.is_(None))
            .values(closed_at=now, version=calibrations.c.version + 1)
        )
        return closed.rowcount == 1


def _calibration(row: Row[Any]) -> Calibration:
    return Calibration(
        id=row.id,
        title=row.title,
        text=row.text,
        sections=tuple(row.sections),
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        closes_on=row.closes_on,
        panel=_grades(row.panel["grades"]),
        because=row.panel["because"],
        closed_at=row.closed_at,
        helped=frozenset(row.panel.get("helped", ())),
    )


def _given(row: Sequence[Any]) -> BlindGrades:
    return BlindGrades(row[0], _grades(row[1]), row[2], row[3])


def _grades(stored: Mapping[str, str]) -> dict[str, Grade]:
    return {key: Grade(word) for key, word in stored.items()}
