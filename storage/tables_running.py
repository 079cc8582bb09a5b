"""Tables of what keeps the product running: the calendar, the leader, nudges, delivery and switches."""

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

occurrences = Table(
    "occurrences",
    metadata,
    # A line of the cadence and the London day it fell on: once only, whoever gets there (decision 5).
    Column("line", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("due_at", Instant, nullable=False),
    Column("done_at", Instant, nullable=False),
    Column("late", sa.Boolean(create_constraint=True, name="late_bool"), nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    CheckConstraint("outcome IN ('done', 'skipped')", name="outcome_known"),
    sqlite_with_rowid=False,
)

calendar_marks = Table(
    "calendar_marks",
    metadata,
    # How far the calendar has been read.
    Column("name", Text, primary_key=True),
    Column("at", Instant, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    # Counts the holders; a step of an earlier one is refused.
    Column("epoch", Integer, nullable=False),
    Column("until", Instant, nullable=False),
)

nudges = Table(
    "nudges",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("line", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("subject_id", Integer, nullable=False),
    # An extension moves the due day and so makes new nudges.
    Column("due_on", Date, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("day", Date, nullable=False),
    Column("late", sa.Boolean(create_constraint=True, name="late_bool"), nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    UniqueConstraint("line", "subject", "subject_id", "due_on", "person_id"),
    Index("ix_nudges_person_id_day", "person_id", "day"),
    CheckConstraint("state IN ('open', 'skipped')", name="state_known"),
)

snoozes = Table(
    "snoozes",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("subject_id", Integer, primary_key=True),
    Column("until_on", Date, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_snoozes_until_on", "until_on"),
)

extensions = Table(
    "extensions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("audit_id", ForeignKey("audits.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("until_on", Date),
    Column("reason", Text, nullable=False),
    Column("asked_by", ForeignKey("people.id"), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("decided_by", ForeignKey("people.id")),
    Column("decided_at", Instant),
    Column("decision", Text, nullable=False),
    Index("ix_extensions_audit_id", "audit_id"),
    Index("ix_extensions_state", "state"),
    CheckConstraint("kind IN ('extension', 'exemption')", name="kind_known"),
    CheckConstraint("state IN ('asked', 'approved', 'declined')", name="state_known"),
    CheckConstraint("(kind = 'extension') = (until_on IS NOT NULL)", name="until_paired"),
    CheckConstraint("(state = 'asked') = (decided_at IS NULL)", name="decided_paired"),
)

paces = Table(
    "paces",
    metadata,
    # What was sent lately, for each tenant, conversation and mailbox, shared by every process.
    Column("key", Text, primary_key=True),
    Column("recent", sa.JSON, nullable=False),
    Column("free_at", Instant),
    Column("paused_until", Instant),
    sqlite_with_rowid=False,
)

file_offers = Table(
    "file_offers",
    metadata,
    # A file that waits for the person's consent in their chat.
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("token", Text, nullable=False, unique=True),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject_id", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("state IN ('offered', 'accepted', 'declined')", name="state_known"),
)

switches = Table(
    "switches",
    metadata,
    # What operators set: paused, the pilot's teams.
    Column("name", Text, primary_key=True),
    Column("value", sa.JSON, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
