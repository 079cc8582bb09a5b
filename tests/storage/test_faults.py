"""What the machine refuses is told from the engines' own faults, and what we broke is not explained away."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage.faults import in_plain_words, why_not_opened


def _read_only(folder: Path) -> None:
    sqlite3.connect(folder / "a.db").close()
    with closing(sqlite3.connect(f"file:{folder / 'a.db'}?mode=ro", uri=True)) as connection:
        connection.execute("CREATE TABLE t (x)")


def _full(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "b.db")) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.execute("PRAGMA max_page_count=3")
        connection.execute("INSERT INTO t VALUES (zeroblob(100000))")


def _damaged(folder: Path) -> None:
    (folder / "c.db").write_bytes(b"no database at all" * 100)
    with closing(sqlite3.connect(folder / "c.db")) as connection:
        connection.execute("SELECT * FROM sqlite_master").fetchall()


def _a_folder(folder: Path) -> None:
    sqlite3.connect(folder)


def _ours(_folder: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("SELECT * FROM marigold")


@pytest.mark.parametrize(
    ("breaks", "says"),
    [
        (_read_only, "may read the database and not change it"),
        (_full, "The disk is full"),
        (_damaged, "plumbline restore"),
        (_a_folder, "cannot be opened"),
        (_ours, ""),
    ],
)
def test_what_sqlite_refuses_is_said_by_its_code(
    tmp_path: Path, breaks: Callable[[Path], None], says: str
) -> None:
    with pytest.raises(sqlite3.Error) as refused:
        breaks(tmp_path)

    told = in_plain_words(refused.value)

    assert says in told
    assert bool(told) is bool(says)


def test_sqlalchemys_own_fault_is_looked_through() -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL

    assert "The disk is full" in in_plain_words(sa.exc.OperationalError("INSERT", {}, full))


@pytest.mark.parametrize(
    ("statement", "says"), [("CREATE TABLE t (x int)", "only lets us read"), ("SELECT * FROM marigold", "")]
)
def test_what_postgresql_refuses_is_said_by_its_code(postgres_url: str, statement: str, says: str) -> None:
    engine = sa.create_engine(postgres_url)
    with engine.connect() as connection:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        with pytest.raises(sa.exc.DBAPIError) as refused:
            connection.exec_driver_sql(statement)
    engine.dispose()

    told = in_plain_words(refused.value)

    assert says in told
    assert bool(told) is bool(says)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"database": "marigold"}, "no database of that name"),
        ({"username": "marigold"}, "refuses that name"),
        ({"host": "127.0.0.1", "port": 1, "query": {}}, "Nobody answers"),
        ({"host": "no-such-host.invalid", "query": {}}, "not known here"),
    ],
)
def test_why_a_server_was_not_reached_is_said_without_its_words(
    postgres_url: str, change: dict[str, object], says: str
) -> None:
    engine = sa.create_engine(sa.make_url(postgres_url).set(**change))  # type: ignore[arg-type]
    with pytest.raises(sa.exc.OperationalError) as refused:
        engine.connect()

    told = why_not_opened(refused.value)

    assert says in told
    assert "marigold" not in told
