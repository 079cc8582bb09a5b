"""What a person makes of a button on a card: whether they press it, what follows, and when they get to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.rehearsal.crew import Crew
from bot.rehearsal.effort import A_MATTER, A_TALK, MATTERS
from bot.rehearsal.habits import HOLD, habit_of, talk_habit
from bot.rehearsal.habits_kinds import Habit
from bot.rehearsal.matters import Matters
from bot.rehearsal.reading import Button
from bot.rehearsal.texts import Moment
from cards.payloads_day import AskExtension
from domain.days import local_day
from domain.people import Person


@dataclass(frozen=True, slots=True)
class Choices:
    """Everybody's."""

    crew: Crew
    matters: Matters

    def habit(self, person: Person, button: Button, now: datetime) -> Habit | None:
        """What the person does with the button; None where they leave it alone."""
        if button.verb != "talk":
            office = self.crew.acts_for_office(person)
            habit = habit_of(button, person, acts_for_office=office)
            if habit is None or not habit.falls_to_one:
                return habit
            name = f"{button.verb} {self.matters.name(button.packed)}"
            return habit if self.crew.falls_to(person, name) else None
        talk = self.matters.talk(int(button.packed["moderation_id"]))
        audit = self.matters.audit(button.packed)
        if talk is None or audit is None:
            return None
        return talk_habit(talk, leads=audit.auditor_id != person.id, now=now)

    def when(self, person: Person, button: Button, habit: Habit, now: datetime) -> datetime:
        """The moment they get to it."""
        name = f"{button.verb} {self.matters.name(button.packed)}"
        chance = self.crew.chance(person, name, local_day(now))
        if habit.hurry:
            return now + timedelta(minutes=chance.randint(2, 50))
        if habit is HOLD:
            talk = self.matters.talk(int(button.packed["moderation_id"]))
            if talk is not None and talk.agreed_at is not None and talk.agreed_at > now:
                return talk.agreed_at + timedelta(minutes=A_TALK)
        is_late = self.crew.is_late(person, name)
        day = local_day(now)
        last = self.matters.last_day(button.packed, button.verb) if habit.by_last_day else None
        if is_late and last is not None and last >= day:
            day = last
        day = self.crew.days_on(day, chance.randint(*(habit.late if is_late else habit.days)))
        minutes = MATTERS.get(button.verb, A_MATTER)
        return self.crew.moment(person, day, chance, after=now, minutes=minutes)

    def is_wanted(self, moment: Moment, button: Button) -> bool:
        """Nobody asks for more time where a colleague was given it already."""
        audit = self.matters.audit(button.packed) if button.verb == AskExtension.VERB else None
        return audit is None or audit.due_on < moment.today
