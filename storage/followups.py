"""What an audit still needs before it is closed, and what came of it later (SU-08, RO-01)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.audits import AuditState
from domain.closing import FollowUp, Impact, is_filed
from storage.answering import ANSWERS, may_answer_for
from storage.bound import batches, which
from storage.prepared import Prepared
from storage.tables import audit_actions, audits, cases, people
from storage.tables_following import followups
from storage.tables_moderation import moderations
from storage.upsert import insert_once


@dataclass(frozen=True, slots=True)
class Unlearned:
    """A shared audit that is not closed, and how far supervision has got with it."""

    audit_id: int
    practitioner_id: int
    submitted_at: datetime
    released_at: datetime | None
    """When the Panel's part came; None where it was not chosen."""
    discussed_on: date | None


@dataclass(frozen=True, slots=True)
class Unreflected:
    """A shared audit that is not closed and whose reflective session nobody has recorded (SU-08)."""

    audit_id: int
    auditor_id: int
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class Unfiled:
    """A shared audit that is not closed nor on the child's file, and how far its actions are."""

    audit_id: int
    case_reference: str
    submitted_at: datetime
    actions: int
    unconfirmed: int
    last_confirmed_on: date | None
    filed_on: date | None


@dataclass(frozen=True, slots=True)
class Reaudit:
    """A child's case that is to be audited again, as practice was Inadequate, and has not been since."""

    case_id: int
    reference: str
    by: date
    auditor_id: int
    """Who audited it."""
    under_way: bool
    """Whether somebody has it to audit again now."""


_FIELDS = [field.name for field in fields(FollowUp)]
_IMPACT = _FIELDS.index("impact")
_ROWS = sa.select(*(followups.c[name] for name in _FIELDS))
_OPEN = sa.and_(audits.c.state == AuditState.SUBMITTED.value, followups.c.closed_at.is_(None))
_UNLEARNED = (
    sa.select(
        audits.c.id,
        audits.c.practitioner_id,
        audits.c.submitted_at,
        moderations.c.released_at,
        followups.c.discussed_on,
    )
    .select_from(audits)
    .outerjoin(followups, followups.c.audit_id == audits.c.id)
    .outerjoin(moderations, moderations.c.audit_id == audits.c.id)
    .where(_OPEN, sa.or_(moderations.c.id.is_(None), moderations.c.released_at.is_not(None)))
    .order_by(audits.c.submitted_at, audits.c.id)
)
_UNLEARNED_OF = {
    (False, False): Prepared(_UNLEARNED),
    (True, False): Prepared(_UNLEARNED.where(may_answer_for(audits.c.practitioner_id, ANSWERS))),
    (False, True): Prepared(_UNLEARNED.where(which(audits.c.practitioner_id))),
    (True, True): Prepared(
        _UNLEARNED.where(may_answer_for(audits.c.practitioner_id, ANSWERS), which(audits.c.practitioner_id))
    ),
}
"""By whether a supervisor is given, and whether a practitioner is."""
_BY_AUDIT = Prepared(_ROWS.where(which(followups.c.audit_id)))
_ASKED_BY = _ROWS.where(
    followups.c.impact_due_on <= sa.bindparam("by", type_=followups.c.impact_due_on.type),
    followups.c.impact.is_(None),
).order_by(followups.c.impact_due_on, followups.c.audit_id)
_UNCHECKED = Prepared(_ASKED_BY)
_UNCHECKED_OF_TEAM = Prepared(
    _ASKED_BY.join(audits, audits.c.id == followups.c.audit_id)
    .join(cases, cases.c.id == audits.c.case_id)
    .where(sa.or_(which(audits.c.team_id), which(cases.c.team_id)))
)
_UNCONFIRMED = sa.case((audit_actions.c.state != "confirmed", audit_actions.c.id))
_UNFILED = Prepared(
    sa.select(
        audits.c.id,
        audits.c.case_reference,
        audits.c.submitted_at,
        sa.func.count(audit_actions.c.id),
        sa.func.count(_UNCONFIRMED),
        sa.func.max(audit_actions.c.confirmed_on),
        followups.c.filed_on,
    )
    .select_from(audits)
    .outerjoin(followups, followups.c.audit_id == audits.c.id)
    .outerjoin(audit_actions, audit_actions.c.audit_id == audits.c.id)
    .where(_OPEN)
    .group_by(audits.c.id, followups.c.filed_on)
    .order_by(audits.c.submitted_at, audits.c.id)
)
_UNREFLECTED = (
    sa.select(audits.c.id, audits.c.auditor_id, audits.c.submitted_at)
    .select_from(audits)
    .outerjoin(followups, followups.c.audit_id == audits.c.id)
    .where(_OPEN, followups.c.reflected_on.is_(None))
    .order_by(audits.c.submitted_at, audits.c.id)
)
_LEAVERS = sa.select(people.c.id).where(people.c.left_on.is_not(None))
_UNREFLECTED_OF = Prepared(
    _UNREFLECTED.where(sa.or_(which(audits.c.auditor_id), audits.c.auditor_id.in_(_LEAVERS)))
)
_LATER = audits.alias("later")


def _later(*states: AuditState) -> sa.ColumnElement[bool]:
    """Whether the case has a later audit in one of these states."""
    return sa.exists().where(
        _LATER.c.case_id == audits.c.case_id,
        _LATER.c.id > audits.c.id,
        _LATER.c.state.in_([one.value for one in states]),
    )


_REAUDITS = (
    sa.select(
        audits.c.case_id,
        cases.c.reference,
        followups.c.reaudit_on,
        audits.c.auditor_id,
        _later(AuditState.ALLOCATED, AuditState.ACCEPTED),
    )
    .select_from(followups)
    .join(audits, audits.c.id == followups.c.audit_id)
    .join(cases, cases.c.id == audits.c.case_id)
    .where(
        followups.c.reaudit_on.is_not(None),
        cases.c.closed_on.is_(None),
        ~_later(AuditState.SUBMITTED),
    )
    .order_by(followups.c.reaudit_on, audits.c.id)
)


class FollowUpReading:
    """Looks up what follows audits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, audit_id: int) -> FollowUp:
        """What is kept of this audit; an empty one when nothing was yet."""
        row = _BY_AUDIT.row(self._connection, {"which_audit_id": audit_id})
        return _followup(row) if row else FollowUp(audit_id)

    def of_audits(self, audit_ids: Iterable[int]) -> dict[int, FollowUp]:
        """Audit id to what is kept of it; audits of which nothing is kept are left out."""
        found: dict[int, FollowUp] = {}
        for some in batches(audit_ids):
            rows = self._connection.execute(_ROWS.where(followups.c.audit_id.in_(some)))
            found |= {one.audit_id: one for one in map(_followup, rows)}
        return found

    def unlearned(
        self, *, supervises: int | None = None, practitioner_id: int | None = None
    ) -> tuple[Unlearned, ...]:
        """Open audits with whose learning the Panel keeps nobody waiting, oldest first (1B step 15).

        Given somebody who `supervises`, only of practitioners whose manager they may be, or may stand in for.
        """
        given = {"answers": supervises, "which_practitioner_id": practitioner_id}
        chosen = _UNLEARNED_OF[supervises is not None, practitioner_id is not None]
        values = {name: value for name, value in given.items() if value is not None}
        return tuple(Unlearned(*row) for row in chosen.rows(self._connection, values))

    def unreflected(self, *, auditor_id: int | None = None) -> tuple[Unreflected, ...]:
        """Open audits whose reflective session is yet to be held, oldest first (SU-08).

        Given an auditor, only theirs and those of auditors who leave or have left.
        """
        if auditor_id is None:
            return tuple(Unreflected(*row) for row in self._connection.execute(_UNREFLECTED))
        rows = _UNREFLECTED_OF.rows(self._connection, {"which_auditor_id": auditor_id})
        return tuple(Unreflected(*row) for row in rows)

    def unfiled(self) -> tuple[Unfiled, ...]:
        """Every open audit that is not on the child's file with all its actions, oldest first (RO-01)."""
        found = (Unfiled(*row) for row in _UNFILED.rows(self._connection, {}))
        return tuple(one for one in found if not is_filed(one.filed_on, one.last_confirmed_on))

    def nearly_closed(self) -> tuple[int, ...]:
        """Open audits that lack nothing but perhaps their actions or the Panel."""
        kept = (followups.c.discussed_on, followups.c.reflected_on, followups.c.filed_on)
        rows = self._connection.execute(
            sa.select(followups.c.audit_id)
            .where(followups.c.closed_at.is_(None), *(column.is_not(None) for column in kept))
            .order_by(followups.c.audit_id)
        )
        return tuple(row[0] for row in rows)

    def unchecked(self, by: date, *, team_id: int | None = None) -> tuple[FollowUp, ...]:
        """Closed audits whose impact is to be asked about by this day and was not.

        Of a team: those whose case it holds or held at allocation.
        """
        if team_id is None:
            rows = _UNCHECKED.rows(self._connection, {"by": by})
        else:
            rows = _UNCHECKED_OF_TEAM.rows(self._connection, {"by": by, "which_team_id": team_id})
        return tuple(map(_followup, rows))

    def reaudits(self) -> tuple[Reaudit, ...]:
        """Open cases to be audited again after Inadequate practice, until another audit was submitted."""
        return tuple(
            Reaudit(case_id, reference, by, auditor_id, bool(under_way))
            for case_id, reference, by, auditor_id, under_way in self._connection.execute(_REAUDITS)
        )


class FollowUpWriting(FollowUpReading):
    """Looks up what follows audits and changes it."""

    def change(self, followup: FollowUp, values: Mapping[str, Any]) -> bool:
        """Set these columns when what is kept still has the version given; whether it had."""
        if followup.version == 0:
            fresh = {"discussed_where": "", "impact_text": "", **values, "version": 1}
            return insert_once(self._connection, followups, {"audit_id": followup.audit_id}, fresh)
        changed = self._connection.execute(
            sa.update(followups)
            .where(followups.c.audit_id == followup.audit_id, followups.c.version == followup.version)
            .values(**values, version=followup.version + 1)
        )
        return changed.rowcount == 1


def _followup(row: Sequence[Any]) -> FollowUp:
    values = list(row)
    values[_IMPACT] = Impact(values[_IMPACT]) if values[_IMPACT] else None
    return FollowUp(*values)
