"""What others did with a submitted audit: who it was shared with, comments and the manager's review."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.bound import batches, which
from storage.prepared import Prepared
from storage.tables import audit_shares, comments, reviews


@dataclass(frozen=True, slots=True)
class ShareRow:
    """Someone an audit was shared with."""

    audit_id: int
    person_id: int
    capacity: str
    shared_at: datetime


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A practitioner's comment."""

    person_id: int
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """The team manager's review."""

    by_id: int
    at: datetime
    nominated: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Responses:
    """How many audits were answered, by kind of answer."""

    commented: int
    reviewed: int
    nominated: int


_SHARES = Prepared(
    sa.select(audit_shares).where(which(audit_shares.c.audit_id)).order_by(audit_shares.c.person_id)
)
_COMMENTS = Prepared(
    sa.select(comments.c.person_id, comments.c.text, comments.c.at)
    .where(which(comments.c.audit_id))
    .order_by(comments.c.id)
)
_REVIEW = Prepared(
    sa.select(reviews.c.by_id, reviews.c.at, reviews.c.nominated, reviews.c.reason).where(
        which(reviews.c.audit_id)
    )
)


class AnswerReading:
    """Looks up who read and answered."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def shares(self, audit_id: int) -> tuple[ShareRow, ...]:
        """Who an audit was shared with."""
        rows = _SHARES.rows(self._connection, {"which_audit_id": audit_id})
        return tuple(ShareRow(*row) for row in rows)

    def comments(self, audit_id: int) -> tuple[CommentRow, ...]:
        """Comments on an audit, oldest first."""
        rows = _COMMENTS.rows(self._connection, {"which_audit_id": audit_id})
        return tuple(CommentRow(*row) for row in rows)

    def review(self, audit_id: int) -> ReviewRow | None:
        """The team manager's review, when there is one."""
        row = _REVIEW.row(self._connection, {"which_audit_id": audit_id})
        return ReviewRow(*row) if row else None

    def responses(self, audit_ids: Sequence[int]) -> Responses:
        """How many of these audits were commented on, reviewed and nominated."""
        if not audit_ids:
            return Responses(0, 0, 0)
        wanted = list(audit_ids)
        commented = self._connection.execute(
            sa.select(sa.func.count(comments.c.audit_id.distinct())).where(comments.c.audit_id.in_(wanted))
        ).scalar_one()
        reviewed = self._connection.execute(
            sa.select(reviews.c.nominated, sa.func.count())
            .where(reviews.c.audit_id.in_(wanted))
            .group_by(reviews.c.nominated)
        )
        counts = {row[0]: row[1] for row in reviewed}
        return Responses(commented, sum(counts.values()), counts.get(True, 0))

    def commented(self, audit_ids: Iterable[int]) -> frozenset[int]:
        """Those of these audits on which the practitioner wrote something (CA-17)."""
        found: set[int] = set()
        for some in batches(audit_ids):
            rows = self._connection.execute(
                sa.select(comments.c.audit_id).where(comments.c.audit_id.in_(some)).distinct()
            )
            found.update(rows.scalars())
        return frozenset(found)


class AnswerWriting(AnswerReading):
    """Looks up who read and answered, and keeps more."""

    def share(self, audit_id: int, recipients: Mapping[int, str], now: datetime) -> None:
        """Share with these people: id to the capacity in which they read."""
        rows = [
            {"audit_id": audit_id, "person_id": person, "capacity": capacity, "shared_at": now}
            for person, capacity in sorted(recipients.items())
        ]
        if rows:
            self._connection.execute(sa.insert(audit_shares), rows)

    def add_comment(self, audit_id: int, person_id: int, text: str, now: datetime) -> None:
        """A practitioner's comment."""
        self._connection.execute(
            sa.insert(comments).values(audit_id=audit_id, person_id=person_id, text=text, at=now)
        )

    def add_review(self, audit_id: int, *, by: int, nominated: bool, reason: str, now: datetime) -> None:
        """The team manager's review; one for each audit."""
        self._connection.execute(
            sa.insert(reviews).values(audit_id=audit_id, by_id=by, nominated=nominated, reason=reason, at=now)
        )
