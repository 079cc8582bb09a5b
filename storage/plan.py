"""The forward plan: the activities of each year, and every change with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.forward_plan import PlanItem, PlanState
from domain.governance import ActivityKind
from domain.people import Post
from domain.plan_drafting import Drafted
from storage.tables_governance import plan_changes, plan_items

_FIELDS = [field.name for field in fields(PlanItem)]
_KINDS = {
    _FIELDS.index(name): kind
    for name, kind in (("kind", ActivityKind), ("owner_post", Post), ("state", PlanState))
}
_ITEMS = sa.select(*(plan_items.c[name] for name in _FIELDS))
_IN_ORDER = (plan_items.c.starts_on, plan_items.c.id)


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One change of an activity."""

    id: int
    item_id: int
    by_id: int | None
    at: datetime
    reason: str
    before: Mapping[str, Any]
    """What changed, as it stood."""
    after: Mapping[str, Any]


_CHANGES = sa.select(*(plan_changes.c[field.name] for field in fields(PlanChange)))


class PlanReading:
    """Looks activities up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, item_id: int) -> PlanItem | None:
        """The activity of this id."""
        row = self._connection.execute(_ITEMS.where(plan_items.c.id == item_id)).one_or_none()
        return _item(row) if row else None

    def of_year(self, year: int) -> tuple[PlanItem, ...]:
        """Every activity of a year, earliest first."""
        return self._find(plan_items.c.year == year)

    def between(self, first: date, last: date) -> tuple[PlanItem, ...]:
        """Planned or done activities that begin from `first` to `last`, earliest first."""
        return self._find(
            plan_items.c.starts_on.between(first, last),
            plan_items.c.state.in_([PlanState.PLANNED.value, PlanState.DONE.value]),
        )

    def begun(self, today: date, *, ended_since: date) -> tuple[PlanItem, ...]:
        """Planned activities that have begun, without those that ended before this day."""
        return self._find(
            plan_items.c.starts_on <= today,
            plan_items.c.ends_on >= ended_since,
            plan_items.c.state == PlanState.PLANNED.value,
        )

    def years(self) -> tuple[int, ...]:
        """The years that have a plan."""
        rows = self._connection.execute(sa.select(plan_items.c.year).distinct().order_by(plan_items.c.year))
        return tuple(rows.scalars())

    def changes(self, item_id: int) -> tuple[PlanChange, ...]:
        """What was changed of an activity, oldest first."""
        chosen = _CHANGES.where(plan_changes.c.item_id == item_id).order_by(plan_changes.c.id)
        return tuple(PlanChange(*row) for row in self._connection.execute(chosen))

    def _find(self, *conditions: sa.ColumnElement[bool]) -> tuple[PlanItem, ...]:
        rows = self._connection.execute(_ITEMS.where(*conditions).order_by(*_IN_ORDER))
        return tuple(_item(row) for row in rows)


class PlanWriting(PlanReading):
    """Looks activities up and changes them."""

    def add(self, one: Drafted, *, year: int, state: PlanState) -> int:
        """A new activity; returns the id."""
        insert = sa.insert(plan_items).values(
            year=year,
            kind=one.kind.value,
            title=one.title,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            owner_post=one.owner_post.value,
            hours=one.hours,
            note=one.note,
            state=state.value,
            version=1,
        )
        return int(self._connection.execute(insert.returning(plan_items.c.id)).scalar_one())

    def change(self, item: PlanItem, values: Mapping[str, Any]) -> bool:
        """Set these columns when the activity still has the version given; whether it had."""
        changed = self._connection.execute(
            sa.update(plan_items)
            .where(plan_items.c.id == item.id, plan_items.c.version == item.version)
            .values(**values, version=item.version + 1)
        )
        return changed.rowcount == 1

    def add_change(
        self,
        item_id: int,
        *,
        by: int | None,
        at: datetime,
        reason: str,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
    ) -> None:
        """Keep what was changed and why."""
        self._connection.execute(
            sa.insert(plan_changes).values(
                item_id=item_id, by_id=by, at=at, reason=reason, before=dict(before), after=dict(after)
            )
        )


def _item(row: Sequence[Any]) -> PlanItem:
    values: list[Any] = list(row)
    for place, kind in _KINDS.items():
        values[place] = kind(values[place])
    return PlanItem(*values)
