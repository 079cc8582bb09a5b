"""The learning log: entries and their actions (OG-06); and what themes are counted from."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from domain.audits import AuditState
from domain.grades import Grade
from domain.learning import DraftedFrom, Entry, EntryState, LearningAction
from storage.bound import batches
from storage.learning_evidence import EvidenceReading, EvidenceWriting
from storage.tables import audit_pages, audits, cases, teams
from storage.tables_following import learning_actions, learning_entries


@dataclass(frozen=True, slots=True)
class GradedPage:
    """A graded page of a submitted audit, with what audits are told apart by."""

    audit_id: int
    team: str
    plan_type: str
    age_band: str
    page: str
    grade: Grade
    """The auditor's own."""
    tags: tuple[str, ...]


_FIELDS = [field.name for field in fields(Entry)]
_STATE, _FROM = _FIELDS.index("state"), _FIELDS.index("drafted_from")
_ENTRIES = sa.select(*(learning_entries.c[name] for name in _FIELDS))
_ACTIONS = sa.select(*(learning_actions.c[field.name] for field in fields(LearningAction))).order_by(
    learning_actions.c.due_on, learning_actions.c.id
)
_GRADED = (
    sa.select(
        audits.c.id,
        teams.c.name,
        cases.c.plan_type,
        cases.c.age_band,
        audit_pages.c.page,
        audit_pages.c.grade,
        audit_pages.c.body["tags"],
    )
    .join(audits, audits.c.id == audit_pages.c.audit_id)
    .join(teams, teams.c.id == audits.c.team_id)
    .join(cases, cases.c.id == audits.c.case_id)
    .where(audits.c.state == AuditState.SUBMITTED.value, audit_pages.c.grade.is_not(None))
    .order_by(audits.c.id, audit_pages.c.page)
)


class LearningReading(EvidenceReading):
    """Looks entries up."""

    def get(self, entry_id: int) -> Entry | None:
        """The entry of this id."""
        row = self._connection.execute(_ENTRIES.where(learning_entries.c.id == entry_id)).one_or_none()
        return _entry(row) if row else None

    def in_states(self, states: Collection[EntryState]) -> tuple[Entry, ...]:
        """Every entry in these states: earliest day first, those without a day last."""
        chosen = _ENTRIES.where(learning_entries.c.state.in_([state.value for state in states])).order_by(
            learning_entries.c.due_on.is_(None), learning_entries.c.due_on, learning_entries.c.id
        )
        return tuple(_entry(row) for row in self._connection.execute(chosen))

    def action(self, action_id: int) -> LearningAction | None:
        """The action of this id."""
        row = self._connection.execute(_ACTIONS.where(learning_actions.c.id == action_id)).one_or_none()
        return LearningAction(*row) if row else None

    def actions(self, entry_ids: Iterable[int]) -> dict[int, tuple[LearningAction, ...]]:
        """Entry to its actions, earliest due first; entries without any are left out."""
        found: dict[int, tuple[LearningAction, ...]] = {}
        for some in batches(entry_ids):
            rows = self._connection.execute(_ACTIONS.where(learning_actions.c.entry_id.in_(some)))
            for one in (LearningAction(*row) for row in rows):
                found[one.entry_id] = (*found.get(one.entry_id, ()), one)
        return found

    def open_actions_of(self, owner_id: int) -> tuple[LearningAction, ...]:
        """What this person is still to do about published entries, earliest due first."""
        published = sa.select(learning_entries.c.id).where(
            learning_entries.c.state.in_([EntryState.OPEN.value, EntryState.ASSURED.value])
        )
        chosen = _ACTIONS.where(
            learning_actions.c.owner_id == owner_id,
            learning_actions.c.done_on.is_(None),
            learning_actions.c.entry_id.in_(published),
        )
        return tuple(LearningAction(*row) for row in self._connection.execute(chosen))

    def graded_pages(self, since: datetime, until: datetime) -> tuple[GradedPage, ...]:
        """The graded pages of the audits submitted from `since` on and before `until`, in order of audit."""
        rows = self._connection.execute(
            _GRADED.where(audits.c.submitted_at >= since, audits.c.submitted_at < until)
        )
        return tuple(GradedPage(*row[:5], Grade(row[5]), tuple(row[6] or ())) for row in rows)


class LearningWriting(LearningReading, EvidenceWriting):
    """Looks entries up and changes them."""

    def add(
        self,
        *,
        theme: str,
        title: str,
        learning: str,
        drafted_from: DraftedFrom,
        by: int | None,
        now: datetime,
        owner_id: int | None = None,
        due_on: date | None = None,
    ) -> int:
        """A new draft; returns the id."""
        insert = sa.insert(learning_entries).values(
            theme=theme,
            title=title,
            learning=learning,
            state=EntryState.DRAFT.value,
            drafted_from=drafted_from.value,
            owner_id=owner_id,
            due_on=due_on,
            created_at=now,
            created_by=by,
            impact="",
            version=1,
        )
        return int(self._connection.execute(insert.returning(learning_entries.c.id)).scalar_one())

    def change(self, entry: Entry, values: Mapping[str, Any]) -> bool:
        """Set these columns when the entry still has the version given; whether it had."""
        changed = self._connection.execute(
            sa.update(learning_entries)
            .where(learning_entries.c.id == entry.id, learning_entries.c.version == entry.version)
            .values(**values, version=entry.version + 1)
        )
        return changed.rowcount == 1

    def add_action(self, entry_id: int, *, what: str, owner_id: int, due_on: date) -> int:
        """A new action of the entry; returns the id."""
        insert = sa.insert(learning_actions).values(
            entry_id=entry_id, what=what, owner_id=owner_id, due_on=due_on, done_text=""
        )
        return int(self._connection.execute(insert.returning(learning_actions.c.id)).scalar_one())

    def change_action(self, action_id: int, values: Mapping[str, Any]) -> bool:
        """Set these columns while the action is not done; whether it was not."""
        changed = self._connection.execute(
            sa.update(learning_actions)
            .where(learning_actions.c.id == action_id, learning_actions.c.done_on.is_(None))
            .values(**values)
        )
        return changed.rowcount == 1

    def take_out_action(self, action_id: int) -> bool:
        """Take an action that is not done out of its entry; whether it was not done."""
        gone = self._connection.execute(
            sa.delete(learning_actions).where(
                learning_actions.c.id == action_id, learning_actions.c.done_on.is_(None)
            )
        )
        return gone.rowcount == 1


def _entry(row: Sequence[Any]) -> Entry:
    values = list(row)
    values[_STATE] = EntryState(values[_STATE])
    values[_FROM] = DraftedFrom(values[_FROM])
    return Entry(*values)
