"""Statements made once and bound at each use.

Putting a statement together costs SQLAlchemy several times what running it does, so those of every turn
stand beside their repository as constants. The value that chooses a row is bound as `which_` and the
column's name; the bare name stays with the value to be set.
"""

from typing import Any

import sqlalchemy as sa


def which(*columns: sa.Column[Any]) -> sa.ColumnElement[bool]:
    """That each of these columns equals what is bound as `which_` and its name."""
    return sa.and_(*(column == sa.bindparam(f"which_{column.name}", type_=column.type) for column in columns))
