"""What was found and what became of it: submitted audits as reports count them.

Texts stay where they are: of the pages only grades, tags and whether somebody was heard are read.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.audits import AuditState
from domain.closing import Impact, is_discussed
from domain.days import local_day
from domain.grades import Grade
from domain.loop import Found, FoundAction, counting_sections
from domain.moderation import Moderation, counting_grade
from domain.pages import OVERALL, VOICES, Reached
from storage.bound import which
from storage.moderations import ModerationReading
from storage.prepared import Prepared
from storage.tables import audit_actions, audit_pages, audits, teams
from storage.tables_following import followups

_TEAM, _SERVICE = "which_team_id", "which_service_id"
_WITHIN = {_TEAM: which(audits.c.team_id), _SERVICE: which(teams.c.service_id)}
_ROUND = ("which_round_id",)
_TIMES = ("since", "until")
_WHEN = {
    _ROUND: which(audits.c.round_id),
    _TIMES: sa.and_(
        audits.c.submitted_at >= sa.bindparam("since", type_=audits.c.submitted_at.type),
        audits.c.submitted_at < sa.bindparam("until", type_=audits.c.submitted_at.type),
    ),
}


class _Statements:
    """What is asked of the audits of one round or time, of the council or of one place."""

    def __init__(self, condition: sa.ColumnElement[bool]) -> None:
        chosen = (
            sa.select(audits.c.id)
            .join(teams, teams.c.id == audits.c.team_id)
            .where(audits.c.state == AuditState.SUBMITTED.value, condition)
        )
        self.found = Prepared(
            sa.select(
                audits.c.id,
                audits.c.round_id,
                audits.c.team_id,
                teams.c.service_id,
                audits.c.auditor_id,
                audits.c.practitioner_id,
                audits.c.submitted_at,
                audits.c.overall,
                followups.c.discussed_on,
                followups.c.closed_at,
                followups.c.impact,
            )
            .join(teams, teams.c.id == audits.c.team_id)
            .outerjoin(followups, followups.c.audit_id == audits.c.id)
            .where(audits.c.state == AuditState.SUBMITTED.value, condition)
            .order_by(audits.c.id)
        )
        self.pages = Prepared(
            sa.select(
                audit_pages.c.audit_id,
                audit_pages.c.page,
                audit_pages.c.grade,
                audit_pages.c.body["tags"].label("tags"),
                audit_pages.c.body["reached"].as_string().label("reached"),
            )
            .where(audit_pages.c.audit_id.in_(chosen))
            .order_by(audit_pages.c.audit_id, audit_pages.c.page)
        )
        self.actions = Prepared(
            sa.select(
                audit_actions.c.audit_id,
                audit_actions.c.state,
                audit_actions.c.due_on,
                audit_actions.c.moderation_id,
                audit_actions.c.id,
            )
            .where(audit_actions.c.audit_id.in_(chosen))
            .order_by(audit_actions.c.id)
        )


_STATEMENTS = {
    (*when, *place): _Statements(sa.and_(_WHEN[when], *(_WITHIN[name] for name in place)))
    for when in (_ROUND, _TIMES)
    for place in ((), (_TEAM,), (_SERVICE,))
}
"""By what is given."""


@dataclass(frozen=True, slots=True)
class _Pages:
    """What the pages of one audit say."""

    sections: dict[str, Grade]
    tags: dict[str, tuple[str, ...]]
    voices: dict[str, bool]


class LoopReading:
    """Gathers submitted audits with what followed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_round(
        self, round_id: int, *, team_id: int | None = None, service_id: int | None = None
    ) -> tuple[Found, ...]:
        """The round's submitted audits, of one team's or one service's cases when given."""
        return self._found({"which_round_id": round_id}, team_id, service_id)

    def submitted_between(
        self, since: datetime, until: datetime, *, team_id: int | None = None, service_id: int | None = None
    ) -> tuple[Found, ...]:
        """Audits submitted from `since` on and before `until`, of whichever round."""
        return self._found({"since": since, "until": until}, team_id, service_id)

    def _found(
        self, when: Mapping[str, Any], team_id: int | None, service_id: int | None
    ) -> tuple[Found, ...]:
        place = {
            name: value for name, value in ((_TEAM, team_id), (_SERVICE, service_id)) if value is not None
        }
        given = {**when, **place}
        asked = _STATEMENTS[tuple(given)]
        rows = asked.found.rows(self._connection, given)
        if not rows:
            return ()
        moderations = ModerationReading(self._connection).of_audits(row.id for row in rows)
        pages = _pages(asked.pages.rows(self._connection, given))
        actions = _actions(asked.actions.rows(self._connection, given), moderations)
        return tuple(_made(row, pages.get(row.id), actions[row.id], moderations.get(row.id)) for row in rows)


def _pages(rows: Iterable[Any]) -> dict[int, _Pages]:
    found: dict[int, _Pages] = {}
    for audit_id, page, grade, tags, reached in rows:
        pages = found.setdefault(audit_id, _Pages({}, {}, {}))
        if page in VOICES:
            pages.voices[page] = reached == Reached.OBTAINED.value
        elif grade and page != OVERALL:
            pages.sections[page] = Grade(grade)
            pages.tags[page] = tuple(tags or ())
    return found


def _actions(rows: Iterable[Any], moderations: Mapping[int, Moderation]) -> Mapping[int, list[FoundAction]]:
    found: defaultdict[int, list[FoundAction]] = defaultdict(list)
    for audit_id, state, due_on, moderation_id, action_id in rows:
        # What the Panel found missing is told with its moderation, and not before.
        if moderation_id is None or moderations[audit_id].released_at is not None:
            found[audit_id].append(FoundAction(state, due_on, action_id))
    return found


def _made(
    row: Any,
    pages: _Pages | None,
    actions: Sequence[FoundAction],
    moderation: Moderation | None,
) -> Found:
    original = Grade(row.overall)
    released_at = moderation.released_at if moderation else None
    return Found(
        audit_id=row.id,
        round_id=row.round_id,
        team_id=row.team_id,
        service_id=row.service_id,
        auditor_id=row.auditor_id,
        practitioner_id=row.practitioner_id,
        submitted_on=local_day(row.submitted_at),
        original=original,
        grade=counting_grade(original, moderation),
        sections=counting_sections(pages.sections if pages else {}, moderation),
        tags=pages.tags if pages else {},
        voices=pages.voices if pages else {},
        actions=tuple(actions),
        # What the Panel found is talked of after its release, and counts no sooner here than on the card.
        discussed=is_discussed(row.discussed_on, local_day(released_at) if released_at else None),
        closed=row.closed_at is not None,
        impact=Impact(row.impact) if row.impact else None,
    )
