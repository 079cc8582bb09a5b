"""sources of learning that are no audit"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, empty: until now an entry rested on audits alone."""
    op.create_table(
        "learning_sources",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('round', 'complaint', 'compliment', 'survey', 'review', 'other')",
            name=op.f("ck_learning_sources_kind_known"),
        ),
        sa.CheckConstraint(
            "(kind = 'round') = (round_id IS NOT NULL)", name=op.f("ck_learning_sources_round_chosen")
        ),
        sa.CheckConstraint("kind = 'round' OR what <> ''", name=op.f("ck_learning_sources_typed_says_what")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["learning_entries.id"], name=op.f("fk_learning_sources_entry_id_learning_entries")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_learning_sources_round_id_rounds")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_sources")),
        sa.UniqueConstraint(
            "entry_id",
            "kind",
            "dated_on",
            "what",
            name=op.f("uq_learning_sources_entry_id_kind_dated_on_what"),
        ),
    )


def downgrade() -> None:
    """Drop it again."""
    op.drop_table("learning_sources")
