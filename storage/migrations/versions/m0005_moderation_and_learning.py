"""moderation, actions to their end, supervision, the learning log, examples and grading in step"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage import tables

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_BEFORE = "id", "audit_id", "position", "what", "owner_id", "due_on", "agreed_on", "state"


def upgrade() -> None:
    """Add the tables, empty, and what an action goes through after it was agreed."""
    _change_actions(with_ends=True)
    op.create_table(
        "draws",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("drawn_at", tables.Instant(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("rule_version", sa.Text(), nullable=False),
        sa.Column("framework_version", sa.Text(), nullable=False),
        sa.Column("least_percent", sa.Integer(), nullable=False),
        sa.Column("most_percent", sa.Integer(), nullable=False),
        sa.Column("population", sa.JSON(), nullable=False),
        sa.Column("population_hash", sa.Text(), nullable=False),
        sa.Column("selected", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("passed_by", sa.Integer(), nullable=True),
        sa.Column("passed_at", tables.Instant(), nullable=True),
        sa.Column("passed_because", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'passed') = (passed_at IS NOT NULL)", name=op.f("ck_draws_passed_paired")
        ),
        sa.CheckConstraint("state IN ('within', 'over', 'passed')", name=op.f("ck_draws_state_known")),
        sa.CheckConstraint(
            "(passed_at IS NULL) = (passed_by IS NULL)", name=op.f("ck_draws_passed_by_paired")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draws")),
        sa.UniqueConstraint("month", name=op.f("uq_draws_month")),
    )
    op.create_table(
        "calibrations",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", tables.Instant(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("panel", sa.JSON(), nullable=False),
        sa.Column("closed_at", tables.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["opened_by"], ["people.id"], name=op.f("fk_calibrations_opened_by_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibrations")),
    )
    op.create_table(
        "examples",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", tables.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "grade IN ('outstanding', 'good', 'requires_improvement', 'inadequate')",
            name=op.f("ck_examples_grade_known"),
        ),
        sa.CheckConstraint(
            "state <> 'approved' OR approved_at IS NOT NULL", name=op.f("ck_examples_approved_known")
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved', 'withdrawn')", name=op.f("ck_examples_state_known")
        ),
        sa.CheckConstraint(
            "(approved_by IS NULL) = (approved_at IS NULL)", name=op.f("ck_examples_approved_paired")
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["people.id"], name=op.f("fk_examples_approved_by_people")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_examples_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_examples")),
    )
    op.create_table(
        "learning_entries",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("learning", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("drafted_from", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", tables.Instant(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("assured_by", sa.Integer(), nullable=True),
        sa.Column("assured_at", tables.Instant(), nullable=True),
        sa.Column("impact", sa.Text(), nullable=False),
        sa.Column("more_needed", sa.Boolean(create_constraint=True, name="more_needed_bool"), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", tables.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_learning_entries_closed_paired")
        ),
        sa.CheckConstraint(
            "drafted_from IN ('audit', 'moderation', 'theme', 'hand')",
            name=op.f("ck_learning_entries_drafted_from_known"),
        ),
        sa.CheckConstraint(
            "state <> 'closed' OR (impact <> '' AND more_needed IS NOT NULL)",
            name=op.f("ck_learning_entries_closed_has_impact"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'open', 'assured', 'closed', 'dropped')",
            name=op.f("ck_learning_entries_state_known"),
        ),
        sa.CheckConstraint(
            "(assured_by IS NULL) = (assured_at IS NULL)", name=op.f("ck_learning_entries_assured_paired")
        ),
        sa.CheckConstraint(
            "(closed_by IS NULL) = (closed_at IS NULL)", name=op.f("ck_learning_entries_closed_by_paired")
        ),
        sa.ForeignKeyConstraint(
            ["assured_by"], ["people.id"], name=op.f("fk_learning_entries_assured_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["people.id"], name=op.f("fk_learning_entries_closed_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["people.id"], name=op.f("fk_learning_entries_owner_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_entries")),
    )
    op.create_index("ix_learning_entries_state", "learning_entries", ["state"], unique=False)
    op.create_table(
        "supervisions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("planned_by", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("held_by", sa.Integer(), nullable=True),
        sa.Column("note_where", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(held_on IS NULL) = (held_by IS NULL)", name=op.f("ck_supervisions_held_paired")),
        sa.ForeignKeyConstraint(["held_by"], ["people.id"], name=op.f("fk_supervisions_held_by_people")),
        sa.ForeignKeyConstraint(
            ["planned_by"], ["people.id"], name=op.f("fk_supervisions_planned_by_people")
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["people.id"], name=op.f("fk_supervisions_practitioner_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervisions")),
    )
    op.create_index("ix_supervisions_planned_on", "supervisions", ["planned_on"], unique=False)
    op.create_index("ix_supervisions_practitioner_id", "supervisions", ["practitioner_id"], unique=False)
    op.create_table(
        "calibration_grades",
        sa.Column("calibration_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("grades", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["calibration_id"],
            ["calibrations.id"],
            name=op.f("fk_calibration_grades_calibration_id_calibrations"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_calibration_grades_person_id_people")
        ),
        sa.PrimaryKeyConstraint("calibration_id", "person_id", name=op.f("pk_calibration_grades")),
    )
    op.create_table(
        "learning_actions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("done_text", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(done_on IS NULL) = (done_by IS NULL)", name=op.f("ck_learning_actions_done_paired")
        ),
        sa.ForeignKeyConstraint(["done_by"], ["people.id"], name=op.f("fk_learning_actions_done_by_people")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["learning_entries.id"], name=op.f("fk_learning_actions_entry_id_learning_entries")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["people.id"], name=op.f("fk_learning_actions_owner_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_actions")),
    )
    op.create_index("ix_learning_actions_entry_id", "learning_actions", ["entry_id"], unique=False)
    op.create_index("ix_learning_actions_owner_id", "learning_actions", ["owner_id"], unique=False)
    op.create_table(
        "learning_links",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('audit', 'moderation')", name=op.f("ck_learning_links_kind_known")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["learning_entries.id"], name=op.f("fk_learning_links_entry_id_learning_entries")
        ),
        sa.PrimaryKeyConstraint("entry_id", "kind", "subject_id", name=op.f("pk_learning_links")),
    )
    op.create_table(
        "followups",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("discussed_on", sa.Date(), nullable=True),
        sa.Column("discussed_by", sa.Integer(), nullable=True),
        sa.Column("discussed_where", sa.Text(), nullable=False),
        sa.Column("reflected_on", sa.Date(), nullable=True),
        sa.Column("reflected_by", sa.Integer(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("filed_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", tables.Instant(), nullable=True),
        sa.Column("impact_due_on", sa.Date(), nullable=True),
        sa.Column("impact", sa.Text(), nullable=True),
        sa.Column("impact_text", sa.Text(), nullable=False),
        sa.Column("impact_on", sa.Date(), nullable=True),
        sa.Column("impact_by", sa.Integer(), nullable=True),
        sa.Column("reaudit_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("impact IN ('lasted', 'partly', 'lost')", name=op.f("ck_followups_impact_known")),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (impact_due_on IS NULL)", name=op.f("ck_followups_closed_paired")
        ),
        sa.CheckConstraint(
            "(discussed_on IS NULL) = (discussed_by IS NULL)", name=op.f("ck_followups_discussed_paired")
        ),
        sa.CheckConstraint("(filed_on IS NULL) = (filed_by IS NULL)", name=op.f("ck_followups_filed_paired")),
        sa.CheckConstraint(
            "(impact IS NULL) = (impact_by IS NULL)", name=op.f("ck_followups_impact_by_paired")
        ),
        sa.CheckConstraint("(impact IS NULL) = (impact_on IS NULL)", name=op.f("ck_followups_impact_paired")),
        sa.CheckConstraint(
            "(reflected_on IS NULL) = (reflected_by IS NULL)", name=op.f("ck_followups_reflected_paired")
        ),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_followups_audit_id_audits")),
        sa.ForeignKeyConstraint(
            ["discussed_by"], ["people.id"], name=op.f("fk_followups_discussed_by_people")
        ),
        sa.ForeignKeyConstraint(["filed_by"], ["people.id"], name=op.f("fk_followups_filed_by_people")),
        sa.ForeignKeyConstraint(["impact_by"], ["people.id"], name=op.f("fk_followups_impact_by_people")),
        sa.ForeignKeyConstraint(
            ["reflected_by"], ["people.id"], name=op.f("fk_followups_reflected_by_people")
        ),
        sa.PrimaryKeyConstraint("audit_id", name=op.f("pk_followups")),
    )
    op.create_index("ix_followups_closed_at", "followups", ["closed_at"], unique=False)
    op.create_table(
        "moderations",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("selected_at", tables.Instant(), nullable=False),
        sa.Column("selected_by", sa.Integer(), nullable=True),
        sa.Column("selected_note", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("moderator_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", tables.Instant(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("saved_at", tables.Instant(), nullable=True),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("overall", sa.Text(), nullable=True),
        sa.Column(
            "grade_changed", sa.Boolean(create_constraint=True, name="grade_changed_bool"), nullable=True
        ),
        sa.Column("decided_at", tables.Instant(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("final", sa.Text(), nullable=True),
        sa.Column("final_because", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_at", tables.Instant(), nullable=True),
        sa.Column("released_at", tables.Instant(), nullable=True),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.Column("release_kind", sa.Text(), nullable=True),
        sa.Column("release_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "final IN ('outstanding', 'good', 'requires_improvement', 'inadequate')",
            name=op.f("ck_moderations_final_known"),
        ),
        sa.CheckConstraint(
            "overall IN ('outstanding', 'good', 'requires_improvement', 'inadequate')",
            name=op.f("ck_moderations_overall_known"),
        ),
        sa.CheckConstraint(
            "release_kind <> 'early' OR release_reason <> ''", name=op.f("ck_moderations_early_has_reason")
        ),
        sa.CheckConstraint(
            "release_kind IN ('satisfactory', 'discussed', 'early')",
            name=op.f("ck_moderations_release_kind_known"),
        ),
        sa.CheckConstraint(
            "verdict IN ('satisfactory', 'concern')", name=op.f("ck_moderations_verdict_known")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)", name=op.f("ck_moderations_decided_paired")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (grade_changed IS NULL)", name=op.f("ck_moderations_changed_paired")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (overall IS NULL)", name=op.f("ck_moderations_overall_paired")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (verdict IS NULL)", name=op.f("ck_moderations_verdict_paired")
        ),
        sa.CheckConstraint(
            "(released_at IS NULL) = (release_kind IS NULL)", name=op.f("ck_moderations_released_paired")
        ),
        sa.CheckConstraint(
            "released_at IS NULL OR decided_at IS NOT NULL",
            name=op.f("ck_moderations_released_after_decided"),
        ),
        sa.CheckConstraint(
            "taken_at IS NULL OR moderator_id IS NOT NULL", name=op.f("ck_moderations_taken_paired")
        ),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_moderations_audit_id_audits")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_moderations_decided_by_people")),
        sa.ForeignKeyConstraint(["draw_id"], ["draws.id"], name=op.f("fk_moderations_draw_id_draws")),
        sa.ForeignKeyConstraint(
            ["moderator_id"], ["people.id"], name=op.f("fk_moderations_moderator_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderations")),
        sa.UniqueConstraint("audit_id", name=op.f("uq_moderations_audit_id")),
    )
    op.create_index("ix_moderations_decided_at", "moderations", ["decided_at"], unique=False)
    op.create_index("ix_moderations_moderator_id", "moderations", ["moderator_id"], unique=False)
    op.create_table(
        "nominations",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Boolean(create_constraint=True, name="accepted_bool"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.CheckConstraint("accepted OR reason <> ''", name=op.f("ck_nominations_declined_has_reason")),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_nominations_audit_id_audits")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_nominations_by_id_people")),
        sa.PrimaryKeyConstraint("audit_id", name=op.f("pk_nominations")),
    )
    op.create_table(
        "praise_notes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_praise_notes_audit_id_audits")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_praise_notes_by_id_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_praise_notes_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_praise_notes")),
        sa.UniqueConstraint("audit_id", "person_id", name=op.f("uq_praise_notes_audit_id_person_id")),
    )
    op.create_table(
        "action_steps",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", tables.Instant(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("recorded", sa.Text(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kind <> 'done' OR (text <> '' AND recorded <> '')", name=op.f("ck_action_steps_done_has_proof")
        ),
        sa.CheckConstraint(
            "kind <> 'sent_back' OR text <> ''", name=op.f("ck_action_steps_sent_back_has_reason")
        ),
        sa.CheckConstraint(
            "kind IN ('progress', 'done', 'sent_back', 'confirmed', 'oversight', 'more_time_asked', "
            "'more_time_given', 'more_time_declined', 'handed_on')",
            name=op.f("ck_action_steps_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["action_id"], ["audit_actions.id"], name=op.f("fk_action_steps_action_id_audit_actions")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_action_steps_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_steps")),
    )
    op.create_index("ix_action_steps_action_id", "action_steps", ["action_id"], unique=False)
    op.create_table(
        "discussions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("moderation_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("invited_at", tables.Instant(), nullable=True),
        sa.Column("slots", sa.JSON(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("agreed_at", tables.Instant(), nullable=True),
        sa.Column("proposed", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("held_by", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'held') = (held_on IS NOT NULL)", name=op.f("ck_discussions_held_paired")
        ),
        sa.CheckConstraint(
            "state IN ('due', 'invited', 'proposed', 'agreed', 'held')",
            name=op.f("ck_discussions_state_known"),
        ),
        sa.CheckConstraint(
            "(held_on IS NULL) = (held_by IS NULL)", name=op.f("ck_discussions_held_by_paired")
        ),
        sa.CheckConstraint(
            "(invited_at IS NULL) = (invited_by IS NULL)", name=op.f("ck_discussions_invited_paired")
        ),
        sa.ForeignKeyConstraint(["held_by"], ["people.id"], name=op.f("fk_discussions_held_by_people")),
        sa.ForeignKeyConstraint(["invited_by"], ["people.id"], name=op.f("fk_discussions_invited_by_people")),
        sa.ForeignKeyConstraint(
            ["moderation_id"], ["moderations.id"], name=op.f("fk_discussions_moderation_id_moderations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discussions")),
        sa.UniqueConstraint("moderation_id", name=op.f("uq_discussions_moderation_id")),
    )


def downgrade() -> None:
    """Take the tables away; actions that were done or confirmed are open again."""
    op.drop_table("discussions")
    op.drop_index("ix_action_steps_action_id", table_name="action_steps")
    op.drop_table("action_steps")
    op.drop_table("praise_notes")
    op.drop_table("nominations")
    op.drop_index("ix_moderations_moderator_id", table_name="moderations")
    op.drop_index("ix_moderations_decided_at", table_name="moderations")
    op.drop_table("moderations")
    op.drop_index("ix_followups_closed_at", table_name="followups")
    op.drop_table("followups")
    op.drop_table("learning_links")
    op.drop_index("ix_learning_actions_owner_id", table_name="learning_actions")
    op.drop_index("ix_learning_actions_entry_id", table_name="learning_actions")
    op.drop_table("learning_actions")
    op.drop_table("calibration_grades")
    op.drop_index("ix_supervisions_practitioner_id", table_name="supervisions")
    op.drop_index("ix_supervisions_planned_on", table_name="supervisions")
    op.drop_table("supervisions")
    op.drop_index("ix_learning_entries_state", table_name="learning_entries")
    op.drop_table("learning_entries")
    op.drop_table("examples")
    op.drop_table("calibrations")
    op.drop_table("draws")
    op.execute("UPDATE audit_actions SET state = 'open', done_on = NULL, confirmed_on = NULL")
    _change_actions(with_ends=False)


def _change_actions(*, with_ends: bool) -> None:
    if op.get_bind().dialect.name != "sqlite":
        _change_in_place(with_ends)
        return
    # SQLite changes no constraint in place, and Alembic's own copy would lose the others.
    op.drop_index("ix_audit_actions_owner_id_state", "audit_actions")
    op.rename_table("audit_actions", "audit_actions_before")
    columns: list[sa.Column[Any]] = [
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        *(_ends() if with_ends else ()),
    ]
    op.create_table(
        "audit_actions",
        *columns,
        *(
            sa.CheckConstraint(text, name=op.f(f"ck_audit_actions_{name}"))
            for name, text in _checks(with_ends)
        ),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name=op.f("fk_audit_actions_audit_id_audits")),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_audit_actions_owner_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_actions")),
        sa.UniqueConstraint("audit_id", "position", name=op.f("uq_audit_actions_audit_id_position")),
    )
    kept = ", ".join(_BEFORE)
    op.execute(f"INSERT INTO audit_actions ({kept}) SELECT {kept} FROM audit_actions_before")
    op.drop_table("audit_actions_before")
    op.create_index("ix_audit_actions_owner_id_state", "audit_actions", ["owner_id", "state"])


def _change_in_place(with_ends: bool) -> None:
    if with_ends:
        for column in _ends():
            op.add_column("audit_actions", column)
    for name, _ in _checks(not with_ends):
        op.drop_constraint(op.f(f"ck_audit_actions_{name}"), "audit_actions", type_="check")
    for name, text in _checks(with_ends):
        op.create_check_constraint(op.f(f"ck_audit_actions_{name}"), "audit_actions", text)
    if not with_ends:
        for column in reversed(_ends()):
            op.drop_column("audit_actions", column.name)


def _ends() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("moderation_id", sa.Integer(), nullable=True),
        sa.Column("asked_until_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _checks(with_ends: bool) -> tuple[tuple[str, str], ...]:
    if not with_ends:
        return (("state_known", "state IN ('open')"),)
    return (
        ("state_known", "state IN ('open', 'done', 'confirmed')"),
        ("done_paired", "(state = 'open') = (done_on IS NULL)"),
        ("confirmed_paired", "(state = 'confirmed') = (confirmed_on IS NOT NULL)"),
    )
