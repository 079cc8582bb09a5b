"""Staff kept in memory between transactions, for a database that one thread alone uses.

Who works where is asked for several times at each press and changes with a list at most. In a council of a
whole year's presses, looking it up anew each time is a third of the work. A process that serves people must
not do this: another one may have taken a new list in.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy.engine import Connection

from domain.cases import Case
from domain.people import Person, Post, Service, Team
from domain.trail import TrailKey
from storage.cases import CaseReading, CaseWriting
from storage.database import Database
from storage.people import PeopleReading, PeopleWriting
from storage.work import View, Work


@dataclass(slots=True)
class Memory:
    """What was read of staff, teams and services; empty until it is asked for."""

    people: dict[int, Person] = field(default_factory=dict)
    by_directory_id: dict[str, Person] = field(default_factory=dict)
    by_post: dict[Post, list[Person]] = field(default_factory=dict)
    """Current staff, in order of id."""
    teams: dict[int, Team] = field(default_factory=dict)
    services: dict[int, Service] = field(default_factory=dict)
    changed: bool = False
    """Whether the transaction under way has changed anything of it."""

    cases: dict[int, Case] = field(default_factory=dict)
    """Filled one by one: most cases of a council are never audited."""

    def fill(self, reading: PeopleReading) -> "Memory":
        """Read everything, unless it is there."""
        if not self.people:
            for person in PeopleReading.everyone(reading, with_leavers=True):
                self._keep(person)
            self.teams = PeopleReading.teams(reading)
            self.services = PeopleReading.services(reading)
        return self

    def forget(self) -> None:
        """Know nothing any more."""
        for known in (self.people, self.by_directory_id, self.by_post, self.teams, self.services, self.cases):
            known.clear()

    def _keep(self, person: Person) -> None:
        self.people[person.id] = person
        if person.directory_id is not None:
            self.by_directory_id[person.directory_id] = person
        if person.left_on is None:
            for post in person.posts:
                self.by_post.setdefault(post, []).append(person)


class RememberedPeople(PeopleWriting):
    """Answers from memory what `PeopleReading` reads."""

    def __init__(self, connection: Connection, memory: Memory) -> None:
        super().__init__(connection)
        self._memory = memory

    def get(self, person_id: int) -> Person:
        """The person of this id; LookupError when there is none."""
        found = self._known.people.get(person_id)
        if found is None:
            raise LookupError(f"no person {person_id}")
        return found

    def by_directory_id(self, directory_id: str) -> Person | None:
        """The person bound to this Entra object id."""
        return self._known.by_directory_id.get(directory_id)

    def many(self, person_ids: Iterable[int]) -> dict[int, Person]:
        """The people of these ids, by id; ids not known are left out."""
        known = self._known.people
        return {number: known[number] for number in sorted(set(person_ids)) if number in known}

    def everyone(self, *, with_leavers: bool = False) -> tuple[Person, ...]:
        """All staff, in order of id."""
        everyone = self._known.people.values()
        return tuple(person for person in everyone if with_leavers or person.left_on is None)

    def holding(
        self, *posts: Post, team_id: int | None = None, service_id: int | None = None
    ) -> tuple[Person, ...]:
        """Current staff who hold any of these posts, within a team or service when given."""
        known = self._known.by_post
        found = {
            person.id: person
            for post in posts
            for person in known.get(post, ())
            if team_id in (None, person.team_id) and service_id in (None, person.service_id)
        }
        return tuple(found[number] for number in sorted(found))

    def teams(self) -> dict[int, Team]:
        """All teams by id."""
        return dict(self._known.teams)

    def team(self, team_id: int) -> Team:
        """The team of this id."""
        return self._known.teams[team_id]

    def services(self) -> dict[int, Service]:
        """All services by id."""
        return dict(self._known.services)

    def service_named(self, name: str) -> Service:
        """See `PeopleWriting`."""
        self._change()
        return super().service_named(name)

    def team_named(self, name: str, service_id: int) -> Team:
        """See `PeopleWriting`."""
        self._change()
        return super().team_named(name, service_id)

    def add(self, values: Mapping[str, Any], posts: Iterable[Post]) -> int:
        """See `PeopleWriting`."""
        self._change()
        return super().add(values, posts)

    def change(self, person_id: int, values: Mapping[str, Any], posts: Iterable[Post] | None = None) -> None:
        """See `PeopleWriting`."""
        self._change()
        super().change(person_id, values, posts)

    def bind(self, person_id: int, directory_id: str) -> bool:
        """See `PeopleWriting`."""
        self._change()
        return super().bind(person_id, directory_id)

    def mark_left(self, person_ids: Any, day: date) -> None:
        """See `PeopleWriting`."""
        self._change()
        super().mark_left(person_ids, day)

    @property
    def _known(self) -> Memory:
        return self._memory.fill(self)

    def _change(self) -> None:
        self._memory.changed = True
        self._memory.forget()


class RememberedCases(CaseWriting):
    """Answers from memory what `CaseReading` has read one by one."""

    def __init__(self, connection: Connection, memory: Memory) -> None:
        super().__init__(connection)
        self._memory = memory

    def get(self, case_id: int) -> Case:
        """The case of this id; LookupError when there is none."""
        found = self._memory.cases.get(case_id)
        if found is None:
            found = self._memory.cases[case_id] = super().get(case_id)
        return found

    def add(self, values: Sequence[Mapping[str, Any]]) -> None:
        """See `CaseWriting`."""
        self._change()
        super().add(values)

    def change(self, case_id: int, values: Mapping[str, Any]) -> None:
        """See `CaseWriting`."""
        self._change()
        super().change(case_id, values)

    def close(self, case_ids: Sequence[int], day: date) -> None:
        """See `CaseWriting`."""
        self._change()
        super().close(case_ids, day)

    def _change(self) -> None:
        self._memory.changed = True
        self._memory.cases.clear()


class _View(View):
    def __init__(self, connection: Connection, key: TrailKey, memory: Memory) -> None:
        super().__init__(connection, key)
        self._memory = memory

    @cached_property
    def people(self) -> PeopleReading:
        return RememberedPeople(self._connection, self._memory)

    @cached_property
    def cases(self) -> CaseReading:
        return RememberedCases(self._connection, self._memory)


class _Work(Work):
    def __init__(self, connection: Connection, key: TrailKey, memory: Memory) -> None:
        super().__init__(connection, key)
        self._memory = memory

    @cached_property
    def people(self) -> PeopleWriting:
        return RememberedPeople(self._connection, self._memory)

    @cached_property
    def cases(self) -> CaseWriting:
        return RememberedCases(self._connection, self._memory)


class RememberingDatabase(Database):
    """A database whose staff are read once, and anew after each change of them. For one thread alone."""

    def __init__(self, url: str, *, trail_key: bytes) -> None:
        super().__init__(url, trail_key=trail_key, pool_size=1)
        self._memory = Memory()

    def _view(self, connection: Connection) -> View:
        return _View(connection, self._trail_key, self._memory)

    def _work(self, connection: Connection) -> Work:
        return _Work(connection, self._trail_key, self._memory)

    @contextmanager
    def write(self) -> Iterator[Work]:
        """See `Database.write`."""
        try:
            with super().write() as work:
                yield work
        finally:
            if self._memory.changed:
                # What was read since then may have been undone.
                self._memory.forget()
                self._memory.changed = False
