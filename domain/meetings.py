"""Meetings of the bodies: when each falls, who is asked, and what a quarter of clinics still lacks.

Source: OG-01, OG-12, PF-02, PF-03, QB-01, Q28, Q31, Q33.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from domain.days import add_months, add_working_days, is_working_day
from domain.governance import MeetingLine, meets_on, quarter_start
from domain.people import Person

AHEAD_MONTHS = 13
"""How many months are kept planned, this one included: a year, and the month it is next spoken of in."""
AGENDA_WORKING_DAYS = 5
"""How long before a meeting its members have the agenda."""
LONGEST_REASON = 300
MOST_GUESTS = 12


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Came(StrEnum):
    """Whether somebody who was asked to a meeting came."""

    ASKED = "asked"
    CAME = "came"
    APOLOGIES = "apologies"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of a body."""

    id: int
    body: str
    """The key of its line."""
    service_id: int | None
    """Whose meeting it is, for a body of each service."""
    slot: str
    """Body, service and the month it was planned for; it keeps this when it is moved."""
    planned_on: date
    starts_at: str
    """London time, as "10:00"."""
    place: str
    state: MeetingState
    reason: str
    """Why it was moved or cancelled."""
    rep_id: int | None
    """The QA and performance representative who came to a clinic (PF-03)."""
    held_on: date | None
    minutes_where: str
    """Where signed minutes are kept, when not with us."""
    version: int

    @property
    def is_planned(self) -> bool:
        """Whether it has yet to be held."""
        return self.state is MeetingState.PLANNED


@dataclass(frozen=True, slots=True)
class Attendance:
    """Somebody's part in one meeting."""

    person_id: int
    is_guest: bool
    came: Came


@dataclass(frozen=True, slots=True)
class Slot:
    """A meeting that the calendar asks for."""

    name: str
    body: str
    service_id: int | None
    on: date
    at: time


def slot_name(body: str, service_id: int | None, month: date) -> str:
    """What a meeting is known by: there is one for each body, service and month."""
    of_service = "" if service_id is None else f":{service_id}"
    return f"{body}{of_service}:{month:%Y-%m}"


def slot_month(name: str) -> date:
    """The first day of the month that such a name is of."""
    year, month = name.rpartition(":")[2].split("-")[:2]
    return date(int(year), int(month), 1)


def slots(
    lines: Iterable[MeetingLine],
    service_ids: Iterable[int],
    *,
    today: date,
    bank_holidays: frozenset[date],
    months: int = AHEAD_MONTHS,
) -> tuple[Slot, ...]:
    """The meetings from today on, over so many months, earliest first; always on working days.

    One on a day off is meant for the working day after; it stays the meeting of its month. Source: OG-01,
    QB-01, PF-02.
    """
    services = tuple(service_ids)
    found = []
    for line in lines:
        for number in range(months):
            month = add_months(today.replace(day=1), number)
            meant = meets_on(line, month)
            if meant is None:
                continue
            on = meant if is_working_day(meant, bank_holidays) else add_working_days(meant, 1, bank_holidays)
            if on < today:
                continue
            for service_id in services if line.of_each_service else (None,):
                name = slot_name(line.key, service_id, month)
                found.append(Slot(name, line.key, service_id, on, line.at))
    return tuple(sorted(found, key=lambda slot: (slot.on, slot.at, slot.name)))


def agenda_on(meeting: Meeting, bank_holidays: frozenset[date]) -> date:
    """The day on which members are sent the agenda."""
    return add_working_days(meeting.planned_on, -AGENDA_WORKING_DAYS, bank_holidays)


def is_member(line: MeetingLine, person: Person, service_id: int | None) -> bool:
    """Whether the person's posts seat them on the body; QA representatives are asked, not members.

    On a body of each service sit that service's people, and those of no service (PF-02, OG-11, QB-03).
    """
    if not person.posts & frozenset(line.members):
        return False
    return not line.of_each_service or person.service_id in (service_id, None)


def is_chair(line: MeetingLine, person: Person, service_id: int | None) -> bool:
    """Whether the person chairs the body."""
    if not person.posts & frozenset(line.chairs):
        return False
    return not line.of_each_service or person.service_id == service_id


def is_third_month(day: date) -> bool:
    """Whether the quarter is in its last month, when a missing representative is warned of (PF-03)."""
    return (day.year * 12 + day.month) - (quarter_start(day).year * 12 + quarter_start(day).month) == 2


def without_representative(
    clinics: Iterable[Meeting], service_ids: Iterable[int], *, quarter: date
) -> tuple[int, ...]:
    """Services none of whose clinics of the quarter had a QA representative, in the order given (PF-03)."""
    seen = {
        one.service_id
        for one in clinics
        if one.rep_id is not None and one.held_on is not None and quarter_start(one.held_on) == quarter
    }
    return tuple(service_id for service_id in service_ids if service_id not in seen)
