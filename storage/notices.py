"""The outbox: what is to leave, written with the change that caused it.

A notice is claimed with a token before it is sent and settled afterwards. Delivery is at least once: a
process that dies between the two leaves a claim that runs out, and the next try is flagged as possibly
repeated.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.pacing import Window
from storage.bound import batches, which
from storage.claiming import FIELDS, IS_URGENT, SAFETY, URGENT, Claimed, Notice, claim_due
from storage.prepared import Prepared
from storage.switches import SwitchReading
from storage.tables import channels, copies, notices, reach
from storage.upsert import insert_once

__all__ = ["REDONE_WITHIN", "SAFETY", "URGENT", "Claimed", "Notice", "NoticeReading", "NoticeWriting"]

REDONE_WITHIN = timedelta(days=60)
"""How long after a restore whatever is queued may be a repeat of what the lost time had sent.

An audit is given out for a month, and by then reminders and managers have named what is still to do.
"""

_OF = sa.select(*FIELDS).where(which(notices.c.kind, notices.c.subject_id)).order_by(notices.c.id)

_RELEASE = Prepared(
    sa.update(notices).where(which(notices.c.id, notices.c.claim), notices.c.state == "claimed")
)
_POSTED = Prepared(
    sa.select(copies.c.kind, copies.c.subject_id).where(which(copies.c.conversation_id, copies.c.activity_id))
)
_ANSWER = Prepared(
    sa.update(notices)
    .where(
        which(
            notices.c.kind,
            notices.c.subject_id,
            notices.c.person_id,
            notices.c.activity_id,
            notices.c.state,
        ),
        notices.c.answered_at.is_(None),
    )
    .values(answered_at=sa.bindparam("answered_at"))
)
_NEXT = sa.select(sa.func.min(notices.c.due_at)).where(
    notices.c.state == "queued", notices.c.due_at > sa.bindparam("now")
)
_NEXT_URGENT = _NEXT.where(IS_URGENT)


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
    """Whether something was queued or put back through this object, so that whoever delivers may be woken."""
    in_doubt: bool | None = None
    """Whether what is queued now may have been sent before, by a database that is gone since.

    None where nobody can say; then it may, for some time after a restore.
    """

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
            "possibly_repeated": self._may_be_a_repeat(now),
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
        safety_only: bool = False,
        mail: bool | None = None,
        windows: Sequence[Window] | None = None,
    ) -> tuple[Claimed, ...]:
        """Up to `limit` due notices, now claimed until then; safety alerts first (Q16, SG-02).

        `safety_only` leaves where it is whatever is not about a safety alert, `mail` chooses mail alone, or
        anything but mail. Given `windows`, each message is booked with its conversation and what has no room
        is put off.
        """
        return claim_due(
            self._connection,
            token=token,
            now=now,
            until=until,
            limit=limit,
            urgent_only=urgent_only,
            safety_only=safety_only,
            mail=mail,
            windows=windows,
        )

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
        self.has_queued = True
        values = {"state": "queued", "due_at": due_at, "reason": reason, "claim": None}
        if possibly_repeated:
            values["possibly_repeated"] = True
        return self._release(notice, values)

    def postpone(self, notice: Notice, *, due_at: datetime, reason: str) -> bool:
        """Put a claimed notice back until then, as if it had not been taken up: the try does not count."""
        self.has_queued = True
        tries = max(notice.tries - 1, 0)
        return self._release(
            notice, {"state": "queued", "due_at": due_at, "reason": reason, "claim": None, "tries": tries}
        )

    def answered(self, person_id: int, conversation_id: str, activity_id: str, now: datetime) -> bool:
        """The person pressed something on this card; whether that is the first answer to a notice."""
        card = {"which_conversation_id": conversation_id, "which_activity_id": activity_id}
        posted = _POSTED.row(self._connection, card)
        if posted is None:
            return False
        about = {"which_kind": posted.kind, "which_subject_id": posted.subject_id}
        there = {"which_person_id": person_id, "which_activity_id": activity_id, "which_state": "sent"}
        return _ANSWER.change(self._connection, {**about, **there, "answered_at": now}) > 0

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
        """Queue what waits for people and channels that can be reached by now.

        Someone may install the app between the courier's look at their address and its verdict; then nobody
        tells the outbox that they are there. Of a team that has it again nobody ever does.
        """
        people = sa.select(reach.c.person_id).where(reach.c.state == "reachable")
        teams = sa.select(channels.c.id).where(channels.c.state == "reachable")
        revived = 0
        for is_there in (notices.c.person_id.in_(people), notices.c.channel_id.in_(teams)):
            revived += self._connection.execute(
                sa.update(notices)
                .where(notices.c.state == "unreachable", notices.c.medium != "email", is_there)
                .values(state="queued", due_at=now, tries=0, reason=None, settled_at=None)
            ).rowcount
        return revived

    def revive_mail(self, person_ids: Iterable[int], now: datetime) -> int:
        """These people have other e-mail addresses now: queue the mail that the old ones did not take."""
        refused = (
            sa.update(notices)
            .where(notices.c.medium == "email", notices.c.state == "unreachable")
            .values(state="queued", due_at=now, tries=0, reason=None, settled_at=None)
        )
        revived = sum(
            self._connection.execute(refused.where(notices.c.person_id.in_(some))).rowcount
            for some in batches(person_ids)
        )
        self.has_queued |= revived > 0
        return revived

    def _may_be_a_repeat(self, now: datetime) -> bool:
        if self.in_doubt is None:
            # People do again what a restore lost, and what they raise anew has a number of its own: neither
            # the subject nor its number tells whether its readers have heard of it.
            restored_at = SwitchReading(self._connection).restored_at()
            self.in_doubt = restored_at is not None and now < restored_at + REDONE_WITHIN
        return self.in_doubt

    def _release(self, notice: Notice, values: dict[str, object]) -> bool:
        held = {"which_id": notice.id, "which_claim": notice.claim}
        return _RELEASE.change(self._connection, {**held, **values}) == 1
