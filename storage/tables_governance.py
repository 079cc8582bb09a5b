"""Tables of the governance year: meetings and what they decide, the activity tracker, the forward plan."""

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

meetings = Table(
    "meetings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # The key of the body's line in the framework file.
    Column("body", Text, nullable=False),
    # A Performance Clinic belongs to a service; other bodies to the council.
    Column("service_id", ForeignKey("services.id")),
    # Body, service and the month it was planned for: moved or not, there is one of each.
    Column("slot", Text, nullable=False, unique=True),
    Column("planned_on", Date, nullable=False),
    Column("starts_at", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("state", Text, nullable=False),
    # Why it was moved or cancelled.
    Column("reason", Text, nullable=False),
    # The QA and performance representative who came (PF-03).
    Column("rep_id", ForeignKey("people.id")),
    Column("held_on", Date),
    Column("minutes_where", Text, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("state IN ('planned', 'held', 'cancelled')", name="state_known"),
    CheckConstraint("(state = 'held') = (held_on IS NOT NULL)", name="held_paired"),
    CheckConstraint("state <> 'cancelled' OR reason <> ''", name="cancelled_has_reason"),
    Index("ix_meetings_planned_on", "planned_on"),
)

meeting_people = Table(
    "meeting_people",
    metadata,
    Column("meeting_id", ForeignKey("meetings.id"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    # Members follow from their posts; a guest is asked to one meeting (OG-12).
    Column("is_guest", sa.Boolean(create_constraint=True, name="is_guest_bool"), nullable=False),
    Column("came", Text, nullable=False),
    CheckConstraint("came IN ('asked', 'came', 'apologies')", name="came_known"),
)

agenda_items = Table(
    "agenda_items",
    metadata,
    # What somebody put on an agenda beside its standing items and what is due, or noted under one of them.
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("meeting_id", ForeignKey("meetings.id"), nullable=False),
    # The standing item it belongs to, empty for one of its own.
    Column("item", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("note", Text, nullable=False),
    # A paper: one of our packs, or where it is kept.
    Column("pack_id", ForeignKey("packs.id")),
    Column("paper_where", Text, nullable=False),
    Column("by_id", ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_agenda_items_meeting_id", "meeting_id"),
)

tracked = Table(
    "tracked",
    metadata,
    # The activity tracker (OG-06): every QA activity, recommendation, decision and action of a body.
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    # Where it came from, and the row there; the meeting it was decided in, if any.
    Column("source", Text, nullable=False),
    Column("source_id", Integer),
    Column("meeting_id", ForeignKey("meetings.id")),
    Column("theme", Text, nullable=False),
    Column("owner_id", ForeignKey("people.id")),
    Column("due_on", Date),
    Column("state", Text, nullable=False),
    # The post that a learning need was passed to (OG-08).
    Column("routed_to", Text, nullable=False),
    Column("impact", Text, nullable=False),
    Column("more_needed", sa.Boolean(create_constraint=True, name="more_needed_bool")),
    Column("created_at", Instant, nullable=False),
    Column("created_by", ForeignKey("people.id")),
    Column("closed_at", Instant),
    Column("closed_by", ForeignKey("people.id")),
    Column("version", Integer, nullable=False),
    CheckConstraint(
        "kind IN ('activity', 'recommendation', 'decision', 'action', 'learning_need')", name="kind_known"
    ),
    CheckConstraint("state IN ('open', 'done', 'closed', 'dropped')", name="state_known"),
    CheckConstraint("(state IN ('closed', 'dropped')) = (closed_at IS NOT NULL)", name="closed_paired"),
    # Nothing closes without an answer on impact (OG-06).
    CheckConstraint(
        "state <> 'closed' OR (impact <> '' AND more_needed IS NOT NULL)", name="closed_has_impact"
    ),
    Index("ix_tracked_state", "state"),
    Index("ix_tracked_owner_id", "owner_id"),
    Index("ix_tracked_meeting_id", "meeting_id"),
    Index("ix_tracked_source", "source", "source_id"),
    # What follows the learning log has one row, whoever saves first.
    Index(
        "uq_tracked_following",
        "source_id",
        unique=True,
        sqlite_where=sa.text("source = 'learning'"),
        postgresql_where=sa.text("source = 'learning'"),
    ),
)

tracked_steps = Table(
    "tracked_steps",
    metadata,
    # What was said of its progress, in order; rows are only ever added.
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("tracked_id", ForeignKey("tracked.id"), nullable=False),
    # Nobody where a file was brought in at the command line.
    Column("by_id", ForeignKey("people.id")),
    Column("at", Instant, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_tracked_steps_tracked_id", "tracked_id"),
)

plan_items = Table(
    "plan_items",
    metadata,
    # The forward plan (OG-07): one activity of a year, which begins in April.
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("year", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("owner_post", Text, nullable=False),
    # Hours of auditors' and managers' work in all.
    Column("hours", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("state", Text, nullable=False),
    # Terms of reference of thematic work (TA-04), and who signed them for the Board (QB-02).
    Column("terms", sa.JSON),
    Column("signed_by", ForeignKey("people.id")),
    Column("signed_at", Instant),
    Column("version", Integer, nullable=False),
    CheckConstraint("state IN ('draft', 'planned', 'done', 'cancelled')", name="state_known"),
    CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    CheckConstraint("(signed_by IS NULL) = (signed_at IS NULL)", name="signed_paired"),
    Index("ix_plan_items_year", "year"),
)

plan_changes = Table(
    "plan_changes",
    metadata,
    # What the Group changed and why; rows are only ever added.
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("item_id", ForeignKey("plan_items.id"), nullable=False),
    # Nobody where a file was brought in at the command line.
    Column("by_id", ForeignKey("people.id")),
    Column("at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Column("before", sa.JSON, nullable=False),
    Column("after", sa.JSON, nullable=False),
    CheckConstraint("reason <> ''", name="has_reason"),
    Index("ix_plan_changes_item_id", "item_id"),
)

packs = Table(
    "packs",
    metadata,
    # A drafted report with its figures, edited by people, approved, then sent and frozen.
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    # Kind, period and audience: there is one of each.
    Column("slot", Text, nullable=False, unique=True),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("content", sa.JSON, nullable=False),
    Column("framework_version", Text, nullable=False),
    Column("drafted_at", Instant, nullable=False),
    Column("approved_by", ForeignKey("people.id")),
    Column("approved_at", Instant),
    Column("sent_at", Instant),
    # Of the whole content as it was sent.
    Column("hash", Text, nullable=False),
    # Why whoever approves it sent it back the last time.
    Column("reason", Text, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("state IN ('draft', 'asked', 'sent')", name="state_known"),
    CheckConstraint(
        "(state = 'sent') = (approved_by IS NOT NULL) AND (approved_by IS NULL) = (approved_at IS NULL)",
        name="approved_paired",
    ),
    CheckConstraint(
        "(state = 'sent') = (sent_at IS NOT NULL) AND (sent_at IS NULL) = (hash = '')", name="sent_paired"
    ),
)

pack_texts = Table(
    "pack_texts",
    metadata,
    # What people wrote in the parts of a pack; the drafted words stay in its content.
    Column("pack_id", ForeignKey("packs.id"), primary_key=True),
    Column("part", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("by_id", ForeignKey("people.id"), nullable=False),
    Column("at", Instant, nullable=False),
)

pack_figures = Table(
    "pack_figures",
    metadata,
    # Each figure of a pack under the reference printed beside it, with the records it was counted from.
    Column("ref", Text, primary_key=True),
    Column("pack_id", ForeignKey("packs.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),
    Column("says", Text, nullable=False),
    Column("counted", sa.JSON, nullable=False),
    Column("whole", sa.JSON, nullable=False),
    Index("ix_pack_figures_pack_id", "pack_id"),
)

channel_posts = Table(
    "channel_posts",
    metadata,
    # A message of ours that stands in a channel, so that it is brought up to date instead of repeated.
    Column("channel_id", ForeignKey("channels.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("subject_id", Integer, primary_key=True),
    Column("activity_id", Text, nullable=False),
    # The thread that the message began; empty where the channel itself takes the edit.
    Column("conversation_id", Text, nullable=False),
    # A mark of what it shows, so that nothing is edited for nothing.
    Column("shown", Text, nullable=False),
    Column("posted_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    UniqueConstraint("channel_id", "activity_id"),
)
