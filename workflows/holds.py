"""Calendar holds for the days an auditor aims at, so that the work is spread over the month.

The file says nothing of a case: "Audit: read the child's file" and a time, no more. Source: CA-22, SG-01.
"""

from datetime import UTC, date, datetime, time, timedelta

from domain.audits import Audit
from domain.days import LONDON, local_midnight
from domain.deadlines import aimed_days
from domain.nudges import day_at_work
from domain.people import Person
from storage.work import View
from workflows.council import Council

FILENAME = "audit-days.ics"
STARTS_AT = time(10, 0)
LASTS = timedelta(minutes=90)
"""A morning's hour and a half in London, tentative: the auditor moves it to where it suits."""


def hold_days(council: Council, audit: Audit, person: Person) -> tuple[tuple[str, date], ...]:
    """(step's title, day) for each of the steps: the aimed day, moved to a day the person works."""
    holidays = council.bank_holidays
    aims = aimed_days(audit.allocated_on, audit.due_on, council.framework.steps, holidays)
    return tuple((step.title, day_at_work(aim, audit.due_on, person, holidays) or aim) for step, aim in aims)


def calendar_of(
    view: View, council: Council, audit_id: int, person: Person, *, today: date | None = None
) -> bytes:
    """The .ics file with a hold for each of the seven steps, those before `today` left out.

    The same audit gives the same bytes until its due date moves; then each hold keeps its name, so that a
    calendar moves it. Raises LookupError when there is no such audit of this person's.
    """
    from icalendar import Calendar, Event

    audit = view.audits.get(audit_id)
    if audit is None or audit.auditor_id != person.id:
        raise LookupError(f"no audit {audit_id} of person {person.id}")
    calendar = Calendar()
    calendar.add("prodid", "-//Plumbline//Audit days//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    days = zip(council.framework.steps, hold_days(council, audit, person), strict=True)
    for step, (title, day) in days:
        if today is not None and day < today:
            continue
        starts_at = datetime.combine(day, STARTS_AT, LONDON)
        event = Event()
        event.add("uid", f"audit-{audit.id}-{step.key}@plumbline.invalid")
        # Later versions of the audit have later due dates, and a calendar keeps the newest.
        event.add("sequence", audit.version)
        event.add("dtstamp", local_midnight(audit.allocated_on))
        event.add("dtstart", starts_at.astimezone(UTC))
        event.add("dtend", (starts_at + LASTS).astimezone(UTC))
        event.add("summary", f"Audit: {title[:1].lower()}{title[1:]}")
        event.add("description", f"Due on {audit.due_on:%d %B %Y}. Move this to wherever it suits you.")
        event.add("status", "TENTATIVE")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
