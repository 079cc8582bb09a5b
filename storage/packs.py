"""Packs: drafted with their figures, edited, approved, sent; and the records behind each figure (OG-05)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.pack_content import FigureRow
from domain.packs import PackKind, PackState
from storage.tables_governance import pack_figures, pack_texts, packs
from storage.upsert import insert_once, upsert


@dataclass(frozen=True, slots=True)
class PackRow:
    """One pack."""

    id: int
    kind: PackKind
    slot: str
    first_on: date
    last_on: date
    state: PackState
    content: Mapping[str, Any]
    """See `domain.pack_content`."""
    framework_version: str
    drafted_at: datetime
    approved_by: int | None
    approved_at: datetime | None
    sent_at: datetime | None
    hash: str
    """Of the whole as it was sent; empty before."""
    reason: str
    """Why it was sent back the last time; empty when it was not."""
    version: int


@dataclass(frozen=True, slots=True)
class PackText:
    """What somebody wrote in a part."""

    part: str
    text: str
    by_id: int
    at: datetime


_FIELDS = [field.name for field in fields(PackRow)]
_KIND, _STATE = _FIELDS.index("kind"), _FIELDS.index("state")
_PACKS = sa.select(*(packs.c[name] for name in _FIELDS))
_FIGURES = sa.select(*(pack_figures.c[field.name] for field in fields(FigureRow)))


class PackReading:
    """Looks packs up."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, pack_id: int) -> PackRow | None:
        """The pack of this id."""
        return next(iter(self._find(packs.c.id == pack_id)), None)

    def in_slot(self, slot: str) -> PackRow | None:
        """The pack of this kind and time."""
        return next(iter(self._find(packs.c.slot == slot)), None)

    def every(self) -> tuple[PackRow, ...]:
        """All of them: what tells of the latest days first."""
        return self._find(sa.true())

    def unsent(self) -> tuple[PackRow, ...]:
        """Drafts, and those that wait to be approved."""
        return self._find(packs.c.state != PackState.SENT.value)

    def texts(self, pack_id: int) -> dict[str, PackText]:
        """Part to what people wrote in it; parts left as drafted are left out."""
        rows = self._connection.execute(
            sa.select(pack_texts.c.part, pack_texts.c.text, pack_texts.c.by_id, pack_texts.c.at)
            .where(pack_texts.c.pack_id == pack_id)
            .order_by(pack_texts.c.part)
        )
        return {row[0]: PackText(*row) for row in rows}

    def figures(self, pack_id: int) -> tuple[FigureRow, ...]:
        """Every figure of the pack with its records."""
        chosen = _FIGURES.where(pack_figures.c.pack_id == pack_id).order_by(pack_figures.c.ref)
        return tuple(_figure(row) for row in self._connection.execute(chosen))

    def figure(self, ref: str) -> tuple[FigureRow, int] | None:
        """The figure under this reference, and its pack."""
        chosen = _FIGURES.add_columns(pack_figures.c.pack_id).where(pack_figures.c.ref == ref)
        row = self._connection.execute(chosen).one_or_none()
        return (_figure(row[:-1]), row[-1]) if row else None

    def _find(self, condition: sa.ColumnElement[bool]) -> tuple[PackRow, ...]:
        chosen = _PACKS.where(condition).order_by(packs.c.last_on.desc(), packs.c.id.desc())
        return tuple(_pack(row) for row in self._connection.execute(chosen))


class PackWriting(PackReading):
    """Looks packs up and changes them."""

    def add(
        self,
        *,
        kind: PackKind,
        slot: str,
        first_on: date,
        last_on: date,
        framework_version: str,
        now: datetime,
    ) -> PackRow | None:
        """A new pack with nothing in it yet; None when there is one of this slot."""
        values: dict[str, Any] = {
            "kind": kind.value,
            "first_on": first_on,
            "last_on": last_on,
            "state": PackState.DRAFT.value,
            "content": {},
            "framework_version": framework_version,
            "drafted_at": now,
            "hash": "",
            "reason": "",
            "version": 1,
        }
        if not insert_once(self._connection, packs, {"slot": slot}, values):
            return None
        return self.in_slot(slot)

    def fill(self, pack: PackRow, values: Mapping[str, Any], figures: Iterable[FigureRow]) -> bool:
        """Give it this content and these figures in place of what it has; whether it was as given."""
        if not self.change(pack, values):
            return False
        self._connection.execute(sa.delete(pack_figures).where(pack_figures.c.pack_id == pack.id))
        rows = [
            {
                **{field.name: getattr(one, field.name) for field in fields(FigureRow)},
                "pack_id": pack.id,
                "first_on": date.fromisoformat(one.first_on),
                "last_on": date.fromisoformat(one.last_on),
                "counted": list(one.counted),
                "whole": None if one.whole is None else list(one.whole),
            }
            for one in figures
        ]
        if rows:
            self._connection.execute(sa.insert(pack_figures), rows)
        return True

    def change(self, pack: PackRow, values: Mapping[str, Any]) -> bool:
        """Set these columns when the pack still has the version given; whether it had."""
        changed = self._connection.execute(
            sa.update(packs)
            .where(packs.c.id == pack.id, packs.c.version == pack.version)
            .values(**values, version=pack.version + 1)
        )
        return changed.rowcount == 1

    def write(self, pack_id: int, part: str, *, text: str, by: int, now: datetime) -> None:
        """Keep what somebody wrote in a part; an empty text leaves the part as drafted."""
        if text:
            key = {"pack_id": pack_id, "part": part}
            upsert(self._connection, pack_texts, key, {"text": text, "by_id": by, "at": now})
            return
        self._connection.execute(
            sa.delete(pack_texts).where(pack_texts.c.pack_id == pack_id, pack_texts.c.part == part)
        )


def _pack(row: Sequence[Any]) -> PackRow:
    values = list(row)
    values[_KIND], values[_STATE] = PackKind(values[_KIND]), PackState(values[_STATE])
    return PackRow(*values)


def _figure(row: Sequence[Any]) -> FigureRow:
    ref, key, name, scope, first_on, last_on, says, counted, whole = row
    records = None if whole is None else tuple(whole)
    return FigureRow(
        ref, key, name, scope, first_on.isoformat(), last_on.isoformat(), says, tuple(counted), records
    )
