"""The outbox: what is to leave, written with the change that caused it.

A notice is claimed with a token before it is sent and settled afterwards. Delivery is at least once: a
process that dies between the two leaves a claim that runs out, and the next try is flagged as possibly
repeated.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.pacing import Window
from storage.bound import which
from storage.pacing import Paces, tenant_key
from storage.tables import channels, notices, reach
from storage.tables_running import paces
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
    channel_id: int | None = None
    """The channel it is for, where it is for no person."""
    answered_at: datetime | None = None
    """When the recipient first pressed something on the card; only that counts as seen."""


@dataclass(frozen=True, slots=True)
class Claimed(Notice):
    """A notice that is somebody's to deliver."""

    booked_in: str | None = None
    """The conversation it was booked with."""


# In the order of the record's own fields.
_FIELDS = tuple(notices.c[field.name] for field in fields(Notice))
_NOTICES = sa.select(*_FIELDS)
_OF = _NOTICES.where(which(notices.c.kind, notices.c.subject_id)).order_by(notices.c.id)

_IS_URGENT = notices.c.kind.in_(URGENT)
_FREE = (notices.c.state == "queued") & (notices.c.due_at <= sa.bindparam("now"))
_LOST = (notices.c.state == "claimed") & (notices.c.claimed_until < sa.bindparam("now"))
_TENANT = paces.alias("tenant_paces")
_CONVERSATION = sa.case(
    (notices.c.medium == "email", None),
    else_=sa.func.coalesce(reach.c.conversation_id, channels.c.conversation_id),
).label("conversation")
_MAY_LEAVE = (
    (notices.c.medium == "email")
    | _TENANT.c.paused_until.is_(None)
    | (_TENANT.c.paused_until <= sa.bindparam("now"))
)
"""Mail leaves while Teams has asked the whole tenant to wait."""
_LOOKED_AT = (
    sa.select(*_FIELDS, _CONVERSATION)
    .select_from(
        notices.outerjoin(reach, reach.c.person_id == notices.c.person_id)
        .outerjoin(channels, channels.c.id == notices.c.channel_id)
        .outerjoin(
            _TENANT, _TENANT.c.key == tenant_key(sa.func.coalesce(reach.c.tenant_id, channels.c.tenant_id))
        )
    )
    .where(_MAY_LEAVE)
    .order_by(notices.c.due_at, notices.c.id)
    .limit(sa.bindparam("limit"))
    .with_for_update(skip_locked=True, of=notices)
)
# One after the other, each by its own index and in its order: sorting all that is due would take longer the
# more of it there is, at every look.
_URGENT_DUE = (_LOOKED_AT.where(_IS_URGENT, _FREE | _LOST),)
_DUE = (*_URGENT_DUE, _LOOKED_AT.where(~_IS_URGENT, _LOST), _LOOKED_AT.where(~_IS_URGENT, _FREE))
_CLAIM = (
    sa.update(notices)
    .where(notices.c.id.in_(sa.bindparam("chosen", expanding=True)))
    .values(
        state="claimed",
        claim=sa.bindparam("token"),
        claimed_until=sa.bindparam("until"),
        tries=notices.c.tries + 1,
        possibly_repeated=notices.c.possibly_repeated | (notices.c.state == "claimed"),
    )
)
_PUT_OFF = (
    sa.update(notices)
    .where(which(notices.c.id))
    .values(
        state="queued",
        claim=None,
        due_at=sa.bindparam("due_at"),
        possibly_repeated=sa.bindparam("possibly_repeated"),
    )
)
_RELEASE = sa.update(notices).where(which(notices.c.id, notices.c.claim), notices.c.state == "claimed")
_NEXT = sa.select(sa.func.min(notices.c.due_at)).where(
    notices.c.state == "queued", notices.c.due_at > sa.bindparam("now")
)
_NEXT_URGENT = _NEXT.where(_IS_URGENT)
_MOST_LOOKS = 50
"""Batches put off in one look; a conversation with more waiting is gone on with at the next."""


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

    def next_due(self, now: datetime, *, urgent_only: bool = False) -> datetime | None:
        """When the next notice falls due after now."""
        following = _NEXT_URGENT if urgent_only else _NEXT
        return self._connection.execute(following, {"now": now}).scalar_one_or_none()

    def counts(self) -> dict[str, int]:
        """How many notices stand in each state."""
        rows = self._connection.execute(sa.select(notices.c.state, sa.func.count()).group_by(notices.c.state))
        return {row[0]: row[1] for row in rows}


class NoticeWriting(NoticeReading):
    """Looks into the outbox and changes it."""

    has_queued = False
    """Whether something was queued through this object, so that whoever delivers may be woken."""
    in_doubt = False
    """Whether what is queued now may have been sent before, by a database that is gone since."""

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
        channel_id: int | None = None,
    ) -> bool:
        """Queue once for each kind, subject, recipient and medium (and `again`, for a deliberate second one).

        A channel, given by its number, takes the place of a person.
        """
        self.has_queued = True
        recipient = f"channel {channel_id}" if channel_id is not None else person_id or "-"
        key = ":".join(str(part) for part in (kind, subject_id, recipient, medium, again) if part != "")
        values = {
            "kind": kind,
            "subject_id": subject_id,
            "person_id": person_id,
            "channel_id": channel_id,
            "medium": medium,
            "due_at": due_at or now,
            "state": "queued",
            "tries": 0,
            "possibly_repeated": self.in_doubt,
            "created_at": now,
        }
        return insert_once(self._connection, notices, {"key": key}, values)

    def claim(
        self,
        *,
        token: str,
        now: datetime,
        until: datetime,
        limit: int,
        urgent_only: bool = False,
        windows: Sequence[Window] | None = None,
    ) -> tuple[Claimed, ...]:
        """Up to `limit` due notices, now claimed until then; safety alerts first (Q16, SG-02).

        A claim that ran out is taken over, flagged as possibly repeated: nobody can know whether the process
        that held it had sent already. Given `windows`, each message is booked with its conversation, and
        what these leave no room for is put off until they do, which counts as no try.
        """
        for _ in range(_MOST_LOOKS):
            due = self._due(now, limit, urgent_only)
            free = due if windows is None else self._booked(due, windows, token, now, until)
            if free or not due:
                break
        if not free:
            return ()
        chosen = [notice.id for notice, _ in free]
        self._connection.execute(_CLAIM, {"chosen": chosen, "token": token, "until": until})
        return tuple(_claimed(notice, token, chat if windows is not None else None) for notice, chat in free)

    def _due(self, now: datetime, limit: int, urgent_only: bool) -> "list[tuple[Notice, str | None]]":
        """Notices due, locked, each with the conversation it goes to."""
        found: list[tuple[Notice, str | None]] = []
        for statement in _URGENT_DUE if urgent_only else _DUE:
            if len(found) < limit:
                rows = self._connection.execute(statement, {"now": now, "limit": limit - len(found)})
                found += [(Notice(*row[:-1]), row[-1]) for row in rows]
        return found

    def _booked(
        self,
        due: "list[tuple[Notice, str | None]]",
        windows: Sequence[Window],
        token: str,
        now: datetime,
        until: datetime,
    ) -> "list[tuple[Notice, str | None]]":
        """Those that may leave now; the others are put off."""
        wanted = Counter(chat for _, chat in due if chat is not None)
        given = Paces(self._connection).book(wanted, windows, claim=token, now=now, until=until)
        places = {chat: iter(times) for chat, times in given.items()}
        free: list[tuple[Notice, str | None]] = []
        put_off = []
        for notice, chat in due:
            leaves = now if chat is None else next(places[chat])
            if leaves <= now:
                free.append((notice, chat))
            else:
                doubt = notice.possibly_repeated or notice.state == "claimed"
                put_off.append({"which_id": notice.id, "due_at": leaves, "possibly_repeated": doubt})
        if put_off:
            self._connection.execute(_PUT_OFF, put_off)
        return free

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


def _claimed(notice: Notice, token: str, booked_in: str | None) -> Claimed:
    """The notice as the row now stands."""
    before = {field.name: getattr(notice, field.name) for field in fields(Notice)}
    now = {
        "state": "claimed",
        "claim": token,
        "tries": notice.tries + 1,
        "possibly_repeated": notice.possibly_repeated or notice.state == "claimed",
    }
    return Claimed(**{**before, **now}, booked_in=booked_in)
