"""What stood on a cancelled meeting's agenda goes on the next one's, and its guests are asked to that one.

So nothing and nobody is lost. Open decisions need no carrying: they are the body's, and stand on every agenda
until they end. A meeting that is moved keeps what was put on it.

Source: OG-01, OG-06, OG-12, PF-04, QB-01, SG-05.
"""

from datetime import datetime

from domain.meetings import Came, Meeting, MeetingState, is_member
from domain.people import Person
from storage.work import View, Work
from workflows.bodies import line_of
from workflows.council import Council
from workflows.meeting_telling import guests, tell_guest


def next_after(view: View, council: Council, meeting: Meeting, *, now: datetime) -> Meeting | None:
    """The body's next meeting still to be held: the first after this one, failing that any to come."""
    today = council.today(now)
    to_come = [
        one
        for one in view.meetings.planned()
        if _is_same_body(one, meeting) and one.id != meeting.id and one.planned_on >= today
    ]
    later = [one for one in to_come if one.planned_on >= meeting.planned_on]
    return next(iter(later or to_come), None)


def carry_over(work: Work, council: Council, meeting: Meeting, *, now: datetime) -> int:
    """Move what people put on a cancelled meeting's agenda to the next one's; returns how many things moved.

    Where no next one is planned yet they stay, and move once it is. A pack that is a paper there already is
    not put on twice.
    """
    if meeting.state is not MeetingState.CANCELLED:
        return 0
    rows = work.meetings.rows(meeting.id)
    after = next_after(work, council, meeting, now=now) if rows else None
    if after is None:
        return 0
    papers = {row.pack_id for row in work.meetings.rows(after.id) if row.pack_id is not None}
    moved = [row for row in rows if row.pack_id not in papers]
    for row in moved:
        work.meetings.change_row(row.id, {"meeting_id": after.id})
    if moved:
        work.trail.add(
            now=now,
            actor=None,
            verb="carried an agenda over",
            subject=f"meeting {after.id}",
            fields={"from": meeting.id, "how many": len(moved)},
        )
    return len(moved)


def carry_guests(work: Work, council: Council, meeting: Meeting, *, now: datetime) -> int:
    """Ask the guests of a cancelled meeting to the next one, and tell them; returns how many are asked there.

    Where no next one is planned yet they wait, as what stands on the agenda does. Whoever has left, sits on
    the body by then or is a guest of that one already is not asked again. The cancelled meeting remembers
    them, as guests no longer, so that each is carried once. Source: OG-12.
    """
    line = line_of(council, meeting)
    if meeting.state is not MeetingState.CANCELLED or line is None:
        return 0
    waiting = [one for one in work.meetings.people(meeting.id) if one.is_guest]
    after = next_after(work, council, meeting, now=now) if waiting else None
    if after is None:
        return 0
    there = {one.person_id for one in work.meetings.people(after.id) if one.is_guest}
    asked = [
        guest
        for guest in guests(work, meeting)
        if guest.id not in there and not is_member(line, guest, after.service_id)
    ]
    for one in waiting:
        work.meetings.note_person(meeting.id, one.person_id, is_guest=False, came=one.came)
    for guest in asked:
        work.meetings.note_person(after.id, guest.id, is_guest=True, came=Came.ASKED)
        tell_guest(work, council, after, guest, now=now)
    if asked:
        work.trail.add(
            now=now,
            actor=None,
            verb="asked guests over",
            subject=f"meeting {after.id}",
            fields={"from": meeting.id, "people": sorted(guest.id for guest in asked)},
        )
    return len(asked)


def carry_left(work: Work, council: Council, *, now: datetime) -> int:
    """Carry what and who still waits at cancelled meetings once more is planned; returns how many moved."""
    moved = 0
    for one in work.meetings.cancelled_with_something():
        moved += carry_over(work, council, one, now=now) + carry_guests(work, council, one, now=now)
    return moved


def carried_from(view: View, meeting: Meeting, guest: Person) -> Meeting | None:
    """The cancelled meeting in whose place this guest is asked to this one; None for any other guest."""
    asked = [one for one in view.meetings.cancelled_asked(guest.id) if _is_same_body(one, meeting)]
    if not asked:
        return None
    last = asked[-1]
    first_on, last_on = sorted((last.planned_on, meeting.planned_on))
    stood_between = any(
        _is_same_body(one, meeting) and one.id != meeting.id and one.state is not MeetingState.CANCELLED
        for one in view.meetings.between(first_on, last_on)
    )
    return None if stood_between else last


def _is_same_body(one: Meeting, other: Meeting) -> bool:
    return (one.body, one.service_id) == (other.body, other.service_id)
