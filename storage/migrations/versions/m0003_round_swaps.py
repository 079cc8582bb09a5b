"""pairs swapped out of a round's proposal"""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, empty: which pairs were swapped out before was not kept."""
    op.create_table(
        "round_swaps",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("auditor_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["auditor_id"], ["people.id"], name=op.f("fk_round_swaps_auditor_id_people")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_round_swaps_case_id_cases")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_round_swaps_round_id_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_swaps")),
        sa.UniqueConstraint(
            "round_id", "auditor_id", "case_id", name=op.f("uq_round_swaps_round_id_auditor_id_case_id")
        ),
    )


def downgrade() -> None:
    """Drop it again."""
    op.drop_table("round_swaps")
