"""The activity tracker: its rows, and what was said of their progress."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.tracking import FOLLOWING, STANDING, Source, Tracked, TrackedKind, TrackedState, TrackedStep
from storage.bound import batches
from storage.tables_governance import meetings, tracked, tracked_steps

_FIELDS = [field.name for field in fields(Tracked)]
_KINDS = {
    _FIELDS.index(name): kind
    for name, kind in (("kind", TrackedKind), ("source", Source), ("state", TrackedState))
}
_TRACKED = sa.select(*(tracked.c[name] for name in _FIELDS))
_IN_ORDER = (tracked.c.due_on.is_(None), tracked.c.due_on, tracked.c.id)
_STANDING = tracked.c.state.in_([state.value for state in sorted(STANDING)])
_KEPT_HERE = tracked.c.source.not_in([source.value for source in sorted(FOLLOWING)])
_STEPS = sa.select(*(tracked_steps.c[field.name] for field in fields(TrackedStep))).order_by(
    tracked_steps.c.id
)


class TrackingReading:
    """Looks rows of the tracker up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, tracked_id: int) -> Tracked | None:
        """The row of this id."""
        row = self._connection.execute(_TRACKED.where(tracked.c.id == tracked_id)).one_or_none()
        return _tracked(row) if row else None

    def in_states(self, states: Collection[TrackedState]) -> tuple[Tracked, ...]:
        """Every row in these states: earliest day first, those without a day last."""
        return self._find(tracked.c.state.in_([state.value for state in states]))

    def of_owner(self, owner_id: int) -> tuple[Tracked, ...]:
        """What this person is still to do, earliest due first; not what they find in the learning log."""
        return self._find(
            tracked.c.owner_id == owner_id, tracked.c.state == TrackedState.OPEN.value, _KEPT_HERE
        )

    def of_meeting(self, meeting_id: int) -> tuple[Tracked, ...]:
        """What was decided in a meeting, in order; not what went on from it later."""
        rows = self._connection.execute(
            _TRACKED.where(
                tracked.c.meeting_id == meeting_id, tracked.c.source == Source.MEETING.value
            ).order_by(tracked.c.id)
        )
        return tuple(_tracked(row) for row in rows)

    def standing_of_body(self, body: str, service_id: int | None) -> tuple[Tracked, ...]:
        """What a body decided and has not ended."""
        return self._find(_decided_by(body, service_id), _STANDING)

    def ended_of_body(self, body: str, service_id: int | None, since: datetime) -> tuple[Tracked, ...]:
        """What a body decided and was closed or dropped at this moment or later."""
        return self._find(_decided_by(body, service_id), tracked.c.closed_at >= since)

    def of_source(self, source: Source, source_id: int) -> tuple[Tracked, ...]:
        """What came from one thing."""
        return self._find(tracked.c.source == source.value, tracked.c.source_id == source_id)

    def steps(self, tracked_ids: Iterable[int]) -> dict[int, tuple[TrackedStep, ...]]:
        """Row to what was said of its progress, oldest first; rows without any are left out."""
        found: dict[int, tuple[TrackedStep, ...]] = {}
        for some in batches(tracked_ids):
            rows = self._connection.execute(_STEPS.where(tracked_steps.c.tracked_id.in_(some)))
            for step in (TrackedStep(*row) for row in rows):
                found[step.tracked_id] = (*found.get(step.tracked_id, ()), step)
        return found

    def _find(self, *conditions: sa.ColumnElement[bool]) -> tuple[Tracked, ...]:
        rows = self._connection.execute(_TRACKED.where(*conditions).order_by(*_IN_ORDER))
        return tuple(_tracked(row) for row in rows)


class TrackingWriting(TrackingReading):
    """Looks rows of the tracker up and changes them."""

    def add(
        self,
        *,
        kind: TrackedKind,
        title: str,
        source: Source,
        by: int | None,
        now: datetime,
        source_id: int | None = None,
        meeting_id: int | None = None,
        theme: str = "",
        owner_id: int | None = None,
        due_on: date | None = None,
        routed_to: str = "",
    ) -> int:
        """A new row; returns the id."""
        insert = sa.insert(tracked).values(
            kind=kind.value,
            title=title,
            source=source.value,
            source_id=source_id,
            meeting_id=meeting_id,
            theme=theme,
            owner_id=owner_id,
            due_on=due_on,
            state=TrackedState.OPEN.value,
            routed_to=routed_to,
            impact="",
            created_at=now,
            created_by=by,
            version=1,
        )
        return int(self._connection.execute(insert.returning(tracked.c.id)).scalar_one())

    def change(self, row: Tracked, values: Mapping[str, Any]) -> bool:
        """Set these columns when the row still has the version given; whether it had."""
        changed = self._connection.execute(
            sa.update(tracked)
            .where(tracked.c.id == row.id, tracked.c.version == row.version)
            .values(**values, version=row.version + 1)
        )
        return changed.rowcount == 1

    def add_step(self, tracked_id: int, *, by: int | None, at: datetime, text: str) -> None:
        """Keep what was said of its progress."""
        self._connection.execute(
            sa.insert(tracked_steps).values(tracked_id=tracked_id, by_id=by, at=at, text=text)
        )


def _decided_by(body: str, service_id: int | None) -> sa.ColumnElement[bool]:
    of_service = (
        meetings.c.service_id == service_id if service_id is not None else meetings.c.service_id.is_(None)
    )
    return tracked.c.meeting_id.in_(sa.select(meetings.c.id).where(meetings.c.body == body, of_service))


def _tracked(row: Sequence[Any]) -> Tracked:
    values: list[Any] = list(row)
    for place, kind in _KINDS.items():
        values[place] = kind(values[place])
    return Tracked(*values)
