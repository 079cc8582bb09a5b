"""More time for an audit, or none wanted any more: asked for, approved or declined, with the reasons."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.bound import batches
from storage.tables_running import extensions


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    """One request."""

    id: int
    audit_id: int
    kind: str
    """"extension" or "exemption"."""
    until_on: date | None
    """The new due date asked for; None for an exemption."""
    reason: str
    asked_by: int
    asked_at: datetime
    state: str
    """"asked", "approved" or "declined"."""
    decided_by: int | None
    decided_at: datetime | None
    decision: str
    """The reason given with the decision."""


_ROWS = sa.select(*(extensions.c[field.name] for field in fields(ExtensionRow))).order_by(extensions.c.id)


class ExtensionReading:
    """Looks requests up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, extension_id: int) -> ExtensionRow | None:
        """The request of this id."""
        row = self._connection.execute(_ROWS.where(extensions.c.id == extension_id)).one_or_none()
        return ExtensionRow(*row) if row else None

    def of_audit(self, audit_id: int) -> tuple[ExtensionRow, ...]:
        """Every request about an audit, oldest first."""
        rows = self._connection.execute(_ROWS.where(extensions.c.audit_id == audit_id))
        return tuple(ExtensionRow(*row) for row in rows)

    def extended_at(self, audit_ids: Iterable[int]) -> dict[int, datetime]:
        """Audit to the moment its due date was last moved; audits never extended are left out."""
        found: dict[int, datetime] = {}
        for some in batches(audit_ids):
            rows = self._connection.execute(
                _ROWS.where(
                    extensions.c.audit_id.in_(some),
                    extensions.c.state == "approved",
                    extensions.c.kind == "extension",
                )
            )
            for row in (ExtensionRow(*row) for row in rows):
                if row.decided_at is not None:
                    found[row.audit_id] = row.decided_at
        return found


class ExtensionWriting(ExtensionReading):
    """Looks requests up and changes them."""

    def ask(
        self, *, audit_id: int, kind: str, until_on: date | None, reason: str, by: int, now: datetime
    ) -> int:
        """A new request; returns the id."""
        insert = sa.insert(extensions).values(
            audit_id=audit_id,
            kind=kind,
            until_on=until_on,
            reason=reason,
            asked_by=by,
            asked_at=now,
            state="asked",
            decision="",
        )
        return int(self._connection.execute(insert.returning(extensions.c.id)).scalar_one())

    def decide(self, extension_id: int, *, state: str, decision: str, by: int, now: datetime) -> bool:
        """Approve or decline what is still asked for; whether it was."""
        decided = self._connection.execute(
            sa.update(extensions)
            .where(extensions.c.id == extension_id, extensions.c.state == "asked")
            .values(state=state, decision=decision, decided_by=by, decided_at=now)
        )
        return decided.rowcount == 1
