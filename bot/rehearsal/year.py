"""Walks the calendar, the outbox and what people do, each at its moment, without ever waiting.

The calendar is seen to by the scheduler's own code at each of its moments. Whatever that or a press puts into
the outbox is drawn and delivered when it falls due. Whoever gets a card does what they do with such a card
some days later, through `dialogs`.
"""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

from bot.rehearsal.auditing import Auditing
from bot.rehearsal.choices import Choices
from bot.rehearsal.conditions import Conditions
from bot.rehearsal.crew import Crew, address_of
from bot.rehearsal.effort import A_CARD, A_TALK
from bot.rehearsal.habits import SLEPT_ON
from bot.rehearsal.habits_kinds import Habit
from bot.rehearsal.hands import NOTHING, Hands
from bot.rehearsal.indicators import Coming, Indicators
from bot.rehearsal.kept import Kept
from bot.rehearsal.matters import Matters
from bot.rehearsal.post import RehearsalPost
from bot.rehearsal.reading import Button, Page
from bot.rehearsal.texts import Moment, typed
from cards.payloads_meetings import HoldMeeting
from domain.cadence import occurrences
from domain.days import local_day, local_midnight
from domain.people import Person, Post
from scheduler.catching_up import catch_up
from scheduler.leading import Leading
from workflows.council import Council, Work

Act = Callable[[datetime], None]
OnMonth = Callable[[date, Kept], None]
"""Told the first of a month and what was kept before it."""

_MOST_PRESSES = 40
"""Of one person with one matter at one time; more would go round in circles."""
_INSTALLS = (5, 20)
"""Working days until somebody puts the app into their Teams after the first mail in its place."""
_SUPERVISORS = frozenset({Post.TM, Post.ATM, Post.SM})
_LOOKS_EVERY = 30
"""Days after which a manager looks by themselves at whose learning waits for supervision."""


def untold(month: date, kept: Kept) -> None:
    """Nobody waits for word."""


class _Alone(Leading):
    """Leads for good: a copy in memory has no second process."""

    def check(self, work: Work) -> int:  # noqa: ARG002
        """The first lead there is."""
        return 1


@dataclass(slots=True)
class _Pending:
    """What somebody is going to do about a matter."""

    left: int


class Year:
    """One rehearsal."""

    def __init__(
        self, council: Council, conditions: Conditions, indicators: Indicators | None = None
    ) -> None:
        self.council, self.conditions = council, conditions
        self._indicators = indicators
        self.kept = Kept()
        self.crew = Crew(council, conditions)
        self.begins = local_midnight(conditions.from_on)
        self.ends = local_midnight(conditions.until_on)
        self._now = self.begins
        self._matters = Matters(council)
        self._choices = Choices(self.crew, self._matters)
        self._hands = Hands(council, self.kept, self._queued)
        self._post = RehearsalPost(council, self.kept, self._hands.fresh_nonce, self._on_card, self._on_shut)
        self._acts: list[tuple[datetime, int, Act]] = []
        self._numbers: Iterator[int] = count()
        self._pending: dict[tuple[int, tuple[tuple[str, Any], ...]], _Pending] = {}
        self._due: datetime | None = None
        self._leading = _Alone(council, "rehearsal", timedelta(0), lambda: self._now, epoch=1)
        self._installing: set[int] = set()
        self._held: set[int] = set()

    def walk(self, *, carry_on: bool = False, on_month: OnMonth = untold) -> Kept:
        """The whole of it. With `carry_on` everyone first looks at what is theirs from before.

        `on_month` is told as each month begins, since a large council's year takes twenty minutes.
        """
        self._arrive()
        self._plan_rhythms(carry_on=carry_on)
        for coming in self._indicators.coming if self._indicators else ():
            self._plan(coming.at, partial(self._bring_in, coming))
        catch_up(self.council, self._leading, self._now)
        told = None
        for at in self._moments():
            month = local_day(at).replace(day=1)
            if month != told:
                on_month(month, self.kept)
                told = month
            self._act_until(at)
            self._see_to_calendar(at)
        self._act_until(self.ends - timedelta(microseconds=1))
        return self.kept

    def _moments(self) -> list[datetime]:
        framework = self.council.framework
        found = occurrences(
            framework.cadence,
            self.begins,
            self.ends - timedelta(microseconds=1),
            round_months=framework.numbers.round_months,
            bank_holidays=self.council.bank_holidays,
        )
        return sorted({one.at for one in found})

    def _see_to_calendar(self, at: datetime) -> None:
        self._now = at
        came = catch_up(self.council, self._leading, at)
        self.kept.failed.update(came.failed)
        if came.queued:
            self._due = at

    def _bring_in(self, coming: Coming, now: datetime) -> None:
        if self._indicators is not None and self._indicators.bring_in(coming, now):
            self._queued()

    def _act_until(self, until: datetime) -> None:
        """Deliver and do whatever comes before this moment, in order."""
        while True:
            act_at = self._acts[0][0] if self._acts else None
            due = self._due
            if due is not None and due < until and (act_at is None or due <= act_at):
                self._now = max(self._now, due)
                self._due = self._post.deliver(self._now)
            elif act_at is not None and act_at < until:
                self._now = max(self._now, act_at)
                heapq.heappop(self._acts)[2](self._now)
            else:
                return

    def _queued(self) -> None:
        self._due = self._now

    def _plan(self, at: datetime, act: Act) -> None:
        heapq.heappush(self._acts, (at.astimezone(UTC), next(self._numbers), act))

    # What people do by themselves.

    def _arrive(self) -> None:
        """Everyone is known to the bot, and most have it in their Teams."""
        with self.council.write() as work:
            for person in self.crew.people.values():
                if person.directory_id is None:
                    work.people.bind(person.id, f"rehearsal-{person.id}")
                if not self.crew.starts_unreachable(person):
                    work.reach.keep(person.id, address_of(person), self.begins)
            everyone = work.people.everyone()
        self.crew.people = {person.id: person for person in everyone}

    def _plan_rhythms(self, *, carry_on: bool) -> None:
        officers = (i for i, person in self.crew.people.items() if self.crew.acts_for_office(person))
        keeper = min(officers, default=None)
        for person in self.crew.people.values():
            if carry_on:
                self._says(person, "my audits", 0)
            if person.posts & _SUPERVISORS:
                offset = self.crew.chance(person, "looks").randrange(_LOOKS_EVERY)
                for day in range(offset, (self.ends - self.begins).days, _LOOKS_EVERY):
                    self._says(person, "supervision", day)
            if person.id == keeper:
                # The year's plan is looked at each month; what is to draft or to agree stands there.
                for day in range(3, (self.ends - self.begins).days, _LOOKS_EVERY):
                    self._says(person, "forward plan", day)
            if Post.PMPM in person.posts:
                for day in range(3, (self.ends - self.begins).days, 7):
                    self._says(person, "files", day)

    def _says(self, person: Person, line: str, days: int) -> None:
        chance = self.crew.chance(person, line, days)
        day = self.conditions.from_on + timedelta(days=days)

        def say(now: datetime) -> None:
            self._consider(person, self._hands.types(person, line, now), now)

        self._plan(self.crew.moment(person, day, chance, after=self.begins), say)

    # What people do with what reaches them.

    def _on_card(self, person_id: int, page: Page, now: datetime) -> None:
        self.kept.takes(person_id, now, A_CARD)
        if person := self.crew.people.get(person_id):
            self._consider(person, page, now)

    def _on_shut(self, person_id: int, now: datetime) -> None:
        person = self.crew.people.get(person_id)
        if person is None or person_id in self._installing:
            return
        self._installing.add(person_id)
        chance = self.crew.chance(person, "installs")
        day = self.crew.days_on(local_day(now), chance.randint(*_INSTALLS))
        at = self.crew.moment(person, day, chance, after=now)
        self._plan(at, lambda then: self._hands.arrives(person, address_of(person), then))

    def _consider(self, person: Person, page: Page, now: datetime) -> None:
        """Plan what the person does with each button of a card, unless it is planned already."""
        for button in page.buttons:
            key = (person.id, button.key)
            if key in self._pending:
                continue
            if button.verb == "overview":
                self._plan_audit(person, button, key, now)
                continue
            habit = self._choices.habit(person, button, now)
            if habit is not None:
                self._pending[key] = _Pending(1)
                self._plan(
                    self._choices.when(person, button, habit, now), self._doing(person, button, habit, key)
                )

    def _plan_audit(self, person: Person, button: Button, key: Any, now: datetime) -> None:
        audit = self._matters.audit(button.packed)
        if audit is None or audit.auditor_id != person.id:
            return
        name = self._matters.name(button.packed)
        auditing = Auditing.of(self.crew, self._hands, button, audit, person, name)
        sittings = list(auditing.sittings(person, name, now))
        self._pending[key] = _Pending(len(sittings))
        for number, (at, sit) in enumerate(sittings):
            self._plan(at, self._sitting(person, sit, key, f"{name} {number}"))

    def _sitting(self, person: Person, sit: Callable[[Moment], None], key: Any, matter: str) -> Act:
        def act(now: datetime) -> None:
            self._over(key)
            sit(self._moment(person, matter, now))

        return act

    def _doing(self, person: Person, button: Button, habit: Habit, key: Any) -> Act:
        name = self._matters.name(button.packed)

        def act(now: datetime) -> None:
            self._over(key)
            self._follow(self._moment(person, f"{button.verb} {name}", now), button, habit)

        return act

    def _over(self, key: Any) -> None:
        pending = self._pending[key]
        pending.left -= 1
        if not pending.left:
            del self._pending[key]

    def _moment(self, person: Person, matter: str, now: datetime) -> Moment:
        return Moment(self.council, self._matters, person, now, self.crew.chance(person, matter, "does"))

    def _follow(self, moment: Moment, button: Button, habit: Habit) -> None:
        """Press the button, and then what the habit knows on each card that comes."""
        wanted = [step for step in habit.steps if moment.chance.random() < step.seldom]
        page, before = NOTHING, NOTHING
        pressed = set()
        for _ in range(_MOST_PRESSES):
            pressed.add(button.key)
            before = page
            text = typed(moment, button, before)
            page = self._hands.presses(moment.person, button, moment.now, before, text)
            self._note(moment, button)
            found = (
                one
                for step in wanted
                for one in page.having(step.verb, step.fits)
                if one.key not in pressed and self._choices.is_wanted(moment, one)
            )
            following = next(found, None)
            if following is None:
                later = [one for one in page.buttons if one.verb in SLEPT_ON]
                self._consider(moment.person, Page(tuple(later), ()), moment.now)
                return
            button = following

    def _note(self, moment: Moment, button: Button) -> None:
        if button.verb == HoldMeeting.VERB:
            self._meets(int(button.packed["meeting_id"]))
        if button.verb == "talk_held":
            self.kept.talks.append((moment.person.id, moment.now))
            if audit := self._matters.audit(button.packed):
                self.kept.takes(audit.auditor_id, moment.now, A_TALK)

    def _meets(self, meeting_id: int) -> None:
        """Everyone who came gave the meeting its time, once."""
        meeting, minutes, came = self._matters.meeting(meeting_id)
        if meeting is None or meeting.held_on is None or meeting_id in self._held:
            return
        self._held.add(meeting_id)
        for person_id in came:
            self.kept.takes(person_id, local_midnight(meeting.held_on), minutes)
