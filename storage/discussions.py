"""Talks about moderations: the invite, what the auditor answered, when it was held (MO-16)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.bound import batches, which
from storage.prepared import Prepared
from storage.tables_moderation import discussions
from storage.upsert import insert_once


@dataclass(frozen=True, slots=True)
class DiscussionRow:
    """One talk; there is one for each moderation that needs it."""

    id: int
    moderation_id: int
    state: str
    """"due", "invited", "proposed" (the auditor asks for another time), "agreed" or "held"."""
    due_on: date
    """The last day for it (Q14)."""
    invited_by: int | None
    invited_at: datetime | None
    slots: Sequence[str]
    """The times offered, as ISO instants in UTC."""
    message: str
    agreed_at: datetime | None
    """The time agreed on."""
    proposed: str
    """What the auditor proposes instead, in their words."""
    held_on: date | None
    held_by: int | None
    """Who recorded it."""
    note: str
    """What was agreed for next time; the auditor's and the chair's alone (SG-03)."""
    version: int


_ROWS = sa.select(*(discussions.c[field.name] for field in fields(DiscussionRow))).order_by(discussions.c.id)

_OF_MODERATION = Prepared(_ROWS.where(which(discussions.c.moderation_id)))
_OPEN = Prepared(_ROWS.where(discussions.c.state != "held"))


class DiscussionReading:
    """Looks talks up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, discussion_id: int) -> DiscussionRow | None:
        """The talk of this id."""
        row = self._connection.execute(_ROWS.where(discussions.c.id == discussion_id)).one_or_none()
        return DiscussionRow(*row) if row else None

    def of_moderation(self, moderation_id: int) -> DiscussionRow | None:
        """The talk about this moderation, where one is needed."""
        row = _OF_MODERATION.row(self._connection, {"which_moderation_id": moderation_id})
        return DiscussionRow(*row) if row else None

    def of_moderations(self, moderation_ids: Iterable[int]) -> dict[int, DiscussionRow]:
        """Moderation to its talk, for those that have one."""
        found: dict[int, DiscussionRow] = {}
        for some in batches(moderation_ids):
            rows = self._connection.execute(_ROWS.where(discussions.c.moderation_id.in_(some)))
            found |= {row.moderation_id: row for row in (DiscussionRow(*one) for one in rows)}
        return found

    def open_ones(self) -> tuple[DiscussionRow, ...]:
        """Every talk that was not held yet."""
        return tuple(DiscussionRow(*row) for row in _OPEN.rows(self._connection, {}))


class DiscussionWriting(DiscussionReading):
    """Looks talks up and changes them."""

    def need(self, moderation_id: int, *, due_on: date) -> bool:
        """A talk is due; whether it was not known before."""
        values = {"state": "due", "due_on": due_on, "slots": [], "message": "", "proposed": "", "note": ""}
        return insert_once(
            self._connection, discussions, {"moderation_id": moderation_id}, {**values, "version": 1}
        )

    def change(self, discussion: DiscussionRow, values: Mapping[str, Any]) -> bool:
        """Set these columns when the talk still has the version given; whether it had."""
        changed = self._connection.execute(
            sa.update(discussions)
            .where(discussions.c.id == discussion.id, discussions.c.version == discussion.version)
            .values(**values, version=discussion.version + 1)
        )
        return changed.rowcount == 1
