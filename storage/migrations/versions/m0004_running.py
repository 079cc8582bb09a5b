"""the calendar, the leader, nudges, delivery and switches; what became of a notice"""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_STATES = "queued", "claimed", "sent", "dropped", "unreachable", "dead"
_MORE_STATES = (*_STATES, "held")


def upgrade() -> None:
    """Add the tables, empty, and a state, a moment and a channel to the notices."""
    _change_notices(_MORE_STATES, with_answers=True)
    op.create_table(
        "calendar_marks",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_calendar_marks")),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("until", tables.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "occurrences",
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("due_at", tables.Instant(), nullable=False),
        sa.Column("done_at", tables.Instant(), nullable=False),
        sa.Column("late", sa.Boolean(create_constraint=True, name="late_bool"), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.CheckConstraint("outcome IN ('done', 'skipped')", name=op.f("ck_occurrences_outcome_known")),
        sa.PrimaryKeyConstraint("line", "day", name=op.f("pk_occurrences")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "paces",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("recent", sa.JSON(), nullable=False),
        sa.Column("free_at", tables.Instant(), nullable=True),
        sa.Column("paused_until", tables.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_paces")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "switches",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_switches")),
    )
    op.create_table(
        "file_offers",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.CheckConstraint(
            "state IN ('offered', 'accepted', 'declined')", name=op.f("ck_file_offers_state_known")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_file_offers_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_offers")),
        sa.UniqueConstraint("token", name=op.f("uq_file_offers_token")),
    )
    op.create_table(
        "nudges",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("late", sa.Boolean(create_constraint=True, name="late_bool"), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'skipped')", name=op.f("ck_nudges_state_known")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_nudges_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nudges")),
        sa.UniqueConstraint(
            "line",
            "subject",
            "subject_id",
            "due_on",
            "person_id",
            name=op.f("uq_nudges_line_subject_subject_id_due_on_person_id"),
        ),
    )
    op.create_index("ix_nudges_person_id_day", "nudges", ["person_id", "day"], unique=False)
    op.create_table(
        "snoozes",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_snoozes_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "subject", "subject_id", name=op.f("pk_snoozes")),
    )
    op.create_index("ix_snoozes_until_on", "snoozes", ["until_on"], unique=False)
    op.create_table(
        "extensions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", tables.Instant(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", tables.Instant(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'extension') = (until_on IS NOT NULL)", name=op.f("ck_extensions_until_paired")
        ),
        sa.CheckConstraint(
            "(state = 'asked') = (decided_at IS NULL)", name=op.f("ck_extensions_decided_paired")
        ),
        sa.CheckConstraint("kind IN ('extension', 'exemption')", name=op.f("ck_extensions_kind_known")),
        sa.CheckConstraint(
            "state IN ('asked', 'approved', 'declined')", name=op.f("ck_extensions_state_known")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_extensions_asked_by_people")),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_extensions_audit_id_audits")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_extensions_decided_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
    )
    op.create_index("ix_extensions_audit_id", "extensions", ["audit_id"], unique=False)
    op.create_index("ix_extensions_state", "extensions", ["state"], unique=False)


def downgrade() -> None:
    """Drop them again. Notices that were held are dropped."""
    op.execute("UPDATE notices SET state = 'dropped' WHERE state = 'held'")
    _change_notices(_STATES, with_answers=False)
    op.drop_table("extensions")
    op.drop_table("snoozes")
    op.drop_table("nudges")
    op.drop_table("file_offers")
    op.drop_table("switches")
    op.drop_table("paces")
    op.drop_table("occurrences")
    op.drop_table("leases")
    op.drop_table("calendar_marks")


def _change_notices(states: tuple[str, ...], *, with_answers: bool) -> None:
    known = f"state IN ({', '.join(repr(state) for state in states)})"
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_notices_state_known"), "notices", type_="check")
        op.create_check_constraint(op.f("ck_notices_state_known"), "notices", known)
        if with_answers:
            op.add_column("notices", sa.Column("answered_at", tables.Instant(), nullable=True))
            op.add_column("notices", sa.Column("channel_id", sa.Integer(), nullable=True))
            op.create_foreign_key(
                op.f("fk_notices_channel_id_channels"), "notices", "channels", ["channel_id"], ["id"]
            )
        else:
            op.drop_column("notices", "channel_id")
            op.drop_column("notices", "answered_at")
        return
    # SQLite changes no constraint in place, and Alembic's own copy would lose the others.
    for name in _INDEXES:
        op.drop_index(f"ix_notices_{'_'.join(name)}", "notices")
    op.rename_table("notices", "notices_before")
    _create_notices(known, with_answers)
    kept = ", ".join(_KEPT)
    op.execute(f"INSERT INTO notices ({kept}) SELECT {kept} FROM notices_before")
    op.drop_table("notices_before")
    for name in _INDEXES:
        op.create_index(f"ix_notices_{'_'.join(name)}", "notices", list(name))


def _create_notices(known: str, with_answers: bool) -> None:
    added = [
        sa.Column("answered_at", tables.Instant(), nullable=True),
        sa.Column("channel_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=op.f("fk_notices_channel_id_channels")),
    ]
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("medium", sa.Text(), nullable=False),
        sa.Column("due_at", tables.Instant(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=True),
        sa.Column("claimed_until", tables.Instant(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column(
            "possibly_repeated",
            sa.Boolean(create_constraint=True, name="possibly_repeated_bool"),
            nullable=False,
        ),
        sa.Column("created_at", tables.Instant(), nullable=False),
        sa.Column("settled_at", tables.Instant(), nullable=True),
        *(added if with_answers else []),
        sa.CheckConstraint("medium IN ('teams', 'email', 'update')", name=op.f("ck_notices_medium_known")),
        sa.CheckConstraint(known, name=op.f("ck_notices_state_known")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_notices_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("key", name=op.f("uq_notices_key")),
    )


_INDEXES = (("kind", "subject_id"), ("person_id", "state"), ("state", "due_at"))
_KEPT = (
    "id",
    "key",
    "kind",
    "subject_id",
    "person_id",
    "medium",
    "due_at",
    "state",
    "claim",
    "claimed_until",
    "tries",
    "activity_id",
    "reason",
    "possibly_repeated",
    "created_at",
    "settled_at",
)
