"""The days on which a body meets: as its meetings stand, moved or cancelled, else as the calendar asks for.

Source: OG-01, QB-01, PF-02.
"""

from collections.abc import Collection, Iterable
from datetime import date

from domain.days import add_months
from domain.governance import MeetingLine
from domain.meetings import MeetingState, slot_name
from domain.packs import meeting_day
from storage.work import View
from workflows.council import Council

MOST_MONTHS_MOVED = 3
"""A meeting moved by more months than this is looked for in its old place no more."""


def months_around(today: date) -> tuple[date, ...]:
    """The first days of the months whose meetings may lie near this day."""
    this_month = today.replace(day=1)
    return tuple(add_months(this_month, n) for n in range(-MOST_MONTHS_MOVED, MOST_MONTHS_MOVED + 1))


def meeting_days(
    view: View,
    council: Council,
    line: MeetingLine,
    service_ids: Iterable[int | None],
    months: Collection[date],
) -> dict[tuple[int | None, date], date]:
    """(service, first of the month that the meeting belongs to) to the day it is held on.

    Months without a meeting, and those whose meeting was cancelled, are left out. None for the service is a
    body of the whole council.
    """
    wanted = {
        slot_name(line.key, service_id, month): (service_id, month)
        for service_id in service_ids
        for month in months
    }
    known = view.meetings.in_slots(wanted)
    found = {}
    for name, (service_id, month) in wanted.items():
        meeting = known.get(name)
        if meeting is None:
            day = meeting_day(line, month, council.bank_holidays)
        else:
            day = None if meeting.state is MeetingState.CANCELLED else meeting.planned_on
        if day is not None:
            found[service_id, month] = day
    return found
