"""What would clash: rounds with leave and days off, meetings and talks with others, and too full weeks."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.rehearsal.conditions import Conditions
from bot.rehearsal.crew import Crew, post_of
from bot.rehearsal.effort import A_TALK
from bot.rehearsal.kept import Kept
from bot.rehearsal.meeting_clashes import meeting_clashes
from cards.wording import count, day
from domain.days import is_working_day, month_end
from domain.nudges import is_on_leave, last_working_day
from domain.people import Person
from workflows.council import Council

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clash:
    """One kind of clash, in a sentence, and how often it would happen."""

    says: str
    times: int


def clashes(council: Council, conditions: Conditions, crew: Crew, kept: Kept) -> tuple[Clash, ...]:
    """Every clash of the year, in the order of the calendar and then of people."""
    with council.read() as view:
        rounds = [one.month for one in view.rounds.in_state("allocated") if one.month >= conditions.from_on]
    auditors = [person for person in crew.people.values() if person.is_auditor]
    found = [clash for month in rounds for clash in _of_round(council, month, auditors)]
    found += [Clash(says, times) for says, times in meeting_clashes(council, conditions, crew, kept)]
    found += _talks(kept, crew)
    found += _weeks(conditions, crew, kept)
    return tuple(found)


def _of_round(council: Council, month: date, auditors: Sequence[Person]) -> Iterator[Clash]:
    holidays, name = council.bank_holidays, f"The {month:%B %Y} round"
    if not is_working_day(month, holidays):
        yield Clash(f"{name} begins on {day(month)}, a day off: people see their audits on the next one.", 1)
    due = last_working_day(month_end(month), holidays)
    if due != month_end(month):
        yield Clash(
            f"{name} ends on {day(month_end(month))}, a day off: its last working day is {day(due)}.", 1
        )
    away = sum(is_on_leave(person, due) for person in auditors)
    if away:
        yield Clash(
            f"{name}: {count(away, 'auditor is', 'auditors are')} on leave on its last working day.", away
        )
    days = _working_days(month, month_end(month), holidays)
    half = sum(2 * sum(is_on_leave(person, one) for one in days) > len(days) for person in auditors)
    if half:
        yield Clash(
            f"{name}: {count(half, 'auditor is', 'auditors are')} on leave for more than half of it.", half
        )


def _working_days(first: date, last: date, holidays: frozenset[date]) -> list[date]:
    days = (first + _DAY * number for number in range((last - first).days + 1))
    return [one for one in days if is_working_day(one, holidays)]


def _talks(kept: Kept, crew: Crew) -> Iterator[Clash]:
    """Talks of one chair that would overlap."""
    over: Counter[int] = Counter()
    before: dict[int, object] = {}
    for chair, at in sorted(kept.talks, key=lambda one: (one[0], one[1])):
        earlier = before.get(chair)
        if earlier is not None and (at - earlier).total_seconds() < A_TALK * 60:  # type: ignore[operator]
            over[chair] += 1
        before[chair] = at
    for chair, times in sorted(over.items()):
        talks = count(times, "talk", "talks")
        yield Clash(
            f"{post_of(crew.people[chair])}: {talks} about a moderation at the same time as another.", times
        )


def _weeks(conditions: Conditions, crew: Crew, kept: Kept) -> Iterator[Clash]:
    """People's weeks with more cards, or more hours, than one person should get; by post."""
    cards: Counter[str] = Counter()
    hours: Counter[str] = Counter()
    for (person_id, _), week in kept.weeks.items():
        person = crew.people.get(person_id)
        if person is None:
            continue
        cards[post_of(person)] += week.cards > conditions.most_cards
        hours[post_of(person)] += week.minutes > conditions.most_hours * 60
    for what, found in (
        (f"more than {conditions.most_cards} cards and mails", cards),
        (f"more than {conditions.most_hours:g} hours of this", hours),
    ):
        for post, times in sorted(found.items()):
            if times:
                yield Clash(f"{post}: {count(times, 'week')} in which one person has {what}.", times)
