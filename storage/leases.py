"""Who leads: one row that runs out unless its holder renews it.

Each new holder has a higher epoch, and every step of a holder renews the lease in its own transaction. A
process that was frozen and wakes finds its epoch gone, and its step is undone with everything in it.

On PostgreSQL the time is the server's, so hosts whose clocks differ agree on it. SQLite has one host. There
a clock that is put back would make a dead holder's lease last for as long, so a lease that runs for longer
than any could is free to be taken.

Source: decision 7 of the design.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.tables_running import leases
from storage.upsert import insert_once

IMPOSSIBLE = 2
"""A lease that has more than so many times its length to run was taken by another clock."""

_NOBODY = {"holder": "", "epoch": 0, "until": datetime(1970, 1, 1, tzinfo=UTC)}


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease as it stands."""

    name: str
    holder: str
    epoch: int
    until: datetime


class LeaseReading:
    """Looks up who leads. `now` counts on SQLite alone."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> Lease | None:
        """The lease of this name, run out or not."""
        row = self._connection.execute(sa.select(leases).where(leases.c.name == name)).one_or_none()
        return Lease(row.name, row.holder, row.epoch, row.until) if row else None

    def is_held(self, name: str, *, now: datetime) -> bool:
        """Whether somebody holds it at this moment."""
        held = sa.select(leases.c.name).where(leases.c.name == name, leases.c.until > self._time(now))
        return self._connection.execute(held).first() is not None

    def is_free(self, name: str, *, now: datetime, lasts: timedelta) -> bool:
        """Whether nobody holds it: never taken, run out, or running for longer than it could."""
        held = sa.select(leases.c.name).where(leases.c.name == name, ~self._run_out(now, lasts))
        return self._connection.execute(held).first() is None

    def _run_out(self, now: datetime, lasts: timedelta) -> "sa.ColumnElement[bool]":
        impossible = leases.c.until > self._after(now, lasts * IMPOSSIBLE)
        return sa.or_(leases.c.until <= self._time(now), impossible)

    def _time(self, now: datetime) -> "sa.ColumnElement[datetime]":
        if self._connection.dialect.name == "sqlite":
            return sa.literal(now, leases.c.until.type)
        # Not that of the transaction's beginning: it may have waited for a lock since.
        return sa.func.clock_timestamp(type_=sa.DateTime(timezone=True))

    def _after(self, now: datetime, lasts: timedelta) -> Any:
        if self._connection.dialect.name == "sqlite":
            return now + lasts
        return self._time(now) + lasts


class LeaseWriting(LeaseReading):
    """Takes, renews and gives back. `now` counts on SQLite alone."""

    def take(self, name: str, holder: str, *, now: datetime, lasts: timedelta) -> int | None:
        """The new holder's epoch; None while somebody else holds the lease."""
        insert_once(self._connection, leases, {"name": name}, _NOBODY)
        return self._connection.execute(
            sa.update(leases)
            .where(leases.c.name == name, self._run_out(now, lasts))
            .values(holder=holder, epoch=leases.c.epoch + 1, until=self._after(now, lasts))
            .returning(leases.c.epoch)
        ).scalar_one_or_none()

    def renew(self, name: str, holder: str, epoch: int, *, now: datetime, lasts: timedelta) -> bool:
        """Whether this is still the holder, whose lease then runs anew.

        The row stays locked until the transaction ends, so nobody takes over in the middle of a step.
        """
        self._let_go_when_frozen(lasts)
        renewed = self._connection.execute(
            sa.update(leases)
            .where(leases.c.name == name, leases.c.holder == holder, leases.c.epoch == epoch)
            .values(until=self._after(now, lasts))
        )
        return renewed.rowcount == 1

    def give_back(self, name: str, holder: str, epoch: int, *, now: datetime) -> None:
        """Let the next one lead at once."""
        self._connection.execute(
            sa.update(leases)
            .where(leases.c.name == name, leases.c.holder == holder, leases.c.epoch == epoch)
            .values(until=self._time(now))
        )

    def _let_go_when_frozen(self, lasts: timedelta) -> None:
        """A process frozen within a step keeps no lock for longer than its lease: the server hangs up."""
        if self._connection.dialect.name != "sqlite":
            milliseconds = str(int(lasts.total_seconds() * 1000))
            self._connection.execute(
                sa.select(sa.func.set_config("idle_in_transaction_session_timeout", milliseconds, True))
            )
