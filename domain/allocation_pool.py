"""Who audits in a round.

Source: CA-01, CA-02, Q1, Q10.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from domain.days import month_end
from domain.deadlines import is_round_month
from domain.nudges import is_on_leave, last_working_day, works_on
from domain.people import Person, Post

ASKED_EACH_ROUND = frozenset({Post.AD_QA, Post.AD_CARE, Post.DCS})
"""Posts that audit only when their holder has opted in to this round (Q10)."""


class LeftOut(StrEnum):
    """Why someone who could audit is not in this round."""

    NOT_OPTED_IN = auto()
    AWAY = auto()
    """Not at work on any day of the month; for a fresh start, not there to finish it."""
    OTHER_HALF = auto()
    """The pool is staggered, and this person's half audits in the other month."""


@dataclass(frozen=True, slots=True)
class FreshStart:
    """The time of one audit that is given out anew, amid the month."""

    on: date
    due_on: date
    bank_holidays: frozenset[date]


@dataclass(frozen=True, slots=True)
class Pool:
    """The auditors of a round by id, and who is left out why."""

    auditor_ids: tuple[int, ...]
    left_out: tuple[tuple[int, LeftOut], ...]


def pool_of(
    people: Iterable[Person],
    *,
    month_on: date,
    opted_in: Collection[int],
    round_months: Collection[int],
    half_of: date | None = None,
    fresh: FreshStart | None = None,
) -> Pool:
    """The auditors of this month's round.

    Service managers always; others as the register says; assistant directors, and the director, only when
    they opted in to this round. With `half_of`, the first day of a month, the pool is staggered: half audits
    in the round's month and the other half in the month after, so that each still has one audit in two
    months; only those whose turn that month is are taken. With `fresh` its own days count, not the month's.
    Source: CA-02, Q1, Q10.
    """
    ids: list[int] = []
    left_out: list[tuple[int, LeftOut]] = []
    for person in sorted(people, key=lambda one: one.id):
        if person.left_on is not None and person.left_on <= month_on:
            continue
        asked = bool(person.posts & ASKED_EACH_ROUND)
        if asked and person.id not in opted_in:
            left_out.append((person.id, LeftOut.NOT_OPTED_IN))
        elif not asked and not person.is_auditor and Post.SM not in person.posts:
            continue
        elif not (_works_in_month(person, month_on) if fresh is None else _is_there(person, fresh)):
            left_out.append((person.id, LeftOut.AWAY))
        elif half_of is not None and (person.id % 2 == 0) != is_round_month(half_of, round_months):
            # By id, not by place in a list: someone joining must not push anybody into the other half.
            left_out.append((person.id, LeftOut.OTHER_HALF))
        else:
            ids.append(person.id)
    return Pool(tuple(ids), tuple(left_out))


def months_with_a_round(round_months: Collection[int], *, half_pool: bool) -> tuple[int, ...]:
    """The months (1 to 12) in which somebody audits: with a staggered pool, those after the rounds as well.

    Source: CA-01, Q1.
    """
    after = {month % 12 + 1 for month in round_months} if half_pool else set()
    return tuple(sorted({*round_months, *after}))


def _works_in_month(person: Person, month_on: date) -> bool:
    days = (month_end(month_on) - month_on).days + 1
    return any(person.works_on(month_on + timedelta(days=ahead)) for ahead in range(days))


def _is_there(person: Person, fresh: FreshStart) -> bool:
    """Whether the person has a working day for it and is not on leave on its last one.

    Whoever is away at the end would be asked to give it up again (CA-06).
    """
    last = last_working_day(fresh.due_on, fresh.bank_holidays)
    days = (fresh.on + timedelta(days=ahead) for ahead in range((last - fresh.on).days + 1))
    return not is_on_leave(person, last) and any(works_on(person, day, fresh.bank_holidays) for day in days)
