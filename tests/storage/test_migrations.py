from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from domain.tracking import TrackedState
from storage import database as module
from storage import migrating
from storage.database import Database
from storage.migrating import (
    NoWayBack,
    SchemaBehind,
    alembic_config,
    go_back,
    migrate,
    newest,
    require_current,
    revision_of,
)
from storage.tables import metadata
from tests.databases import TRAIL_KEY


def test_a_migrated_database_has_exactly_the_tables_of_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        difference = compare_metadata(context, metadata)

    assert difference == []


def test_every_constraint_and_index_stands_in_the_database_under_its_name(database: Database) -> None:
    inspector = sa.inspect(database.engine)
    found = {
        name
        for table in metadata.tables
        for listed in (
            inspector.get_unique_constraints(table),
            inspector.get_check_constraints(table),
            inspector.get_foreign_keys(table),
            inspector.get_indexes(table),
            [inspector.get_pk_constraint(table)],
        )
        for name in (entry["name"] for entry in listed)
    }
    # SQLAlchemy gives each Boolean a check of its own; PostgreSQL has a real type and needs none.
    wanted = {
        str(constraint.name)
        for table in metadata.tables.values()
        for constraint in (*table.constraints, *table.indexes)
        if not (str(constraint.name).endswith("_bool") and not database.is_sqlite)
    }

    assert wanted <= found


def test_migrations_are_numbered_from_one_without_gap_or_fork() -> None:
    revisions = list(ScriptDirectory.from_config(alembic_config()).walk_revisions())

    assert [r.revision for r in reversed(revisions)] == [f"{n:04}" for n in range(1, len(revisions) + 1)]


def test_the_newest_revision_by_name_is_the_newest_by_descent() -> None:
    assert newest() == ScriptDirectory.from_config(alembic_config()).get_current_head()


def test_migrations_go_down_to_nothing_and_up_again(database: Database) -> None:
    with database.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "base")
        left = set(sa.inspect(connection).get_table_names()) - {"alembic_version"}
    before, after = migrate(database)

    assert left == set()
    assert (before, after) == (None, newest())


def test_a_database_goes_back_to_an_earlier_versions_tables_and_up_again(database: Database) -> None:
    before = go_back(database, "0003")
    at = revision_of(database)
    tables = set(sa.inspect(database.engine).get_table_names())
    migrate(database)

    assert (before, at) == (newest(), "0003")
    assert "leases" not in tables
    assert "round_swaps" in tables
    require_current(database)


@pytest.mark.parametrize("wanted", ["0000", "three", "", newest()])
def test_a_revision_that_is_no_earlier_one_is_refused_and_nothing_changes(
    database: Database, wanted: str
) -> None:
    with pytest.raises(NoWayBack, match="It could go back to: 0001, 0002, 0003"):
        go_back(database, wanted)

    require_current(database)


def test_teams_that_only_capitals_told_apart_are_joined_with_all_that_points_at_them(
    database: Database,
) -> None:
    with database.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "0001")
        for statement in (
            "INSERT INTO services (name) VALUES ('Conifers'), ('CONIFERS')",
            "INSERT INTO teams (name, service_id) VALUES ('Conifers 1', 1), ('CONIFERS  1', 2), ('Fir', 2)",
            "INSERT INTO people (name, email, team_id, service_id, is_auditor, working_days, leave, version) "
            "VALUES ('Ada', 'a@c.uk', 2, 2, false, '01234', '[]', 1)",
            "INSERT INTO cases (reference, team_id, practitioner_id, plan_type, gender, age_band, ethnicity, "
            "opened_on, version) VALUES ('CF-1', 2, 1, 'p', 'g', 'a', 'e', '2026-02-01', 1)",
        ):
            connection.exec_driver_sql(statement)

    migrate(database)

    with database.read() as view:
        assert {service.name for service in view.people.services().values()} == {"Conifers"}
        assert [(t.name, t.service_id) for t in view.people.teams().values()] == [
            ("Conifers 1", 1),
            ("Fir", 1),
        ]
        ada = view.people.get(1)
        assert (ada.team_id, ada.service_id, view.cases.get(1).team_id) == (1, 1, 1)


def test_actions_of_published_entries_have_their_row_of_the_tracker_and_drafts_have_none(
    database: Database,
) -> None:
    with database.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "0008")
        for statement in (
            "INSERT INTO people (name, email, is_auditor, working_days, leave, version) "
            "VALUES ('Ada', 'a@c.uk', false, '01234', '[]', 1)",
            "INSERT INTO learning_entries (theme, title, learning, state, drafted_from, owner_id, due_on, "
            "created_at, impact, more_needed, closed_by, closed_at, version) VALUES "
            "('GP-01', 'Draft', '', 'draft', 'hand', 1, NULL, '2026-04-01 09:00:00+00:00', '', NULL, NULL, "
            "NULL, 1), "
            "('GP-01', 'Open', '', 'open', 'hand', 1, NULL, '2026-04-01 09:00:00+00:00', '', NULL, NULL, "
            "NULL, 1), "
            "('GP-02', 'Closed', '', 'closed', 'hand', 1, NULL, '2026-04-01 09:00:00+00:00', 'Seen.', true, "
            "1, '2026-04-20 09:00:00+00:00', 1)",
            "INSERT INTO learning_actions (entry_id, what, owner_id, due_on, done_on, done_by, done_text) "
            f"VALUES (1, 'Held back', 1, '2026-05-29', NULL, NULL, ''), "
            f"(2, '{'x' * 250}', 1, '2026-05-29', NULL, NULL, ''), "
            "(3, 'Done', 1, '2026-05-29', '2026-04-10', 1, 'It is in use.')",
        ):
            connection.exec_driver_sql(statement)

    migrate(database)

    with database.read() as view:
        rows = view.tracking.in_states(set(TrackedState))
        assert [(one.source_id, one.state, len(one.title), one.more_needed) for one in rows] == [
            (2, TrackedState.OPEN, 200, None),
            (3, TrackedState.CLOSED, 4, True),
        ]


def test_where_nothing_is_to_be_done_nobody_is_waited_for(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.1)
    monkeypatch.setattr(migrating, "PATIENCE_MILLISECONDS", 100)
    database = Database(sqlite_url, trail_key=TRAIL_KEY)

    with database.write():
        told = migrate(database)

    database.close()
    assert told == (newest(), newest())


def test_of_two_that_bring_a_database_up_at_once_the_second_finds_it_done(database: Database) -> None:
    with database.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "base")
    other = Database(database.url, trail_key=TRAIL_KEY)
    at_once = Barrier(2)

    def bring_up(one: Database) -> tuple[str | None, str]:
        at_once.wait(30)
        return migrate(one)

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(bring_up, (database, other)))

    other.close()
    require_current(database)
    assert sorted(before or "" for before, _ in told) == ["", newest()]


def test_a_database_that_is_behind_is_refused_with_what_to_do(tmp_path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.db'}", trail_key=b"k" * 32)

    with pytest.raises(SchemaBehind, match="plumbline migrate"):
        require_current(database)

    migrate(database)
    require_current(database)
    database.close()
