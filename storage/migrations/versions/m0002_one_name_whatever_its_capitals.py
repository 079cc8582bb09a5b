"""one name, whatever its capitals"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_POINTING_AT = {
    "services": (("teams", "service_id"), ("people", "service_id")),
    "teams": (("people", "team_id"), ("cases", "team_id"), ("audits", "team_id")),
}


def upgrade() -> None:
    """Join teams and services that only capitals or spaces told apart, and let none come again."""
    for table, pointing in _POINTING_AT.items():
        op.add_column(table, sa.Column("name_key", sa.Text(), nullable=False, server_default=""))
        _join_doubles(table, pointing)
        op.create_index(f"ix_{table}_name_key", table, ["name_key"], unique=True)


def downgrade() -> None:
    """Take the keys away; what was joined stays joined."""
    for table in _POINTING_AT:
        op.drop_index(f"ix_{table}_name_key", table)
        op.drop_column(table, "name_key")


def _join_doubles(table: str, pointing: tuple[tuple[str, str], ...]) -> None:
    connection = op.get_bind()
    first_of: dict[str, int] = {}
    for row in connection.execute(sa.text(f"SELECT id, name FROM {table} ORDER BY id")).all():
        # Written out here, because a migration must go on doing what it did on its day.
        key = " ".join(row.name.casefold().split())
        first = first_of.setdefault(key, row.id)
        if first == row.id:
            _run(f"UPDATE {table} SET name_key = :key WHERE id = :id", key=key, id=row.id)
            continue
        for other, column in pointing:
            _run(f"UPDATE {other} SET {column} = :first WHERE {column} = :id", first=first, id=row.id)
        _run(f"DELETE FROM {table} WHERE id = :id", id=row.id)


def _run(statement: str, **values: object) -> None:
    op.get_bind().execute(sa.text(statement), values)
