"""Claiming: who delivers which notices, and what has to wait.

A notice is claimed with a token before it is sent. What its conversation or its tenant has no room for is put
off in the same transaction, which counts as no try.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.pacing import Window
from storage.bound import which
from storage.pacing import Paces, tenant_key
from storage.tables import channels, notices, reach
from storage.tables_running import paces

URGENT = ("safety_alert", "safety_escalation")
"""Kinds that leave before everything else and wait for nothing (Q16, SG-02)."""
SAFETY = (*URGENT, "safety_seen", "alert_outdated")
"""Kinds about a safety alert. Neither a pause, nor the pilot, nor the hour of the day keeps one (SG-02)."""


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


Looked = tuple[Notice, str | None]
"""A notice that is due and the conversation it goes to."""

# In the order of the record's own fields.
FIELDS = tuple(notices.c[field.name] for field in fields(Notice))
IS_URGENT = notices.c.kind.in_(URGENT)
_IS_SAFETY = notices.c.kind.in_(SAFETY)
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
    sa.select(*FIELDS, _CONVERSATION)
    .select_from(
        notices.outerjoin(reach, reach.c.person_id == notices.c.person_id)
        .outerjoin(channels, channels.c.id == notices.c.channel_id)
        .outerjoin(
            _TENANT,
            _TENANT.c.key
            == tenant_key(sa.func.lower(sa.func.coalesce(reach.c.tenant_id, channels.c.tenant_id))),
        )
    )
    .where(_MAY_LEAVE)
    .order_by(notices.c.due_at, notices.c.id)
    .limit(sa.bindparam("limit"))
    .with_for_update(skip_locked=True, of=notices)
)
# One after the other, each by its own index and in its order: sorting all that is due would take longer the
# more of it there is, at every look.
_LOOKS = (
    _LOOKED_AT.where(IS_URGENT, _FREE | _LOST),
    _LOOKED_AT.where(~IS_URGENT, _LOST),
    _LOOKED_AT.where(~IS_URGENT, _FREE),
)
_IS_MAIL = notices.c.medium == "email"
_Looks = tuple[sa.Select[Any], ...]


def _by_medium(looks: _Looks) -> dict[bool | None, _Looks]:
    """By whether mail alone is looked for, or anything but mail."""
    return {
        None: looks,
        True: tuple(look.where(_IS_MAIL) for look in looks),
        False: tuple(look.where(~_IS_MAIL) for look in looks),
    }


_DUE = _by_medium(_LOOKS)
_DUE_OF_SAFETY = _by_medium(tuple(look.where(_IS_SAFETY) for look in _LOOKS))
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
_MOST_LOOKS = 50
"""Batches put off in one look; a conversation with more waiting is gone on with at the next."""


def claim_due(
    connection: Connection,
    *,
    token: str,
    now: datetime,
    until: datetime,
    limit: int,
    urgent_only: bool = False,
    safety_only: bool = False,
    mail: bool | None = None,
    windows: Sequence[Window] | None = None,
) -> tuple[Claimed, ...]:
    """Up to `limit` due notices, now claimed until then; safety alerts first (Q16, SG-02).

    A claim that ran out is taken over, flagged as possibly repeated: nobody can know whether the process
    that held it had sent already. `safety_only` leaves where it is whatever is not about a safety alert,
    `mail` chooses mail alone, or anything but mail. Given `windows`, each message is booked with its
    conversation, and what these leave no room for is put off until they do, which counts as no try.
    """
    looks = (_DUE_OF_SAFETY if safety_only else _DUE)[mail]
    for _ in range(_MOST_LOOKS):
        due = _due(connection, looks[:1] if urgent_only else looks, now, limit)
        free = due if windows is None else _booked(connection, due, windows, token, now, until)
        if free or not due:
            break
    if not free:
        return ()
    chosen = [notice.id for notice, _ in free]
    connection.execute(_CLAIM, {"chosen": chosen, "token": token, "until": until})
    return tuple(_claimed(notice, token, chat if windows is not None else None) for notice, chat in free)


def _due(connection: Connection, looks: Sequence[sa.Select[Any]], now: datetime, limit: int) -> list[Looked]:
    """Notices due, locked, each with the conversation it goes to."""
    found: list[Looked] = []
    for look in looks:
        if len(found) < limit:
            rows = connection.execute(look, {"now": now, "limit": limit - len(found)})
            found += [(Notice(*row[:-1]), row[-1]) for row in rows]
    return found


def _booked(
    connection: Connection,
    due: list[Looked],
    windows: Sequence[Window],
    token: str,
    now: datetime,
    until: datetime,
) -> list[Looked]:
    """Those that may leave now; the others are put off."""
    wanted = Counter(chat for _, chat in due if chat is not None)
    given = Paces(connection).book(wanted, windows, claim=token, now=now, until=until)
    places = {chat: iter(times) for chat, times in given.items()}
    free: list[Looked] = []
    put_off = []
    for notice, chat in due:
        leaves = now if chat is None else next(places[chat])
        if leaves <= now:
            free.append((notice, chat))
        else:
            doubt = notice.possibly_repeated or notice.state == "claimed"
            put_off.append({"which_id": notice.id, "due_at": leaves, "possibly_repeated": doubt})
    if put_off:
        connection.execute(_PUT_OFF, put_off)
    return free


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
