"""What operators set: whether sending is paused, which teams a pilot is for, and when a backup came back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.bound import which
from storage.prepared import Prepared
from storage.tables_running import switches
from storage.upsert import upsert

_PAUSED, _PILOT, _RESTORED, _QA_CHANNEL = "paused", "pilot", "restored", "qa_channel"

_SWITCH = Prepared(
    sa.select(switches.c.value, switches.c.set_by, switches.c.at).where(which(switches.c.name))
)


@dataclass(frozen=True, slots=True)
class Paused:
    """Nothing leaves but safety alerts."""

    reason: str
    set_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Pilot:
    """Only people of these teams receive anything."""

    teams: tuple[str, ...]
    """Names as the staff list has them."""
    set_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QaChannel:
    """Where the QA Group reads its digest and asks."""

    channel_id: int
    weekly: bool
    """Whether a digest comes every week while a round is under way, beside the monthly one."""
    set_by: str
    at: datetime


class SwitchReading:
    """Looks the switches up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def paused(self) -> Paused | None:
        """Who paused sending, when and why; None when it is not paused."""
        found = self._find(_PAUSED)
        return Paused(found[0]["reason"], found[1], found[2]) if found else None

    def pilot(self) -> Pilot | None:
        """The pilot's teams; None when everybody receives."""
        found = self._find(_PILOT)
        return Pilot(tuple(found[0]["teams"]), found[1], found[2]) if found else None

    def restored_at(self) -> datetime | None:
        """When this database was last brought back from a backup."""
        found = self._find(_RESTORED)
        return found[2] if found else None

    def qa_channel(self) -> QaChannel | None:
        """The QA Group's channel; None when none was chosen."""
        found = self._find(_QA_CHANNEL)
        return QaChannel(found[0]["channel"], found[0]["weekly"], found[1], found[2]) if found else None

    def _find(self, name: str) -> "tuple[Any, str, datetime] | None":
        row = _SWITCH.row(self._connection, {"which_name": name})
        return (row.value, row.set_by, row.at) if row else None


class SwitchWriting(SwitchReading):
    """Looks the switches up and turns them."""

    def pause(self, reason: str, *, set_by: str, now: datetime) -> None:
        """Nothing leaves from now on but safety alerts."""
        self._set(_PAUSED, {"reason": reason}, set_by, now)

    def resume(self) -> bool:
        """Everything leaves again; whether it was paused."""
        return self._clear(_PAUSED)

    def set_pilot(self, teams: Iterable[str], *, set_by: str, now: datetime) -> None:
        """Only people of these teams receive from now on."""
        self._set(_PILOT, {"teams": list(teams)}, set_by, now)

    def end_pilot(self) -> bool:
        """Everybody receives; whether there was a pilot."""
        return self._clear(_PILOT)

    def mark_restored(self, *, set_by: str, now: datetime) -> None:
        """This database came back from a backup at this moment."""
        self._set(_RESTORED, {}, set_by, now)

    def choose_qa_channel(self, channel_id: int, *, weekly: bool, set_by: str, now: datetime) -> None:
        """The QA Group reads here from now on."""
        self._set(_QA_CHANNEL, {"channel": channel_id, "weekly": weekly}, set_by, now)

    def forget_qa_channel(self) -> bool:
        """No channel is the QA Group's; whether one was."""
        return self._clear(_QA_CHANNEL)

    def _set(self, name: str, value: dict[str, Any], set_by: str, now: datetime) -> None:
        upsert(self._connection, switches, {"name": name}, {"value": value, "set_by": set_by, "at": now})

    def _clear(self, name: str) -> bool:
        cleared = self._connection.execute(
            sa.delete(switches).where(which(switches.c.name)), {"which_name": name}
        )
        return cleared.rowcount == 1
