"""What an operator asks of the outbox as a whole, and what is done to many notices at once."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.bound import batches
from storage.notices import Notice
from storage.tables import notices, people, teams

_FIELDS = tuple(notices.c[field.name] for field in fields(Notice))
_WAITING = notices.c.state.in_(("queued", "claimed"))
_MAY_HAVE_LEFT_SINCE = ("queued", "claimed", "held", "unreachable")
"""What was not sent when a backup was made, and may have been sent after it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What should have left by a moment and has not."""

    count: int
    oldest_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """What one person would have received were they in the pilot."""

    person_id: int | None
    """None for a channel."""
    name: str
    team: str
    kind: str
    count: int


class OutboxReading:
    """Counts and lists notices."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def counts(self, *, since: datetime | None = None) -> dict[tuple[str, str], int]:
        """How many notices stand in each (state, medium), of those written after `since`."""
        chosen = sa.select(notices.c.state, notices.c.medium, sa.func.count()).group_by(
            notices.c.state, notices.c.medium
        )
        if since is not None:
            chosen = chosen.where(notices.c.created_at > since)
        return {(row[0], row[1]): row[2] for row in self._connection.execute(chosen)}

    def possibly_repeated(self) -> int:
        """How many notices may have reached their recipient twice."""
        chosen = sa.select(sa.func.count()).where(notices.c.possibly_repeated, notices.c.state == "sent")
        return int(self._connection.execute(chosen).scalar_one())

    def overdue(self, now: datetime) -> Waiting:
        """What is due by now and has not left."""
        chosen = sa.select(sa.func.count(), sa.func.min(notices.c.due_at)).where(
            _WAITING, notices.c.due_at <= now
        )
        count, oldest = self._connection.execute(chosen).one()
        return Waiting(int(count), oldest)

    def due_by(self, until: datetime) -> tuple[Notice, ...]:
        """What waits to leave by then, in the order of its falling due."""
        chosen = (
            sa.select(*_FIELDS)
            .where(_WAITING, notices.c.due_at <= until)
            .order_by(notices.c.due_at, notices.c.id)
        )
        return tuple(Notice(*row) for row in self._connection.execute(chosen))

    def held(self) -> tuple[Held, ...]:
        """Who would have received what, by team and name."""
        name = sa.func.coalesce(people.c.name, "a channel")
        team = sa.func.coalesce(teams.c.name, "")
        chosen = (
            sa.select(notices.c.person_id, name, team, notices.c.kind, sa.func.count())
            .select_from(
                notices.outerjoin(people, people.c.id == notices.c.person_id).outerjoin(
                    teams, teams.c.id == people.c.team_id
                )
            )
            .where(notices.c.state == "held")
            .group_by(notices.c.person_id, name, team, notices.c.kind)
            .order_by(team, name, notices.c.kind)
        )
        return tuple(Held(*row) for row in self._connection.execute(chosen))

    def dead(self) -> dict[str, int]:
        """Reason to how many notices were given up for it."""
        reason = sa.func.coalesce(notices.c.reason, "")
        chosen = sa.select(reason, sa.func.count()).where(notices.c.state == "dead").group_by(reason)
        return {row[0]: row[1] for row in self._connection.execute(chosen)}


class OutboxWriting(OutboxReading):
    """Counts and lists notices, and changes many at once."""

    has_released = False
    """Whether something was put back into the queue through this object."""

    def release_held(self, person_ids: Iterable[int] | None, now: datetime) -> int:
        """Queue what was held for these people, or for everybody and every channel; returns how many.

        Each is drawn fresh when it leaves, so what no longer makes sense is dropped then.
        """
        held = sa.update(notices).where(notices.c.state == "held")
        released = held.values(state="queued", due_at=now, tries=0, reason=None, settled_at=None)
        if person_ids is None:
            count = self._connection.execute(released).rowcount
        else:
            count = sum(
                self._connection.execute(released.where(notices.c.person_id.in_(some))).rowcount
                for some in batches(person_ids)
            )
        self.has_released |= count > 0
        return count

    def doubt_unsent(self, now: datetime) -> int:
        """Flag whatever was not sent as possibly repeated, and free what was claimed; returns how many."""
        self._connection.execute(
            sa.update(notices)
            .where(notices.c.state == "claimed")
            .values(state="queued", claim=None, claimed_until=None, due_at=now)
        )
        return self._connection.execute(
            sa.update(notices).where(notices.c.state.in_(_MAY_HAVE_LEFT_SINCE)).values(possibly_repeated=True)
        ).rowcount
