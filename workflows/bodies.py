"""Who sits on a body, who chairs it, and by what name people call it.

Members sit by post, so nobody keeps a list of them. Source: OG-11, OG-12, QB-03, PF-02, Q28.
"""

from collections.abc import Iterable
from datetime import date, datetime

from domain.errors import NotAllowed
from domain.framework import folded
from domain.governance import QA_BOARD, QA_GROUP, MeetingLine, Seat, seat_of
from domain.meetings import Meeting, is_chair, is_member
from domain.nudges import is_on_leave
from domain.people import Person, Post
from domain.permissions import TABLE, Verb, capacities, require
from storage.work import View
from workflows.council import Council
from workflows.covering import stand_in
from workflows.telling import qa_office

NOT_THEIRS = "I cannot find that meeting for you. Type “meetings” to see those that are yours."


def line_of(council: Council, meeting: Meeting) -> MeetingLine | None:
    """The body's line; None for one that the framework file no longer has."""
    return council.framework.meeting(meeting.body)


def seat_at(view: View, line: MeetingLine, person: Person, meeting: Meeting) -> Seat:
    """The person's seat at one meeting, guests included (OG-12)."""
    guest = meeting.id in view.meetings.guest_of(person.id)
    return seat_of(person, line, service_id=meeting.service_id, guest=guest)


def require_meeting(
    view: View, council: Council, verb: Verb, *, by: Person, meeting_id: int, now: datetime
) -> tuple[Meeting, MeetingLine]:
    """The meeting and its body's line, for somebody who may do this there.

    Raises NotAllowed alike for a meeting that is not theirs and for one that does not exist.
    """
    meeting = view.meetings.get(meeting_id)
    line = line_of(council, meeting) if meeting is not None else None
    if meeting is None or line is None:
        raise NotAllowed(NOT_THEIRS)
    require(verb, by, today=council.today(now), seat=_acting_seat(view, council, line, by, meeting, now))
    return meeting, line


def may_at(
    view: View, council: Council, verb: Verb, person: Person, meeting: Meeting, *, now: datetime
) -> bool:
    """Whether the person may do this at the meeting."""
    line = line_of(council, meeting)
    if line is None:
        return False
    return bool(
        capacities(person, seat=_acting_seat(view, council, line, person, meeting, now)) & TABLE[verb]
    )


def council_seat(council: Council, person: Person, *keys: str) -> Seat:
    """The person's seat on any of these bodies; by default those who keep log, tracker and plan (OG-06)."""
    lines = [council.framework.meeting(key) for key in keys or (QA_GROUP, QA_BOARD)]
    seats = [seat_of(person, line) for line in lines if line is not None]
    return Seat(sits=any(seat.sits for seat in seats), chairs=any(seat.chairs for seat in seats))


def members(view: View, line: MeetingLine, service_id: int | None) -> tuple[Person, ...]:
    """Everyone whose post seats them, chairs among them, by name."""
    found = (one for one in view.people.holding(*line.members) if is_member(line, one, service_id))
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


def chairs(view: View, line: MeetingLine, service_id: int | None) -> tuple[Person, ...]:
    """Whoever chairs the body."""
    return tuple(one for one in view.people.holding(*line.chairs) if is_chair(line, one, service_id))


def covers_chair(
    view: View, council: Council, line: MeetingLine, service_id: int | None, person: Person, day: date
) -> bool:
    """Whether the person stands in that day for somebody who chairs the body and is away."""
    found = (stand_in(view, council, one, day) for one in _away(view, line, service_id, day))
    return any(one is not None and one.id == person.id for one in found)


def at_the_chair(
    view: View, council: Council, line: MeetingLine, service_id: int | None, day: date
) -> tuple[Person, ...]:
    """Who sees to the body that day: chairs who are not away, and who covers those who are.

    Failing all of them the QA office, which may record any meeting.
    """
    away = _away(view, line, service_id, day)
    here = [one for one in chairs(view, line, service_id) if one not in away]
    covers = (stand_in(view, council, one, day) for one in away)
    found = {one.id: one for one in (*here, *covers) if one is not None}
    return tuple(found.values()) or qa_office(view)


def representatives(view: View) -> tuple[Person, ...]:
    """Who can represent quality assurance and performance at a clinic (PF-03), by name."""
    found = view.people.holding(Post.QAO, Post.SM_QA, Post.SM_IMPACT, Post.PERFORMANCE)
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


def _away(view: View, line: MeetingLine, service_id: int | None, day: date) -> tuple[Person, ...]:
    return tuple(one for one in chairs(view, line, service_id) if is_on_leave(one, day))


def _acting_seat(
    view: View, council: Council, line: MeetingLine, person: Person, meeting: Meeting, now: datetime
) -> Seat:
    """The person's seat at one meeting; whoever covers its chair today sits and chairs (OG-01)."""
    seat = seat_at(view, line, person, meeting)
    if not seat.chairs and covers_chair(view, council, line, meeting.service_id, person, council.today(now)):
        return Seat(sits=True, chairs=True)
    return seat


def services_that_meet(view: View) -> tuple[int, ...]:
    """Ids of the services that have managers, and so a clinic of their own (PF-02)."""
    managers = view.people.holding(Post.SM, Post.TM)
    return tuple(sorted({one.service_id for one in managers if one.service_id is not None}))


def title_of(view: View, line: MeetingLine, service_id: int | None) -> str:
    """The body's name, with the service's for one of each service."""
    if service_id is None:
        return line.body
    service = view.people.services().get(service_id)
    return f"{line.body}, {service.name}" if service else line.body


def body_called(council: Council, words: str) -> MeetingLine | None:
    """The body that meets and goes by these words: its name or an alias (Q28)."""
    name = council.framework.body_named(words)
    return next((line for line in council.framework.meetings if line.body == name), None) if name else None


def names_of(council: Council, lines: Iterable[MeetingLine]) -> tuple[str, ...]:
    """Every name under which these bodies are typed, in small letters."""
    bodies = {line.body for line in lines}
    return tuple(
        sorted(
            {
                name.casefold()
                for body in council.framework.bodies
                if body.name in bodies
                for name in (body.name, *body.aliases)
                if folded(name)
            }
        )
    )
