"""Lists taken in, and lists waiting for a yes."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from storage.tables import cases, imports, people, services, teams


class Imports:
    """Keeps checked rows of a list (never the file, which may hold dates of birth) until it is confirmed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold_lists(self) -> None:
        """Nobody else changes staff or cases until this transaction ends.

        On SQLite nobody else writes at all. On PostgreSQL a list compared with what others change at the same
        moment could undo a directory id bound just now. Raises Busy when the lock is not had in time.
        """
        if self._connection.dialect.name == "postgresql":
            names = ", ".join(table.name for table in (people, cases, teams, services, imports))
            self._connection.execute(sa.text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))

    def add(
        self,
        *,
        kind: str,
        filename: str,
        digest: str,
        rows: list[dict[str, Any]] | None,
        by: int | None,
        now: datetime,
    ) -> int:
        """A new list; with `rows` it waits for confirmation, without it counts as applied. Returns the id."""
        # A newer list of the same kind makes an unconfirmed older one pointless.
        self._connection.execute(
            sa.update(imports)
            .where(imports.c.kind == kind, imports.c.state == "waiting")
            .values(state="overtaken", rows=None)
        )
        state = "applied" if rows is None else "waiting"
        insert = sa.insert(imports).values(
            kind=kind,
            filename=filename,
            digest=digest,
            state=state,
            rows=rows,
            by_id=by,
            at=now,
            applied_at=now if rows is None else None,
        )
        return int(self._connection.execute(insert.returning(imports.c.id)).scalar_one())

    def waiting(self, import_id: int) -> Row[Any] | None:
        """The list of this id while it waits: kind, filename, digest, rows, by_id."""
        return self._connection.execute(
            sa.select(imports).where(imports.c.id == import_id, imports.c.state == "waiting")
        ).one_or_none()

    def applied(self, import_id: int, now: datetime) -> None:
        """The waiting list has been taken on; its rows are dropped."""
        self._connection.execute(
            sa.update(imports)
            .where(imports.c.id == import_id)
            .values(state="applied", rows=None, applied_at=now)
        )
