"""meetings, tracker and forward plan, packs and channel posts; indicators with what people answer to them"""

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, empty; lists may be of indicators as well."""
    _lists_are_of("'staff', 'cases', 'indicators'")
    op.create_table(
        "channel_posts",
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("posted_at", tables.Instant(), nullable=False),
        sa.Column("changed_at", tables.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name=op.f("fk_channel_posts_channel_id_channels")
        ),
        sa.PrimaryKeyConstraint("channel_id", "kind", "subject_id", name=op.f("pk_channel_posts")),
        sa.UniqueConstraint(
            "channel_id", "activity_id", name=op.f("uq_channel_posts_channel_id_activity_id")
        ),
    )
    op.create_table(
        "indicators",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("polarity", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("target", sa.Float(), nullable=True),
        sa.Column("tolerance", sa.Float(), nullable=True),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("owner_post", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("owner_id IS NULL OR owner_post IS NULL", name=op.f("ck_indicators_one_owner")),
        sa.CheckConstraint(
            "polarity IN ('higher', 'lower', 'neither')", name=op.f("ck_indicators_polarity_known")
        ),
        sa.CheckConstraint(
            "tolerance IS NULL OR tolerance >= 0", name=op.f("ck_indicators_tolerance_not_negative")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_indicators_owner_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicators")),
        sa.UniqueConstraint("key", name=op.f("uq_indicators_key")),
    )
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("rep_id", sa.Integer(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("minutes_where", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'held') = (held_on IS NOT NULL)", name=op.f("ck_meetings_held_paired")),
        sa.CheckConstraint(
            "state <> 'cancelled' OR reason <> ''", name=op.f("ck_meetings_cancelled_has_reason")
        ),
        sa.CheckConstraint("state IN ('planned', 'held', 'cancelled')", name=op.f("ck_meetings_state_known")),
        sa.ForeignKeyConstraint(["rep_id"], ["people.id"], name=op.f("fk_meetings_rep_id_people")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_meetings_service_id_services")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("slot", name=op.f("uq_meetings_slot")),
    )
    op.create_index("ix_meetings_planned_on", "meetings", ["planned_on"], unique=False)
    op.create_table(
        "narratives",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", tables.Instant(), nullable=True),
        sa.Column("locked_at", tables.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'locked') = (locked_at IS NOT NULL)", name=op.f("ck_narratives_locked_paired")
        ),
        sa.CheckConstraint(
            "report IN ('clinic', 'whole_service', 'quarterly', 'psw_analysis', 'self_check')",
            name=op.f("ck_narratives_report_known"),
        ),
        sa.CheckConstraint("state IN ('asked', 'written', 'locked')", name=op.f("ck_narratives_state_known")),
        sa.CheckConstraint(
            "(written_by IS NULL) = (written_at IS NULL)", name=op.f("ck_narratives_written_paired")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_narratives_owner_id_people")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_narratives_service_id_services")
        ),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"], name=op.f("fk_narratives_written_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_narratives")),
        sa.UniqueConstraint("slot", name=op.f("uq_narratives_slot")),
    )
    op.create_index("ix_narratives_period_on", "narratives", ["report", "period_on"], unique=False)
    op.create_table(
        "packs",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("framework_version", sa.Text(), nullable=False),
        sa.Column("drafted_at", tables.Instant(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", tables.Instant(), nullable=True),
        sa.Column("sent_at", tables.Instant(), nullable=True),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'sent') = (sent_at IS NOT NULL) AND (sent_at IS NULL) = (hash = '')",
            name=op.f("ck_packs_sent_paired"),
        ),
        sa.CheckConstraint("state IN ('draft', 'asked', 'sent')", name=op.f("ck_packs_state_known")),
        sa.CheckConstraint(
            "(state = 'sent') = (approved_by IS NOT NULL) AND (approved_by IS NULL) = (approved_at IS NULL)",
            name=op.f("ck_packs_approved_paired"),
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["people.id"], name=op.f("fk_packs_approved_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packs")),
        sa.UniqueConstraint("slot", name=op.f("uq_packs_slot")),
    )
    op.create_table(
        "plan_items",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("owner_post", sa.Text(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=True),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("signed_at", tables.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'planned', 'done', 'cancelled')", name=op.f("ck_plan_items_state_known")
        ),
        sa.CheckConstraint(
            "(signed_by IS NULL) = (signed_at IS NULL)", name=op.f("ck_plan_items_signed_paired")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_plan_items_ends_after_start")),
        sa.ForeignKeyConstraint(["signed_by"], ["people.id"], name=op.f("fk_plan_items_signed_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_items")),
    )
    op.create_index("ix_plan_items_year", "plan_items", ["year"], unique=False)
    op.create_table(
        "report_requests",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", tables.Instant(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("kept_where", sa.Text(), nullable=False),
        sa.Column("answered_at", tables.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'answered') = (answered_at IS NOT NULL)",
            name=op.f("ck_report_requests_answered_paired"),
        ),
        sa.CheckConstraint(
            "state <> 'answered' OR answer <> ''", name=op.f("ck_report_requests_answered_has_answer")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'answered', 'dropped')", name=op.f("ck_report_requests_state_known")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_report_requests_asked_by_people")),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_report_requests_owner_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_requests")),
    )
    op.create_index("ix_report_requests_state", "report_requests", ["state"], unique=False)
    op.create_table(
        "team_reports",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.Column("posted_at", tables.Instant(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", tables.Instant(), nullable=True),
        sa.CheckConstraint(
            "(answer = '') = (answered_at IS NULL)", name=op.f("ck_team_reports_answered_paired")
        ),
        sa.CheckConstraint("answer IN ('', 'seen', 'acting')", name=op.f("ck_team_reports_answer_known")),
        sa.CheckConstraint(
            "(answered_by IS NULL) = (answered_at IS NULL)", name=op.f("ck_team_reports_answered_by_paired")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["people.id"], name=op.f("fk_team_reports_answered_by_people")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_team_reports_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_reports")),
        sa.UniqueConstraint("team_id", "week_on", name=op.f("uq_team_reports_team_id_week_on")),
    )
    op.create_table(
        "agenda_items",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("pack_id", sa.Integer(), nullable=True),
        sa.Column("paper_where", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_agenda_items_by_id_people")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_agenda_items_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(["pack_id"], ["packs.id"], name=op.f("fk_agenda_items_pack_id_packs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_items")),
    )
    op.create_index("ix_agenda_items_meeting_id", "agenda_items", ["meeting_id"], unique=False)
    op.create_table(
        "exceptions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("every", sa.Text(), nullable=False),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", tables.Instant(), nullable=True),
        sa.Column("closed_at", tables.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_exceptions_closed_paired")
        ),
        sa.CheckConstraint(
            "kind IN ('target', 'limit', 'run', 'trend')", name=op.f("ck_exceptions_kind_known")
        ),
        sa.CheckConstraint(
            "state <> 'answered' OR reply <> ''", name=op.f("ck_exceptions_answered_has_reply")
        ),
        sa.CheckConstraint("state IN ('open', 'answered', 'closed')", name=op.f("ck_exceptions_state_known")),
        sa.CheckConstraint(
            "(answered_by IS NULL) = (answered_at IS NULL)", name=op.f("ck_exceptions_answered_paired")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["people.id"], name=op.f("fk_exceptions_answered_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicators.id"], name=op.f("fk_exceptions_indicator_id_indicators")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_exceptions_owner_id_people")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_exceptions_service_id_services")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_exceptions_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exceptions")),
        sa.UniqueConstraint(
            "indicator_id",
            "every",
            "period_on",
            "scope",
            "kind",
            name=op.f("uq_exceptions_indicator_id_every_period_on_scope_kind"),
        ),
    )
    op.create_index("ix_exceptions_owner_id", "exceptions", ["owner_id"], unique=False)
    op.create_index("ix_exceptions_state", "exceptions", ["state"], unique=False)
    op.create_table(
        "indicator_values",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("every", sa.Text(), nullable=False),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("practitioner_id", sa.Integer(), nullable=True),
        sa.Column("case_ref", sa.Text(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("numerator", sa.Float(), nullable=True),
        sa.Column("denominator", sa.Float(), nullable=True),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.CheckConstraint(
            "every IN ('week', 'month', 'quarter')", name=op.f("ck_indicator_values_every_known")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicators.id"], name=op.f("fk_indicator_values_indicator_id_indicators")
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["people.id"], name=op.f("fk_indicator_values_practitioner_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_indicator_values_service_id_services")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_indicator_values_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_values")),
        sa.UniqueConstraint(
            "indicator_id",
            "every",
            "period_on",
            "scope",
            name=op.f("uq_indicator_values_indicator_id_every_period_on_scope"),
        ),
    )
    op.create_index("ix_indicator_values_period_on", "indicator_values", ["every", "period_on"], unique=False)
    op.create_index("ix_indicator_values_team_id", "indicator_values", ["team_id"], unique=False)
    op.create_table(
        "meeting_people",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_guest", sa.Boolean(create_constraint=True, name="is_guest_bool"), nullable=False),
        sa.Column("came", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "came IN ('asked', 'came', 'apologies')", name=op.f("ck_meeting_people_came_known")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_people_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_meeting_people_person_id_people")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_meeting_people")),
    )
    op.create_table(
        "pack_figures",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("counted", sa.JSON(), nullable=False),
        sa.Column("whole", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["pack_id"], ["packs.id"], name=op.f("fk_pack_figures_pack_id_packs")),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_pack_figures")),
    )
    op.create_index("ix_pack_figures_pack_id", "pack_figures", ["pack_id"], unique=False)
    op.create_table(
        "pack_texts",
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_pack_texts_by_id_people")),
        sa.ForeignKeyConstraint(["pack_id"], ["packs.id"], name=op.f("fk_pack_texts_pack_id_packs")),
        sa.PrimaryKeyConstraint("pack_id", "part", name=op.f("pk_pack_texts")),
    )
    op.create_table(
        "plan_changes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_plan_changes_has_reason")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_plan_changes_by_id_people")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["plan_items.id"], name=op.f("fk_plan_changes_item_id_plan_items")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_changes")),
    )
    op.create_index("ix_plan_changes_item_id", "plan_changes", ["item_id"], unique=False)
    op.create_table(
        "tracked",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("routed_to", sa.Text(), nullable=False),
        sa.Column("impact", sa.Text(), nullable=False),
        sa.Column("more_needed", sa.Boolean(create_constraint=True, name="more_needed_bool"), nullable=True),
        sa.Column("created_at", tables.Instant(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", tables.Instant(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('closed', 'dropped')) = (closed_at IS NOT NULL)",
            name=op.f("ck_tracked_closed_paired"),
        ),
        sa.CheckConstraint(
            "kind IN ('activity', 'recommendation', 'decision', 'action', 'learning_need')",
            name=op.f("ck_tracked_kind_known"),
        ),
        sa.CheckConstraint(
            "state <> 'closed' OR (impact <> '' AND more_needed IS NOT NULL)",
            name=op.f("ck_tracked_closed_has_impact"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'done', 'closed', 'dropped')", name=op.f("ck_tracked_state_known")
        ),
        sa.ForeignKeyConstraint(["closed_by"], ["people.id"], name=op.f("fk_tracked_closed_by_people")),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_tracked_created_by_people")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_tracked_meeting_id_meetings")),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_tracked_owner_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracked")),
    )
    op.create_index("ix_tracked_meeting_id", "tracked", ["meeting_id"], unique=False)
    op.create_index("ix_tracked_owner_id", "tracked", ["owner_id"], unique=False)
    op.create_index("ix_tracked_source", "tracked", ["source", "source_id"], unique=False)
    op.create_index("ix_tracked_state", "tracked", ["state"], unique=False)
    op.create_table(
        "tracked_steps",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("tracked_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_tracked_steps_by_id_people")),
        sa.ForeignKeyConstraint(
            ["tracked_id"], ["tracked.id"], name=op.f("fk_tracked_steps_tracked_id_tracked")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracked_steps")),
    )
    op.create_index("ix_tracked_steps_tracked_id", "tracked_steps", ["tracked_id"], unique=False)


def downgrade() -> None:
    """Take the tables away with all they hold."""
    op.execute("DELETE FROM imports WHERE kind = 'indicators'")
    _lists_are_of("'staff', 'cases'")
    op.drop_index("ix_tracked_steps_tracked_id", table_name="tracked_steps")
    op.drop_table("tracked_steps")
    op.drop_index("ix_tracked_state", table_name="tracked")
    op.drop_index("ix_tracked_source", table_name="tracked")
    op.drop_index("ix_tracked_owner_id", table_name="tracked")
    op.drop_index("ix_tracked_meeting_id", table_name="tracked")
    op.drop_table("tracked")
    op.drop_index("ix_plan_changes_item_id", table_name="plan_changes")
    op.drop_table("plan_changes")
    op.drop_table("pack_texts")
    op.drop_index("ix_pack_figures_pack_id", table_name="pack_figures")
    op.drop_table("pack_figures")
    op.drop_table("meeting_people")
    op.drop_index("ix_indicator_values_team_id", table_name="indicator_values")
    op.drop_index("ix_indicator_values_period_on", table_name="indicator_values")
    op.drop_table("indicator_values")
    op.drop_index("ix_exceptions_state", table_name="exceptions")
    op.drop_index("ix_exceptions_owner_id", table_name="exceptions")
    op.drop_table("exceptions")
    op.drop_index("ix_agenda_items_meeting_id", table_name="agenda_items")
    op.drop_table("agenda_items")
    op.drop_table("team_reports")
    op.drop_index("ix_report_requests_state", table_name="report_requests")
    op.drop_table("report_requests")
    op.drop_index("ix_plan_items_year", table_name="plan_items")
    op.drop_table("plan_items")
    op.drop_table("packs")
    op.drop_index("ix_narratives_period_on", table_name="narratives")
    op.drop_table("narratives")
    op.drop_index("ix_meetings_planned_on", table_name="meetings")
    op.drop_table("meetings")
    op.drop_table("indicators")
    op.drop_table("channel_posts")


def _lists_are_of(kinds: str) -> None:
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_imports_kind_known"), type_="check")
        batch_op.create_check_constraint(op.f("ck_imports_kind_known"), f"kind IN ({kinds})")
