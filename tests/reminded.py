"""What people are reminded of in the cards of their days."""

from datetime import date, datetime

from cards.assembly_day import day_view
from cards.day import day_card
from cards.elements import Card
from domain.people import Person
from storage.nudges import NudgeRow
from storage.work import View
from tests.chat import text
from workflows.council import Council
from workflows.day import day_of
from workflows.reminding import REMINDER


def reminded(view: View, kind: str, subject_id: int) -> list[NudgeRow]:
    """The reminders of this kind about this subject, by person and in their order."""
    everyone = view.people.everyone(with_leavers=True)
    rows = (row for person in everyone for row in view.nudges.of_person(person.id, REMINDER))
    return [row for row in rows if (row.line, row.subject_id) == (kind, subject_id)]


def days_of(view: View, kind: str, subject_id: int) -> list[tuple[int, date]]:
    """(person, the day whose card says it) of each of them."""
    return [(row.person_id, row.day) for row in reminded(view, kind, subject_id)]


def told_in_day(view: View, kind: str, subject_id: int) -> list[int]:
    """The people reminded, once for each time."""
    return [row.person_id for row in reminded(view, kind, subject_id)]


def card_on(view: View, council: Council, person: Person, now: datetime) -> Card:
    """The person's card of this day."""
    today = council.today(now)
    found = day_of(view, council, by=view.people.get(person.id), day=today, now=now)
    return day_card(day_view(found, on=today, today=today, auditors={}, nonce="n"))


def said_on(view: View, council: Council, person: Person, now: datetime) -> str:
    """Everything that it says."""
    return text(card_on(view, council, person, now))
