"""Who is told of a meeting and when: agendas, changes, the card for whoever chairs, a missing representative.

Each notice is drawn when it leaves, and falls away when the meeting was moved, cancelled or recorded.
Source: OG-01, OG-12, PF-03, PF-04.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from domain.days import add_working_days, local_midnight
from domain.governance import CLINIC, MeetingLine, quarter_start
from domain.meetings import (
    AGENDA_WORKING_DAYS,
    Meeting,
    MeetingState,
    agenda_on,
    is_third_month,
    without_representative,
)
from domain.people import Person, Post
from storage.work import View, Work
from workflows.bodies import at_the_chair, line_of, members, services_that_meet
from workflows.council import Council
from workflows.telling import qa_office

LOOKS_BACK_DAYS = 14
"""How long after its day a meeting that nobody recorded is still asked about."""


def tell_of_meetings(work: Work, council: Council, *, now: datetime) -> int:
    """What is to be sent about meetings today; nothing goes twice. Returns how many there were."""
    today = council.today(now)
    due = 0
    until = add_working_days(today, AGENDA_WORKING_DAYS, council.bank_holidays)
    for meeting in work.meetings.planned(until=until):
        line = line_of(council, meeting)
        if line is None or meeting.planned_on < today - timedelta(days=LOOKS_BACK_DAYS):
            continue
        if meeting.planned_on < today:
            due += _ask_again(work, council, meeting, line, now)
        elif agenda_on(meeting, council.bank_holidays) <= today:
            due += send_agenda(work, meeting, line, now)
            if meeting.planned_on == today:
                chairing = at_the_chair(work, council, line, meeting.service_id, today)
                due += _tell(work, "meeting_today", meeting, chairing, now)
    return due + _warn_of_representatives(work, council, now)


def send_agenda(work: Work, meeting: Meeting, line: MeetingLine, now: datetime) -> int:
    """The agenda to members and guests; a clinic's team managers are asked for their line (PF-04)."""
    everyone = {one.id: one for one in (*members(work, line, meeting.service_id), *guests(work, meeting))}
    due = _tell(work, "agenda", meeting, everyone.values(), now)
    if meeting.body == CLINIC and meeting.service_id is not None:
        managers = work.people.holding(Post.TM, service_id=meeting.service_id)
        due += _tell(work, "celebration_wanted", meeting, managers, now)
    return due


def tell_guest(work: Work, council: Council, meeting: Meeting, guest: Person, *, now: datetime) -> None:
    """A guest hears at once that they are asked; the agenda comes with everyone's."""
    work.notices.queue(
        kind="meeting_guest", subject_id=meeting.id, person_id=guest.id, now=now, again=_again(meeting)
    )
    if agenda_on(meeting, council.bank_holidays) <= council.today(now):
        _tell(work, "agenda", meeting, (guest,), now)


def tell_of_change(
    work: Work,
    meeting: Meeting,
    line: MeetingLine,
    *,
    was: Meeting,
    now: datetime,
    by: int,
) -> None:
    """Members and guests hear of another day or time, and of a cancelled meeting; not of a place alone."""
    moved = (meeting.planned_on, meeting.starts_at) != (was.planned_on, was.starts_at)
    if not moved and meeting.state is not MeetingState.CANCELLED:
        return
    everyone = {one.id: one for one in (*members(work, line, meeting.service_id), *guests(work, meeting))}
    for person_id in everyone:
        if person_id != by:
            work.notices.queue(
                kind="meeting_changed",
                subject_id=meeting.id,
                person_id=person_id,
                now=now,
                again=str(meeting.version),
            )


def guests(view: View, meeting: Meeting) -> tuple[Person, ...]:
    """Those co-opted to this meeting, leavers left out."""
    ids = [one.person_id for one in view.meetings.people(meeting.id) if one.is_guest]
    return tuple(one for one in view.people.many(ids).values() if one.left_on is None)


def unrepresented(view: View, council: Council, today: date) -> tuple[int, ...]:
    """Services that no QA representative has visited this quarter, once its last month has begun (PF-03)."""
    if not is_third_month(today) or council.framework.meeting(CLINIC) is None:
        return ()
    first = quarter_start(today)
    clinics = [one for one in view.meetings.between(first, today) if one.body == CLINIC]
    return without_representative(clinics, services_that_meet(view), quarter=first)


def _warn_of_representatives(work: Work, council: Council, now: datetime) -> int:
    """One card for each quarter, which names every service (PF-03)."""
    today = council.today(now)
    if not unrepresented(work, council, today):
        return 0
    due = 0
    for person in qa_office(work):
        due += work.notices.queue(
            kind="rep_wanted",
            subject_id=person.id,
            person_id=person.id,
            now=now,
            again=quarter_start(today).isoformat(),
        )
    return due


def _ask_again(work: Work, council: Council, meeting: Meeting, line: MeetingLine, now: datetime) -> int:
    """Whoever chairs, or sees to it for them, is asked once what became of a meeting whose day has passed."""
    chairing = at_the_chair(work, council, line, meeting.service_id, council.today(now))
    return _tell(work, "meeting_unrecorded", meeting, chairing, now)


def _tell(work: Work, kind: str, meeting: Meeting, people: Iterable[Person], now: datetime) -> int:
    queued = 0
    for person in people:
        queued += work.notices.queue(
            kind=kind,
            subject_id=meeting.id,
            person_id=person.id,
            now=now,
            due_at=max(now, local_midnight(meeting.planned_on)) if kind == "meeting_today" else now,
            again=_again(meeting),
        )
    return queued


def _again(meeting: Meeting) -> str:
    """A meeting that was moved is spoken of anew."""
    return meeting.planned_on.isoformat()
