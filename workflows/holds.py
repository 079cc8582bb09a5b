"""Calendar holds for the days an auditor aims at, so that the work is spread over the month.

The file says nothing of a case: "Audit: read the child's file" and a time, no more. Source: CA-22, SG-01.
"""

from datetime import datetime

from domain.days import uk_date
from domain.errors import RuleBroken
from domain.holds import Hold, holds
from domain.people import Person
from storage.work import View
from workflows.council import Council

FILENAME = "audit-days.ics"


class NoDayLeft(RuleBroken):
    """Every day for a step has passed, or the auditor works on none of them."""

    def __init__(self) -> None:
        super().__init__(
            "There is no day at work left for the steps of this audit before it is due, so I have no times "
            "to offer. If you need more time, please ask your service manager."
        )


def holds_of(
    view: View, council: Council, audit_id: int, person: Person, *, now: datetime
) -> tuple[Hold, ...]:
    """A time for each step to come. Raises NoDayLeft, LookupError for an audit that is not this person's."""
    audit = view.audits.get(audit_id)
    if audit is None or audit.auditor_id != person.id:
        raise LookupError(f"no audit {audit_id} of person {person.id}")
    found = holds(audit, council.framework.steps, person, council.bank_holidays, now=now)
    if not found:
        raise NoDayLeft
    return found


def calendar_of(view: View, council: Council, audit_id: int, person: Person, *, now: datetime) -> bytes:
    """The .ics file with the times that `holds_of` gives, tentative: the auditor moves them as it suits.

    Each hold keeps its name, so that a calendar moves it when a later file has it elsewhere. Raises what
    `holds_of` does.
    """
    from icalendar import Calendar, Event

    found = holds_of(view, council, audit_id, person, now=now)
    audit = view.audits.get(audit_id)
    if audit is None:
        raise LookupError(f"no audit {audit_id}")
    calendar = Calendar()
    calendar.add("prodid", "-//Plumbline//Audit days//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for hold in found:
        event = Event()
        event.add("uid", f"audit-{audit.id}-{hold.key}@plumbline.invalid")
        # A calendar keeps the newest: by the audit's version, which an extension raises, then by the moment.
        event.add("sequence", audit.version)
        event.add("dtstamp", now.replace(microsecond=0))
        event.add("dtstart", hold.starts_at)
        event.add("dtend", hold.ends_at)
        event.add("summary", f"Audit: {hold.title[:1].lower()}{hold.title[1:]}")
        event.add("description", f"Due on {uk_date(audit.due_on)}. Move this to wherever it suits you.")
        event.add("status", "TENTATIVE")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
