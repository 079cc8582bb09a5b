"""Which nudges were due, to whom and when, and what became of the day cards that said them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.days import local_midnight
from storage.bound import batches, which
from storage.prepared import Prepared
from storage.tables import notices
from storage.tables_running import nudges
from storage.upsert import insert_once

DAY_CARD = "day_card"
"""The kind of the notice that carries a person's nudges of one day."""

NudgeKey = tuple[str, int, date, int]
"""Subject, its id, the due date and the person: what lines are known by."""


@dataclass(frozen=True, slots=True)
class NudgeRow:
    """One line, said to one person about one thing."""

    line: str
    subject: str
    subject_id: int
    due_on: date
    person_id: int
    day: date
    """The day whose card says it, or on which it was passed over."""
    late: bool
    state: str
    """"open" or "skipped"."""
    reason: str
    """Why it was skipped; empty otherwise."""


@dataclass(frozen=True, slots=True)
class CardRow:
    """What became of a person's day card."""

    day: date
    state: str
    """As in the outbox: "queued", "sent", "unreachable" …"""
    settled_at: datetime | None
    answered_at: datetime | None
    """When the person pressed something on it, which is what counts as seen."""


_ROWS = sa.select(*(nudges.c[field.name] for field in fields(NudgeRow)))
_LINES = sa.select(nudges.c.subject, nudges.c.subject_id, nudges.c.due_on, nudges.c.person_id, nudges.c.line)
_LINE_KEY = (nudges.c.line, nudges.c.subject, nudges.c.subject_id, nudges.c.due_on, nudges.c.person_id)
_KEY = tuple(f"which_{column.name}" for column in _LINE_KEY)
_LINE = Prepared(sa.select(nudges.c.line).where(which(*_LINE_KEY)))

_OF_DAYS = Prepared(
    _ROWS.where(
        which(nudges.c.person_id),
        nudges.c.day > sa.bindparam("after", type_=nudges.c.day.type),
        nudges.c.day <= sa.bindparam("until", type_=nudges.c.day.type),
        nudges.c.state == "open",
    ).order_by(nudges.c.id)
)
_OF_PERSON = Prepared(_ROWS.where(which(nudges.c.person_id, nudges.c.subject)).order_by(nudges.c.id))
_CARDS_OF = (
    sa.select(notices.c.key, notices.c.state, notices.c.settled_at, notices.c.answered_at)
    .where(which(notices.c.kind, notices.c.subject_id))
    .order_by(notices.c.id)
)
_CARDS = Prepared(_CARDS_OF)
# No card leaves before its day, so those of earlier days need not be looked at.
_CARDS_SINCE = Prepared(
    _CARDS_OF.where(notices.c.due_at >= sa.bindparam("since", type_=notices.c.due_at.type))
)


class NudgeReading:
    """Looks nudges up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, person_ids: Iterable[int], *, due_from: date) -> dict[NudgeKey, frozenset[str]]:
        """The lines seen to already for these people, said or skipped, by what they are about.

        Of things due before `due_from` nothing is looked up.
        """
        found: dict[NudgeKey, set[str]] = {}
        lately = nudges.c.due_on >= due_from
        for some in batches(person_ids):
            for *key, line in self._connection.execute(_LINES.where(nudges.c.person_id.in_(some), lately)):
                found.setdefault(tuple(key), set()).add(line)
        return {key: frozenset(lines) for key, lines in found.items()}

    def has(self, line: str, key: NudgeKey) -> bool:
        """Whether this line was seen to for this thing, due date and person."""
        return _LINE.row(self._connection, dict(zip(_KEY, (line, *key), strict=True))) is not None

    def of_days(self, person_id: int, after: date, until: date) -> tuple[NudgeRow, ...]:
        """What a person's cards say that follow the one of `after`, up to the one of `until`."""
        given = {"which_person_id": person_id, "after": after, "until": until}
        return tuple(NudgeRow(*row) for row in _OF_DAYS.rows(self._connection, given))

    def of_person(self, person_id: int, subject: str) -> tuple[NudgeRow, ...]:
        """Everything a person was to hear of things of this kind, oldest first."""
        given = {"which_person_id": person_id, "which_subject": subject}
        return tuple(NudgeRow(*row) for row in _OF_PERSON.rows(self._connection, given))

    def cards(self, person_id: int, *, since: date | None = None) -> tuple[CardRow, ...]:
        """A person's day cards, oldest first; those of `since` and later when given."""
        chosen = {"which_kind": DAY_CARD, "which_subject_id": person_id}
        if since is None:
            rows = _CARDS.rows(self._connection, chosen)
        else:
            rows = _CARDS_SINCE.rows(self._connection, {**chosen, "since": local_midnight(since)})
        found = (CardRow(day_of_key(row[0]), *row[1:]) for row in rows)
        return tuple(card for card in found if since is None or card.day >= since)


class NudgeWriting(NudgeReading):
    """Looks nudges up and keeps them."""

    def add(self, row: NudgeRow) -> bool:
        """Keep a nudge once for its line, thing, due date and person; whether it is new."""
        key = {
            "line": row.line,
            "subject": row.subject,
            "subject_id": row.subject_id,
            "due_on": row.due_on,
            "person_id": row.person_id,
        }
        values = {"day": row.day, "late": row.late, "state": row.state, "reason": row.reason}
        return insert_once(self._connection, nudges, key, values)


def day_of_key(key: str) -> date:
    """The day that the key of a day card's notice ends with."""
    return date.fromisoformat(key.rpartition(":")[2])
