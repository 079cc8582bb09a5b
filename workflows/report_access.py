"""Whose figures a reader may have: their own team's, their own service's, or the council's.

Nobody asks for a team or a service by its number; it follows from where the reader works. Whoever covers
several managers says which of them they mean, and it is looked up anew whether they cover that one today.
Source: CA-20, MO-20, RO-06, RO-08, SG-03.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.errors import NotAllowed, NotFound
from domain.people import Person, Post, Team
from domain.permissions import Verb, require
from storage.rounds import RoundRow
from storage.work import View
from workflows.council import Council
from workflows.covering import acting_for


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose audits are counted."""

    name: str
    """The team or service; empty for the council."""
    team_id: int | None = None
    service_id: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it is the council."""
        return self.team_id is None and self.service_id is None


@dataclass(frozen=True, slots=True)
class Covered:
    """Whose figures somebody has who stands in for a manager today."""

    manager: Person
    place_id: int
    """The manager's team, or their service."""
    name: str
    """Of the place."""


_PEOPLE = 1_000_000
"""More than a staff list holds."""


def whose(round_id: int, manager_id: int) -> int:
    """A round's report of one manager as the single number that buttons and files carry."""
    return round_id * _PEOPLE + manager_id


def round_and_whose(subject_id: int) -> tuple[int, int]:
    """The round and the manager of such a number; 0 for the manager where it is that of a round alone.

    Buttons and files of before say the round alone, and mean the first manager whom their reader covers.
    """
    round_id, manager_id = divmod(subject_id, _PEOPLE)
    return (round_id, manager_id) if round_id else (subject_id, 0)


def scope_of(view: View, council: Council, by: Person, now: datetime) -> Scope:
    """The widest that this reader may have. Raises NotAllowed for whoever answers for nothing of it."""
    try:
        require(Verb.SEE_AGREEMENT, by, today=council.today(now))
    except NotAllowed:
        if Post.SM in by.posts:
            service_id = own_service(view, council, by, now)
            return Scope(view.people.services()[service_id].name, service_id=service_id)
        team_id = own_team(council, by, now)
        return Scope(view.people.team(team_id).name, team_id=team_id)
    return Scope("")


def own_team(council: Council, by: Person, now: datetime) -> int:
    """The team that this person manages. Raises NotAllowed for anyone else."""
    if Post.TM not in by.posts or by.team_id is None or _has_left(council, by, now):
        raise _not_yours()
    return by.team_id


def covered_teams(view: View, council: Council, by: Person, now: datetime) -> tuple[Covered, ...]:
    """Every team of a manager whom this person covers today, each once, by name."""
    return _by_place(_teams_covered(view, council, by, now))


def covered_team(view: View, council: Council, by: Person, now: datetime, *, manager_id: int = 0) -> int:
    """The team of the manager meant, whom this person covers today; of the first when none is.

    Raises NotAllowed for anyone else.
    """
    return _meant(_teams_covered(view, council, by, now), manager_id).place_id


def own_service(view: View, council: Council, by: Person, now: datetime) -> int:
    """The service that this person manages. Raises NotAllowed for anyone else."""
    service_id = service_of(by, view.people.teams())
    if Post.SM not in by.posts or service_id is None or _has_left(council, by, now):
        raise _not_yours()
    return service_id


def covered_services(view: View, council: Council, by: Person, now: datetime) -> tuple[Covered, ...]:
    """Every service of a manager whom this person covers today, each once, by name."""
    return _by_place(_services_covered(view, council, by, now))


def covered_service(
    view: View, council: Council, by: Person, now: datetime, *, manager_id: int = 0
) -> Covered:
    """The service of the manager meant, whom this person covers today; of the first when none is.

    Raises NotAllowed for anyone else.
    """
    return _meant(_services_covered(view, council, by, now), manager_id)


def service_of(person: Person, teams: Mapping[int, Team]) -> int | None:
    """The service somebody works in, their team's where none of their own is named."""
    if person.service_id is not None or person.team_id is None:
        return person.service_id
    return teams[person.team_id].service_id


def allocated_round(view: View, round_id: int) -> RoundRow:
    """The round, once its audits went out. Raises NotFound."""
    chosen = view.rounds.get(round_id)
    if chosen is None or chosen.state != "allocated":
        raise NotFound("There is nothing to tell of that round yet.")
    return chosen


def _teams_covered(view: View, council: Council, by: Person, now: datetime) -> Iterator[Covered]:
    for manager in _covered(view, council, Post.TM, by, now):
        if manager.team_id is not None:
            yield Covered(manager, manager.team_id, view.people.team(manager.team_id).name)


def _services_covered(view: View, council: Council, by: Person, now: datetime) -> Iterator[Covered]:
    teams, services = view.people.teams(), view.people.services()
    for manager in _covered(view, council, Post.SM, by, now):
        service_id = service_of(manager, teams)
        if service_id is not None:
            yield Covered(manager, service_id, services[service_id].name)


def _by_place(covered: Iterable[Covered]) -> tuple[Covered, ...]:
    """One for each place: two managers of one team have the same figures."""
    first: dict[int, Covered] = {}
    for one in covered:
        first.setdefault(one.place_id, one)
    return tuple(sorted(first.values(), key=lambda one: (one.name.casefold(), one.place_id)))


def _meant(covered: Iterable[Covered], manager_id: int) -> Covered:
    for one in covered:
        if manager_id in (0, one.manager.id):
            return one
    raise _not_yours()


def _covered(view: View, council: Council, post: Post, by: Person, now: datetime) -> Iterator[Person]:
    """Those holding this post for whom this person stands in today."""
    if _has_left(council, by, now):
        return
    for manager in view.people.holding(post):
        if manager.cover_id == by.id and by.id in acting_for(view, council, (manager,), council.today(now)):
            yield manager


def _has_left(council: Council, by: Person, now: datetime) -> bool:
    return by.left_on is not None and by.left_on <= council.today(now)


def _not_yours() -> NotAllowed:
    return NotAllowed(
        "That is not yours to open or change. If you think it should be, please ask the QA office."
    )
