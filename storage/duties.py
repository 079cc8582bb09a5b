"""What everyone has been asked to do, read for all at once: what the calendar's nudges are made from."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.audits import AuditState
from domain.permissions import Capacity
from storage.bound import which
from storage.prepared import Prepared
from storage.tables import audit_actions, audit_shares, audits, comments, people, reviews


@dataclass(frozen=True, slots=True)
class OpenAudit:
    """An audit that its auditor has not submitted yet."""

    audit_id: int
    auditor_id: int
    accepted: bool
    allocated_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A shared audit that this reader has not answered yet."""

    audit_id: int
    person_id: int
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action that is not done yet."""

    action_id: int
    audit_id: int
    owner_id: int
    agreed_on: date
    due_on: date


_SHARED = (
    sa.select(audits.c.id, audit_shares.c.person_id, audits.c.submitted_at)
    .join(audit_shares, audit_shares.c.audit_id == audits.c.id)
    .where(audits.c.state == AuditState.SUBMITTED.value)
    .order_by(audits.c.id, audit_shares.c.person_id)
)
_ACTIONS = (
    sa.select(
        audit_actions.c.id,
        audit_actions.c.audit_id,
        audit_actions.c.owner_id,
        audit_actions.c.agreed_on,
        audit_actions.c.due_on,
    )
    .where(audit_actions.c.state == "open")
    .order_by(audit_actions.c.due_on, audit_actions.c.id)
)
_ACTIONS_OF = Prepared(_ACTIONS.where(which(audit_actions.c.owner_id)))


class DutyReading:
    """Looks up what is still to do."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open_audits(self) -> tuple[OpenAudit, ...]:
        """Every audit that is not submitted, earliest due first."""
        rows = self._connection.execute(
            sa.select(
                audits.c.id,
                audits.c.auditor_id,
                audits.c.state == AuditState.ACCEPTED.value,
                audits.c.allocated_on,
                audits.c.due_on,
            )
            .where(audits.c.state.in_([AuditState.ALLOCATED.value, AuditState.ACCEPTED.value]))
            .order_by(audits.c.due_on, audits.c.id)
        )
        return tuple(OpenAudit(row[0], row[1], bool(row[2]), row[3], row[4]) for row in rows)

    def uncommented(self, since: datetime) -> tuple[Unanswered, ...]:
        """Practitioners who have not commented on an audit shared since then."""
        said = sa.select(comments.c.id).where(comments.c.audit_id == audits.c.id)
        return self._unanswered(Capacity.PRACTITIONER, ~said.exists(), since)

    def unreviewed(self, since: datetime) -> tuple[Unanswered, ...]:
        """Team managers with an audit shared since then that nobody has reviewed."""
        done = sa.select(reviews.c.audit_id).where(reviews.c.audit_id == audits.c.id)
        return self._unanswered(Capacity.TEAM_MANAGER, ~done.exists(), since)

    def open_actions(self) -> tuple[OpenAction, ...]:
        """Every open action, earliest due first."""
        return tuple(OpenAction(*row) for row in self._connection.execute(_ACTIONS))

    def actions_of(self, owner_id: int) -> tuple[OpenAction, ...]:
        """The open actions that this person owns, earliest due first."""
        rows = _ACTIONS_OF.rows(self._connection, {"which_owner_id": owner_id})
        return tuple(OpenAction(*row) for row in rows)

    def actions_in_team(self, team_id: int) -> tuple[OpenAction, ...]:
        """The open actions owned by people of this team, earliest due first."""
        members = sa.select(people.c.id).where(people.c.team_id == team_id)
        chosen = _ACTIONS.where(audit_actions.c.owner_id.in_(members))
        return tuple(OpenAction(*row) for row in self._connection.execute(chosen))

    def _unanswered(
        self, capacity: Capacity, unanswered: sa.ColumnElement[bool], since: datetime
    ) -> tuple[Unanswered, ...]:
        chosen = _SHARED.where(
            audit_shares.c.capacity == capacity.value, audits.c.submitted_at >= since, unanswered
        )
        return tuple(Unanswered(row[0], row[1], row[2]) for row in self._connection.execute(chosen))
