"""The one card of a person's day: on which day, and queued once. Source: CA-06, CA-22, CA-23."""

from datetime import date, datetime, timedelta

from domain.days import local_day
from domain.nudges import may_be_told, next_day_at_work, opening_of
from domain.people import Person
from storage.nudges import DAY_CARD
from storage.work import Work
from workflows.council import Council

GATHERS = timedelta(minutes=2)
"""How long a card waits for what else falls due: sweeps that are made up for run one after another."""


def queue_day_card(
    work: Work, council: Council, person: Person, *, now: datetime, day: date | None = None
) -> None:
    """One card for this person and their next working day, or a later one, however often it is asked for."""
    day = day or card_day(work, council, person, now)
    if day is not None:
        work.notices.queue(
            kind=DAY_CARD,
            subject_id=person.id,
            person_id=person.id,
            now=now,
            due_at=max(now + GATHERS, opening_of(day)),
            again=day.isoformat(),
        )


def card_day(work: Work, council: Council, person: Person, now: datetime) -> date | None:
    """The day of this person's next card; None for somebody who is away for longer than a year.

    A card that has gone out can say nothing new, so then it is the one of their next working day.
    """
    holidays = council.bank_holidays
    day = local_day(may_be_told(person, now, holidays))
    cards = work.nudges.cards(person.id, since=day)
    gone = {card.day for card in cards if card.state not in ("queued", "held")}
    if day in gone:
        day += timedelta(days=1)
    return next_day_at_work(person, day, holidays)
