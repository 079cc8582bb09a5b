"""Staff, teams and services."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from domain.people import Leave, Person, Post, Service, Team
from storage.bound import batches, which
from storage.prepared import Prepared
from storage.tables import cases, imports, name_key, people, person_posts, services, teams

# The comma is written out: as a value, SQLAlchemy would put the statement's text together at each use.
_POSTS = (
    sa.select(sa.func.aggregate_strings(person_posts.c.post, sa.literal_column("','")))  # type: ignore[arg-type]
    .where(person_posts.c.person_id == people.c.id)
    .scalar_subquery()
    .label("posts")
)
_PEOPLE = sa.select(people, _POSTS).order_by(people.c.id)
_BY_ID = Prepared(_PEOPLE.where(which(people.c.id)))
_BY_DIRECTORY_ID = Prepared(_PEOPLE.where(which(people.c.directory_id)))
_FEW = tuple(f"id_{number}" for number in range(8))
"""What a list of few ids is bound as; where there are fewer, the last one stands several times."""
_BY_FEW_IDS = Prepared(
    _PEOPLE.where(people.c.id.in_([sa.bindparam(name, type_=sa.Integer) for name in _FEW]))
)


@cache
def _holding(posts: int, *within: str) -> Prepared:
    """Current staff who hold any of so many posts, within what these columns say."""
    named = [sa.bindparam(f"post_{number}", type_=person_posts.c.post.type) for number in range(posts)]
    with_post = sa.select(person_posts.c.person_id).where(person_posts.c.post.in_(named))
    there = which(*(people.c[name] for name in within)) if within else sa.true()
    return Prepared(_PEOPLE.where(people.c.id.in_(with_post), people.c.left_on.is_(None), there))


_TEAM = Prepared(sa.select(teams).where(which(teams.c.id)))


class PeopleReading:
    """Looks people up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, person_id: int) -> Person:
        """The person of this id; LookupError when there is none."""
        row = _BY_ID.row(self._connection, {"which_id": person_id})
        if row is None:
            raise LookupError(f"no person {person_id}")
        return _person(row)

    def by_directory_id(self, directory_id: str) -> Person | None:
        """The person bound to this Entra object id."""
        row = _BY_DIRECTORY_ID.row(self._connection, {"which_directory_id": directory_id})
        return _person(row) if row else None

    def unbound_by_email(self, addresses: Iterable[str]) -> tuple[Person, ...]:
        """People without a directory id whose e-mail is one of these, compared without case."""
        wanted = sorted({a.strip().lower() for a in addresses if a and a.strip()})
        return self._find(people.c.directory_id.is_(None) & people.c.email.in_(wanted))

    def by_email(self, email: str) -> Person | None:
        """The person with this e-mail address, compared without case."""
        found = self._find(people.c.email == email.strip().lower())
        return found[0] if found else None

    def many(self, person_ids: Iterable[int]) -> dict[int, Person]:
        """The people of these ids, by id; ids not known are left out."""
        wanted = sorted(set(person_ids))
        if not wanted:
            return {}
        if len(wanted) <= len(_FEW):
            padded = wanted + wanted[-1:] * (len(_FEW) - len(wanted))
            few = _BY_FEW_IDS.rows(self._connection, dict(zip(_FEW, padded, strict=True)))
            return {row.id: _person(row) for row in few}
        return {p.id: p for some in batches(wanted) for p in self._find(people.c.id.in_(some))}

    def everyone(self, *, with_leavers: bool = False) -> tuple[Person, ...]:
        """All staff, in order of id."""
        return self._find(sa.true() if with_leavers else people.c.left_on.is_(None))

    def holding(
        self, *posts: Post, team_id: int | None = None, service_id: int | None = None
    ) -> tuple[Person, ...]:
        """Current staff who hold any of these posts, within a team or service when given."""
        within = {"team_id": team_id, "service_id": service_id}
        given = {name: value for name, value in within.items() if value is not None}
        values: dict[str, Any] = {f"post_{number}": post.value for number, post in enumerate(posts)}
        values |= {f"which_{name}": value for name, value in given.items()}
        rows = _holding(len(posts), *given).rows(self._connection, values)
        return tuple(_person(row) for row in rows)

    def teams(self) -> dict[int, Team]:
        """All teams by id."""
        rows = self._connection.execute(sa.select(teams).order_by(teams.c.id))
        return {r.id: Team(r.id, r.name, r.service_id) for r in rows}

    def team(self, team_id: int) -> Team:
        """The team of this id."""
        row = _TEAM.row(self._connection, {"which_id": team_id})
        if row is None:
            raise LookupError(f"no team {team_id}")
        return Team(row.id, row.name, row.service_id)

    def services(self) -> dict[int, Service]:
        """All services by id."""
        rows = self._connection.execute(sa.select(services).order_by(services.c.id))
        return {r.id: Service(r.id, r.name) for r in rows}

    def lists_mark(self) -> tuple[int, ...]:
        """Another one whenever anything that staff and case lists speak of has changed since."""
        counted = [
            sa.select(sa.func.coalesce(what, 0)).select_from(table).scalar_subquery()
            for table, what in (
                (people, sa.func.count()),
                (people, sa.func.sum(people.c.version)),
                (cases, sa.func.count()),
                (cases, sa.func.sum(cases.c.version)),
                # Teams and services have no version, but change by lists alone.
                (teams, sa.func.count()),
                (imports, sa.func.count(imports.c.applied_at)),
            )
        ]
        return tuple(self._connection.execute(sa.select(*counted)).one())

    def _find(self, condition: sa.ColumnElement[bool]) -> tuple[Person, ...]:
        return tuple(_person(row) for row in self._connection.execute(_PEOPLE.where(condition)))


class PeopleWriting(PeopleReading):
    """Looks people up and changes them."""

    def service_named(self, name: str) -> Service:
        """The service of this name in whatever capitals, made when it is new."""
        known = sa.select(services).where(services.c.name_key == name_key(name))
        row = self._connection.execute(known).one_or_none()
        if row is None:
            row = self._connection.execute(sa.insert(services).values(name=name).returning(services)).one()
        return Service(row.id, row.name)

    def team_named(self, name: str, service_id: int) -> Team:
        """The team of this name in whatever capitals, made when it is new and moved when its service changed.

        Were "CONIFERS 1" a second team, its auditors would be strangers to the cases of "Conifers 1" (Q8).
        """
        known = sa.select(teams).where(teams.c.name_key == name_key(name))
        row = self._connection.execute(known).one_or_none()
        if row is None:
            insert = sa.insert(teams).values(name=name, service_id=service_id).returning(teams)
            row = self._connection.execute(insert).one()
        elif row.service_id != service_id:
            self._connection.execute(
                sa.update(teams).where(teams.c.id == row.id).values(service_id=service_id)
            )
        return Team(row.id, row.name, service_id)

    def add(self, values: Mapping[str, Any], posts: Iterable[Post]) -> int:
        """A new person from column values; returns the id."""
        insert = sa.insert(people).values(**_columns(values), version=1).returning(people.c.id)
        person_id = int(self._connection.execute(insert).scalar_one())
        self._set_posts(person_id, posts)
        return person_id

    def change(self, person_id: int, values: Mapping[str, Any], posts: Iterable[Post] | None = None) -> None:
        """Set these columns (and the posts, when given)."""
        self._connection.execute(
            sa.update(people)
            .where(people.c.id == person_id)
            .values(**_columns(values), version=people.c.version + 1)
        )
        if posts is not None:
            self._set_posts(person_id, posts)

    def bind(self, person_id: int, directory_id: str) -> bool:
        """Tie a directory id to a person who has none; whether that was still so."""
        bound = self._connection.execute(
            sa.update(people)
            .where(people.c.id == person_id, people.c.directory_id.is_(None))
            .values(directory_id=directory_id, version=people.c.version + 1)
        )
        return bound.rowcount == 1

    def mark_left(self, person_ids: Sequence[int], day: date) -> None:
        """These people left on this day; they lose access at once."""
        for some in batches(person_ids):
            self._connection.execute(
                sa.update(people)
                .where(people.c.id.in_(some))
                .values(left_on=day, version=people.c.version + 1)
            )

    def _set_posts(self, person_id: int, posts: Iterable[Post]) -> None:
        self._connection.execute(sa.delete(person_posts).where(person_posts.c.person_id == person_id))
        rows = [{"person_id": person_id, "post": post.value} for post in sorted(set(posts))]
        if rows:
            self._connection.execute(sa.insert(person_posts), rows)


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    columns = dict(values)
    if "email" in columns:
        columns["email"] = columns["email"].strip().lower()
    if "working_days" in columns:
        columns["working_days"] = "".join(str(day) for day in sorted(columns["working_days"]))
    if "leave" in columns:
        columns["leave"] = [
            [span.first_on.isoformat(), span.last_on.isoformat()] for span in columns["leave"]
        ]
    return columns


@cache
def _posts(joined: str) -> frozenset[Post]:
    return frozenset(map(Post, joined.split(","))) if joined else frozenset()


@cache
def _days(joined: str) -> frozenset[int]:
    return frozenset(map(int, joined))


def _person(row: Row[Any]) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        email=row.email,
        posts=_posts(row.posts or ""),
        directory_id=row.directory_id,
        team_id=row.team_id,
        service_id=row.service_id,
        manager_id=row.manager_id,
        is_auditor=row.is_auditor,
        working_days=_days(row.working_days),
        leave=tuple(Leave(date.fromisoformat(a), date.fromisoformat(b)) for a, b in row.leave),
        cover_id=row.cover_id,
        left_on=row.left_on,
        version=row.version,
    )
