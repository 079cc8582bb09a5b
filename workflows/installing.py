"""For whom the app is put into Teams: whoever something waits for and whose chat was never known.

Somebody who removed or blocked the app has decided so, and is left alone. A pilot is for its teams: nobody
else finds the app in their Teams because of it, unless a safety alert waits for them (SG-02). Source: section
2 of the notes on Teams.
"""

from datetime import datetime

from domain.people import Person
from storage.notices import SAFETY
from storage.reach import Address
from storage.work import Work
from workflows.council import Council
from workflows.people import reached
from workflows.switching import is_in_pilot


def people_to_install_for(work: Work, council: Council, *, limit: int, now: datetime) -> tuple[Person, ...]:
    """Up to so many people for whom it has not been tried today; from now on it has."""
    today = council.today(now)
    for_safety = work.waiting.without_address(SAFETY)
    # A pause holds everything but what a child's safety asks for.
    waited_for = work.waiting.without_address() if work.switches.paused() is None else for_safety
    people = work.people.many(waited_for)
    chosen: list[Person] = []
    for person in (people[person_id] for person_id in waited_for):
        if len(chosen) == limit:
            break
        may_hear = person.id in for_safety or is_in_pilot(work, person)
        if may_hear and work.installs.begin(person.id, today):
            chosen.append(person)
    return tuple(chosen)


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
