"""Who of the Panel may look at an audit, and who chairs: nobody moderates own work or casework.

Source: MO-07, Q9.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.nudges import is_on_leave
from domain.panel_load import Load
from domain.people import Person, Post


@dataclass(frozen=True, slots=True)
class Ties:
    """Who and which teams are tied to an audit."""

    people: frozenset[int]
    """Its auditor, the practitioner, and whoever supervises, chairs or reviews the case."""
    teams: frozenset[int]
    """The teams that hold or held the case, and the auditor's own."""

    def of(self, person: Person) -> bool:
        """Whether this person is tied to the audit."""
        return person.id in self.people or (person.team_id is not None and person.team_id in self.teams)


def members(people: Iterable[Person], ties: Ties) -> tuple[Person, ...]:
    """Practice consultants and the PSW without a tie, in the order given."""
    seats = {Post.PC, Post.PSW}
    return tuple(p for p in people if p.posts & seats and not ties.of(p) and p.left_on is None)


def chairs(people: Iterable[Person], ties: Ties) -> tuple[Person, ...]:
    """The PSW; the SM for QA where every PSW is tied to the audit, or there is none (Q9)."""
    there = tuple(p for p in people if p.left_on is None and not ties.of(p))
    return tuple(p for p in there if Post.PSW in p.posts) or tuple(p for p in there if Post.SM_QA in p.posts)


def acting(people: Iterable[Person], ties: Ties, on: date) -> tuple[Person, ...]:
    """Who chairs on this day: the SM for QA as well while every PSW without a tie is on leave.

    Answers, invites, releases and what is stuck in the queue have days to keep to, and a child must not wait
    for somebody's holiday. Source: Q9, MO-17, Q14.
    """
    known = tuple(people)
    found = chairs(known, ties)
    if all(is_on_leave(person, on) for person in found):
        found = (*found, *chairs((p for p in known if Post.PSW not in p.posts), ties))
    return tuple({person.id: person for person in found}.values())


def consultants(people: Iterable[Person]) -> tuple[Person, ...]:
    """The practice consultants who do not chair: those who moderate in turn."""
    return tuple(p for p in people if Post.PC in p.posts and Post.PSW not in p.posts and p.left_on is None)


def whose_turn(
    people: Iterable[Person], ties: Ties, load: Mapping[int, Load], *, chosen_on: date, due_on: date
) -> Person | None:
    """Who moderates an audit: of the practice consultants who can, the one with the least to do.

    Of equals it is whoever had the fewest lately (`domain.panel_load`). The PSW chairs, so whoever chairs
    comes in only where every practice consultant is tied to the audit. None leaves it to the chair to say
    who: those who could are away, or there is nobody. Source: MO-07, Q9.
    """
    known = tuple(people)
    able = [p for p in consultants(known) if not ties.of(p)] or list(chairs(known, ties))
    there = (p for p in able if is_there(p, chosen_on, due_on))
    return min(there, key=lambda p: (load.get(p.id, Load()), p.id), default=None)


def is_there(person: Person, first_on: date, last_on: date) -> bool:
    """Whether leave takes less than half of these days, the last one included, from the person."""
    if not person.leave:
        return True
    days = [first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1)]
    away = sum(any(leave.covers(day) for leave in person.leave) for day in days)
    return away * 2 < len(days)
