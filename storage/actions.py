"""Actions of audits, from agreed to confirmed, with every step on the way (CA-23)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.actions import Step, StepKind
from domain.pages import ActionLine
from storage.answering import ANSWERS, may_answer_for
from storage.bound import batches, which
from storage.prepared import Prepared
from storage.tables import audit_actions, audits, teams
from storage.tables_following import action_steps


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action agreed in a submitted audit."""

    id: int
    audit_id: int
    position: int
    what: str
    owner_id: int
    due_on: date
    agreed_on: date
    state: str
    """"open", "done" (as the owner says) or "confirmed" (by whoever answers for them)."""
    moderation_id: int | None
    """The moderation that found it missing (MO-09); None for the auditor's own."""
    asked_until_on: date | None
    """A later day that was asked for and not answered yet."""
    done_on: date | None
    confirmed_on: date | None
    version: int


_ROWS = sa.select(*(audit_actions.c[field.name] for field in fields(ActionRow)))
_BY_ID = Prepared(_ROWS.where(which(audit_actions.c.id)))
_EARLIEST_FIRST = _ROWS.order_by(audit_actions.c.due_on, audit_actions.c.id)
_DONE = _EARLIEST_FIRST.where(audit_actions.c.state == "done")
_CALLED_DONE = Prepared(_DONE)
_CALLED_DONE_TO = Prepared(_DONE.where(may_answer_for(audit_actions.c.owner_id, ANSWERS)))
_OPEN = _EARLIEST_FIRST.where(audit_actions.c.state != "confirmed")
_UNCONFIRMED = Prepared(_OPEN)
_UNCONFIRMED_OF = Prepared(_OPEN.where(which(audit_actions.c.owner_id)))
_UNCONFIRMED_TO = Prepared(_OPEN.where(may_answer_for(audit_actions.c.owner_id, ANSWERS)))
_OF_AUDIT = Prepared(_ROWS.where(which(audit_actions.c.audit_id)).order_by(audit_actions.c.position))
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
        return self._all(_OF_AUDIT, which_audit_id=audit_id)

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
        return self._all(_UNCONFIRMED_OF, which_owner_id=owner_id)

    def unconfirmed(self, *, answers: int | None = None) -> tuple[ActionRow, ...]:
        """What nobody has confirmed.

        Given somebody who `answers`, only of whoever they may answer for; the rules say who does.
        """
        return self._all(_UNCONFIRMED) if answers is None else self._all(_UNCONFIRMED_TO, answers=answers)

    def called_done(self, *, answers: int | None = None) -> tuple[ActionRow, ...]:
        """What owners call done and nobody has answered, earliest first.

        Given somebody who `answers`, only where they may, or somebody they cover: who really does is decided
        from the staff list as it stands.
        """
        return self._all(_CALLED_DONE) if answers is None else self._all(_CALLED_DONE_TO, answers=answers)

    def tracked(self, *, answers: int | None, of_service: int | None, since: date) -> tuple[ActionRow, ...]:
        """What nobody has confirmed, or somebody has since this day: wide, as `unconfirmed` is; everyone's
        when nobody `answers`. Given a service, that of its teams' audits as well. Earliest due first.
        """
        shown = sa.or_(audit_actions.c.state != "confirmed", audit_actions.c.confirmed_on >= since)
        if answers is None:
            return self._find(shown)
        theirs = may_answer_for(audit_actions.c.owner_id, answers)
        if of_service is not None:
            in_service = sa.select(teams.c.id).where(teams.c.service_id == of_service)
            in_audits = sa.select(audits.c.id).where(audits.c.team_id.in_(in_service))
            theirs = sa.or_(theirs, audit_actions.c.audit_id.in_(in_audits))
        return self._find(shown, theirs)

    def sent_back(self, action_ids: Iterable[int]) -> frozenset[int]:
        """Which of these were sent back and neither done nor handed on since."""
        telling = [StepKind.SENT_BACK.value, StepKind.DONE.value, StepKind.HANDED_ON.value]
        last: dict[int, str] = {}
        for some in batches(action_ids):
            rows = self._connection.execute(
                sa.select(action_steps.c.action_id, action_steps.c.kind)
                .where(action_steps.c.action_id.in_(some), action_steps.c.kind.in_(telling))
                .order_by(action_steps.c.id)
            )
            for action_id, kind in rows:
                last[action_id] = kind
        return frozenset(i for i, kind in last.items() if kind == StepKind.SENT_BACK.value)

    def oversight_of(self, person_id: int, *, since: datetime) -> tuple[tuple[Step, int], ...]:
        """(step, audit id) of each oversight that this person left on record since then, newest first."""
        noting = [StepKind.OVERSIGHT.value, StepKind.CONFIRMED.value]
        rows = self._connection.execute(
            sa.select(*(action_steps.c[field.name] for field in fields(Step)), audit_actions.c.audit_id)
            .join(audit_actions, audit_actions.c.id == action_steps.c.action_id)
            .where(
                action_steps.c.by_id == person_id,
                action_steps.c.kind.in_(noting),
                action_steps.c.at >= since,
            )
            .order_by(action_steps.c.id.desc())
        )
        return tuple((_step(row[:-1]), row[-1]) for row in rows)

    def step(self, step_id: int) -> Step | None:
        """The step of this id."""
        row = self._connection.execute(_STEPS.where(action_steps.c.id == step_id)).one_or_none()
        return _step(row) if row else None

    def steps(self, action_id: int) -> tuple[Step, ...]:
        """What was said and done about an action, oldest first."""
        chosen = _STEPS.where(action_steps.c.action_id == action_id)
        return tuple(_step(row) for row in self._connection.execute(chosen))

    def _all(self, chosen: Prepared, **values: int) -> tuple[ActionRow, ...]:
        return tuple(ActionRow(*row) for row in chosen.rows(self._connection, values))

    def _find(self, *conditions: sa.ColumnElement[bool]) -> tuple[ActionRow, ...]:
        chosen = _ROWS.where(*conditions).order_by(audit_actions.c.due_on, audit_actions.c.id)
        return tuple(ActionRow(*row) for row in self._connection.execute(chosen))


class ActionWriting(ActionReading):
    """Looks actions up and moves them on."""

    def add_agreed(self, audit_id: int, actions: Sequence[Mapping[str, Any]]) -> None:
        """The agreed actions of a submitted audit: dicts with what, owner_id, due_on, agreed_on."""
        rows = [
            {**action, "audit_id": audit_id, "position": position, "state": "open"}
            for position, action in enumerate(actions, start=1)
        ]
        if rows:
            self._connection.execute(sa.insert(audit_actions), rows)

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
