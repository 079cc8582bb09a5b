"""What every verb of the tracker shares: a row found, its version asked for, its change kept, its readers.

Source: OG-06, SG-05.
"""

from collections.abc import Mapping
from datetime import datetime

from domain.errors import NotAllowed, Stale
from domain.governance import NO_SEAT, Seat
from domain.people import Person
from domain.permissions import TABLE, Standing, Verb, capacities, require
from domain.tracking import Tracked
from storage.work import View, Work
from workflows.bodies import council_seat, line_of, seat_at
from workflows.council import Council

NOT_THEIRS = "I cannot find that for you. Type “my items” to see what is yours."
_CHANGED = "This was changed from somewhere else since you opened it."


def seat_for(view: View, council: Council, person: Person, row: Tracked | None) -> Seat:
    """The person's seat on the bodies that keep the tracker, or on the one that decided this row."""
    seat = council_seat(council, person)
    meeting = view.meetings.get(row.meeting_id) if row is not None and row.meeting_id is not None else None
    line = line_of(council, meeting) if meeting is not None else None
    there = seat_at(view, line, person, meeting) if meeting is not None and line is not None else NO_SEAT
    return Seat(sits=seat.sits or there.sits, chairs=seat.chairs or there.chairs)


def require_row(
    view: View, council: Council, verb: Verb, *, by: Person, tracked_id: int, now: datetime
) -> Tracked:
    """The row, for somebody who may do this with it; NotAllowed alike when there is none."""
    row = view.tracking.get(tracked_id)
    if row is None:
        raise NotAllowed(NOT_THEIRS)
    standing = Standing(None, 0, 0, owner_id=row.owner_id)
    seat = seat_for(view, council, by, row)
    require(verb, by, today=council.today(now), standing=standing, seat=seat)
    return row


def may(view: View, council: Council, verb: Verb, person: Person, row: Tracked | None = None) -> bool:
    """Whether the person may do this with the row, or with the tracker as a whole."""
    standing = Standing(None, 0, 0, owner_id=row.owner_id) if row is not None else None
    seat = seat_for(view, council, person, row)
    return bool(capacities(person, standing=standing, seat=seat) & TABLE[verb])


def change_row(work: Work, row: Tracked, version: int, values: Mapping[str, object]) -> Tracked:
    """The row with these columns set; Stale when this was another version of it."""
    if version != row.version or not work.tracking.change(row, values):
        current = work.tracking.get(row.id) or row
        raise Stale(_CHANGED, current=current, version=current.version)
    changed = work.tracking.get(row.id)
    if changed is None:
        raise AssertionError("a row is never taken away")
    return changed


def keep_trail(
    work: Work,
    by: int | None,
    verb: str,
    tracked_id: int,
    now: datetime,
    fields: Mapping[str, object] | None = None,
) -> None:
    """The trail's row for what was done with the tracker."""
    work.trail.add(now=now, actor=by, verb=verb, subject=f"tracked {tracked_id}", fields=fields or {})
