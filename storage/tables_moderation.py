"""Tables of the Panel: draws, moderations with what they found, talks, examples, and grading in step."""

import sqlalchemy as sa
from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
)

from storage.tables import Instant, metadata

_GRADES = "('outstanding', 'good', 'requires_improvement', 'inadequate')"

draws = Table(
    "draws",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # The month that the draw closes; audits submitted after it come into the next one.
    Column("month", Date, nullable=False, unique=True),
    Column("drawn_at", Instant, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("rule_version", Text, nullable=False),
    Column("framework_version", Text, nullable=False),
    # The limits as they stood, as a council may change its numbers.
    Column("least_percent", Integer, nullable=False),
    Column("most_percent", Integer, nullable=False),
    # As it was drawn from, so that anybody can draw again: ids, classes and numbers, no text.
    Column("population", sa.JSON, nullable=False),
    Column("population_hash", Text, nullable=False),
    Column("selected", sa.JSON, nullable=False),
    Column("state", Text, nullable=False),
    Column("passed_by", Integer),
    Column("passed_at", Instant),
    Column("passed_because", Text),
    CheckConstraint("state IN ('within', 'over', 'passed')", name="state_known"),
    CheckConstraint("(state = 'passed') = (passed_at IS NOT NULL)", name="passed_paired"),
    CheckConstraint("(passed_at IS NULL) = (passed_by IS NULL)", name="passed_by_paired"),
)

moderations = Table(
    "moderations",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("audit_id", ForeignKey("audits.id"), nullable=False, unique=True),
    Column("draw_id", ForeignKey("draws.id")),
    Column("reasons", sa.JSON, nullable=False),
    Column("selected_at", Instant, nullable=False),
    # Empty where a rule chose; somebody of the Panel otherwise, with why.
    Column("selected_by", Integer),
    Column("selected_note", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("moderator_id", ForeignKey("people.id")),
    Column("taken_at", Instant),
    Column("body", sa.JSON, nullable=False),
    Column("saved_at", Instant),
    Column("saved_by", Integer),
    Column("verdict", Text),
    Column("overall", Text),
    # Whether the overall or any section's grade differs from the auditor's.
    Column("grade_changed", sa.Boolean(create_constraint=True, name="grade_changed_bool")),
    Column("decided_at", Instant),
    Column("decided_by", ForeignKey("people.id")),
    # What the chair recorded after the talk: the Panel's, or another, which no report counts.
    Column("final", Text),
    Column("final_because", Text, nullable=False),
    Column("reply", Text, nullable=False),
    Column("replied_at", Instant),
    Column("released_at", Instant),
    Column("released_by", Integer),
    Column("release_kind", Text),
    Column("release_reason", Text, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("verdict IN ('satisfactory', 'concern')", name="verdict_known"),
    CheckConstraint(f"overall IN {_GRADES}", name="overall_known"),
    CheckConstraint(f"final IN {_GRADES}", name="final_known"),
    CheckConstraint("release_kind IN ('satisfactory', 'discussed', 'early')", name="release_kind_known"),
    CheckConstraint("(decided_at IS NULL) = (verdict IS NULL)", name="verdict_paired"),
    CheckConstraint("(decided_at IS NULL) = (overall IS NULL)", name="overall_paired"),
    CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decided_paired"),
    CheckConstraint("(decided_at IS NULL) = (grade_changed IS NULL)", name="changed_paired"),
    CheckConstraint("(released_at IS NULL) = (release_kind IS NULL)", name="released_paired"),
    CheckConstraint("released_at IS NULL OR decided_at IS NOT NULL", name="released_after_decided"),
    CheckConstraint("release_kind <> 'early' OR release_reason <> ''", name="early_has_reason"),
    CheckConstraint("taken_at IS NULL OR moderator_id IS NOT NULL", name="taken_paired"),
    Index("ix_moderations_moderator_id", "moderator_id"),
    Index("ix_moderations_decided_at", "decided_at"),
    # Whose turn it is, counted without opening what each moderation says.
    Index("ix_moderations_selected_at_moderator_id", "selected_at", "moderator_id"),
)

nominations = Table(
    "nominations",
    metadata,
    # What the Panel answered to a team manager's nomination (Q6).
    Column("audit_id", ForeignKey("audits.id"), primary_key=True),
    Column("accepted", sa.Boolean(create_constraint=True, name="accepted_bool"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by_id", ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("accepted OR reason <> ''", name="declined_has_reason"),
)

team_copies = Table(
    "team_copies",
    metadata,
    # To whom the QA office gave the team's copy of a moderation, as nobody manages the team (MO-15, Q13).
    Column("audit_id", ForeignKey("audits.id"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("by_id", ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
)

discussions = Table(
    "discussions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("moderation_id", ForeignKey("moderations.id"), nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    # The invite: who asked, when, and the times offered, in UTC.
    Column("invited_by", ForeignKey("people.id")),
    Column("invited_at", Instant),
    Column("slots", sa.JSON, nullable=False),
    Column("message", Text, nullable=False),
    # The time agreed on, or what the auditor proposes instead.
    Column("agreed_at", Instant),
    Column("proposed", Text, nullable=False),
    Column("held_on", Date),
    Column("held_by", ForeignKey("people.id")),
    Column("note", Text, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("state IN ('due', 'invited', 'proposed', 'agreed', 'held')", name="state_known"),
    CheckConstraint("(state = 'held') = (held_on IS NOT NULL)", name="held_paired"),
    CheckConstraint("(held_on IS NULL) = (held_by IS NULL)", name="held_by_paired"),
    CheckConstraint("(invited_at IS NULL) = (invited_by IS NULL)", name="invited_paired"),
)

examples = Table(
    "examples",
    metadata,
    # Example audits, anonymised by hand and approved by the PSW (MO-18).
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("title", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("grade", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("by_id", ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("approved_by", ForeignKey("people.id")),
    Column("approved_at", Instant),
    Column("version", Integer, nullable=False),
    CheckConstraint("state IN ('proposed', 'approved', 'withdrawn')", name="state_known"),
    CheckConstraint(f"grade IN {_GRADES}", name="grade_known"),
    CheckConstraint("(approved_by IS NULL) = (approved_at IS NULL)", name="approved_paired"),
    CheckConstraint("state <> 'approved' OR approved_at IS NOT NULL", name="approved_known"),
)

calibrations = Table(
    "calibrations",
    metadata,
    # One anonymised case that every auditor grades blind before a round.
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sections", sa.JSON, nullable=False),
    Column("opened_by", ForeignKey("people.id"), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closes_on", Date, nullable=False),
    # The Panel's own grades with why, kept from everyone until it closes.
    Column("panel", sa.JSON, nullable=False),
    Column("closed_at", Instant),
    Column("version", Integer, nullable=False),
)

calibration_grades = Table(
    "calibration_grades",
    metadata,
    Column("calibration_id", ForeignKey("calibrations.id"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("grades", sa.JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
