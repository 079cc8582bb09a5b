"""Indicators and their values (PF-01, PF-08, PF-09)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from domain.indicators import Every, Indicator, Measured, Polarity, Value
from domain.people import Post
from storage.bound import AT_ONCE
from storage.tables_performance import indicator_values, indicators
from storage.upsert import upsert_many

_INDICATORS = sa.select(*(indicators.c[field.name] for field in fields(Indicator)))
_VALUES: sa.Select[Any] = sa.select(
    indicator_values.c.indicator_id,
    indicator_values.c.every,
    indicator_values.c.period_on,
    indicator_values.c.service_id,
    indicator_values.c.team_id,
    indicator_values.c.practitioner_id,
    indicator_values.c.case_ref,
    indicator_values.c.value,
    indicator_values.c.numerator,
    indicator_values.c.denominator,
).order_by(indicator_values.c.period_on, indicator_values.c.id)
_FINER = sa.or_(indicator_values.c.practitioner_id.is_not(None), indicator_values.c.case_ref != "")


class IndicatorReading:
    """Looks indicators and values up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def everything(self) -> dict[int, Indicator]:
        """Every indicator by its id, in order of name."""
        rows = self._connection.execute(_INDICATORS.order_by(indicators.c.key))
        return {row.id: _indicator(row) for row in rows}

    def get(self, indicator_id: int) -> Indicator | None:
        """The indicator of this id."""
        row = self._connection.execute(_INDICATORS.where(indicators.c.id == indicator_id)).one_or_none()
        return _indicator(row) if row else None

    def lengths(self) -> dict[int, frozenset[Every]]:
        """Indicator to the lengths of period it has values for."""
        rows = self._connection.execute(
            sa.select(indicator_values.c.indicator_id, indicator_values.c.every).distinct()
        )
        found: dict[int, set[Every]] = {}
        for indicator_id, every in rows:
            found.setdefault(indicator_id, set()).add(Every(every))
        return {indicator_id: frozenset(lengths) for indicator_id, lengths in found.items()}

    def of_scopes(
        self, scopes: Iterable[str], *, since: date, until: date | None = None
    ) -> tuple[Value, ...]:
        """Values of exactly these scopes whose period began in these days, both included, oldest first."""
        found: list[Value] = []
        wanted = sorted(set(scopes))
        within = [indicator_values.c.period_on >= since]
        if until is not None:
            within.append(indicator_values.c.period_on <= until)
        for start in range(0, len(wanted), AT_ONCE):
            some = indicator_values.c.scope.in_(wanted[start : start + AT_ONCE])
            found += [_value(row) for row in self._connection.execute(_VALUES.where(some, *within))]
        return tuple(found)

    def within_team(self, team_id: int, *, since: date) -> tuple[Value, ...]:
        """Values of the team's people and cases whose period began on this day or later, oldest first."""
        rows = self._connection.execute(
            _VALUES.where(
                indicator_values.c.team_id == team_id, _FINER, indicator_values.c.period_on >= since
            )
        )
        return tuple(_value(row) for row in rows)

    def of_period(self, every: Every, on: date) -> tuple[Value, ...]:
        """Every value of one period, whatever it was measured of."""
        rows = self._connection.execute(
            _VALUES.where(indicator_values.c.every == every.value, indicator_values.c.period_on == on)
        )
        return tuple(_value(row) for row in rows)

    def teams_measured(self, every: Every, *, since: date) -> frozenset[int]:
        """Teams with a value of this length whose period began on this day or later."""
        rows = self._connection.execute(
            sa.select(indicator_values.c.team_id)
            .where(
                indicator_values.c.every == every.value,
                indicator_values.c.period_on >= since,
                indicator_values.c.team_id.is_not(None),
            )
            .distinct()
        )
        return frozenset(rows.scalars())


class IndicatorWriting(IndicatorReading):
    """Looks indicators and values up and changes them."""

    def add(self, values: Mapping[str, Any]) -> int:
        """A new indicator; returns its id."""
        insert = sa.insert(indicators).values(**values, version=1)
        return int(self._connection.execute(insert.returning(indicators.c.id)).scalar_one())

    def change(self, indicator: Indicator, values: Mapping[str, Any]) -> None:
        """Set these columns."""
        self._connection.execute(
            sa.update(indicators)
            .where(indicators.c.id == indicator.id)
            .values(**values, version=indicator.version + 1)
        )

    def keep(self, values: Sequence[Value], now: datetime) -> None:
        """Keep these values; each takes the place of the one there was of the same thing and time."""
        upsert_many(
            self._connection,
            indicator_values,
            ("indicator_id", "every", "period_on", "scope"),
            [
                {
                    "indicator_id": one.indicator_id,
                    "every": one.every.value,
                    "period_on": one.period_on,
                    "scope": one.measured.scope,
                    "service_id": one.measured.service_id,
                    "team_id": one.measured.team_id,
                    "practitioner_id": one.measured.practitioner_id,
                    "case_ref": one.measured.case_ref,
                    "value": one.value,
                    "numerator": one.numerator,
                    "denominator": one.denominator,
                    "at": now,
                }
                for one in values
            ],
        )


def _indicator(row: Row[Any]) -> Indicator:
    post = Post(row.owner_post) if row.owner_post else None
    return Indicator(**{**row._asdict(), "polarity": Polarity(row.polarity), "owner_post": post})


def _value(row: Row[Any]) -> Value:
    return Value(
        indicator_id=row.indicator_id,
        every=Every(row.every),
        period_on=row.period_on,
        measured=Measured(row.service_id, row.team_id, row.practitioner_id, row.case_ref),
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
    )
