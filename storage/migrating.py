"""Brings a database to the tables of this version."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from domain.errors import RuleBroken
from storage.database import Database
from storage.server_version import require_new_enough

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE_MILLISECONDS = 60_000
MIGRATING = 7_108_117
"""What the lock is called among PostgreSQL's advisory ones."""


class SchemaBehind(RuleBroken):
    """The database has another version's tables: mostly an earlier one's, and then it is to be migrated."""

    def __init__(self, found: str | None, wanted: str) -> None:
        self.says = f"The database is at revision {found or 'none'} and this version needs {wanted}."
        """What is wrong."""
        self.do = "Run “plumbline migrate” first, with everything stopped."
        """What to do about it."""
        if found is not None and found > wanted:
            self.do = (
                "A newer version of Plumbline made it: please install that one. It alone can take the "
                f"database back, with “plumbline migrate --back-to {wanted}”."
            )
        super().__init__(f"{self.says} {self.do}")


class NoWayBack(RuleBroken):
    """The database cannot be brought back to this revision."""

    def __init__(self, wanted: str, found: str | None, known: tuple[str, ...]) -> None:
        earlier = [revision for revision in known if found is not None and revision < found]
        super().__init__(
            f"The database is at revision {found or 'none'} and cannot go back to “{wanted}”. "
            f"It could go back to: {', '.join(earlier) or 'nothing'}."
        )


def alembic_config(connection: Connection | None = None) -> "Config":
    """Alembic's configuration, bound to a connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The revision this version needs.

    Told by the files' names: Alembic takes a tenth of a second to load, and each start of the bot asks.
    """
    return _revisions()[-1]


def _revisions() -> tuple[str, ...]:
    return tuple(sorted(path.stem[1:5] for path in (MIGRATIONS / "versions").glob("m[0-9]*_*.py")))


def migrate(database: Database) -> tuple[str | None, str]:
    """Bring the database up to date; returns the revisions before and after.

    Raises EngineTooOld, and SchemaBehind when a newer version made it.
    """
    require_new_enough(database)
    found = _not_ahead(database)
    if found == newest():
        # Nobody has to be kept waiting for nothing: others may be starting, or at work.
        return newest(), newest()
    from alembic import command
    from alembic.migration import MigrationContext

    with _changing(database) as connection:
        before = MigrationContext.configure(connection).get_current_revision()
        command.upgrade(alembic_config(connection), "head")
    return before, newest()


def go_back(database: Database, revision: str) -> str:
    """Bring the database back to an earlier revision's tables; returns the revision it was at.

    What the later tables held is gone. Raises NoWayBack, and SchemaBehind when a newer version made it.
    """
    from alembic import command

    found = _not_ahead(database)
    if found is None or revision not in _revisions() or revision >= found:
        raise NoWayBack(revision, found, _revisions())
    with _changing(database) as connection:
        command.downgrade(alembic_config(connection), revision)
    return found


@contextmanager
def _changing(database: Database) -> Iterator[Connection]:
    with database.engine.begin() as connection:
        # Alone from the first word: a second process that starts meanwhile waits and finds the work done. It
        # waits longer than a turn would, since the first has everything to make and may share its machine.
        if database.is_sqlite:
            usual = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
            connection.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE_MILLISECONDS}")
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            finally:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={usual}")
            # SQLite rebuilds a table to change it, which foreign keys would forbid half way.
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        else:
            usual = connection.exec_driver_sql("SHOW lock_timeout").scalar_one()
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {PATIENCE_MILLISECONDS}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATING})")
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{usual}'")
        yield connection


def _not_ahead(database: Database) -> str | None:
    found = revision_of(database)
    if found is not None and found > newest():
        raise SchemaBehind(found, newest())
    return found


def revision_of(database: Database) -> str | None:
    """The revision a database is at; None when it was never migrated."""
    with database.engine.connect() as connection:
        # Read without Alembic's machinery, like `newest`.
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        told = sa.text("SELECT version_num FROM alembic_version")
        return connection.execute(told).scalar_one_or_none()


def require_current(database: Database) -> None:
    """Raise SchemaBehind unless the database has this version's tables."""
    found = revision_of(database)
    if found != newest():
        raise SchemaBehind(found, newest())
