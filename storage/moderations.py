"""Moderations: which audits the Panel looks at, whose they are, and what came of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.grades import Grade
from domain.moderation import Moderation, Reason, ReleaseKind, Verdict
from domain.panel_load import Counted, Turns
from storage.bound import batches, which
from storage.prepared import Prepared
from storage.tables import audits, reviews
from storage.tables_moderation import moderations, nominations, team_copies
from storage.upsert import insert_once


@dataclass(frozen=True, slots=True)
class NominationRow:
    """What the Panel answered to a team manager's nomination (Q6)."""

    audit_id: int
    accepted: bool
    reason: str
    by_id: int
    at: datetime


_FIELDS = [field.name for field in fields(Moderation)]
_ROWS = sa.select(*(moderations.c[name] for name in _FIELDS))
_BY_ID = Prepared(_ROWS.where(which(moderations.c.id)))
_BY_AUDIT = Prepared(_ROWS.where(which(moderations.c.audit_id)))
_OF_AUDITOR = Prepared(
    _ROWS.join(audits, audits.c.id == moderations.c.audit_id)
    .where(which(audits.c.auditor_id), moderations.c.decided_at.is_not(None))
    .order_by(moderations.c.decided_at.desc(), moderations.c.id.desc())
)
_LATELY = sa.bindparam("lately", type_=moderations.c.selected_at.type)
_EARLIER = sa.bindparam("earlier", type_=moderations.c.selected_at.type)
_IS_LATE = moderations.c.selected_at >= _LATELY
# As a sum, or SQLite would go by people through all the years rather than by time through these months.
_WHOSE = moderations.c.moderator_id + 0
_CHOSEN = Prepared(
    sa.select(
        _WHOSE.label("whose"),
        sa.func.count(sa.case((_IS_LATE, 1))).label("late"),
        sa.func.count(sa.case((_IS_LATE, None), else_=1)).label("before"),
        sa.func.min(sa.case((_IS_LATE, moderations.c.selected_at))).label("first_at"),
    )
    .where(moderations.c.selected_at >= _EARLIER)
    .group_by(_WHOSE)
)
"""Of each of the Panel: how many were chosen lately, how many in the time before, and the first lately."""
_WAITING = Prepared(
    sa.select(moderations.c.moderator_id, sa.func.count())
    .where(moderations.c.decided_at.is_(None), moderations.c.moderator_id.is_not(None))
    .group_by(moderations.c.moderator_id)
)
_OPENING = Prepared(
    sa.select(moderations.c.moderator_id)
    .where(_IS_LATE, moderations.c.selected_at <= sa.bindparam("until", type_=moderations.c.selected_at.type))
    .order_by(moderations.c.selected_at, moderations.c.id)
)
_NOMINATIONS = sa.select(*(nominations.c[field.name] for field in fields(NominationRow)))


class ModerationReading:
    """Looks moderations up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, moderation_id: int) -> Moderation | None:
        """The moderation of this id."""
        row = _BY_ID.row(self._connection, {"which_id": moderation_id})
        return _moderation(row) if row else None

    def of_audit(self, audit_id: int) -> Moderation | None:
        """The audit's moderation, when it was chosen for one."""
        row = _BY_AUDIT.row(self._connection, {"which_audit_id": audit_id})
        return _moderation(row) if row else None

    def of_audits(self, audit_ids: Iterable[int]) -> dict[int, Moderation]:
        """Audit id to its moderation, for those that have one."""
        found: dict[int, Moderation] = {}
        for some in batches(audit_ids):
            rows = self._connection.execute(_ROWS.where(moderations.c.audit_id.in_(some)))
            found |= {one.audit_id: one for one in map(_moderation, rows)}
        return found

    def undecided(self) -> tuple[Moderation, ...]:
        """The Panel's queue: what nobody has decided yet, earliest due first."""
        return self._find(moderations.c.decided_at.is_(None))

    def held(self) -> tuple[Moderation, ...]:
        """Decided and not released yet, earliest decided first (MO-17)."""
        return self._find(moderations.c.decided_at.is_not(None), moderations.c.released_at.is_(None))

    def of_auditor(self, person_id: int) -> tuple[Moderation, ...]:
        """The decided moderations of this auditor's audits, newest first (Q5)."""
        rows = _OF_AUDITOR.rows(self._connection, {"which_auditor_id": person_id})
        return tuple(map(_moderation, rows))

    def decided_by_auditor(self) -> dict[int, tuple[Moderation, ...]]:
        """Auditor to the decided moderations of their audits, newest first (Q5)."""
        rows = self._connection.execute(
            _ROWS.add_columns(audits.c.auditor_id)
            .join(audits, audits.c.id == moderations.c.audit_id)
            .where(moderations.c.decided_at.is_not(None))
            .order_by(moderations.c.decided_at.desc(), moderations.c.id.desc())
        )
        found: dict[int, tuple[Moderation, ...]] = {}
        for row in rows:
            found[row[-1]] = (*found.get(row[-1], ()), _moderation(row[:-1]))
        return found

    def released_between(self, since: datetime, until: datetime) -> tuple[Moderation, ...]:
        """Released from `since` on and before `until`, in that order."""
        return self._find(moderations.c.released_at >= since, moderations.c.released_at < until)

    def selected_between(self, since: datetime, until: datetime) -> tuple[Moderation, ...]:
        """Chosen from `since` on and before `until`."""
        return self._find(moderations.c.selected_at >= since, moderations.c.selected_at < until)

    def turns(self, members: Collection[int], *, lately: datetime, earlier: datetime) -> Turns:
        """Whose the moderations chosen since `lately` are, and those not decided; what keeps the load fair.

        Whoever of the members had one chosen from `earlier` on and before `lately` is settled.
        """
        given = {"earlier": earlier, "lately": lately}
        chosen = {row.whose: row for row in _CHOSEN.rows(self._connection, given) if row.whose is not None}
        waiting = {row[0]: row[1] for row in _WAITING.rows(self._connection, {})}
        firsts = [row.first_at for i, row in chosen.items() if i in members and row.late and not row.before]
        opening: list[int] = []
        if firsts:
            until = {"lately": lately, "until": max(firsts)}
            opening = [row[0] for row in _OPENING.rows(self._connection, until) if row[0] is not None]
        counted = tuple(
            Counted(i, waiting.get(i, 0), row.late if row else 0, bool(row and row.before))
            for i, row in ((i, chosen.get(i)) for i in sorted(chosen.keys() | waiting.keys()))
        )
        return Turns(counted, tuple(opening))

    def drawn_by_lot(self) -> dict[int, int]:
        """Auditor to how many of their audits a draw has added so far (MO-05)."""
        rows = self._connection.execute(
            sa.select(audits.c.auditor_id, sa.func.count())
            .join(moderations, moderations.c.audit_id == audits.c.id)
            .where(moderations.c.draw_id.is_not(None))
            .group_by(audits.c.auditor_id)
        )
        return {row[0]: row[1] for row in rows}

    def nomination(self, audit_id: int) -> NominationRow | None:
        """The Panel's answer to the audit's nomination, when there is one."""
        row = self._connection.execute(_NOMINATIONS.where(nominations.c.audit_id == audit_id)).one_or_none()
        return NominationRow(*row) if row else None

    def copy_given_to(self, audit_id: int) -> int | None:
        """To whom the QA office gave the team's copy of the audit's moderation, when it did (MO-15)."""
        chosen = sa.select(team_copies.c.person_id).where(team_copies.c.audit_id == audit_id)
        return self._connection.execute(chosen).scalar_one_or_none()

    def unanswered_nominations(self) -> tuple[int, ...]:
        """Audits that a team manager nominated and the Panel has neither answered nor chosen."""
        answered = sa.select(nominations.c.audit_id).where(nominations.c.audit_id == reviews.c.audit_id)
        chosen = sa.select(moderations.c.id).where(moderations.c.audit_id == reviews.c.audit_id)
        rows = self._connection.execute(
            sa.select(reviews.c.audit_id)
            .where(reviews.c.nominated, ~answered.exists(), ~chosen.exists())
            .order_by(reviews.c.at, reviews.c.audit_id)
        )
        return tuple(row[0] for row in rows)

    def _find(self, *conditions: sa.ColumnElement[bool]) -> tuple[Moderation, ...]:
        chosen = _ROWS.where(*conditions).order_by(moderations.c.due_on, moderations.c.id)
        return tuple(_moderation(row) for row in self._connection.execute(chosen))


class ModerationWriting(ModerationReading):
    """Looks moderations up and changes them."""

    def select(
        self,
        *,
        audit_id: int,
        reasons: Collection[Reason],
        due_on: date,
        moderator_id: int | None,
        now: datetime,
        draw_id: int | None = None,
        by: int | None = None,
        note: str = "",
    ) -> bool:
        """Choose an audit for moderation, once; whether it had not been chosen before."""
        values: dict[str, Any] = {
            "draw_id": draw_id,
            "reasons": [reason.value for reason in reasons],
            "selected_at": now,
            "selected_by": by,
            "selected_note": note,
            "due_on": due_on,
            "moderator_id": moderator_id,
            "body": {},
            "final_because": "",
            "reply": "",
            "release_reason": "",
            "version": 1,
        }
        return insert_once(self._connection, moderations, {"audit_id": audit_id}, values)

    def change(self, moderation: Moderation, values: Mapping[str, Any]) -> bool:
        """Set these columns when the moderation still has the version given; whether it had."""
        changed = self._connection.execute(
            sa.update(moderations)
            .where(moderations.c.id == moderation.id, moderations.c.version == moderation.version)
            .values(**values, version=moderation.version + 1)
        )
        return changed.rowcount == 1

    def give_copy(self, audit_id: int, *, person_id: int, by: int, now: datetime) -> bool:
        """Keep who has the team's copy, once; whether nobody was given it before."""
        values = {"person_id": person_id, "by_id": by, "at": now}
        return insert_once(self._connection, team_copies, {"audit_id": audit_id}, values)

    def answer_nomination(
        self, audit_id: int, *, accepted: bool, reason: str, by: int, now: datetime
    ) -> bool:
        """Keep the Panel's answer, once; whether there was none."""
        values = {"accepted": accepted, "reason": reason, "by_id": by, "at": now}
        return insert_once(self._connection, nominations, {"audit_id": audit_id}, values)


def _moderation(row: Sequence[Any]) -> Moderation:
    values = dict(zip(_FIELDS, row, strict=True))
    values["reasons"] = tuple(Reason(word) for word in values["reasons"])
    for name, kind in (
        ("verdict", Verdict),
        ("overall", Grade),
        ("final", Grade),
        ("release_kind", ReleaseKind),
    ):
        values[name] = kind(values[name]) if values[name] else None
    return Moderation(**values)
