"""A wide net for whose manager somebody may be, so that few rows are looked at one by one."""

import sqlalchemy as sa

from storage.tables import people, teams

ANSWERS = sa.bindparam("answers", type_=sa.Integer)
"""Whoever is asked about, for a statement that is put together once."""


def may_answer_for(
    owner_id: sa.ColumnElement[int], answers: int | sa.BindParameter[int]
) -> sa.ColumnElement[bool]:
    """Whether this person may answer for the owner, themselves or as a cover.

    By line, team or service, and too wide on purpose. Posts, leave and who comes first are for the rules to
    say (`workflows.covering`).
    """
    heads = people.alias("heads")
    owner = people.alias("owner")
    stands = sa.or_(heads.c.id == answers, heads.c.cover_id == answers)
    ids = sa.select(heads.c.id).where(stands)
    their_teams = sa.select(heads.c.team_id).where(stands, heads.c.team_id.is_not(None))
    services = sa.select(heads.c.service_id).where(stands, heads.c.service_id.is_not(None))
    of_services = sa.select(teams.c.id).where(teams.c.service_id.in_(services))
    led = sa.or_(
        owner.c.manager_id.in_(ids),
        owner.c.team_id.in_(their_teams),
        owner.c.team_id.in_(of_services),
        owner.c.service_id.in_(services),
        # Whoever answers for somebody without a team may be found through the audit, or in the QA office.
        owner.c.team_id.is_(None),
    )
    return owner_id.in_(sa.select(owner.c.id).where(led))
