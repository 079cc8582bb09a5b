"""Actions of audits, from agreed to confirmed, with every step on the way (CA-23)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.actions import Step, StepKind
from domain.pages import ActionLine
from storage.answering import may_answer_for
from storage.audits import ActionRow
from storage.bound import batches, which
from storage.prepared import Prepared
from storage.tables import audit_actions
from storage.tables_following import action_steps

_ROWS = sa.select(*(audit_actions.c[field.name] for field in fields(ActionRow)))
_BY_ID = Prepared(_ROWS.where(which(audit_actions.c.id)))
_OF_AUDIT = Prepared(_ROWS.where(which(audit_actions.c.audit_id)).order_by(audit_actions.c.position))
_EARLIEST_FIRST = _ROWS.order_by(audit_actions.c.due_on, audit_actions.c.id)
_DONE = _EARLIEST_FIRST.where(audit_actions.c.state == "done")
_CALLED_DONE = Prepared(_DONE)
_CALLED_DONE_TO = Prepared(_DONE.where(may_answer_for(audit_actions.c.owner_id)))
_OPEN = _EARLIEST_FIRST.where(audit_actions.c.state != "confirmed")
_UNCONFIRMED_OF = Prepared(_OPEN.where(which(audit_actions.c.owner_id)))
_UNCONFIRMED_TO = Prepared(_OPEN.where(may_answer_for(audit_actions.c.owner_id)))
_STEPS = sa.select(*(action_steps.c[field.name] for field in fields(Step))).order_by(action_steps.c.id)
_KIND = [field.name for field in fields(Step)].index("kind")


class ActionReading:
    """Looks actions up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, action_id: int) -> ActionRow | None:
        """The action of this id."""
        row = _BY_ID.row(self._connection, {"which_id": action_id})
        return ActionRow(*row) if row else None

    def of_audit(self, audit_id: int) -> tuple[ActionRow, ...]:
        """An audit's actions, in order."""
        rows = _OF_AUDIT.rows(self._connection, {"which_audit_id": audit_id})
        return tuple(ActionRow(*row) for row in rows)

    def of_audits(self, audit_ids: Iterable[int]) -> dict[int, tuple[ActionRow, ...]]:
        """Audit id to its actions, in order; audits without any are left out."""
        found: dict[int, tuple[ActionRow, ...]] = {}
        for some in batches(audit_ids):
            chosen = _ROWS.where(audit_actions.c.audit_id.in_(some)).order_by(audit_actions.c.position)
            for row in self._connection.execute(chosen):
                action = ActionRow(*row)
                found[action.audit_id] = (*found.get(action.audit_id, ()), action)
        return found

    def unconfirmed_of(self, owner_id: int) -> tuple[ActionRow, ...]:
        """What this person owns and nobody has confirmed, earliest due first."""
        return self._find(_UNCONFIRMED_OF, which_owner_id=owner_id)

    def unconfirmed(self, *, answers: int) -> tuple[ActionRow, ...]:
        """What nobody has confirmed, of whoever this person may answer for; the rules say who does."""
        return self._find(_UNCONFIRMED_TO, answers=answers)

    def called_done(self, *, answers: int | None = None) -> tuple[ActionRow, ...]:
        """What owners call done and nobody has answered, earliest first.

        Given somebody who `answers`, only where they may, or somebody they cover: who really does is decided
        from the staff list as it stands.
        """
        if answers is None:
            return self._find(_CALLED_DONE)
        return self._find(_CALLED_DONE_TO, answers=answers)

    def step(self, step_id: int) -> Step | None:
        """The step of this id."""
        row = self._connection.execute(_STEPS.where(action_steps.c.id == step_id)).one_or_none()
        return _step(row) if row else None

    def steps(self, action_id: int) -> tuple[Step, ...]:
        """What was said and done about an action, oldest first."""
        chosen = _STEPS.where(action_steps.c.action_id == action_id)
        return tuple(_step(row) for row in self._connection.execute(chosen))

    def _find(self, chosen: Prepared, **values: int) -> tuple[ActionRow, ...]:
        return tuple(ActionRow(*row) for row in chosen.rows(self._connection, values))


class ActionWriting(ActionReading):
    """Looks actions up and moves them on."""

    def add_missing(
        self, audit_id: int, moderation_id: int, lines: Sequence[ActionLine], *, agreed_on: date
    ) -> None:
        """Add what the Panel found missing, after the audit's own; lines need an owner and a day (MO-09)."""
        last = len(self.of_audit(audit_id))
        rows = [
            {
                "audit_id": audit_id,
                "position": position,
                "what": line.what,
                "owner_id": line.owner_id,
                "due_on": line.due_on,
                "agreed_on": agreed_on,
                "state": "open",
                "moderation_id": moderation_id,
            }
            for position, line in enumerate(lines, start=last + 1)
        ]
        if rows:
            self._connection.execute(sa.insert(audit_actions), rows)

    def change(self, action: ActionRow, values: Mapping[str, Any]) -> bool:
        """Set these columns when the action still has the version given; whether it had."""
        changed = self._connection.execute(
            sa.update(audit_actions)
            .where(audit_actions.c.id == action.id, audit_actions.c.version == action.version)
            .values(**values, version=action.version + 1)
        )
        return changed.rowcount == 1

    def add_step(
        self,
        action_id: int,
        kind: StepKind,
        *,
        by: int,
        now: datetime,
        text: str = "",
        recorded: str = "",
        until_on: date | None = None,
    ) -> int:
        """Keep what was said or done; returns the step's id."""
        values = {
            "action_id": action_id,
            "kind": kind.value,
            "by_id": by,
            "at": now,
            "text": text,
            "recorded": recorded,
            "until_on": until_on,
        }
        added = self._connection.execute(
            sa.insert(action_steps).values(**values).returning(action_steps.c.id)
        )
        return int(added.scalar_one())


def _step(row: Sequence[Any]) -> Step:
    values = list(row)
    values[_KIND] = StepKind(values[_KIND])
    return Step(*values)
