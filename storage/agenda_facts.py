"""What agendas show of the performance framework, and count of audits and their actions."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.audits import AuditState
from storage.tables import audit_actions, audits, teams
from storage.tables_moderation import moderations
from storage.tables_performance import exceptions, indicators


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """An exception that has not been closed (PF-04, PF-09)."""

    indicator: str
    team: str
    """Empty for one of a service or the council."""
    reply: str
    action: str


@dataclass(frozen=True, slots=True)
class ActionCounts:
    """How far the actions of some audits have come."""

    still: int
    overdue: int
    """Of those still open."""
    done: int
    """Called done, and to be confirmed."""
    confirmed: int


class AgendaFacts:
    """Looks up what agendas show."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def exceptions(self, service_id: int | None = None) -> tuple[ExceptionLine, ...]:
        """Exceptions not closed, unanswered ones first; of one service, its teams' among them, when given."""
        chosen = (
            sa.select(
                indicators.c.name, sa.func.coalesce(teams.c.name, ""), exceptions.c.reply, exceptions.c.action
            )
            .join(indicators, indicators.c.id == exceptions.c.indicator_id)
            .outerjoin(teams, teams.c.id == exceptions.c.team_id)
            .where(exceptions.c.state != "closed")
            .order_by(exceptions.c.state.desc(), exceptions.c.period_on, exceptions.c.id)
        )
        if service_id is not None:
            chosen = chosen.where(
                sa.or_(exceptions.c.service_id == service_id, teams.c.service_id == service_id)
            )
        return tuple(ExceptionLine(*row) for row in self._connection.execute(chosen))

    def submitted(self, since: datetime, until: datetime, *, service_id: int | None = None) -> int:
        """How many audits came in from `since` on and before `until`; of one service's cases when given."""
        chosen = sa.select(sa.func.count()).select_from(audits.join(teams, teams.c.id == audits.c.team_id))
        return self._connection.execute(
            chosen.where(*_submitted_between(since, until, service_id))
        ).scalar_one()

    def actions(
        self, since: datetime, until: datetime, *, today: date, service_id: int | None = None
    ) -> ActionCounts:
        """The actions of those audits, without what a moderation found missing before it is released."""
        state, due_on = audit_actions.c.state, audit_actions.c.due_on
        still = state == "open"
        counts = (still, still & (due_on < today), state == "done", state == "confirmed")
        chosen = (
            sa.select(*(sa.func.count(sa.case((count, 1))) for count in counts))
            .select_from(audit_actions)
            .join(audits, audits.c.id == audit_actions.c.audit_id)
            .join(teams, teams.c.id == audits.c.team_id)
            .outerjoin(moderations, moderations.c.id == audit_actions.c.moderation_id)
            .where(
                sa.or_(audit_actions.c.moderation_id.is_(None), moderations.c.released_at.is_not(None)),
                *_submitted_between(since, until, service_id),
            )
        )
        row = self._connection.execute(chosen).one()
        return ActionCounts(*map(int, row))


def _submitted_between(
    since: datetime, until: datetime, service_id: int | None
) -> tuple[sa.ColumnElement[bool], ...]:
    submitted = audits.c.state == AuditState.SUBMITTED.value
    between = (submitted, audits.c.submitted_at >= since, audits.c.submitted_at < until)
    return between if service_id is None else (*between, teams.c.service_id == service_id)
