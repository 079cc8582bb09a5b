"""Tables of the performance framework: indicators, their values, exceptions, answers and narratives."""

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, Date, Float, ForeignKey, Index, Integer, Table, Text

from storage.tables import Instant, metadata

indicators = Table(
    "indicators",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    # The name without regard to capitals and spaces.
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("definition", Text, nullable=False),
    Column("polarity", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("target", Float),
    # How far off the target is still within it, in the indicator's unit.
    Column("tolerance", Float),
    # A section or tag whose audit findings stand beside it.
    Column("theme", Text, nullable=False),
    # Who answers for the council's figure: a post or one person; nobody named where both are empty.
    Column("owner_id", ForeignKey("people.id")),
    Column("owner_post", Text),
    Column("version", Integer, nullable=False),
    CheckConstraint("owner_id IS NULL OR owner_post IS NULL", name="one_owner"),
    CheckConstraint("polarity IN ('higher', 'lower', 'neither')", name="polarity_known"),
    CheckConstraint("tolerance IS NULL OR tolerance >= 0", name="tolerance_not_negative"),
)

indicator_values = Table(
    "indicator_values",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("indicator_id", ForeignKey("indicators.id"), nullable=False),
    Column("every", Text, nullable=False),
    # The first day of the week, month or quarter.
    Column("period_on", Date, nullable=False),
    # What it is measured of: the council when all are empty, down to a case reference (PF-01, SG-01).
    Column("scope", Text, nullable=False),
    Column("service_id", ForeignKey("services.id")),
    Column("team_id", ForeignKey("teams.id")),
    Column("practitioner_id", ForeignKey("people.id")),
    Column("case_ref", Text, nullable=False),
    Column("value", Float, nullable=False),
    # What the value was counted from, where the list says so.
    Column("numerator", Float),
    Column("denominator", Float),
    Column("at", Instant, nullable=False),
    CheckConstraint("every IN ('week', 'month', 'quarter')", name="every_known"),
    sa.UniqueConstraint("indicator_id", "every", "period_on", "scope"),
    Index("ix_indicator_values_period_on", "every", "period_on"),
    Index("ix_indicator_values_team_id", "team_id"),
)

team_reports = Table(
    "team_reports",
    metadata,
    # A team's weekly report, and what its manager answered (PF-01).
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("team_id", ForeignKey("teams.id"), nullable=False),
    Column("week_on", Date, nullable=False),
    Column("posted_at", Instant, nullable=False),
    Column("answer", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("answered_by", ForeignKey("people.id")),
    Column("answered_at", Instant),
    CheckConstraint("answer IN ('', 'seen', 'acting')", name="answer_known"),
    CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answered_paired"),
    CheckConstraint("(answered_by IS NULL) = (answered_at IS NULL)", name="answered_by_paired"),
    sa.UniqueConstraint("team_id", "week_on"),
)

exceptions = Table(
    "exceptions",
    metadata,
    # An indicator that needs a look: off its target, or changed by more than chance (PF-09).
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("indicator_id", ForeignKey("indicators.id"), nullable=False),
    Column("every", Text, nullable=False),
    Column("period_on", Date, nullable=False),
    Column("scope", Text, nullable=False),
    Column("service_id", ForeignKey("services.id")),
    Column("team_id", ForeignKey("teams.id")),
    Column("kind", Text, nullable=False),
    Column("value", Float, nullable=False),
    Column("owner_id", ForeignKey("people.id")),
    Column("due_on", Date),
    # One line on why, and what will be done (PF-04).
    Column("reply", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("answered_by", ForeignKey("people.id")),
    Column("answered_at", Instant),
    Column("closed_at", Instant),
    Column("version", Integer, nullable=False),
    CheckConstraint("kind IN ('target', 'limit', 'run', 'trend')", name="kind_known"),
    CheckConstraint("state IN ('open', 'answered', 'closed')", name="state_known"),
    CheckConstraint("state <> 'answered' OR reply <> ''", name="answered_has_reply"),
    CheckConstraint("(answered_by IS NULL) = (answered_at IS NULL)", name="answered_paired"),
    CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_paired"),
    sa.UniqueConstraint("indicator_id", "every", "period_on", "scope", "kind"),
    Index("ix_exceptions_state", "state"),
    Index("ix_exceptions_owner_id", "owner_id"),
)

narratives = Table(
    "narratives",
    metadata,
    # What a manager writes to a report's figures; asked for, chased and then locked (PF-05 to PF-13).
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("report", Text, nullable=False),
    Column("period_on", Date, nullable=False),
    Column("service_id", ForeignKey("services.id")),
    Column("slot", Text, nullable=False, unique=True),
    Column("owner_id", ForeignKey("people.id")),
    Column("due_on", Date, nullable=False),
    # Named boxes to their texts: analysis, action, celebration …
    Column("texts", sa.JSON, nullable=False),
    Column("state", Text, nullable=False),
    Column("written_by", ForeignKey("people.id")),
    Column("written_at", Instant),
    Column("locked_at", Instant),
    Column("version", Integer, nullable=False),
    CheckConstraint(
        "report IN ('clinic', 'whole_service', 'quarterly', 'psw_analysis', 'self_check')",
        name="report_known",
    ),
    CheckConstraint("state IN ('asked', 'written', 'locked')", name="state_known"),
    CheckConstraint("(written_by IS NULL) = (written_at IS NULL)", name="written_paired"),
    CheckConstraint("(state = 'locked') = (locked_at IS NOT NULL)", name="locked_paired"),
    Index("ix_narratives_period_on", "report", "period_on"),
)

locked_reports = Table(
    "locked_reports",
    metadata,
    # A report as it was locked, figures and words alike; never changed (PF-05, PF-07, PF-09).
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("report", Text, nullable=False),
    Column("period_on", Date, nullable=False),
    Column("body", sa.JSON, nullable=False),
    Column("framework_version", Text, nullable=False),
    Column("locked_at", Instant, nullable=False),
    # Of all the other columns, so that a change in the database shows.
    Column("hash", Text, nullable=False),
    CheckConstraint("report IN ('whole_service', 'quarterly', 'self_check')", name="report_known"),
    CheckConstraint("hash <> ''", name="hashed"),
    sa.UniqueConstraint("report", "period_on"),
)

report_requests = Table(
    "report_requests",
    metadata,
    # A qualitative report that a group has triggered (PF-12).
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("body", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("asked_by", ForeignKey("people.id"), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("owner_id", ForeignKey("people.id"), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("state", Text, nullable=False),
    # What it found, and where the whole of it is kept.
    Column("answer", Text, nullable=False),
    Column("kept_where", Text, nullable=False),
    Column("answered_at", Instant),
    Column("version", Integer, nullable=False),
    CheckConstraint("state IN ('open', 'answered', 'dropped')", name="state_known"),
    CheckConstraint("(state = 'answered') = (answered_at IS NOT NULL)", name="answered_paired"),
    CheckConstraint("state <> 'answered' OR answer <> ''", name="answered_has_answer"),
    Index("ix_report_requests_state", "state"),
)
