"""whose turn it is on the Panel, and what came of audits, found by index"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_INDEXES = (
    ("moderations", ("selected_at", "moderator_id")),
    ("followups", ("impact", "impact_due_on")),
)


def upgrade() -> None:
    """Index what is counted at each audit chosen for the Panel, and what each morning asks about."""
    for table, columns in _INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def downgrade() -> None:
    """Take the indexes away."""
    for table, columns in _INDEXES:
        op.drop_index(f"ix_{table}_{'_'.join(columns)}", table)
