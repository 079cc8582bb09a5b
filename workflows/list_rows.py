"""Checked rows of a list as JSON, for the time they wait for a yes."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from domain.intake_lists import CaseRow, ClosedCase, StaffRow
from domain.people import Leave, Post

Listed = StaffRow | CaseRow | ClosedCase


def to_json(rows: Sequence[Listed]) -> list[dict[str, Any]]:
    """Each row as an object of plain values."""
    return [{field.name: _plain(getattr(row, field.name)) for field in fields(row)} for row in rows]


def from_json(kind: str, rows: Sequence[dict[str, Any]]) -> list[Listed]:
    """The rows that `to_json` wrote."""
    return [_staff(row) if kind == "staff" else _case(row) for row in rows]


def _plain(value: object) -> object:
    match value:
        case date():
            return value.isoformat()
        case Leave():
            return [value.first_on.isoformat(), value.last_on.isoformat()]
        case frozenset():
            return sorted(value)
        case tuple():
            return [_plain(one) for one in value]
        case _:
            return value


def _staff(row: dict[str, Any]) -> StaffRow:
    leave = tuple(Leave(date.fromisoformat(a), date.fromisoformat(b)) for a, b in row["leave"])
    return StaffRow(
        **{
            **row,
            "posts": frozenset(Post(post) for post in row["posts"]),
            "working_days": frozenset(row["working_days"]),
            "leave": leave,
        }
    )


def _case(row: dict[str, Any]) -> CaseRow | ClosedCase:
    if set(row) == {"reference", "closed_on"}:
        return ClosedCase(row["reference"], date.fromisoformat(row["closed_on"]))
    days = {
        name: date.fromisoformat(row[name]) if row[name] else None
        for name in ("opened_on", "opening_contact_on", "closed_on")
    }
    return CaseRow(**{**row, **days})
