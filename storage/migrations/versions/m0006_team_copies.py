"""who was given the team's copy of a moderation"""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, empty: until now nobody could be given one."""
    op.create_table(
        "team_copies",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_team_copies_audit_id_audits")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_team_copies_by_id_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_team_copies_person_id_people")),
        sa.PrimaryKeyConstraint("audit_id", name=op.f("pk_team_copies")),
    )


def downgrade() -> None:
    """Drop it again."""
    op.drop_table("team_copies")
