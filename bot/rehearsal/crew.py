"""The make-believe people: when each is at work, who comes late, and whom nothing reaches at first.

They are the people of the council's own list, with its working days and leave. What the list cannot know,
such as who will be unwell, is chance.
"""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from bot.rehearsal.conditions import Conditions
from bot.rehearsal.effort import MOST_A_DAY
from domain.days import LONDON, is_working_day
from domain.intake_posts import post_name
from domain.nudges import next_day_at_work
from domain.people import Person, Post
from workflows.council import Council
from workflows.people import Address

SPELL = 5
"""Working days of an absence nobody planned."""
_BEGINS, _ENDS = time(9, 0), time(16, 30)
_DAY = timedelta(days=1)


class Crew:
    """Everyone on the list on the first day."""

    def __init__(self, council: Council, conditions: Conditions) -> None:
        with council.read() as view:
            everyone = view.people.everyone()
            self.teams = view.people.teams()
            self.services = view.people.services()
        self.people = {person.id: person for person in everyone}
        self._council = council
        self._conditions = conditions
        self._planned: defaultdict[tuple[int, date], float] = defaultdict(float)
        """Minutes of each person's days that are spoken for."""
        self._away = {person.id: self._spells(person) for person in everyone}
        officers = [person for person in everyone if Post.QAO in person.posts]
        self._office = frozenset(one.id for one in officers or everyone if one.in_qa_office)

    def acts_for_office(self, person: Person) -> bool:
        """Whether the person does what the whole office is told of; the managers in it only read."""
        return person.id in self._office

    def falls_to(self, person: Person, matter: str) -> bool:
        """Whether this is the officer who gets to such a matter first."""
        return person.id == self._conditions.chance(matter, "office").choice(sorted(self._office))

    def starts_unreachable(self, person: Person) -> bool:
        """Whether the person has not put the app in their Teams yet."""
        chance = self._conditions.chance(person.email, "unreachable")
        return chance.random() < self._conditions.unreachable

    def is_late(self, person: Person, matter: str) -> bool:
        """Whether the person comes after the day with this."""
        return self._conditions.chance(person.email, matter, "late").random() < self._conditions.late

    def chance(self, person: Person, *matter: object) -> Random:
        """The person's chance in a matter."""
        return self._conditions.chance(person.email, *matter)

    def at_work(self, person: Person, day: date) -> date:
        """The first day from this one on that the person is there, unplanned absence reckoned with."""
        away, holidays = self._away[person.id], self._council.bank_holidays
        found = next_day_at_work(person, day, holidays)
        while found is not None and found in away:
            found = next_day_at_work(person, found + _DAY, holidays)
        return found or day

    def moment(
        self, person: Person, day: date, chance: Random, *, after: datetime, minutes: float = 0.0
    ) -> datetime:
        """A moment after `after`, on the first day from this one on on which the person has room for it."""
        span = (datetime.combine(day, _ENDS) - datetime.combine(day, _BEGINS)).total_seconds()
        seconds = int(chance.random() * span)
        while True:
            day = self.at_work(person, day)
            at = datetime.combine(day, _BEGINS, LONDON) + timedelta(seconds=seconds)
            # Still today, if the day is long enough; else tomorrow.
            later = after.astimezone(LONDON) + timedelta(seconds=60 + seconds % 3600)
            chosen = at if at > after else later
            planned = self._planned[person.id, day]
            is_full = bool(planned) and planned + minutes > MOST_A_DAY
            if not is_full and chosen.date() == day and chosen.time() <= _ENDS:
                self._planned[person.id, day] += minutes
                return chosen.astimezone(UTC)
            day += _DAY

    def days_on(self, day: date, working_days: int) -> date:
        """So many of the council's working days on."""
        while working_days > 0:
            day += _DAY
            working_days -= is_working_day(day, self._council.bank_holidays)
        return day

    def _spells(self, person: Person) -> frozenset[date]:
        """The working days on which the person is away unplanned."""
        chance = self._conditions.chance(person.email, "absent")
        away: set[date] = set()
        day = self._conditions.from_on
        while day < self._conditions.until_on:
            if chance.random() < self._conditions.absent / SPELL:
                last = self.days_on(day, SPELL - 1)
                while day <= last:
                    away.add(day)
                    day += _DAY
            day = self.days_on(day, 1)
        return frozenset(away)


def address_of(person: Person) -> Address:
    """A chat that is nowhere."""
    return Address(
        conversation_id=f"rehearsal-{person.id}",
        service_url="https://rehearsal.invalid/",
        tenant_id="00000000-0000-4000-8000-000000000000",
        mri=f"29:rehearsal-{person.id}",
        bot_id="28:rehearsal",
    )


def post_of(person: Person) -> str:
    """A person's post as staff lists name it; the first of several."""
    named = sorted(person.posts)
    return post_name(named[0]) if named else "No post"
