"""For whom the app is put into Teams: whoever something waits for and whose chat was never known.

Somebody who removed or blocked the app has decided so, and is left alone. Source: section 2 of the notes on
Teams.
"""

from datetime import datetime

from domain.people import Person
from storage.reach import Address
from storage.work import Work
from workflows.council import Council
from workflows.people import reached


def people_to_install_for(work: Work, council: Council, *, limit: int, now: datetime) -> tuple[Person, ...]:
    """Up to so many people for whom it has not been tried today; from now on it has."""
    if work.switches.paused() is not None:
        return ()
    today = council.today(now)
    chosen: list[int] = []
    for person_id in work.waiting.without_address():
        if len(chosen) == limit:
            break
        if work.installs.begin(person_id, today):
            chosen.append(person_id)
    people = work.people.many(chosen)
    return tuple(people[person_id] for person_id in chosen)


def note_installed(work: Work, *, person: Person, outcome: str, now: datetime) -> None:
    """The trail's row about a try; `outcome` is a short code."""
    work.trail.add(
        now=now,
        actor=None,
        verb="put the app into Teams",
        subject=f"person {person.id}",
        fields={"outcome": outcome},
    )


def try_again_today(work: Work, *, person: Person) -> None:
    """Microsoft asked us to wait, so this try does not count."""
    work.installs.undo(person.id)


def chat_opened(work: Work, *, person: Person, address: Address, now: datetime) -> None:
    """Their chat is known now, and what waited goes there."""
    if work.reach.of(person.id) is None:
        reached(work, person=person, address=address, now=now)
