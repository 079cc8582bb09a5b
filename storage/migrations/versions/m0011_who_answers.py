"""whom somebody may answer for, found by index"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_INDEXES = (
    ("people", "cover_id"),
    ("people", "service_id"),
    ("people", "left_on"),
    ("teams", "service_id"),
)


def upgrade() -> None:
    """Index whom people cover, services and who left: each look at a manager's people read everybody."""
    for table, column in _INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    """Take the indexes away."""
    for table, column in _INDEXES:
        op.drop_index(f"ix_{table}_{column}", table)
