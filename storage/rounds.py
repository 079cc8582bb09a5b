"""Rounds, their proposals and exclusions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from domain.audits import Returned
from storage.tables import audits, cases, round_exclusions, round_places, round_swaps, rounds
from storage.upsert import insert_once


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round as it is kept."""

    id: int
    month: date
    state: str
    """"planned", "approved" or "allocated"."""
    seed: int
    population_hash: str
    framework_version: str
    summary: dict[str, Any]
    """What the plan said of itself when it was made: mix, due, what gave way."""
    planned_at: datetime
    approved_by: int | None
    approved_at: datetime | None
    allocated_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One proposed pair."""

    id: int
    round_id: int
    auditor_id: int
    case_id: int
    practitioner_id: int
    reasons: tuple[str, ...]
    kept: bool
    """Whether the officer wants this pair to stay when planning again."""


@dataclass(frozen=True, slots=True)
class ExclusionRow:
    """A case or auditor left out of the round, with the reason."""

    what: str
    subject_id: int
    reason: str
    by_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SwapRow:
    """A case that was swapped away from an auditor."""

    id: int
    auditor_id: int
    case_id: int
    by_id: int
    at: datetime


class RoundReading:
    """Looks rounds up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, round_id: int) -> RoundRow | None:
        """The round of this id."""
        return self._one(rounds.c.id == round_id)

    def of_month(self, month: date) -> RoundRow | None:
        """The round of this month (its first day)."""
        return self._one(rounds.c.month == month)

    def in_state(self, state: str) -> tuple[RoundRow, ...]:
        """Rounds in this state, earliest month first."""
        rows = self._connection.execute(
            sa.select(rounds).where(rounds.c.state == state).order_by(rounds.c.month)
        )
        return tuple(RoundRow(*row) for row in rows)

    def latest(self) -> RoundRow | None:
        """The round of the latest month."""
        row = self._connection.execute(
            sa.select(rounds).order_by(rounds.c.month.desc()).limit(1)
        ).one_or_none()
        return RoundRow(*row) if row else None

    def case_ids_in_use(self, round_id: int) -> frozenset[int]:
        """Cases that stand in this round's proposal."""
        rows = self._connection.execute(
            sa.select(round_places.c.case_id).where(round_places.c.round_id == round_id)
        )
        return frozenset(rows.scalars())

    def places(self, round_id: int) -> tuple[PlaceRow, ...]:
        """The proposal, in order of id."""
        rows = self._connection.execute(
            sa.select(round_places).where(round_places.c.round_id == round_id).order_by(round_places.c.id)
        )
        return tuple(_place(row) for row in rows)

    def place(self, place_id: int) -> PlaceRow | None:
        """One pair of a proposal."""
        row = self._connection.execute(
            sa.select(round_places).where(round_places.c.id == place_id)
        ).one_or_none()
        return _place(row) if row else None

    def exclusions(self, round_id: int) -> tuple[ExclusionRow, ...]:
        """What was left out, oldest first."""
        columns = [round_exclusions.c[name] for name in ("what", "subject_id", "reason", "by_id", "at")]
        rows = self._connection.execute(
            sa.select(*columns).where(round_exclusions.c.round_id == round_id).order_by(round_exclusions.c.id)
        )
        return tuple(ExclusionRow(*row) for row in rows)

    def swaps(self, round_id: int) -> tuple[SwapRow, ...]:
        """Pairs swapped out of the proposal, oldest first."""
        columns = [round_swaps.c[name] for name in ("id", "auditor_id", "case_id", "by_id", "at")]
        rows = self._connection.execute(
            sa.select(*columns).where(round_swaps.c.round_id == round_id).order_by(round_swaps.c.id)
        )
        return tuple(SwapRow(*row) for row in rows)

    def declared_conflicts(self) -> frozenset[tuple[int, int]]:
        """(auditor, case) of every conflict declared with a case that is still open, in whichever round."""
        rows = self._connection.execute(
            sa.select(audits.c.auditor_id, audits.c.case_id)
            .join(cases, cases.c.id == audits.c.case_id)
            .where(audits.c.returned_because == Returned.CONFLICT.value, cases.c.closed_on.is_(None))
        )
        return frozenset((row[0], row[1]) for row in rows)

    def _one(self, condition: sa.ColumnElement[bool]) -> RoundRow | None:
        row = self._connection.execute(sa.select(rounds).where(condition)).one_or_none()
        return RoundRow(*row) if row else None


class RoundWriting(RoundReading):
    """Looks rounds up and changes them."""

    def add(self, values: Mapping[str, Any]) -> int | None:
        """A new planned round from column values; returns the id, or None when its month has one already.

        Two officers may propose the same month in the same instant, and neither sees the other's round yet.
        """
        fresh = {**values, "state": "planned", "version": 1}
        month = fresh.pop("month")
        if not insert_once(self._connection, rounds, {"month": month}, fresh):
            return None
        found = self._connection.execute(sa.select(rounds.c.id).where(rounds.c.month == month))
        return int(found.scalar_one())

    def change(self, round_id: int, version: int, values: Mapping[str, Any]) -> bool:
        """Set these columns when the round still has this version; whether it had."""
        changed = self._connection.execute(
            sa.update(rounds)
            .where(rounds.c.id == round_id, rounds.c.version == version)
            .values(**values, version=version + 1)
        )
        return changed.rowcount == 1

    def hold(self, round_id: int) -> None:
        """Keep others who hold the round waiting until this transaction is over.

        Two audits of one round could otherwise be given the same case in the same instant: neither sees the
        other's choice yet. SQLite has one writer at a time, so there is nothing to do there.
        """
        if self._connection.dialect.name != "sqlite":
            chosen = sa.select(rounds.c.id).where(rounds.c.id == round_id)
            # Weak enough to let audits that point at the round be saved meanwhile.
            self._connection.execute(chosen.with_for_update(key_share=True))

    def replace_places(self, round_id: int, places: Sequence[Mapping[str, Any]]) -> None:
        """A new proposal: dicts with auditor_id, case_id, practitioner_id, reasons and kept."""
        self._connection.execute(sa.delete(round_places).where(round_places.c.round_id == round_id))
        if places:
            self._connection.execute(
                sa.insert(round_places), [{**place, "round_id": round_id} for place in places]
            )

    def exclude(
        self, round_id: int, *, what: str, subject_id: int, reason: str, by: int, now: datetime
    ) -> bool:
        """Leave a case or auditor out; False when it was left out before, with the reason given then."""
        key = {"round_id": round_id, "what": what, "subject_id": subject_id}
        return insert_once(
            self._connection, round_exclusions, key, {"reason": reason, "by_id": by, "at": now}
        )

    def swap_out(self, round_id: int, *, auditor_id: int, case_id: int, by: int, now: datetime) -> bool:
        """Remember that this auditor is not to get this case; False when that was known."""
        key = {"round_id": round_id, "auditor_id": auditor_id, "case_id": case_id}
        return insert_once(self._connection, round_swaps, key, {"by_id": by, "at": now})

    def bring_back(self, round_id: int, *, what: str, subject_id: int) -> bool:
        """Undo leaving out this "case" or "auditor", or the "swap" of this id; whether it stood."""
        if what == "swap":
            undone = sa.delete(round_swaps).where(
                round_swaps.c.round_id == round_id, round_swaps.c.id == subject_id
            )
        else:
            undone = sa.delete(round_exclusions).where(
                round_exclusions.c.round_id == round_id,
                round_exclusions.c.what == what,
                round_exclusions.c.subject_id == subject_id,
            )
        return self._connection.execute(undone).rowcount == 1


def _place(row: Row[Any]) -> PlaceRow:
    return PlaceRow(
        row.id, row.round_id, row.auditor_id, row.case_id, row.practitioner_id, tuple(row.reasons), row.kept
    )
