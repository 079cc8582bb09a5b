"""What agendas show of the performance framework."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.tables import teams
from storage.tables_performance import exceptions, indicators


@dataclass(frozen=True, slots=True)
class ExceptionLine:
    """An exception that has not been closed (PF-04, PF-09)."""

    indicator: str
    team: str
    """Empty for one of a service or the council."""
    reply: str
    action: str


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
