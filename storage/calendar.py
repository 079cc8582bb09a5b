"""How far the calendar has been read, and what became of each occurrence."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.cadence import Occurrence
from storage.bound import which
from storage.prepared import Prepared
from storage.tables_running import calendar_marks, occurrences
from storage.upsert import insert_once

_NAME = "calendar"


@dataclass(frozen=True, slots=True)
class SeenTo:
    """What became of an occurrence."""

    line: str
    on: date
    due_at: datetime
    done_at: datetime
    late: bool
    outcome: str
    """"done" or "skipped"."""
    reason: str
    """Why it was skipped; empty when it was done."""
    epoch: int
    """Which lead saw to it, in the order of their taking over."""


_COLUMNS = ("line", "day", "due_at", "done_at", "late", "outcome", "reason", "epoch")
_SEEN_TO = sa.select(*(occurrences.c[name] for name in _COLUMNS))
_IN_ORDER = _SEEN_TO.order_by(occurrences.c.due_at, occurrences.c.line)
_ALL = Prepared(_IN_ORDER)
_SINCE = Prepared(
    _IN_ORDER.where(occurrences.c.due_at > sa.bindparam("since", type_=occurrences.c.due_at.type))
)
_MARK = Prepared(sa.select(calendar_marks.c.at).where(which(calendar_marks.c.name)))
_MOVE_MARK = Prepared(
    sa.update(calendar_marks)
    .where(which(calendar_marks.c.name), calendar_marks.c.at < sa.bindparam("at"))
    .values(at=sa.bindparam("at"))
)


class CalendarReading:
    """Looks up what the calendar has done."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def mark(self) -> datetime | None:
        """Everything due up to this moment has been seen to; None before the first start."""
        row = _MARK.row(self._connection, {"which_name": _NAME})
        return row[0] if row else None

    def seen_to(self, *, since: datetime | None = None) -> tuple[SeenTo, ...]:
        """What has been seen to of all that fell due after this moment, earliest first."""
        found = (
            _ALL.rows(self._connection, {})
            if since is None
            else _SINCE.rows(self._connection, {"since": since})
        )
        return tuple(SeenTo(*row) for row in found)

    def last_done(self, line: str) -> SeenTo | None:
        """The latest day on which this line was done."""
        of_line = (occurrences.c.line == line) & (occurrences.c.outcome == "done")
        latest = _SEEN_TO.where(of_line).order_by(occurrences.c.day.desc()).limit(1)
        row = self._connection.execute(latest).one_or_none()
        return SeenTo(*row) if row else None


class CalendarWriting(CalendarReading):
    """Keeps what the calendar has done."""

    def begin(self, now: datetime) -> bool:
        """Set the mark of a database that has none, so that nothing older falls due; whether it was set."""
        return insert_once(self._connection, calendar_marks, {"name": _NAME}, {"at": now})

    def move_mark(self, at: datetime) -> None:
        """Everything up to this moment has been seen to. The mark never goes back."""
        _MOVE_MARK.change(self._connection, {"which_name": _NAME, "at": at})

    def keep(
        self,
        occurrence: Occurrence,
        *,
        now: datetime,
        late: bool,
        epoch: int,
        outcome: str = "done",
        reason: str = "",
    ) -> bool:
        """Keep that this was seen to; False when somebody else was first, and the caller does nothing.

        On PostgreSQL it waits for a transaction that is doing the same at this moment.
        """
        values = {
            "due_at": occurrence.at,
            "done_at": now,
            "late": late,
            "outcome": outcome,
            "reason": reason,
            "epoch": epoch,
        }
        key = {"line": occurrence.line, "day": occurrence.on}
        return insert_once(self._connection, occurrences, key, values)
