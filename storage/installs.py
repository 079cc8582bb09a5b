"""When the app was last put into somebody's Teams: once a day at the most, whichever process tries."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.bound import which
from storage.tables_running import paces
from storage.upsert import insert_once, upsert

_LOCKED = sa.select(paces.c.recent).where(which(paces.c.key)).with_for_update()


class InstallTries:
    """Keeps the tries; everything here belongs into a writing transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, person_id: int, day: date) -> bool:
        """Whether nobody has tried for this person today; from now on somebody has."""
        key = _key(person_id)
        values = {"recent": {"on": day.isoformat()}, "free_at": None, "paused_until": None}
        if insert_once(self._connection, paces, {"key": key}, values):
            return True
        tried = self._connection.execute(_LOCKED, {"which_key": key}).scalar_one()
        if tried.get("on") == day.isoformat():
            return False
        upsert(self._connection, paces, {"key": key}, values)
        return True

    def undo(self, person_id: int) -> None:
        """Nothing came of the try that was begun; it may be made again today."""
        self._connection.execute(sa.delete(paces).where(paces.c.key == _key(person_id)))


def _key(person_id: int) -> str:
    return f"install:{person_id}"
