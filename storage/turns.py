"""What belongs to a conversation: presses answered, the page a person is on, lines waiting for a yes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.bound import which
from storage.prepared import Prepared
from storage.tables import pointers, presses, typed_lines
from storage.upsert import insert_once, upsert

_OUTCOME = Prepared(sa.select(presses.c.outcome).where(which(presses.c.key)))
_POINTER = sa.select(pointers.c.audit_id, pointers.c.page, pointers.c.warned_typing).where(
    which(pointers.c.person_id)
)
_MOVE = Prepared(sa.update(pointers).where(which(pointers.c.person_id)))


@dataclass(frozen=True, slots=True)
class Pointer:
    """The page a person is on, so that a typed line lands there."""

    audit_id: int | None
    page: str | None
    warned_typing: bool


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A line typed in chat that waits to be kept or dropped."""

    id: int
    person_id: int
    audit_id: int
    page: str
    text: str
    at: datetime
    state: str


class Turns:
    """Reads and keeps what a turn needs to know of earlier ones."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def outcome(self, key: str) -> dict[str, Any] | None:
        """What the press of this key led to, when it was answered before."""
        row = _OUTCOME.row(self._connection, {"which_key": key})
        return row.outcome if row else None

    def answered(self, key: str, outcome: dict[str, Any], now: datetime) -> bool:
        """Remember a press's effect; False when another replica was first, and this one must undo its own."""
        return insert_once(self._connection, presses, {"key": key}, {"outcome": outcome, "at": now})

    def forget_presses(self, before: datetime) -> int:
        """Drop presses older than this; Teams does not repeat them after days."""
        return self._connection.execute(sa.delete(presses).where(presses.c.at < before)).rowcount

    def pointer(self, person_id: int) -> Pointer:
        """Where the person is."""
        row = self._connection.execute(_POINTER, {"which_person_id": person_id}).one_or_none()
        return Pointer(*row) if row else Pointer(None, None, False)

    def move(self, person_id: int, audit_id: int | None, page: str | None, now: datetime) -> None:
        """The person is on this page now."""
        values = {"audit_id": audit_id, "page": page, "at": now}
        if not _MOVE.change(self._connection, {"which_person_id": person_id, **values}):
            upsert(self._connection, pointers, {"person_id": person_id}, {**values, "warned_typing": False})

    def warned(self, person_id: int) -> None:
        """The person has been told that typed lines stay in the chat's history."""
        self._connection.execute(
            sa.update(pointers).where(pointers.c.person_id == person_id).values(warned_typing=True)
        )

    def keep_waiting(self, person_id: int, audit_id: int, page: str, text: str, now: datetime) -> int:
        """A typed line waits; returns its id."""
        insert = sa.insert(typed_lines).values(
            person_id=person_id, audit_id=audit_id, page=page, text=text, at=now, state="waiting"
        )
        return int(self._connection.execute(insert.returning(typed_lines.c.id)).scalar_one())

    def same_line_since(self, person_id: int, text: str, since: datetime) -> bool:
        """Whether the person typed this very line after that moment."""
        found = self._connection.execute(
            sa.select(typed_lines.c.id)
            .where(typed_lines.c.person_id == person_id, typed_lines.c.at > since, typed_lines.c.text == text)
            .limit(1)
        )
        return found.first() is not None

    def line(self, line_id: int) -> WaitingLine | None:
        """The line of this id."""
        row = self._connection.execute(
            sa.select(typed_lines).where(typed_lines.c.id == line_id)
        ).one_or_none()
        return WaitingLine(*row) if row else None

    def settle_line(self, line_id: int, state: str) -> None:
        """Mark the line "kept" or "dropped"."""
        self._connection.execute(
            sa.update(typed_lines).where(typed_lines.c.id == line_id).values(state=state)
        )

    def empty_lines(self, before: datetime) -> int:
        """Empty lines older than this; the window of a repeat is over and the page has what was kept."""
        old = sa.update(typed_lines).where(typed_lines.c.at < before, typed_lines.c.text != "")
        return self._connection.execute(old.values(text="")).rowcount


REPEAT_MEMORY = timedelta(days=7)
"""How long presses are remembered."""
