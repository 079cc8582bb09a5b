"""Actions of audits, from agreed to confirmed, with every step on the way (CA-23)."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.pages import ActionLine
from storage.audits import ActionRow
from storage.tables import audit_actions

_ROWS = sa.select(*(audit_actions.c[field.name] for field in fields(ActionRow)))


class ActionReading:
    """Looks actions up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, action_id: int) -> ActionRow | None:
        """The action of this id."""
        row = self._connection.execute(_ROWS.where(audit_actions.c.id == action_id)).one_or_none()
        return ActionRow(*row) if row else None

    def of_audit(self, audit_id: int) -> tuple[ActionRow, ...]:
        """An audit's actions, in order."""
        chosen = _ROWS.where(audit_actions.c.audit_id == audit_id).order_by(audit_actions.c.position)
        return tuple(ActionRow(*row) for row in self._connection.execute(chosen))


class ActionWriting(ActionReading):
    """Looks actions up and moves them on."""

    def add_missing(
        self, audit_id: int, moderation_id: int, lines: Sequence[ActionLine], *, agreed_on: date
    ) -> None:
        """Add what the Panel found missing, after the audit's own; lines need an owner and a day (MO-09)."""
        last = len(self.of_audit(audit_id))
        rows = [
            {
                "audit_id": audit_id,
                "position": position,
                "what": line.what,
                "owner_id": line.owner_id,
                "due_on": line.due_on,
                "agreed_on": agreed_on,
                "state": "open",
                "moderation_id": moderation_id,
            }
            for position, line in enumerate(lines, start=last + 1)
        ]
        if rows:
            self._connection.execute(sa.insert(audit_actions), rows)
