"""Audits, their pages, and what followed submission."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from domain.audits import Audit, AuditState, Returned
from storage.audit_answers import AnswerReading, AnswerWriting
from storage.audit_pages import PageReading, PageWriting
from storage.bound import batches, which
from storage.prepared import Prepared
from storage.tables import audit_shares, audits, people, teams

OPEN_STATES = (AuditState.ALLOCATED, AuditState.ACCEPTED)

# In the order of the record's own fields.
_FIELDS = [field.name for field in fields(Audit)]
_STATE, _BECAUSE = _FIELDS.index("state"), _FIELDS.index("returned_because")
_AUDIT = sa.select(*(audits.c[name] for name in _FIELDS))
_EARLIEST_DUE = _AUDIT.order_by(audits.c.due_on, audits.c.id)
_OPEN_OF_AUDITOR = Prepared(
    _EARLIEST_DUE.where(
        which(audits.c.auditor_id), sa.or_(*(audits.c.state == state.value for state in OPEN_STATES))
    )
)
_SUBMITTED_BY = Prepared(
    _EARLIEST_DUE.where(
        which(audits.c.auditor_id),
        audits.c.state == AuditState.SUBMITTED.value,
        audits.c.submitted_at >= sa.bindparam("since", type_=audits.c.submitted_at.type),
    )
)
_SHARED_WITH = Prepared(
    _AUDIT.add_columns(audit_shares.c.capacity)
    .join(audit_shares, audit_shares.c.audit_id == audits.c.id)
    .where(
        which(audit_shares.c.person_id),
        audit_shares.c.shared_at >= sa.bindparam("since", type_=audit_shares.c.shared_at.type),
    )
    .order_by(audit_shares.c.shared_at.desc(), audits.c.id)
)
_AUDIT_BY_ID = Prepared(_AUDIT.where(which(audits.c.id)))
_STANDING = Prepared(
    sa.select(people.c.manager_id, teams.c.service_id)
    .select_from(people.join(teams, sa.true()))
    .where(people.c.id == sa.bindparam("practitioner"), teams.c.id == sa.bindparam("team"))
)
_CHANGE = sa.update(audits).where(which(audits.c.id, audits.c.version))


class AuditReading(PageReading, AnswerReading):
    """Looks audits up, with their pages and what others said of them."""

    def get(self, audit_id: int) -> Audit | None:
        """The audit of this id."""
        row = _AUDIT_BY_ID.row(self._connection, {"which_id": audit_id})
        return _audit(row) if row else None

    def many(self, audit_ids: Iterable[int]) -> dict[int, Audit]:
        """The audits of these ids, by id."""
        found = (audit for some in batches(audit_ids) for audit in self._find(audits.c.id.in_(some)))
        return {audit.id: audit for audit in found}

    def standing(self, audit: Audit) -> tuple[int | None, int]:
        """(the practitioner's line manager, the service of the team), for permissions."""
        between = {"practitioner": audit.practitioner_id, "team": audit.team_id}
        row = _STANDING.row(self._connection, between)
        assert row is not None, "an audit's practitioner and team are always there"
        return row.manager_id, row.service_id

    def of_auditor(self, person_id: int) -> tuple[Audit, ...]:
        """What an auditor is still to do, earliest due first."""
        rows = _OPEN_OF_AUDITOR.rows(self._connection, {"which_auditor_id": person_id})
        return tuple(map(_audit, rows))

    def submitted_by(self, person_id: int, *, since: datetime) -> tuple[Audit, ...]:
        """What an auditor submitted from this moment on, earliest due first."""
        rows = _SUBMITTED_BY.rows(self._connection, {"which_auditor_id": person_id, "since": since})
        return tuple(map(_audit, rows))

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


class AuditWriting(AuditReading, PageWriting, AnswerWriting):
    """Looks audits up and changes them."""

    def hold(self, audit_id: int) -> None:
        """Keep others from changing the audit or its pages until this transaction is over.

        Without it a page could be saved between the look at an audit and its submission. SQLite has one
        writer at a time, so there is nothing to do there.
        """
        if self._connection.dialect.name != "sqlite":
            chosen = sa.select(audits.c.id).where(audits.c.id == audit_id)
            self._connection.execute(chosen.with_for_update())

    def add(self, values: Mapping[str, Any]) -> int:
        """A new allocated audit from column values; returns the id."""
        insert = sa.insert(audits).values(**values, state=AuditState.ALLOCATED.value, version=1)
        return int(self._connection.execute(insert.returning(audits.c.id)).scalar_one())

    def change(self, audit: Audit, values: Mapping[str, Any]) -> bool:
        """Set these columns when the audit still has the version given; whether it had."""
        standing = {"which_id": audit.id, "which_version": audit.version}
        changed = self._connection.execute(_CHANGE, {**standing, **values, "version": audit.version + 1})
        return changed.rowcount == 1


def _audit(row: Sequence[Any]) -> Audit:
    values = list(row)
    values[_STATE] = AuditState(values[_STATE])
    values[_BECAUSE] = Returned(values[_BECAUSE]) if values[_BECAUSE] else None
    return Audit(*values)
