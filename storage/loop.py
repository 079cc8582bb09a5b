"""What was found and what became of it: submitted audits as reports count them.

Texts stay where they are: of the pages only grades, tags and whether somebody was heard are read.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from domain.audits import AuditState
from domain.closing import Impact, is_discussed
from domain.days import local_day
from domain.grades import Grade
from domain.loop import Found, FoundAction, counting_sections
from domain.moderation import Moderation, counting_grade
from domain.pages import OVERALL, VOICES, Reached
from storage.bound import batches
from storage.moderations import ModerationReading
from storage.tables import audit_actions, audit_pages, audits, teams
from storage.tables_following import followups

_FOUND = (
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
    .where(audits.c.state == AuditState.SUBMITTED.value)
    .order_by(audits.c.id)
)
_PAGES = sa.select(
    audit_pages.c.audit_id,
    audit_pages.c.page,
    audit_pages.c.grade,
    audit_pages.c.body["tags"],
    audit_pages.c.body["reached"].as_string(),
).order_by(audit_pages.c.audit_id, audit_pages.c.page)
_ACTIONS = sa.select(
    audit_actions.c.audit_id,
    audit_actions.c.state,
    audit_actions.c.due_on,
    audit_actions.c.moderation_id,
    audit_actions.c.id,
).order_by(audit_actions.c.id)


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
        return self._found(audits.c.round_id == round_id, team_id, service_id)

    def submitted_between(
        self, since: datetime, until: datetime, *, team_id: int | None = None, service_id: int | None = None
    ) -> tuple[Found, ...]:
        """Audits submitted from `since` on and before `until`, of whichever round."""
        between = (audits.c.submitted_at >= since) & (audits.c.submitted_at < until)
        return self._found(between, team_id, service_id)

    def _found(
        self, condition: sa.ColumnElement[bool], team_id: int | None, service_id: int | None
    ) -> tuple[Found, ...]:
        if team_id is not None:
            condition &= audits.c.team_id == team_id
        if service_id is not None:
            condition &= teams.c.service_id == service_id
        rows = self._connection.execute(_FOUND.where(condition)).mappings().all()
        ids = [row["id"] for row in rows]
        moderations = ModerationReading(self._connection).of_audits(ids)
        pages, actions = self._pages(ids), self._actions(ids, moderations)
        return tuple(
            _made(row, pages.get(row["id"]), actions[row["id"]], moderations.get(row["id"])) for row in rows
        )

    def _pages(self, audit_ids: Sequence[int]) -> dict[int, _Pages]:
        found: dict[int, _Pages] = {}
        for some in batches(audit_ids):
            for audit_id, page, grade, tags, reached in self._connection.execute(
                _PAGES.where(audit_pages.c.audit_id.in_(some))
            ):
                pages = found.setdefault(audit_id, _Pages({}, {}, {}))
                if page in VOICES:
                    pages.voices[page] = reached == Reached.OBTAINED.value
                elif grade and page != OVERALL:
                    pages.sections[page] = Grade(grade)
                    pages.tags[page] = tuple(tags or ())
        return found

    def _actions(
        self, audit_ids: Iterable[int], moderations: Mapping[int, Moderation]
    ) -> Mapping[int, list[FoundAction]]:
        found: defaultdict[int, list[FoundAction]] = defaultdict(list)
        for some in batches(audit_ids):
            for audit_id, state, due_on, moderation_id, action_id in self._connection.execute(
                _ACTIONS.where(audit_actions.c.audit_id.in_(some))
            ):
                # What the Panel found missing is told with its moderation, and not before.
                if moderation_id is None or moderations[audit_id].released_at is not None:
                    found[audit_id].append(FoundAction(state, due_on, action_id))
        return found


def _made(
    row: RowMapping,
    pages: _Pages | None,
    actions: Sequence[FoundAction],
    moderation: Moderation | None,
) -> Found:
    original = Grade(row["overall"])
    released_at = moderation.released_at if moderation else None
    return Found(
        audit_id=row["id"],
        round_id=row["round_id"],
        team_id=row["team_id"],
        service_id=row["service_id"],
        auditor_id=row["auditor_id"],
        practitioner_id=row["practitioner_id"],
        submitted_on=local_day(row["submitted_at"]),
        original=original,
        grade=counting_grade(original, moderation),
        sections=counting_sections(pages.sections if pages else {}, moderation),
        tags=pages.tags if pages else {},
        voices=pages.voices if pages else {},
        actions=tuple(actions),
        # What the Panel found is talked of after its release, and counts no sooner here than on the card.
        discussed=is_discussed(row["discussed_on"], local_day(released_at) if released_at else None),
        closed=row["closed_at"] is not None,
        impact=Impact(row["impact"]) if row["impact"] else None,
    )
