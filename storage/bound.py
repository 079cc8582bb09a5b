"""Statements made once and bound at each use, and lists too long for one.

Putting a statement together costs SQLAlchemy several times what running it does, so those of every turn
stand beside their repository as constants. The value that chooses a row is bound as `which_` and the
column's name; the bare name stays with the value to be set.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

AT_ONCE = 10_000
"""How many ids one statement binds; SQLite takes 32,766 values and PostgreSQL 65,535."""


def which(*columns: sa.Column[Any]) -> sa.ColumnElement[bool]:
    """That each of these columns equals what is bound as `which_` and its name."""
    return sa.and_(*(column == sa.bindparam(f"which_{column.name}", type_=column.type) for column in columns))


def batches(ids: Iterable[int]) -> Iterator[list[int]]:
    """These ids in order, each once, in lists that one statement can bind."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), AT_ONCE):
        yield wanted[start : start + AT_ONCE]
