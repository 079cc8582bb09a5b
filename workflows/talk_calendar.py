"""The time agreed for a talk, as a calendar file that says nothing of the case. Source: MO-16, SG-01."""

from datetime import datetime

from domain.errors import NotAllowed, RuleBroken
from domain.people import Person
from domain.talks import LASTS, Talk
from storage.work import View
from workflows.council import Council
from workflows.reading_moderation import NOT_THEIRS
from workflows.talk_access import talk_of

FILENAME = "talk.ics"


def agreed_talk(view: View, council: Council, *, by: Person, audit_id: int, now: datetime) -> Talk:
    """The talk about this audit's moderation, for one of the two who hold it.

    Raises NotAllowed for anybody else, RuleBroken while no time is agreed.
    """
    moderation = view.moderations.of_audit(audit_id)
    if moderation is None:
        raise NotAllowed(NOT_THEIRS)
    talk = talk_of(view, council, by=by, moderation_id=moderation.id, now=now)
    if talk.agreed_at is None:
        raise RuleBroken("No time is agreed for the talk yet, so there is nothing for your calendar.")
    return talk


def calendar_of_talk(view: View, council: Council, person: Person, audit_id: int, now: datetime) -> bytes:
    """The .ics file. It keeps its name, so that a calendar moves the talk when another time is agreed."""
    from icalendar import Calendar, Event

    talk = agreed_talk(view, council, by=person, audit_id=audit_id, now=now)
    if talk.agreed_at is None:
        raise LookupError("no time is agreed")
    calendar = Calendar()
    calendar.add("prodid", "-//Plumbline//Talks//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"talk-{talk.moderation.id}@plumbline.invalid")
    event.add("sequence", talk.version)
    event.add("dtstamp", now.replace(microsecond=0))
    event.add("dtstart", talk.agreed_at)
    event.add("dtend", talk.agreed_at + LASTS)
    # Calendars are shared; who sees this one learns that two colleagues talk, and nothing else.
    event.add("summary", "A talk between colleagues")
    event.add("status", "CONFIRMED")
    event.add("class", "PRIVATE")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
