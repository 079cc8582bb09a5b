"""Audits, their pages, and what followed submission."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.audits import Audit, AuditState, Returned, SavedPage
from domain.grades import Grade
from storage.bound import batches, which
from storage.prepared import Prepared
from storage.tables import audit_actions, audit_pages, audit_shares, audits, comments, people, reviews, teams
from storage.upsert import insert_once


@dataclass(frozen=True, slots=True)
class ShareRow:
    """Someone an audit was shared with."""

    audit_id: int
    person_id: int
    capacity: str
    shared_at: datetime


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action agreed in a submitted audit."""

    id: int
    audit_id: int
    position: int
    what: str
    owner_id: int
    due_on: date
    agreed_on: date
    state: str
    """"open", "done" (as the owner says) or "confirmed" (by whoever answers for them)."""
    moderation_id: int | None
    """The moderation that found it missing (MO-09); None for the auditor's own."""
    asked_until_on: date | None
    """A later day that was asked for and not answered yet."""
    done_on: date | None
    confirmed_on: date | None
    version: int


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


OPEN_STATES = (AuditState.ALLOCATED, AuditState.ACCEPTED)

# In the order of the record's own fields.
_FIELDS = [field.name for field in fields(Audit)]
_STATE, _BECAUSE = _FIELDS.index("state"), _FIELDS.index("returned_because")
_AUDIT = sa.select(*(audits.c[name] for name in _FIELDS))
_AUDIT_BY_ID = Prepared(_AUDIT.where(which(audits.c.id)))
_STANDING = Prepared(
    sa.select(people.c.manager_id, teams.c.service_id)
    .select_from(people.join(teams, sa.true()))
    .where(people.c.id == sa.bindparam("practitioner"), teams.c.id == sa.bindparam("team"))
)
_PAGES = sa.select(*(audit_pages.c[field.name] for field in fields(SavedPage)))
_PAGES_OF = Prepared(_PAGES.where(which(audit_pages.c.audit_id)))
_PAGE = Prepared(_PAGES.where(which(audit_pages.c.audit_id, audit_pages.c.page)))
_SHARES = Prepared(
    sa.select(audit_shares).where(which(audit_shares.c.audit_id)).order_by(audit_shares.c.person_id)
)
_ACTIONS = Prepared(
    sa.select(audit_actions).where(which(audit_actions.c.audit_id)).order_by(audit_actions.c.position)
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
_SHARED_WITH = Prepared(
    _AUDIT.add_columns(audit_shares.c.capacity)
    .join(audit_shares, audit_shares.c.audit_id == audits.c.id)
    .where(which(audit_shares.c.person_id), audit_shares.c.shared_at >= sa.bindparam("since"))
    .order_by(audit_shares.c.shared_at.desc(), audits.c.id)
)
_SAVE_PAGE = Prepared(
    sa.update(audit_pages).where(which(audit_pages.c.audit_id, audit_pages.c.page, audit_pages.c.version))
)
_CHANGE = sa.update(audits).where(which(audits.c.id, audits.c.version))


class AuditReading:
    """Looks audits up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, audit_id: int) -> Audit | None:
        """The audit of this id."""
        row = _AUDIT_BY_ID.row(self._connection, {"which_id": audit_id})
        return _audit(row) if row else None

    def standing(self, audit: Audit) -> tuple[int | None, int]:
        """(the practitioner's line manager, the service of the team), for permissions."""
        between = {"practitioner": audit.practitioner_id, "team": audit.team_id}
        manager_id, service_id = _STANDING.row(self._connection, between)  # type: ignore[misc]
        return manager_id, service_id

    def of_auditor(self, person_id: int, states: Iterable[AuditState] = OPEN_STATES) -> tuple[Audit, ...]:
        """An auditor's audits in these states, earliest due first."""
        return self._find(audits.c.auditor_id == person_id, audits.c.state.in_([s.value for s in states]))

    def of_round(self, round_id: int) -> tuple[Audit, ...]:
        """Every audit of a round."""
        return self._find(audits.c.round_id == round_id)

    def submitted_since(self, since: datetime) -> tuple[Audit, ...]:
        """Audits submitted from this moment on, in that order."""
        chosen = _AUDIT.where(audits.c.submitted_at >= since).order_by(audits.c.submitted_at, audits.c.id)
        return tuple(_audit(row) for row in self._connection.execute(chosen))

    def open_on_cases(self, case_ids: Sequence[int]) -> tuple[Audit, ...]:
        """Audits under way on these cases."""
        open_ones = audits.c.state.in_([s.value for s in OPEN_STATES])
        found = (audit for b in batches(case_ids) for audit in self._find(audits.c.case_id.in_(b), open_ones))
        return tuple(sorted(found, key=lambda audit: (audit.due_on, audit.id)))

    def shared_with(self, person_id: int, *, since: datetime) -> tuple[tuple[Audit, str], ...]:
        """(audit, capacity) of everything shared with a person since then, latest first."""
        rows = _SHARED_WITH.rows(self._connection, {"which_person_id": person_id, "since": since})
        return tuple((_audit(row[:-1]), row[-1]) for row in rows)

    def last_audited(self) -> dict[int, date]:
        """Practitioner to the day their work was last audited (allocation of a submitted or open audit)."""
        rows = self._connection.execute(
            sa.select(audits.c.practitioner_id, sa.func.max(audits.c.allocated_on))
            .where(audits.c.state != AuditState.RETURNED.value)
            .group_by(audits.c.practitioner_id)
        )
        return {row[0]: row[1] for row in rows}

    def history_since(self, day: date) -> tuple[tuple[int, int, date], ...]:
        """(auditor, practitioner, allocated on) of audits since then, returned ones left out."""
        rows = self._connection.execute(
            sa.select(audits.c.auditor_id, audits.c.practitioner_id, audits.c.allocated_on)
            .where(audits.c.allocated_on >= day, audits.c.state != AuditState.RETURNED.value)
            .order_by(audits.c.id)
        )
        return tuple((row[0], row[1], row[2]) for row in rows)

    def load_since(self, day: date) -> dict[int, int]:
        """Auditor to the number of audits allocated since then, returned ones left out."""
        rows = self._connection.execute(
            sa.select(audits.c.auditor_id, sa.func.count())
            .where(audits.c.allocated_on >= day, audits.c.state != AuditState.RETURNED.value)
            .group_by(audits.c.auditor_id)
        )
        return {row[0]: row[1] for row in rows}

    def page(self, audit_id: int, page: str) -> SavedPage | None:
        """One page as last saved."""
        asked = {"which_audit_id": audit_id, "which_page": page}
        row = _PAGE.row(self._connection, asked)
        return SavedPage(*row) if row else None

    def pages(self, audit_id: int) -> dict[str, SavedPage]:
        """Every saved page of an audit by key."""
        rows = _PAGES_OF.rows(self._connection, {"which_audit_id": audit_id})
        return {row.page: SavedPage(*row) for row in rows}

    def grades(self, audit_ids: Iterable[int]) -> dict[int, dict[str, Grade]]:
        """Audit id to the auditor's own grade on each page that has one, the overall page included."""
        found: dict[int, dict[str, Grade]] = {}
        for some in batches(audit_ids):
            rows = self._connection.execute(
                sa.select(audit_pages.c.audit_id, audit_pages.c.page, audit_pages.c.grade).where(
                    audit_pages.c.audit_id.in_(some), audit_pages.c.grade.is_not(None)
                )
            )
            for audit_id, page, grade in rows:
                found.setdefault(audit_id, {})[page] = Grade(grade)
        return found

    def shares(self, audit_id: int) -> tuple[ShareRow, ...]:
        """Who an audit was shared with."""
        rows = _SHARES.rows(self._connection, {"which_audit_id": audit_id})
        return tuple(ShareRow(*row) for row in rows)

    def actions(self, audit_id: int) -> tuple[ActionRow, ...]:
        """The actions of a submitted audit, in order."""
        rows = _ACTIONS.rows(self._connection, {"which_audit_id": audit_id})
        return tuple(ActionRow(*row) for row in rows)

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

    def returned_note(self, audit_id: int) -> str:
        """The reason given when the audit went back."""
        note = self._connection.execute(
            sa.select(audits.c.returned_note).where(audits.c.id == audit_id)
        ).scalar_one_or_none()
        return note or ""

    def replaced(self, audit_id: int) -> bool:
        """Whether a returned audit has been reallocated."""
        return (
            self._connection.execute(sa.select(audits.c.id).where(audits.c.replaces_id == audit_id)).first()
            is not None
        )

    def _find(self, *conditions: sa.ColumnElement[bool]) -> tuple[Audit, ...]:
        chosen = _AUDIT.where(*conditions).order_by(audits.c.due_on, audits.c.id)
        return tuple(_audit(row) for row in self._connection.execute(chosen))


class AuditWriting(AuditReading):
    """Looks audits up and changes them."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        # A page saved here is ours until the transaction is over, so there is no need to ask for it again.
        self._saved: dict[tuple[int, str], SavedPage] = {}

    def hold(self, audit_id: int) -> None:
        """Keep others from changing the audit or its pages until this transaction is over.

        Without it a page could be saved between the look at an audit and its submission. SQLite has one
        writer at a time, so there is nothing to do there.
        """
        if self._connection.dialect.name != "sqlite":
            chosen = sa.select(audits.c.id).where(audits.c.id == audit_id)
            self._connection.execute(chosen.with_for_update())

    def page(self, audit_id: int, page: str) -> SavedPage | None:
        """One page as last saved."""
        return self._saved.get((audit_id, page)) or super().page(audit_id, page)

    def add(self, values: Mapping[str, Any]) -> int:
        """A new allocated audit from column values; returns the id."""
        insert = sa.insert(audits).values(**values, state=AuditState.ALLOCATED.value, version=1)
        return int(self._connection.execute(insert.returning(audits.c.id)).scalar_one())

    def change(self, audit: Audit, values: Mapping[str, Any]) -> bool:
        """Set these columns when the audit still has the version given; whether it had."""
        standing = {"which_id": audit.id, "which_version": audit.version}
        changed = self._connection.execute(_CHANGE, {**standing, **values, "version": audit.version + 1})
        return changed.rowcount == 1

    def save_page(
        self,
        *,
        audit_id: int,
        page: str,
        version: int,
        body: Mapping[str, object],
        grade: str | None,
        by: int,
        now: datetime,
    ) -> bool:
        """Save a page that still has this version (0: never saved); whether it had."""
        saved = SavedPage(audit_id, page, version + 1, dict(body), now, by)
        values = {
            "body": saved.body,
            "grade": grade,
            "saved_at": now,
            "saved_by": by,
            "version": saved.version,
        }
        if version == 0:
            key = {"audit_id": audit_id, "page": page}
            done = insert_once(self._connection, audit_pages, key, values)
        else:
            standing = {"which_audit_id": audit_id, "which_page": page, "which_version": version}
            done = _SAVE_PAGE.change(self._connection, {**standing, **values}) == 1
        if done:
            self._saved[audit_id, page] = saved
        return done

    def add_actions(self, audit_id: int, actions: Sequence[Mapping[str, Any]]) -> None:
        """The agreed actions of a submitted audit: dicts with what, owner_id, due_on, agreed_on."""
        rows = [
            {**action, "audit_id": audit_id, "position": position, "state": "open"}
            for position, action in enumerate(actions, start=1)
        ]
        if rows:
            self._connection.execute(sa.insert(audit_actions), rows)

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


def _audit(row: Sequence[Any]) -> Audit:
    values = list(row)
    values[_STATE] = AuditState(values[_STATE])
    values[_BECAUSE] = Returned(values[_BECAUSE]) if values[_BECAUSE] else None
    return Audit(*values)
