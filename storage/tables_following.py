"""Tables of what follows an audit: actions to their end, supervision, closing, impact, the learning log."""

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
    UniqueConstraint,
)

from storage.tables import Instant, metadata

action_steps = Table(
    "action_steps",
    metadata,
    # What was said and done about an action, in order; rows are only ever added.
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("action_id", ForeignKey("audit_actions.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("by_id", ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
    # What changed for the child, why it is sent back, why more time is needed.
    Column("text", Text, nullable=False),
    # Where it is recorded, never the record itself (SG-01).
    Column("recorded", Text, nullable=False),
    Column("until_on", Date),
    CheckConstraint(
        "kind IN ('progress', 'done', 'sent_back', 'confirmed', 'oversight', 'more_time_asked', "
        "'more_time_given', 'more_time_declined', 'handed_on')",
        name="kind_known",
    ),
    CheckConstraint("kind <> 'done' OR (text <> '' AND recorded <> '')", name="done_has_proof"),
    CheckConstraint("kind <> 'sent_back' OR text <> ''", name="sent_back_has_reason"),
    Index("ix_action_steps_action_id", "action_id"),
)

followups = Table(
    "followups",
    metadata,
    # What an audit still needs before it is closed, and what came of it later.
    Column("audit_id", ForeignKey("audits.id"), primary_key=True),
    # Learning discussed in supervision, and where that is noted (CA-19).
    Column("discussed_on", Date),
    Column("discussed_by", ForeignKey("people.id")),
    Column("discussed_where", Text, nullable=False),
    # The reflective session with practitioner and manager (SU-08).
    Column("reflected_on", Date),
    Column("reflected_by", ForeignKey("people.id")),
    # Audit and actions are on the child's file (RO-01).
    Column("filed_on", Date),
    Column("filed_by", ForeignKey("people.id")),
    Column("closed_at", Instant),
    Column("impact_due_on", Date),
    Column("impact", Text),
    Column("impact_text", Text, nullable=False),
    Column("impact_on", Date),
    Column("impact_by", ForeignKey("people.id")),
    # Inadequate practice is looked at again.
    Column("reaudit_on", Date),
    Column("version", Integer, nullable=False),
    CheckConstraint("(discussed_on IS NULL) = (discussed_by IS NULL)", name="discussed_paired"),
    CheckConstraint("(reflected_on IS NULL) = (reflected_by IS NULL)", name="reflected_paired"),
    CheckConstraint("(filed_on IS NULL) = (filed_by IS NULL)", name="filed_paired"),
    CheckConstraint("(closed_at IS NULL) = (impact_due_on IS NULL)", name="closed_paired"),
    CheckConstraint("(impact IS NULL) = (impact_on IS NULL)", name="impact_paired"),
    CheckConstraint("(impact IS NULL) = (impact_by IS NULL)", name="impact_by_paired"),
    CheckConstraint("impact IN ('lasted', 'partly', 'lost')", name="impact_known"),
    Index("ix_followups_closed_at", "closed_at"),
    # What is to be asked about now, among all that was closed over the years.
    Index("ix_followups_impact_impact_due_on", "impact", "impact_due_on"),
)

supervisions = Table(
    "supervisions",
    metadata,
    # A practitioner's next supervision, and those that were held with what was talked of.
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("practitioner_id", ForeignKey("people.id"), nullable=False),
    Column("planned_on", Date, nullable=False),
    Column("planned_by", ForeignKey("people.id"), nullable=False),
    Column("held_on", Date),
    Column("held_by", ForeignKey("people.id")),
    Column("note_where", Text, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("(held_on IS NULL) = (held_by IS NULL)", name="held_paired"),
    Index("ix_supervisions_practitioner_id", "practitioner_id"),
    Index("ix_supervisions_planned_on", "planned_on"),
)

learning_entries = Table(
    "learning_entries",
    metadata,
    # An entry of the learning log (OG-06): the QAO writes, the AD for QA assures.
    Column("id", Integer, primary_key=True, autoincrement=True),
    # A tag (GP-01 …) or a section's key.
    Column("theme", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("learning", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("drafted_from", Text, nullable=False),
    Column("owner_id", ForeignKey("people.id")),
    Column("due_on", Date),
    Column("created_at", Instant, nullable=False),
    Column("created_by", Integer),
    Column("assured_by", ForeignKey("people.id")),
    Column("assured_at", Instant),
    Column("impact", Text, nullable=False),
    Column("more_needed", sa.Boolean(create_constraint=True, name="more_needed_bool")),
    Column("closed_by", ForeignKey("people.id")),
    Column("closed_at", Instant),
    Column("version", Integer, nullable=False),
    CheckConstraint("state IN ('draft', 'open', 'assured', 'closed', 'dropped')", name="state_known"),
    CheckConstraint("drafted_from IN ('audit', 'moderation', 'theme', 'hand')", name="drafted_from_known"),
    CheckConstraint("(assured_by IS NULL) = (assured_at IS NULL)", name="assured_paired"),
    CheckConstraint("(closed_by IS NULL) = (closed_at IS NULL)", name="closed_by_paired"),
    CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_paired"),
    # No entry closes without an answer on impact (OG-06).
    CheckConstraint(
        "state <> 'closed' OR (impact <> '' AND more_needed IS NOT NULL)", name="closed_has_impact"
    ),
    Index("ix_learning_entries_state", "state"),
)

learning_links = Table(
    "learning_links",
    metadata,
    # The evidence of an entry.
    Column("entry_id", ForeignKey("learning_entries.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("subject_id", Integer, primary_key=True),
    CheckConstraint("kind IN ('audit', 'moderation')", name="kind_known"),
)

learning_sources = Table(
    "learning_sources",
    metadata,
    # Evidence of an entry that is no audit: the report of a round, or what somebody typed.
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("entry_id", ForeignKey("learning_entries.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("dated_on", Date, nullable=False),
    Column("round_id", ForeignKey("rounds.id")),
    CheckConstraint(
        "kind IN ('round', 'complaint', 'compliment', 'survey', 'review', 'other')", name="kind_known"
    ),
    CheckConstraint("(kind = 'round') = (round_id IS NOT NULL)", name="round_chosen"),
    CheckConstraint("kind = 'round' OR what <> ''", name="typed_says_what"),
    UniqueConstraint("entry_id", "kind", "dated_on", "what"),
)

learning_actions = Table(
    "learning_actions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("entry_id", ForeignKey("learning_entries.id"), nullable=False),
    Column("what", Text, nullable=False),
    Column("owner_id", ForeignKey("people.id"), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("done_on", Date),
    Column("done_by", ForeignKey("people.id")),
    Column("done_text", Text, nullable=False),
    CheckConstraint("(done_on IS NULL) = (done_by IS NULL)", name="done_paired"),
    Index("ix_learning_actions_entry_id", "entry_id"),
    Index("ix_learning_actions_owner_id", "owner_id"),
)

praise_notes = Table(
    "praise_notes",
    metadata,
    # Named good work, said to the person who did it (CA-21).
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("audit_id", ForeignKey("audits.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("by_id", ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("audit_id", "person_id"),
)
