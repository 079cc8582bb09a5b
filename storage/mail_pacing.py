"""What left each mailbox lately, shared by every process; a row is locked before it is read."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from domain.mail_pacing import Mailbox, MailLimits, ask, pause
from storage.bound import which
from storage.tables_running import paces
from storage.upsert import insert_once

_LOCKED = sa.select(paces).where(which(paces.c.key)).with_for_update()
_KEEP = (
    sa.update(paces)
    .where(which(paces.c.key))
    .values(recent=sa.bindparam("recent"), paused_until=sa.bindparam("paused_until"))
)


class MailPaces:
    """The paces of mailboxes; everything here belongs into a writing transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, mailbox: str, limits: MailLimits, now: datetime, *, urgent: bool = False) -> float:
        """Seconds until a mail may leave; 0 when it may now, and then it has been counted."""
        after, wait = ask(self._locked(mailbox), limits, now.timestamp(), urgent=urgent)
        self._keep(mailbox, after)
        return wait

    def pause(self, mailbox: str, until: datetime) -> None:
        """Nothing leaves this mailbox before then."""
        self._keep(mailbox, pause(self._locked(mailbox), until.timestamp()))

    def _locked(self, mailbox: str) -> Mailbox:
        asked = {"which_key": _key(mailbox)}
        row = self._connection.execute(_LOCKED, asked).one_or_none()
        if row is None:
            fresh: dict[str, Any] = {"recent": {}, "free_at": None, "paused_until": None}
            insert_once(self._connection, paces, {"key": _key(mailbox)}, fresh)
            row = self._connection.execute(_LOCKED, asked).one()
        return _mailbox(row)

    def _keep(self, mailbox: str, box: Mailbox) -> None:
        recent = {"sent": box.sent, "promised": box.promised, "slots": box.slots}
        until = datetime.fromtimestamp(box.paused_until, UTC) if box.paused_until is not None else None
        self._connection.execute(_KEEP, {"which_key": _key(mailbox), "recent": recent, "paused_until": until})


def _key(mailbox: str) -> str:
    return f"mailbox:{mailbox.lower()}"


def _mailbox(row: Row[Any]) -> Mailbox:
    recent = row.recent
    return Mailbox(
        sent=tuple(recent.get("sent", ())),
        promised=tuple(recent.get("promised", ())),
        slots=tuple((int(slot), int(count)) for slot, count in recent.get("slots", ())),
        paused_until=row.paused_until.timestamp() if row.paused_until is not None else None,
    )
