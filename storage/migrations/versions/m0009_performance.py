"""performance reports as they were locked, figures and words alike"""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, empty: what was locked before kept its words alone."""
    op.create_table(
        "locked_reports",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("framework_version", sa.Text(), nullable=False),
        sa.Column("locked_at", tables.Instant(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "report IN ('whole_service', 'quarterly', 'self_check')",
            name=op.f("ck_locked_reports_report_known"),
        ),
        sa.CheckConstraint("hash <> ''", name=op.f("ck_locked_reports_hashed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locked_reports")),
        sa.UniqueConstraint("report", "period_on", name=op.f("uq_locked_reports_report_period_on")),
    )


def downgrade() -> None:
    """Drop it again."""
    op.drop_table("locked_reports")
