"""The outbox: what is to leave, written with the change that caused it.

A notice is claimed with a token before it is sent and settled afterwards. Delivery is at least once: a
process that dies between the two leaves a claim that runs out, and the next try is flagged as possibly
repeated.
"""

from dataclasses import dataclass, fields
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.bound import which
from storage.tables import notices, reach
from storage.upsert import insert_once

URGENT = ("safety_alert", "safety_escalation")
"""Kinds that leave before everything else and wait for nothing (Q16, SG-02)."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell one person through one medium."""

    id: int
    key: str
    kind: str
    subject_id: int
    person_id: int | None
    medium: str
    """"teams", "email" or "update" (of cards posted before)."""
    due_at: datetime
    state: str
    tries: int
    claim: str | None
    activity_id: str | None
    reason: str | None
    possibly_repeated: bool


# In the order of the record's own fields.
_NOTICES = sa.select(*(notices.c[field.name] for field in fields(Notice)))
_OF = _NOTICES.where(which(notices.c.kind, notices.c.subject_id)).order_by(notices.c.id)

_IS_URGENT = notices.c.kind.in_(URGENT)
_MOST_URGENT_FIRST = (sa.case((_IS_URGENT, 0), else_=1), notices.c.due_at, notices.c.id)
_FREE = (notices.c.state == "queued") & (notices.c.due_at <= sa.bindparam("now"))
_LOST = (notices.c.state == "claimed") & (notices.c.claimed_until < sa.bindparam("now"))
_DUE = (
    sa.select(notices.c.id)
    .where(_FREE | _LOST)
    .order_by(*_MOST_URGENT_FIRST)
    .limit(sa.bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_URGENT_DUE = _DUE.where(_IS_URGENT)
_CHOSEN = notices.c.id.in_(sa.bindparam("chosen", expanding=True))
_CLAIMED = _NOTICES.where(_CHOSEN).order_by(*_MOST_URGENT_FIRST)
_CLAIM = (
    sa.update(notices)
    .where(_CHOSEN)
    .values(
        state="claimed",
        claim=sa.bindparam("token"),
        claimed_until=sa.bindparam("until"),
        tries=notices.c.tries + 1,
        possibly_repeated=notices.c.possibly_repeated | (notices.c.state == "claimed"),
    )
)
_RELEASE = sa.update(notices).where(which(notices.c.id, notices.c.claim), notices.c.state == "claimed")


class NoticeReading:
    """Looks into the outbox."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, kind: str, subject_id: int) -> tuple[Notice, ...]:
        """Every notice of a kind about a subject, oldest first."""
        rows = self._connection.execute(_OF, {"which_kind": kind, "which_subject_id": subject_id})
        return tuple(Notice(*row) for row in rows)

    def unreachable(self) -> tuple[tuple[int, str, int], ...]:
        """(person, reason, how many) of what cannot be delivered, for the QA office."""
        rows = self._connection.execute(
            sa.select(notices.c.person_id, notices.c.reason, sa.func.count())
            .where(notices.c.state == "unreachable", notices.c.person_id.is_not(None))
            .group_by(notices.c.person_id, notices.c.reason)
            .order_by(notices.c.person_id, notices.c.reason)
        )
        return tuple((row[0], row[1] or "", row[2]) for row in rows)

    def counts(self) -> dict[str, int]:
        """How many notices stand in each state."""
        rows = self._connection.execute(sa.select(notices.c.state, sa.func.count()).group_by(notices.c.state))
        return {row[0]: row[1] for row in rows}


class NoticeWriting(NoticeReading):
    """Looks into the outbox and changes it."""

    has_queued = False
    """Whether something was queued through this object, so that whoever delivers may be woken."""

    def queue(
        self,
        *,
        kind: str,
        subject_id: int,
        person_id: int | None,
        now: datetime,
        medium: str = "teams",
        due_at: datetime | None = None,
        again: str = "",
    ) -> bool:
        """Queue once for each kind, subject, person and medium (and `again`, for a deliberate second one)."""
        self.has_queued = True
        key = ":".join(
            str(part) for part in (kind, subject_id, person_id or "-", medium, again) if part != ""
        )
        values = {
            "kind": kind,
            "subject_id": subject_id,
            "person_id": person_id,
            "medium": medium,
            "due_at": due_at or now,
            "state": "queued",
            "tries": 0,
            "possibly_repeated": False,
            "created_at": now,
        }
        return insert_once(self._connection, notices, {"key": key}, values)

    def claim(
        self, *, token: str, now: datetime, until: datetime, limit: int, urgent_only: bool = False
    ) -> tuple[Notice, ...]:
        """Up to `limit` due notices, now claimed until then; safety alerts first (Q16, SG-02).

        A claim that ran out is taken over, flagged as possibly repeated: nobody can know whether the process
        that held it had sent already.
        """
        due = _URGENT_DUE if urgent_only else _DUE
        chosen = list(self._connection.execute(due, {"now": now, "limit": limit}).scalars())
        if not chosen:
            return ()
        self._connection.execute(_CLAIM, {"chosen": chosen, "token": token, "until": until})
        return tuple(Notice(*row) for row in self._connection.execute(_CLAIMED, {"chosen": chosen}))

    def settle(
        self,
        notice: Notice,
        *,
        state: str,
        now: datetime,
        activity_id: str | None = None,
        reason: str | None = None,
    ) -> bool:
        """Settle a claimed notice; False when the claim had run out and someone else holds it."""
        return self._release(
            notice,
            {"state": state, "settled_at": now, "activity_id": activity_id, "reason": reason, "claim": None},
        )

    def retry(
        self, notice: Notice, *, due_at: datetime, reason: str, possibly_repeated: bool = False
    ) -> bool:
        """Put a claimed notice back until then."""
        values = {"state": "queued", "due_at": due_at, "reason": reason, "claim": None}
        if possibly_repeated:
            values["possibly_repeated"] = True
        return self._release(notice, values)

    def postpone(self, notice: Notice, *, due_at: datetime, reason: str) -> bool:
        """Put a claimed notice back until then, as if it had not been taken up: the try does not count."""
        tries = max(notice.tries - 1, 0)
        return self._release(
            notice, {"state": "queued", "due_at": due_at, "reason": reason, "claim": None, "tries": tries}
        )

    def revive_unreachable(self, person_id: int, now: datetime) -> int:
        """The person can be reached again: queue what could not be delivered."""
        self.has_queued = True
        revived = self._connection.execute(
            sa.update(notices)
            .where(notices.c.person_id == person_id, notices.c.state == "unreachable")
            .values(state="queued", due_at=now, tries=0, reason=None, settled_at=None)
        )
        return revived.rowcount

    def revive_reachable(self, now: datetime) -> int:
        """Queue what waits for people who can be reached by now.

        Someone may install the app between the courier's look at their address and its verdict; then nobody
        tells the outbox that they are there.
        """
        there = sa.select(reach.c.person_id).where(reach.c.state == "reachable")
        revived = self._connection.execute(
            sa.update(notices)
            .where(
                notices.c.state == "unreachable",
                notices.c.medium != "email",
                notices.c.person_id.in_(there),
            )
            .values(state="queued", due_at=now, tries=0, reason=None, settled_at=None)
        )
        return revived.rowcount

    def _release(self, notice: Notice, values: dict[str, object]) -> bool:
        held = {"which_id": notice.id, "which_claim": notice.claim}
        return self._connection.execute(_RELEASE, {**held, **values}).rowcount == 1
