"""Where people and channels can be reached, who wrote without being known, and which cards were posted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.bound import which
from storage.prepared import Prepared
from storage.tables import channels, copies, reach, strangers
from storage.upsert import insert_once, upsert


@dataclass(frozen=True, slots=True)
class Address:
    """A person's chat with the bot."""

    conversation_id: str
    service_url: str
    tenant_id: str
    mri: str
    """The person's Teams id within this bot ("29:…")."""
    bot_id: str
    state: str = "reachable"
    """"reachable", "uninstalled" or "blocked"."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One posted card."""

    conversation_id: str
    activity_id: str
    person_id: int
    kind: str
    subject_id: int


_CHAT = sa.select(
    *(reach.c[name] for name in ("conversation_id", "service_url", "tenant_id", "mri", "bot_id", "state"))
)
_ADDRESS = Prepared(_CHAT.where(which(reach.c.person_id)))

_CHANNEL = sa.select(
    *(channels.c[name] for name in ("conversation_id", "service_url", "tenant_id", "bot_id", "state"))
).where(which(channels.c.id))
_NEWEST = _CHAT.order_by(reach.c.at.desc(), reach.c.person_id).limit(1)


class ReachReading:
    """Looks addresses up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, person_id: int) -> Address | None:
        """The person's chat, or None when they never installed the app."""
        row = _ADDRESS.row(self._connection, {"which_person_id": person_id})
        return Address(*row) if row else None

    def newest(self) -> Address | None:
        """The chat that was stored last: it shows where Teams serves the council, and as whom."""
        row = self._connection.execute(_NEWEST).one_or_none()
        return Address(*row) if row else None

    def copies_of(self, kinds: tuple[str, ...], subject_id: int) -> tuple[Copy, ...]:
        """Every posted card of these kinds about this subject, oldest first."""
        rows = self._connection.execute(
            sa.select(copies)
            .where(copies.c.kind.in_(kinds), copies.c.subject_id == subject_id)
            .order_by(copies.c.id)
        )
        return tuple(Copy(r.conversation_id, r.activity_id, r.person_id, r.kind, r.subject_id) for r in rows)

    def stranger_id(self, number: int) -> str | None:
        """The directory id of a stranger by number."""
        return self._connection.execute(
            sa.select(strangers.c.directory_id).where(strangers.c.id == number)
        ).scalar_one_or_none()

    def channels(self) -> tuple[dict[str, Any], ...]:
        """Every channel the bot is installed in."""
        rows = self._connection.execute(
            sa.select(channels).where(channels.c.state == "reachable").order_by(channels.c.id)
        )
        return tuple(dict(row) for row in rows.mappings())

    def channel_of(self, conversation_id: str) -> int | None:
        """The number of the channel whose conversation this is; None where the app is not known to be."""
        return self._connection.execute(
            sa.select(channels.c.id).where(channels.c.conversation_id == conversation_id)
        ).scalar_one_or_none()

    def channel(self, number: int) -> Address | None:
        """Where a channel can be reached, by its number; nobody has a Teams id there."""
        row = self._connection.execute(_CHANNEL, {"which_id": number}).one_or_none()
        return Address(row[0], row[1], row[2], "", row[3], row[4]) if row else None


class ReachWriting(ReachReading):
    """Looks addresses up and keeps them."""

    def keep(self, person_id: int, address: Address, now: datetime) -> bool:
        """The person can be reached here; whether that is news."""
        if self.of(person_id) == address:
            return False
        values = {
            "conversation_id": address.conversation_id,
            "service_url": address.service_url,
            "tenant_id": address.tenant_id,
            "mri": address.mri,
            "bot_id": address.bot_id,
            "state": address.state,
            "at": now,
        }
        upsert(self._connection, reach, {"person_id": person_id}, values)
        return True

    def set_state(self, person_id: int, state: str, now: datetime) -> None:
        """The chat is reachable, uninstalled or blocked from now on."""
        self._connection.execute(
            sa.update(reach).where(reach.c.person_id == person_id).values(state=state, at=now)
        )

    def keep_channel(
        self,
        *,
        conversation_id: str,
        team_ref: str,
        name: str,
        service_url: str,
        tenant_id: str,
        bot_id: str,
        now: datetime,
    ) -> None:
        """The bot is installed in this channel's team."""
        values = {
            "team_ref": team_ref,
            "name": name,
            "service_url": service_url,
            "tenant_id": tenant_id,
            "bot_id": bot_id,
            "state": "reachable",
            "at": now,
        }
        upsert(self._connection, channels, {"conversation_id": conversation_id}, values)

    def team_uninstalled(self, team_ref: str, now: datetime) -> None:
        """The bot was removed from this team."""
        self._connection.execute(
            sa.update(channels).where(channels.c.team_ref == team_ref).values(state="uninstalled", at=now)
        )

    def close_channel(self, number: int, now: datetime) -> None:
        """The bot turned out not to be in this channel's team any more."""
        self._connection.execute(
            sa.update(channels).where(channels.c.id == number).values(state="uninstalled", at=now)
        )

    def stranger(self, directory_id: str, tenant_id: str, now: datetime) -> tuple[int, bool]:
        """Someone who is not on the staff list wrote: their number, and whether for the first time."""
        chosen = sa.select(strangers.c.id).where(strangers.c.directory_id == directory_id)
        fresh = {"tenant_id": tenant_id, "first_at": now, "last_at": now}
        if insert_once(self._connection, strangers, {"directory_id": directory_id}, fresh):
            return int(self._connection.execute(chosen).scalar_one()), True
        self._connection.execute(
            sa.update(strangers).where(strangers.c.directory_id == directory_id).values(last_at=now)
        )
        return int(self._connection.execute(chosen).scalar_one()), False

    def keep_copy(self, copy: Copy, now: datetime) -> None:
        """A card was posted; remember where, so that it can be edited."""
        upsert(
            self._connection,
            copies,
            {"conversation_id": copy.conversation_id, "activity_id": copy.activity_id},
            {"person_id": copy.person_id, "kind": copy.kind, "subject_id": copy.subject_id, "at": now},
        )
