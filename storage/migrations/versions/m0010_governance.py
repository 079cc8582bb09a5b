"""the tracker holds the actions of the learning log"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ONE_LINE = 200
_JOIN = """
INSERT INTO tracked (
    kind, title, source, source_id, theme, owner_id, due_on, state, routed_to, impact, more_needed,
    created_at, created_by, closed_at, closed_by, version
)
SELECT
    'recommendation',
    CASE WHEN length(a.what) > :line
        THEN substr(replace(replace(a.what, :return, ''), :feed, ' '), 1, :line - 1) || '…'
        ELSE replace(replace(a.what, :return, ''), :feed, ' ') END,
    'learning', a.id, e.theme, a.owner_id, a.due_on,
    CASE WHEN e.state = 'closed' THEN 'closed' WHEN a.done_on IS NULL THEN 'open' ELSE 'done' END,
    '',
    CASE WHEN e.state = 'closed' THEN e.impact ELSE '' END,
    CASE WHEN e.state = 'closed' THEN e.more_needed ELSE NULL END,
    e.created_at, NULL, e.closed_at, e.closed_by, 1
FROM learning_actions a JOIN learning_entries e ON e.id = a.entry_id
WHERE e.state IN ('open', 'assured', 'closed')
ORDER BY a.id
"""


def upgrade() -> None:
    """Give each action of a published entry its row, once; drafts are nobody's but the QA office's."""
    op.execute(sa.text(_JOIN).bindparams(line=_ONE_LINE, feed="\n", **{"return": "\r"}))
    op.create_index(
        "uq_tracked_following",
        "tracked",
        ["source_id"],
        unique=True,
        sqlite_where=sa.text("source = 'learning'"),
        postgresql_where=sa.text("source = 'learning'"),
    )


def downgrade() -> None:
    """Take the rows out again; what they say stands in the log."""
    op.drop_index("uq_tracked_following", "tracked")
    # Rows of packs are not known to the version before either; their words stand in the packs.
    gone = "source IN ('learning', 'pack')"
    op.execute(f"DELETE FROM tracked_steps WHERE tracked_id IN (SELECT id FROM tracked WHERE {gone})")
    op.execute(f"DELETE FROM tracked WHERE {gone}")
