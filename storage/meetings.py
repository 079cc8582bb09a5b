"""Meetings, who is asked and came, and what was put on their agendas."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.meetings import Attendance, Came, Meeting, MeetingState
from storage.bound import AT_ONCE, batches
from storage.tables_governance import agenda_items, meeting_people, meetings
from storage.upsert import insert_once, upsert

_FIELDS = [field.name for field in fields(Meeting)]
_STATE = _FIELDS.index("state")
_MEETINGS = sa.select(*(meetings.c[name] for name in _FIELDS))
_IN_ORDER = (meetings.c.planned_on, meetings.c.starts_at, meetings.c.id)


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """What somebody put on an agenda."""

    id: int
    meeting_id: int
    item: str
    """The standing item it belongs to; empty for one of its own."""
    title: str
    note: str
    pack_id: int | None
    paper_where: str
    by_id: int
    at: datetime


_ROWS = sa.select(*(agenda_items.c[field.name] for field in fields(AgendaRow))).order_by(agenda_items.c.id)


class MeetingReading:
    """Looks meetings up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, meeting_id: int) -> Meeting | None:
        """The meeting of this id."""
        row = self._connection.execute(_MEETINGS.where(meetings.c.id == meeting_id)).one_or_none()
        return _meeting(row) if row else None

    def many(self, meeting_ids: Iterable[int]) -> dict[int, Meeting]:
        """Id to meeting."""
        found: dict[int, Meeting] = {}
        for some in batches(meeting_ids):
            rows = self._connection.execute(_MEETINGS.where(meetings.c.id.in_(some)))
            found |= {row[0]: _meeting(row) for row in rows}
        return found

    def in_slots(self, names: Iterable[str]) -> dict[str, Meeting]:
        """Slot to its meeting, cancelled ones included; slots that have none are left out."""
        wanted = sorted(set(names))
        found: dict[str, Meeting] = {}
        for start in range(0, len(wanted), AT_ONCE):
            some = meetings.c.slot.in_(wanted[start : start + AT_ONCE])
            rows = self._connection.execute(_MEETINGS.where(some))
            found |= {row.slot: _meeting(row) for row in rows}
        return found

    def between(self, first: date, last: date) -> tuple[Meeting, ...]:
        """Those planned from `first` to `last`, cancelled ones included, earliest first."""
        chosen = _MEETINGS.where(meetings.c.planned_on.between(first, last)).order_by(*_IN_ORDER)
        return tuple(_meeting(row) for row in self._connection.execute(chosen))

    def planned(self, *, until: date | None = None) -> tuple[Meeting, ...]:
        """Those that have yet to be held, earliest first, whatever their day."""
        chosen = _MEETINGS.where(meetings.c.state == MeetingState.PLANNED.value)
        if until is not None:
            chosen = chosen.where(meetings.c.planned_on <= until)
        return tuple(_meeting(row) for row in self._connection.execute(chosen.order_by(*_IN_ORDER)))

    def cancelled_with_something(self) -> tuple[Meeting, ...]:
        """Cancelled ones that still have guests, or something on their agenda, earliest first."""
        guests = sa.select(meeting_people.c.meeting_id).where(meeting_people.c.is_guest)
        chosen = _MEETINGS.where(
            meetings.c.state == MeetingState.CANCELLED.value,
            meetings.c.id.in_(sa.select(agenda_items.c.meeting_id).union(guests)),
        ).order_by(*_IN_ORDER)
        return tuple(_meeting(row) for row in self._connection.execute(chosen))

    def cancelled_asked(self, person_id: int) -> tuple[Meeting, ...]:
        """Cancelled ones to which this person was asked as a guest, earliest first."""
        # A meeting that is not held keeps nobody but its guests.
        chosen = _MEETINGS.where(
            meetings.c.state == MeetingState.CANCELLED.value,
            meetings.c.id.in_(
                sa.select(meeting_people.c.meeting_id).where(meeting_people.c.person_id == person_id)
            ),
        ).order_by(*_IN_ORDER)
        return tuple(_meeting(row) for row in self._connection.execute(chosen))

    def last_held(self, body: str, service_id: int | None, before: date) -> Meeting | None:
        """The body's last meeting that was held before this day."""
        chosen = (
            _MEETINGS.where(
                meetings.c.body == body,
                meetings.c.service_id == service_id
                if service_id is not None
                else meetings.c.service_id.is_(None),
                meetings.c.state == MeetingState.HELD.value,
                meetings.c.held_on < before,
            )
            .order_by(meetings.c.held_on.desc(), meetings.c.id.desc())
            .limit(1)
        )
        row = self._connection.execute(chosen).one_or_none()
        return _meeting(row) if row else None

    def people(self, meeting_id: int) -> tuple[Attendance, ...]:
        """Guests, and everybody whose coming was recorded, in order of id."""
        rows = self._connection.execute(
            sa.select(meeting_people.c.person_id, meeting_people.c.is_guest, meeting_people.c.came)
            .where(meeting_people.c.meeting_id == meeting_id)
            .order_by(meeting_people.c.person_id)
        )
        return tuple(Attendance(row[0], row[1], Came(row[2])) for row in rows)

    def guest_of(self, person_id: int) -> frozenset[int]:
        """Ids of the meetings that this person is a guest of."""
        rows = self._connection.execute(
            sa.select(meeting_people.c.meeting_id).where(
                meeting_people.c.person_id == person_id, meeting_people.c.is_guest
            )
        )
        return frozenset(rows.scalars())

    def rows(self, meeting_id: int) -> tuple[AgendaRow, ...]:
        """What was put on its agenda, in order."""
        chosen = _ROWS.where(agenda_items.c.meeting_id == meeting_id)
        return tuple(AgendaRow(*row) for row in self._connection.execute(chosen))

    def row(self, row_id: int) -> AgendaRow | None:
        """One thing that was put on an agenda."""
        found = self._connection.execute(_ROWS.where(agenda_items.c.id == row_id)).one_or_none()
        return AgendaRow(*found) if found else None


class MeetingWriting(MeetingReading):
    """Looks meetings up and changes them."""

    def plan(
        self, *, slot: str, body: str, service_id: int | None, on: date, starts_at: str, place: str = ""
    ) -> bool:
        """A meeting for a slot that has none; whether it had none."""
        values = {
            "body": body,
            "service_id": service_id,
            "planned_on": on,
            "starts_at": starts_at,
            "place": place,
            "state": MeetingState.PLANNED.value,
            "reason": "",
            "minutes_where": "",
            "version": 1,
        }
        return insert_once(self._connection, meetings, {"slot": slot}, values)

    def change(self, meeting: Meeting, values: Mapping[str, Any]) -> bool:
        """Set these columns when the meeting still has the version given; whether it had."""
        changed = self._connection.execute(
            sa.update(meetings)
            .where(meetings.c.id == meeting.id, meetings.c.version == meeting.version)
            .values(**values, version=meeting.version + 1)
        )
        return changed.rowcount == 1

    def note_person(self, meeting_id: int, person_id: int, *, is_guest: bool, came: Came) -> None:
        """Keep that somebody is a guest, or whether they came."""
        upsert(
            self._connection,
            meeting_people,
            {"meeting_id": meeting_id, "person_id": person_id},
            {"is_guest": is_guest, "came": came.value},
        )

    def add_row(self, meeting_id: int, values: Mapping[str, Any]) -> int:
        """Put something on its agenda; returns the id."""
        insert = sa.insert(agenda_items).values(
            **{"item": "", "note": "", "paper_where": "", **values}, meeting_id=meeting_id
        )
        return int(self._connection.execute(insert.returning(agenda_items.c.id)).scalar_one())

    def change_row(self, row_id: int, values: Mapping[str, Any]) -> None:
        """Set these columns of something on an agenda."""
        self._connection.execute(sa.update(agenda_items).where(agenda_items.c.id == row_id).values(**values))


def _meeting(row: Sequence[Any]) -> Meeting:
    values = list(row)
    values[_STATE] = MeetingState(values[_STATE])
    return Meeting(*values)
