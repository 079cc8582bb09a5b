"""first tables"""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this revision names."""
    op.create_table(
        "channels",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("team_ref", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("service_url", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("bot_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.CheckConstraint("state IN ('reachable', 'uninstalled')", name=op.f("ck_channels_state_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channels")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_channels_conversation_id")),
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rows", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.Column("applied_at", tables.Instant(), nullable=True),
        sa.CheckConstraint("kind IN ('staff', 'cases')", name=op.f("ck_imports_kind_known")),
        sa.CheckConstraint(
            "state IN ('waiting', 'applied', 'overtaken')", name=op.f("ck_imports_state_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_table(
        "presses",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_presses")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("presses", schema=None) as batch_op:
        batch_op.create_index("ix_presses_at", ["at"], unique=False)

    op.create_table(
        "rounds",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("population_hash", sa.Text(), nullable=False),
        sa.Column("framework_version", sa.Text(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("planned_at", tables.Instant(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", tables.Instant(), nullable=True),
        sa.Column("allocated_at", tables.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('planned', 'approved', 'allocated')", name=op.f("ck_rounds_state_known")
        ),
        sa.CheckConstraint(
            "(approved_by IS NULL) = (approved_at IS NULL)", name=op.f("ck_rounds_approved_paired")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("month", name=op.f("uq_rounds_month")),
    )
    op.create_table(
        "services",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
        sa.UniqueConstraint("name", name=op.f("uq_services_name")),
    )
    op.create_table(
        "strangers",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("directory_id", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("first_at", tables.Instant(), nullable=False),
        sa.Column("last_at", tables.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strangers")),
        sa.UniqueConstraint("directory_id", name=op.f("uq_strangers_directory_id")),
    )
    op.create_table(
        "trail",
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=True),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("mac", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "position", name=op.f("pk_trail")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "trail_heads",
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("mac", sa.Text(), nullable=False),
        sa.Column("sealed_position", sa.Integer(), nullable=False),
        sa.Column("proof", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_trail_heads")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "trail_seals",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("mac", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", "chain", name=op.f("pk_trail_seals")),
    )
    op.create_table(
        "round_exclusions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.CheckConstraint("what IN ('case', 'auditor')", name=op.f("ck_round_exclusions_what_known")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_round_exclusions_round_id_rounds")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_exclusions")),
        sa.UniqueConstraint(
            "round_id", "what", "subject_id", name=op.f("uq_round_exclusions_round_id_what_subject_id")
        ),
    )
    op.create_table(
        "teams",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_teams_service_id_services")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("name", name=op.f("uq_teams_name")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("directory_id", sa.Text(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("manager_id", sa.Integer(), nullable=True),
        sa.Column("cover_id", sa.Integer(), nullable=True),
        sa.Column("is_auditor", sa.Boolean(create_constraint=True, name="is_auditor_bool"), nullable=False),
        sa.Column("working_days", sa.Text(), nullable=False),
        sa.Column("leave", sa.JSON(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cover_id"], ["people.id"], name=op.f("fk_people_cover_id_people")),
        sa.ForeignKeyConstraint(["manager_id"], ["people.id"], name=op.f("fk_people_manager_id_people")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_people_service_id_services")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_people_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("directory_id", name=op.f("uq_people_directory_id")),
        sa.UniqueConstraint("email", name=op.f("uq_people_email")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index("ix_people_manager_id", ["manager_id"], unique=False)
        batch_op.create_index("ix_people_team_id", ["team_id"], unique=False)

    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("supervisor_id", sa.Integer(), nullable=True),
        sa.Column("chair_id", sa.Integer(), nullable=True),
        sa.Column("plan_type", sa.Text(), nullable=False),
        sa.Column("gender", sa.Text(), nullable=False),
        sa.Column("age_band", sa.Text(), nullable=False),
        sa.Column("ethnicity", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opening_contact_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["chair_id"], ["people.id"], name=op.f("fk_cases_chair_id_people")),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["people.id"], name=op.f("fk_cases_practitioner_id_people")
        ),
        sa.ForeignKeyConstraint(["supervisor_id"], ["people.id"], name=op.f("fk_cases_supervisor_id_people")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_cases_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("reference", name=op.f("uq_cases_reference")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index("ix_cases_closed_on", ["closed_on"], unique=False)
        batch_op.create_index("ix_cases_practitioner_id", ["practitioner_id"], unique=False)

    op.create_table(
        "copies",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("activity_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_copies_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copies")),
        sa.UniqueConstraint(
            "conversation_id", "activity_id", name=op.f("uq_copies_conversation_id_activity_id")
        ),
    )
    with op.batch_alter_table("copies", schema=None) as batch_op:
        batch_op.create_index("ix_copies_kind_subject_id", ["kind", "subject_id"], unique=False)

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
        sa.CheckConstraint("medium IN ('teams', 'email', 'update')", name=op.f("ck_notices_medium_known")),
        sa.CheckConstraint(
            "state IN ('queued', 'claimed', 'sent', 'dropped', 'unreachable', 'dead')",
            name=op.f("ck_notices_state_known"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_notices_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("key", name=op.f("uq_notices_key")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index("ix_notices_kind_subject_id", ["kind", "subject_id"], unique=False)
        batch_op.create_index("ix_notices_person_id_state", ["person_id", "state"], unique=False)
        batch_op.create_index("ix_notices_state_due_at", ["state", "due_at"], unique=False)

    op.create_table(
        "person_posts",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_person_posts_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "post", name=op.f("pk_person_posts")),
    )
    with op.batch_alter_table("person_posts", schema=None) as batch_op:
        batch_op.create_index("ix_person_posts_post", ["post"], unique=False)

    op.create_table(
        "pointers",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=True),
        sa.Column("page", sa.Text(), nullable=True),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.Column(
            "warned_typing", sa.Boolean(create_constraint=True, name="warned_typing_bool"), nullable=False
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_pointers_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_pointers")),
    )
    op.create_table(
        "reach",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("service_url", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("mri", sa.Text(), nullable=False),
        sa.Column("bot_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.CheckConstraint(
            "state IN ('reachable', 'uninstalled', 'blocked')", name=op.f("ck_reach_state_known")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reach_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reach")),
    )
    op.create_table(
        "audits",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("case_reference", sa.Text(), nullable=False),
        sa.Column("auditor_id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("framework_version", sa.Text(), nullable=False),
        sa.Column("allocated_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("lookback_from", sa.Date(), nullable=False),
        sa.Column(
            "has_contact_section",
            sa.Boolean(create_constraint=True, name="has_contact_section_bool"),
            nullable=False,
        ),
        sa.Column("accepted_at", tables.Instant(), nullable=True),
        sa.Column("submitted_at", tables.Instant(), nullable=True),
        sa.Column("overall", sa.Text(), nullable=True),
        sa.Column("returned_because", sa.Text(), nullable=True),
        sa.Column("returned_note", sa.Text(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'returned') = (returned_because IS NOT NULL)", name=op.f("ck_audits_returned_paired")
        ),
        sa.CheckConstraint(
            "state IN ('allocated', 'accepted', 'submitted', 'returned')", name=op.f("ck_audits_state_known")
        ),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (overall IS NULL)", name=op.f("ck_audits_submitted_paired")
        ),
        sa.ForeignKeyConstraint(["auditor_id"], ["people.id"], name=op.f("fk_audits_auditor_id_people")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_audits_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["people.id"], name=op.f("fk_audits_practitioner_id_people")
        ),
        sa.ForeignKeyConstraint(["replaces_id"], ["audits.id"], name=op.f("fk_audits_replaces_id_audits")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_audits_round_id_rounds")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_audits_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audits")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_audits_replaces_id")),
    )
    with op.batch_alter_table("audits", schema=None) as batch_op:
        batch_op.create_index("ix_audits_auditor_id_state", ["auditor_id", "state"], unique=False)
        batch_op.create_index("ix_audits_case_id", ["case_id"], unique=False)
        batch_op.create_index(
            "ix_audits_practitioner_id_submitted_at", ["practitioner_id", "submitted_at"], unique=False
        )
        batch_op.create_index("ix_audits_round_id_state", ["round_id", "state"], unique=False)
        batch_op.create_index("ix_audits_team_id_state", ["team_id", "state"], unique=False)

    op.create_table(
        "round_places",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("auditor_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("kept", sa.Boolean(create_constraint=True, name="kept_bool"), nullable=False),
        sa.ForeignKeyConstraint(
            ["auditor_id"], ["people.id"], name=op.f("fk_round_places_auditor_id_people")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_round_places_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["people.id"], name=op.f("fk_round_places_practitioner_id_people")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_round_places_round_id_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_places")),
        sa.UniqueConstraint("round_id", "auditor_id", name=op.f("uq_round_places_round_id_auditor_id")),
        sa.UniqueConstraint("round_id", "case_id", name=op.f("uq_round_places_round_id_case_id")),
    )
    op.create_table(
        "audit_actions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('open')", name=op.f("ck_audit_actions_state_known")),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_actions_audit_id_audits")),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_audit_actions_owner_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_actions")),
        sa.UniqueConstraint("audit_id", "position", name=op.f("uq_audit_actions_audit_id_position")),
    )
    with op.batch_alter_table("audit_actions", schema=None) as batch_op:
        batch_op.create_index("ix_audit_actions_owner_id_state", ["owner_id", "state"], unique=False)

    op.create_table(
        "audit_pages",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("saved_at", tables.Instant(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_pages_audit_id_audits")),
        sa.PrimaryKeyConstraint("audit_id", "page", name=op.f("pk_audit_pages")),
    )
    op.create_table(
        "audit_shares",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Text(), nullable=False),
        sa.Column("shared_at", tables.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_shares_audit_id_audits")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_audit_shares_person_id_people")),
        sa.PrimaryKeyConstraint("audit_id", "person_id", name=op.f("pk_audit_shares")),
    )
    with op.batch_alter_table("audit_shares", schema=None) as batch_op:
        batch_op.create_index("ix_audit_shares_person_id_shared_at", ["person_id", "shared_at"], unique=False)

    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_comments_audit_id_audits")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_comments_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
    )
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.create_index("ix_comments_audit_id", ["audit_id"], unique=False)

    op.create_table(
        "reviews",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.Column("nominated", sa.Boolean(create_constraint=True, name="nominated_bool"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_reviews_audit_id_audits")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_reviews_by_id_people")),
        sa.PrimaryKeyConstraint("audit_id", name=op.f("pk_reviews")),
    )
    op.create_table(
        "safety_alerts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("raised_by", sa.Integer(), nullable=False),
        sa.Column("raised_at", tables.Instant(), nullable=False),
        sa.Column("concern", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_safety_alerts_audit_id_audits")),
        sa.ForeignKeyConstraint(["raised_by"], ["people.id"], name=op.f("fk_safety_alerts_raised_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safety_alerts")),
    )
    with op.batch_alter_table("safety_alerts", schema=None) as batch_op:
        batch_op.create_index("ix_safety_alerts_audit_id", ["audit_id"], unique=False)

    op.create_table(
        "typed_lines",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'kept', 'dropped')", name=op.f("ck_typed_lines_state_known")
        ),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_typed_lines_audit_id_audits")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_typed_lines_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_typed_lines")),
    )
    with op.batch_alter_table("typed_lines", schema=None) as batch_op:
        batch_op.create_index("ix_typed_lines_person_id_at", ["person_id", "at"], unique=False)

    op.create_table(
        "safety_recipients",
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("escalation", sa.Boolean(create_constraint=True, name="escalation_bool"), nullable=False),
        sa.Column("acknowledged_at", tables.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["safety_alerts.id"], name=op.f("fk_safety_recipients_alert_id_safety_alerts")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_safety_recipients_person_id_people")
        ),
        sa.PrimaryKeyConstraint("alert_id", "person_id", name=op.f("pk_safety_recipients")),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("safety_recipients")
    with op.batch_alter_table("typed_lines", schema=None) as batch_op:
        batch_op.drop_index("ix_typed_lines_person_id_at")

    op.drop_table("typed_lines")
    with op.batch_alter_table("safety_alerts", schema=None) as batch_op:
        batch_op.drop_index("ix_safety_alerts_audit_id")

    op.drop_table("safety_alerts")
    op.drop_table("reviews")
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.drop_index("ix_comments_audit_id")

    op.drop_table("comments")
    with op.batch_alter_table("audit_shares", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_shares_person_id_shared_at")

    op.drop_table("audit_shares")
    op.drop_table("audit_pages")
    with op.batch_alter_table("audit_actions", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_actions_owner_id_state")

    op.drop_table("audit_actions")
    op.drop_table("round_places")
    with op.batch_alter_table("audits", schema=None) as batch_op:
        batch_op.drop_index("ix_audits_team_id_state")
        batch_op.drop_index("ix_audits_round_id_state")
        batch_op.drop_index("ix_audits_practitioner_id_submitted_at")
        batch_op.drop_index("ix_audits_case_id")
        batch_op.drop_index("ix_audits_auditor_id_state")

    op.drop_table("audits")
    op.drop_table("reach")
    op.drop_table("pointers")
    with op.batch_alter_table("person_posts", schema=None) as batch_op:
        batch_op.drop_index("ix_person_posts_post")

    op.drop_table("person_posts")
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index("ix_notices_state_due_at")
        batch_op.drop_index("ix_notices_person_id_state")
        batch_op.drop_index("ix_notices_kind_subject_id")

    op.drop_table("notices")
    with op.batch_alter_table("copies", schema=None) as batch_op:
        batch_op.drop_index("ix_copies_kind_subject_id")

    op.drop_table("copies")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index("ix_cases_practitioner_id")
        batch_op.drop_index("ix_cases_closed_on")

    op.drop_table("cases")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index("ix_people_team_id")
        batch_op.drop_index("ix_people_manager_id")

    op.drop_table("people")
    op.drop_table("teams")
    op.drop_table("round_exclusions")
    op.drop_table("trail_seals")
    op.drop_table("trail_heads")
    op.drop_table("trail")
    op.drop_table("strangers")
    op.drop_table("services")
    op.drop_table("rounds")
    with op.batch_alter_table("presses", schema=None) as batch_op:
        batch_op.drop_index("ix_presses_at")

    op.drop_table("presses")
    op.drop_table("imports")
    op.drop_table("channels")
