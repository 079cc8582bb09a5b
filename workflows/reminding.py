"""Reminders that come in the one card of a person's day, beside everything else of theirs.

What asks somebody for something new has a card of its own, at once. What reminds of it comes here, so that
nobody has a handful of cards on one morning. What each says is looked up when the card is drawn, and whatever
was seen to meanwhile is not there. Source: CA-06, OG-06, PF-09, PF-12, PR-02.
"""

from datetime import date, datetime

from domain.nudges import next_day_at_work
from domain.people import Person
from storage.nudges import NudgeRow
from storage.work import View, Work
from workflows.council import Council
from workflows.day_cards import card_day, queue_day_card

REMINDER = "reminder"
"""What the rows of reminders are about; their line is the kind of reminder."""


def remind(
    work: Work,
    council: Council,
    person: Person,
    *,
    kind: str,
    subject_id: int,
    about_on: date,
    now: datetime,
    on: date | None = None,
) -> bool:
    """Have the card of the person's next day at work say this, or that of `on`; whether it is new.

    Each kind is said once to a person about one subject and one day `about_on`, such as its due date.
    """
    if on is None or on <= council.today(now):
        day = card_day(work, council, person, now)
    else:
        day = next_day_at_work(person, on, council.bank_holidays)
    if day is None:
        return False
    row = NudgeRow(kind, REMINDER, subject_id, about_on, person.id, day, False, "open", "")
    if not work.nudges.add(row):
        return False
    queue_day_card(work, council, person, day=day, now=now)
    return True


def is_reminded(view: View, person: Person, *, kind: str, subject_id: int, about_on: date) -> bool:
    """Whether `remind` has put this into a card of the person's already."""
    return view.nudges.has(kind, (REMINDER, subject_id, about_on, person.id))
