"""What stood on the agenda of a meeting that is cancelled goes on the next one's, so that nothing is lost.

Open decisions need no carrying: they are the body's, and stand on every agenda until they end. A meeting that
is moved keeps what was put on it.

Source: OG-01, OG-06, PF-04, QB-01, SG-05.
"""

from datetime import datetime

from domain.meetings import Meeting, MeetingState
from storage.work import View, Work
from workflows.council import Council


def next_after(view: View, council: Council, meeting: Meeting, *, now: datetime) -> Meeting | None:
    """The body's next meeting still to be held: the first after this one, failing that any to come."""
    today = council.today(now)
    to_come = [
        one
        for one in view.meetings.planned()
        if (one.body, one.service_id) == (meeting.body, meeting.service_id)
        and one.id != meeting.id
        and one.planned_on >= today
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


def carry_left(work: Work, council: Council, *, now: datetime) -> int:
    """Carry what still stands on cancelled agendas once more is planned; returns how many things moved."""
    return sum(carry_over(work, council, one, now=now) for one in work.meetings.cancelled_with_rows())
