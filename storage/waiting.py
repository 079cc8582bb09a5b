"""What waits in the outbox for people who cannot be reached, and who was told of that by e-mail."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.notices import Notice
from storage.tables import notices, people, reach

TOLD_BY_MAIL = "told_by_mail"
"""The kind of mail that says that something waits; its subject is the person."""
TELLS_OFFICE = "unreachable_people"
"""The kind of notice that tells the QA office; its subject is the day it was first told."""
OFFICE_TOLD_OVER = "unreachable_over"
"""The edit that ends it: everybody can be reached again."""

_FIELDS = tuple(notices.c[field.name] for field in fields(Notice))


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Notices for one person that share medium and reason."""

    person_id: int
    medium: str
    """"teams" or "email"."""
    reason: str
    count: int
    since: datetime


class WaitingReading:
    """Looks at what could not be delivered."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def undelivered(self) -> tuple[Undelivered, ...]:
        """What waits for people on the staff list, by person; edits of older cards do not count."""
        reason = sa.func.coalesce(notices.c.reason, "")
        rows = self._connection.execute(
            sa.select(
                notices.c.person_id,
                notices.c.medium,
                reason,
                sa.func.count(),
                sa.func.min(notices.c.settled_at),
            )
            .join(people, people.c.id == notices.c.person_id)
            .where(
                notices.c.state == "unreachable",
                notices.c.medium.in_(("teams", "email")),
                notices.c.kind != TOLD_BY_MAIL,
                notices.c.settled_at.is_not(None),
                people.c.left_on.is_(None),
            )
            .group_by(notices.c.person_id, notices.c.medium, reason)
            .order_by(notices.c.person_id, notices.c.medium, reason)
        )
        return tuple(Undelivered(*row) for row in rows)

    def people_waited_for(self) -> int:
        """For how many people something waits."""
        return len({row.person_id for row in self.undelivered()})

    def mailed_at(self) -> dict[int, datetime]:
        """Person to when an e-mail last told them that something waits."""
        rows = self._connection.execute(
            sa.select(notices.c.person_id, sa.func.max(notices.c.settled_at))
            .where(notices.c.kind == TOLD_BY_MAIL, notices.c.state == "sent")
            .group_by(notices.c.person_id)
        )
        return {row[0]: row[1] for row in rows}

    def refused_mail(self) -> frozenset[int]:
        """People whose mailbox did not take the newest mail to them."""
        mail = notices.alias()
        newest = (
            sa.select(sa.func.max(mail.c.id))
            .where(mail.c.medium == "email", mail.c.state.in_(("sent", "unreachable")))
            .group_by(mail.c.person_id)
        )
        rows = self._connection.execute(
            sa.select(notices.c.person_id).where(notices.c.id.in_(newest), notices.c.state == "unreachable")
        )
        return frozenset(rows.scalars())

    def of_person(self, person_id: int, kinds: Collection[str]) -> tuple[Notice, ...]:
        """Notices of these kinds that wait for the person in Teams, oldest first."""
        rows = self._connection.execute(
            sa.select(*_FIELDS)
            .where(
                notices.c.person_id == person_id,
                notices.c.state == "unreachable",
                notices.c.medium == "teams",
                notices.c.kind.in_(kinds),
            )
            .order_by(notices.c.id)
        )
        return tuple(Notice(*row) for row in rows)

    def is_mailed(self, notice: Notice, *, today_from: datetime) -> bool:
        """Whether the person need not be mailed of this notice.

        An e-mail that something waits is about to leave, or has left since the notice was queued, or today.
        """
        mail = notices.alias()
        told = (
            sa.select(sa.func.count())
            .select_from(mail)
            .join(notices, notices.c.id == notice.id)
            .where(
                mail.c.kind == TOLD_BY_MAIL,
                mail.c.person_id == notice.person_id,
                mail.c.state.in_(("queued", "claimed"))
                | (
                    (mail.c.state == "sent")
                    & ((mail.c.created_at >= notices.c.created_at) | (mail.c.settled_at >= today_from))
                ),
            )
        )
        return bool(self._connection.execute(told).scalar_one())

    def mails_dropped(self, person_id: int) -> int:
        """How many e-mails that something waits had nothing to say any more when they were to leave."""
        dropped = (
            sa.select(sa.func.count())
            .select_from(notices)
            .where(
                notices.c.kind == TOLD_BY_MAIL,
                notices.c.person_id == person_id,
                notices.c.state == "dropped",
            )
        )
        return int(self._connection.execute(dropped).scalar_one())

    def office_told(self) -> int | None:
        """The subject under which the QA office was told and has not been told that it is over."""
        newest = self._connection.execute(
            sa.select(sa.func.max(notices.c.subject_id)).where(notices.c.kind == TELLS_OFFICE)
        ).scalar_one()
        if newest is None:
            return None
        over = sa.select(sa.func.count()).where(
            notices.c.kind == OFFICE_TOLD_OVER, notices.c.subject_id == newest
        )
        return None if self._connection.execute(over).scalar_one() else int(newest)

    def without_address(self, kinds: Collection[str] | None = None) -> tuple[int, ...]:
        """People for whom something, of these kinds or any, waits in Teams and whose chat was never known."""
        of_kinds = sa.true() if kinds is None else notices.c.kind.in_(kinds)
        rows = self._connection.execute(
            sa.select(notices.c.person_id)
            .join(people, people.c.id == notices.c.person_id)
            .outerjoin(reach, reach.c.person_id == notices.c.person_id)
            .where(
                notices.c.state == "unreachable",
                notices.c.medium == "teams",
                reach.c.person_id.is_(None),
                people.c.left_on.is_(None),
                of_kinds,
            )
            .distinct()
            .order_by(notices.c.person_id)
        )
        return tuple(rows.scalars())
