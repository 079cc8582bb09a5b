"""Sweeps and cards of the nudges' tests: a day passes, cards leave, somebody presses."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from domain.people import Leave, Person
from scheduler.drawing import Drawing, Drawn, Needless, Postponed
from scheduler.rendering import CARDS
from storage.notices import Notice
from storage.nudges import DAY_CARD, CardRow
from storage.work import Work
from tests.builders import Staff
from workflows.council import Council
from workflows.nudging import nudge_everyone, team_weeks


def at(day: date, hour: int = 8, minute: int = 15) -> datetime:
    """This time in London, which is an hour ahead of UTC in the months of these tests."""
    return datetime.combine(day, time(hour - 1, minute), UTC)


def sweeps(council: Council, day: date, *, hour: int = 8) -> int:
    """The calendar's sweep of this morning; how many people get a card."""
    with council.write() as work:
        return nudge_everyone(work, council, now=at(day, hour))


def week_begins(council: Council, day: date) -> int:
    """The Monday's sweep for team managers."""
    with council.write() as work:
        return team_weeks(work, council, on=day, now=at(day))


def day_cards(council: Council, person: Person) -> list[CardRow]:
    """Every day card queued for this person."""
    with council.read() as view:
        return list(view.nudges.cards(person.id))


def drawn(
    council: Council, person: Person, now: datetime, kind: str = DAY_CARD, subject_id: int | None = None
) -> Drawn | Needless | Postponed:
    """What the newest notice of this kind would be, were it sent at this moment."""
    with council.read() as view:
        found = view.notices.of(kind, person.id if subject_id is None else subject_id)
        notice = [one for one in found if one.person_id == person.id][-1]
        fresh = view.people.get(person.id)
        return CARDS[kind](
            Drawing(view, council, notice, fresh, now, f"nonce-{notice.id}", f"29:{person.id}")
        )


def card_of(council: Council, person: Person, now: datetime, kind: str = DAY_CARD) -> dict[str, Any]:
    """The card of that notice; fails when none would be sent."""
    made = drawn(council, person, now, kind)
    assert isinstance(made, Drawn), made
    return made.card


def leaves(council: Council, person: Person, now: datetime) -> Notice:
    """The person's waiting day card leaves at this moment and is sent."""
    with council.write() as work:
        claimed = work.notices.claim(token="t", now=now, until=now.replace(hour=23), limit=500)
        for one in claimed:
            state = "sent" if one.kind == DAY_CARD and one.person_id == person.id else "dropped"
            work.notices.settle(one, state=state, now=now, activity_id=f"activity-{one.id}")
        (gone,) = (one for one in claimed if one.kind == DAY_CARD and one.person_id == person.id)
        return replace(gone, state="sent", activity_id=f"activity-{gone.id}")


def goes_on_leave(work: Work, person: Person, first: date, last: date) -> None:
    """The person's leave, both days included."""
    work.people.change(person.id, {"leave": (Leave(first, last),)})


def is_covered(work: Work, person: Person, cover: Person) -> None:
    """Who stands in while they are away."""
    work.people.change(person.id, {"cover_id": cover.id})


def everyone_told(council: Council, people: Staff) -> set[str]:
    """Names of all who have a day card."""
    staff = (getattr(people, name) for name in Staff.__dataclass_fields__)
    return {p.name for p in staff if isinstance(p, Person) and day_cards(council, p)}
