"""How an auditor gets through an audit: takes it on, writes it in a few sittings, checks it and submits.

Source: CA-06, CA-22 (the work is spread over the month).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from bot.demo.writing import Written
from bot.rehearsal.crew import Crew
from bot.rehearsal.effort import A_SITTING, THE_CONVERSATION
from bot.rehearsal.hands import NOTHING, Hands
from bot.rehearsal.reading import Button, Page
from bot.rehearsal.texts import UNSAFE, Moment, page_of_audit, typed, writing_of
from cards.views import OVERVIEW
from domain.audits import Audit
from domain.pages import CONVERSATION
from domain.people import Person

CONFLICTS = 0.02
"""How many auditors find that they have to do with the child's family."""
RAISES = 0.6
"""How many raise an alert where they find a child unsafe; the others know that it has been raised."""
_SITTINGS = (0.3, 0.55, 0.8, 1.0)
"""How far into their time each of them falls."""
_PAGES_AT_ONCE = 5
_MOST_PAGES = 60
_LATEST = (1, 8)
"""Working days after the due day, for who comes late."""

_HERE = "here"
"""Saves a try to hear somebody, and stays."""

Sitting = tuple[datetime, Callable[[Moment], None]]


@dataclass(frozen=True, slots=True)
class Auditing:
    """One auditor with one audit, from the button that opens it."""

    crew: Crew
    hands: Hands
    button: Button
    audit: Audit
    written: Written

    @classmethod
    def of(
        cls, crew: Crew, hands: Hands, button: Button, audit: Audit, person: Person, name: str
    ) -> "Auditing":
        """What this auditor makes of this audit."""
        return cls(crew, hands, button, audit, writing_of(crew.chance(person, name, "writes")))

    def sittings(self, person: Person, name: str, now: datetime) -> Iterator[Sitting]:
        """When the auditor sits down to it, and what they do then."""
        chance = self.crew.chance(person, name, "sits")
        if chance.random() < CONFLICTS and self.audit.accepted_at is None:
            yield (
                self._on(person, self.crew.days_on(_day(now), chance.randint(0, 2)), chance, now),
                self._give_back,
            )
            return
        last = self._last(person, name, chance)
        at = self._on(person, self.crew.days_on(_day(now), chance.randint(0, 3)), chance, now)
        yield at, self._take_on
        first = _day(at)
        for share in _SITTINGS:
            day = first + timedelta(days=max(0, round((last - first).days * share)))
            at = self._on(person, day, chance, at)
            yield at, self._submit if share == 1.0 else self._write

    def _last(self, person: Person, name: str, chance: Random) -> date:
        """The day on which it is submitted: in the last third of the time, or after it."""
        if self.crew.is_late(person, name):
            return self.crew.days_on(self.audit.due_on, chance.randint(*_LATEST))
        days = (self.audit.due_on - self.audit.allocated_on).days
        return self.audit.due_on - timedelta(days=int(days * chance.random() / 3) + 1)

    def _on(self, person: Person, day: date, chance: Random, after: datetime) -> datetime:
        return self.crew.moment(person, day, chance, after=after, minutes=A_SITTING)

    def _give_back(self, moment: Moment) -> None:
        card = self._press(moment, self.button, NOTHING)
        for verb in ("conflict_form", "conflict"):
            button = next(card.having(verb), None)
            if button is None:
                return
            card = self._press(moment, button, card)

    def _take_on(self, moment: Moment) -> None:
        card = self._press(moment, self.button, NOTHING)
        if accept := next(card.having("accept"), None):
            self._press(moment, accept, card)

    def _write(self, moment: Moment) -> None:
        self._sit(moment, _PAGES_AT_ONCE)

    def _submit(self, moment: Moment) -> None:
        """Whatever is left, then the whole once more."""
        card = self._sit(moment, _MOST_PAGES)
        if self.written is UNSAFE and moment.chance.random() < RAISES:
            self._raise_alert(moment, card)
        if submit := next(card.having("submit"), None):
            self._press(moment, submit, card)

    def _sit(self, moment: Moment, most: int) -> Page:
        """Write so many of the pages that are still to do; returns the card at the end."""
        card = self._press(moment, self.button, NOTHING)
        if accept := next(card.having("accept"), None):
            # Reminded at last.
            card = self._press(moment, accept, card)
        onward = next(card.having("page"), None)
        if onward is None:
            return card
        card = self._press(moment, onward, card)
        saved: set[str] = set()
        while save := next(card.having("save", lambda packed: packed["then"] != _HERE), None):
            key = str(save.packed["page"])
            if key in saved:
                # The page came back: the product wants something that this file does not know to write.
                self.hands.kept.nowhere[f"save: {key} came back"] += 1
                return card
            saved.add(key)
            if len(saved) == most:
                save = next(card.having("save", lambda packed: packed["then"] == OVERVIEW), save)
            card = self._save(moment, save, card, key)
            if len(saved) >= most:
                return card
        return card

    def _save(self, moment: Moment, save: Button, card: Page, key: str) -> Page:
        text = page_of_audit(moment, self.audit, key, self.written, card)
        if key == CONVERSATION:
            self.hands.kept.takes(self.audit.practitioner_id, moment.now, THE_CONVERSATION)
        return self.hands.presses(moment.person, save, moment.now, card, text)

    def _raise_alert(self, moment: Moment, card: Page) -> None:
        if ask := next(card.having("safety_form"), None):
            form = self._press(moment, ask, card)
            if send := next(form.having("safety"), None):
                self._press(moment, send, form)

    def _press(self, moment: Moment, button: Button, card: Page) -> Page:
        return self.hands.presses(moment.person, button, moment.now, card, typed(moment, button, card))


def _day(at: datetime) -> date:
    return at.date()
