"""Every table, with named constraints. Instants are UTC, days are Europe/London, texts stay out of the trail.

Tables of people's words (pages, comments, alerts) can be emptied by retention while the trail, which holds
digests only and no foreign keys, still proves what happened.
"""

from datetime import UTC, datetime

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
from sqlalchemy.engine import Dialect

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware moment, stored in UTC; a naive one is refused rather than guessed at."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC, or ValueError for a naive moment."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite gives back what was stored without its zone, which is always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _ref(name: str, target: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, ForeignKey(f"{target}.id"), nullable=nullable)


def _one_of(column: str, *values: str) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(v) for v in values)})", name=f"{column}_known")


def name_key(name: str) -> str:
    """What two spellings of one team or service share: neither capitals nor spaces tell them apart."""
    return " ".join(name.casefold().split())


def _name_key() -> Column[str]:
    """The name's key, made with the name so that nothing can be stored without it.

    Kept in a column of its own, because the engines fold capitals outside ASCII each in its own way.
    """
    return Column(
        "name_key",
        Text,
        nullable=False,
        server_default="",
        default=lambda context: name_key(context.get_current_parameters()["name"]),
    )


services = Table(
    "services",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    _name_key(),
    Index("ix_services_name_key", "name_key", unique=True),
)

teams = Table(
    "teams",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    _ref("service_id", "services"),
    _name_key(),
    Index("ix_teams_name_key", "name_key", unique=True),
    Index("ix_teams_service_id", "service_id"),
)

people = Table(
    "people",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False, unique=True),
    Column("directory_id", Text, unique=True),
    Column("team_id", ForeignKey("teams.id")),
    Column("service_id", ForeignKey("services.id")),
    Column("manager_id", ForeignKey("people.id")),
    Column("cover_id", ForeignKey("people.id")),
    Column("is_auditor", sa.Boolean(create_constraint=True, name="is_auditor_bool"), nullable=False),
    Column("working_days", Text, nullable=False),
    Column("leave", sa.JSON, nullable=False),
    Column("left_on", Date),
    Column("version", Integer, nullable=False),
    Index("ix_people_team_id", "team_id"),
    Index("ix_people_manager_id", "manager_id"),
    Index("ix_people_cover_id", "cover_id"),
    Index("ix_people_service_id", "service_id"),
    Index("ix_people_left_on", "left_on"),
)

person_posts = Table(
    "person_posts",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("post", Text, primary_key=True),
    Index("ix_person_posts_post", "post"),
)

cases = Table(
    "cases",
    metadata,
    _id(),
    Column("reference", Text, nullable=False, unique=True),
    _ref("team_id", "teams"),
    _ref("practitioner_id", "people"),
    _ref("supervisor_id", "people", nullable=True),
    _ref("chair_id", "people", nullable=True),
    Column("plan_type", Text, nullable=False),
    Column("gender", Text, nullable=False),
    Column("age_band", Text, nullable=False),
    Column("ethnicity", Text, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("opening_contact_on", Date),
    Column("closed_on", Date),
    Column("version", Integer, nullable=False),
    Index("ix_cases_practitioner_id", "practitioner_id"),
    Index("ix_cases_closed_on", "closed_on"),
)

imports = Table(
    "imports",
    metadata,
    _id(),
    Column("kind", Text, nullable=False),
    Column("filename", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("rows", sa.JSON(none_as_null=True)),
    Column("by_id", Integer),
    Column("at", Instant, nullable=False),
    Column("applied_at", Instant),
    _one_of("kind", "staff", "cases", "indicators"),
    _one_of("state", "waiting", "applied", "overtaken"),
)

rounds = Table(
    "rounds",
    metadata,
    _id(),
    Column("month", Date, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("population_hash", Text, nullable=False),
    Column("framework_version", Text, nullable=False),
    Column("summary", sa.JSON, nullable=False),
    Column("planned_at", Instant, nullable=False),
    Column("approved_by", Integer),
    Column("approved_at", Instant),
    Column("allocated_at", Instant),
    Column("version", Integer, nullable=False),
    _one_of("state", "planned", "approved", "allocated"),
    CheckConstraint("(approved_by IS NULL) = (approved_at IS NULL)", name="approved_paired"),
)

round_places = Table(
    "round_places",
    metadata,
    _id(),
    _ref("round_id", "rounds"),
    _ref("auditor_id", "people"),
    _ref("case_id", "cases"),
    _ref("practitioner_id", "people"),
    Column("reasons", sa.JSON, nullable=False),
    Column("kept", sa.Boolean(create_constraint=True, name="kept_bool"), nullable=False),
    UniqueConstraint("round_id", "auditor_id"),
    UniqueConstraint("round_id", "case_id"),
)

round_exclusions = Table(
    "round_exclusions",
    metadata,
    _id(),
    _ref("round_id", "rounds"),
    Column("what", Text, nullable=False),
    Column("subject_id", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by_id", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("round_id", "what", "subject_id"),
    _one_of("what", "case", "auditor"),
)

round_swaps = Table(
    "round_swaps",
    metadata,
    _id(),
    _ref("round_id", "rounds"),
    _ref("auditor_id", "people"),
    _ref("case_id", "cases"),
    Column("by_id", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("round_id", "auditor_id", "case_id"),
)

audits = Table(
    "audits",
    metadata,
    _id(),
    _ref("round_id", "rounds"),
    _ref("case_id", "cases"),
    Column("case_reference", Text, nullable=False),
    _ref("auditor_id", "people"),
    _ref("practitioner_id", "people"),
    _ref("team_id", "teams"),
    Column("state", Text, nullable=False),
    Column("framework_version", Text, nullable=False),
    Column("allocated_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("lookback_from", Date, nullable=False),
    Column(
        "has_contact_section",
        sa.Boolean(create_constraint=True, name="has_contact_section_bool"),
        nullable=False,
    ),
    Column("accepted_at", Instant),
    Column("submitted_at", Instant),
    Column("overall", Text),
    Column("returned_because", Text),
    Column("returned_note", Text),
    _ref("replaces_id", "audits", nullable=True),
    Column("version", Integer, nullable=False),
    _one_of("state", "allocated", "accepted", "submitted", "returned"),
    CheckConstraint("(submitted_at IS NULL) = (overall IS NULL)", name="submitted_paired"),
    CheckConstraint("(state = 'returned') = (returned_because IS NOT NULL)", name="returned_paired"),
    UniqueConstraint("replaces_id"),
    Index("ix_audits_round_id_state", "round_id", "state"),
    Index("ix_audits_auditor_id_state", "auditor_id", "state"),
    Index("ix_audits_practitioner_id_submitted_at", "practitioner_id", "submitted_at"),
    Index("ix_audits_team_id_state", "team_id", "state"),
    Index("ix_audits_case_id", "case_id"),
)

audit_pages = Table(
    "audit_pages",
    metadata,
    Column("audit_id", ForeignKey("audits.id"), primary_key=True),
    Column("page", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("body", sa.JSON, nullable=False),
    Column("grade", Text),
    Column("saved_at", Instant, nullable=False),
    Column("saved_by", Integer, nullable=False),
)

audit_actions = Table(
    "audit_actions",
    metadata,
    _id(),
    _ref("audit_id", "audits"),
    Column("position", Integer, nullable=False),
    Column("what", Text, nullable=False),
    _ref("owner_id", "people"),
    Column("due_on", Date, nullable=False),
    Column("agreed_on", Date, nullable=False),
    Column("state", Text, nullable=False),
    # The Panel's, where it found one missing (MO-09).
    Column("moderation_id", Integer),
    # A later day that the owner asked for and nobody has answered yet.
    Column("asked_until_on", Date),
    Column("done_on", Date),
    Column("confirmed_on", Date),
    Column("version", Integer, nullable=False, server_default="1"),
    UniqueConstraint("audit_id", "position"),
    Index("ix_audit_actions_owner_id_state", "owner_id", "state"),
    _one_of("state", "open", "done", "confirmed"),
    CheckConstraint("(state = 'open') = (done_on IS NULL)", name="done_paired"),
    CheckConstraint("(state = 'confirmed') = (confirmed_on IS NOT NULL)", name="confirmed_paired"),
)

audit_shares = Table(
    "audit_shares",
    metadata,
    Column("audit_id", ForeignKey("audits.id"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("capacity", Text, nullable=False),
    Column("shared_at", Instant, nullable=False),
    Index("ix_audit_shares_person_id_shared_at", "person_id", "shared_at"),
)

comments = Table(
    "comments",
    metadata,
    _id(),
    _ref("audit_id", "audits"),
    _ref("person_id", "people"),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_comments_audit_id", "audit_id"),
)

reviews = Table(
    "reviews",
    metadata,
    Column("audit_id", ForeignKey("audits.id"), primary_key=True),
    _ref("by_id", "people"),
    Column("at", Instant, nullable=False),
    Column("nominated", sa.Boolean(create_constraint=True, name="nominated_bool"), nullable=False),
    Column("reason", Text, nullable=False),
)

safety_alerts = Table(
    "safety_alerts",
    metadata,
    _id(),
    _ref("audit_id", "audits"),
    _ref("raised_by", "people"),
    Column("raised_at", Instant, nullable=False),
    Column("concern", Text, nullable=False),
    Index("ix_safety_alerts_audit_id", "audit_id"),
)

safety_recipients = Table(
    "safety_recipients",
    metadata,
    Column("alert_id", ForeignKey("safety_alerts.id"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("escalation", sa.Boolean(create_constraint=True, name="escalation_bool"), nullable=False),
    Column("acknowledged_at", Instant),
)

typed_lines = Table(
    "typed_lines",
    metadata,
    _id(),
    _ref("person_id", "people"),
    _ref("audit_id", "audits"),
    Column("page", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Index("ix_typed_lines_person_id_at", "person_id", "at"),
    _one_of("state", "waiting", "kept", "dropped"),
)

pointers = Table(
    "pointers",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("audit_id", Integer),
    Column("page", Text),
    Column("at", Instant, nullable=False),
    Column("warned_typing", sa.Boolean(create_constraint=True, name="warned_typing_bool"), nullable=False),
)

presses = Table(
    "presses",
    metadata,
    Column("key", Text, primary_key=True),
    Column("outcome", sa.JSON, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_presses_at", "at"),
    sqlite_with_rowid=False,
)

reach = Table(
    "reach",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("conversation_id", Text, nullable=False),
    Column("service_url", Text, nullable=False),
    Column("tenant_id", Text, nullable=False),
    Column("mri", Text, nullable=False),
    Column("bot_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", Instant, nullable=False),
    _one_of("state", "reachable", "uninstalled", "blocked"),
)

channels = Table(
    "channels",
    metadata,
    _id(),
    Column("conversation_id", Text, nullable=False, unique=True),
    Column("team_ref", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("service_url", Text, nullable=False),
    Column("tenant_id", Text, nullable=False),
    Column("bot_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", Instant, nullable=False),
    _one_of("state", "reachable", "uninstalled"),
)

strangers = Table(
    "strangers",
    metadata,
    _id(),
    Column("directory_id", Text, nullable=False, unique=True),
    Column("tenant_id", Text, nullable=False),
    Column("first_at", Instant, nullable=False),
    Column("last_at", Instant, nullable=False),
)

copies = Table(
    "copies",
    metadata,
    _id(),
    Column("conversation_id", Text, nullable=False),
    Column("activity_id", Text, nullable=False),
    _ref("person_id", "people"),
    Column("kind", Text, nullable=False),
    Column("subject_id", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("conversation_id", "activity_id"),
    Index("ix_copies_kind_subject_id", "kind", "subject_id"),
)

notices = Table(
    "notices",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("subject_id", Integer, nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("medium", Text, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("claim", Text),
    Column("claimed_until", Instant),
    Column("tries", Integer, nullable=False),
    Column("activity_id", Text),
    Column("reason", Text),
    Column(
        "possibly_repeated", sa.Boolean(create_constraint=True, name="possibly_repeated_bool"), nullable=False
    ),
    Column("created_at", Instant, nullable=False),
    Column("settled_at", Instant),
    # When the recipient pressed something on the card; what counts as seen.
    Column("answered_at", Instant),
    # In place of a person.
    Column("channel_id", ForeignKey("channels.id")),
    Index("ix_notices_state_due_at", "state", "due_at"),
    Index("ix_notices_kind_subject_id", "kind", "subject_id"),
    Index("ix_notices_person_id_state", "person_id", "state"),
    _one_of("medium", "teams", "email", "update"),
    _one_of("state", "queued", "claimed", "sent", "dropped", "held", "unreachable", "dead"),
)

trail = Table(
    "trail",
    metadata,
    Column("chain", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", Integer),
    Column("verb", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("fields", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("mac", Text, nullable=False),
    # One tree in place of a table and an index beside it: this table takes a row at every press.
    sqlite_with_rowid=False,
)

trail_heads = Table(
    "trail_heads",
    metadata,
    Column("chain", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("mac", Text, nullable=False),
    Column("sealed_position", Integer, nullable=False),
    # Keyed over the columns before it, so that an end cannot be moved back together with the tail it cut.
    Column("proof", Text, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)

trail_seals = Table(
    "trail_seals",
    metadata,
    Column("day", Date, primary_key=True),
    Column("chain", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("head", Text, nullable=False),
    Column("mac", Text, nullable=False),
)
