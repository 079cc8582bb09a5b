"""Backups of SQLite: whole while people work, and put back only when nobody uses the database."""

import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.backing_up import (
    BackupRefused,
    a_copy_of,
    back_up,
    held_alone,
    keep_aside,
    put_in_place,
    sqlite_file,
)
from storage.database import Database
from tests.builders import NOW, staff
from tests.databases import TRAIL_KEY


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    opened = Database(sqlite_url, trail_key=TRAIL_KEY)
    with opened.write() as work:
        staff(work)
    yield opened
    opened.close()


def counted(file: Path, table: str) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_a_backup_holds_everything_committed_and_nobody_else_may_read_it(
    database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "kept" / "monday.db"

    size = back_up(database, file)

    assert size == file.stat().st_size
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert counted(file, "people") == 10
    assert list(file.parent.iterdir()) == [file]


def test_work_goes_on_while_a_backup_is_made_and_the_backup_sees_one_moment(
    database: Database, tmp_path: Path
) -> None:
    stop = threading.Event()
    written: list[int] = []

    def work_on() -> None:
        while not stop.is_set():
            with database.write() as work:
                number = len(written)
                # Two rows in one transaction: a backup has both or neither.
                for medium in ("teams", "email"):
                    work.notices.queue(kind="a", subject_id=number, person_id=1, medium=medium, now=NOW)
            written.append(number)

    person = threading.Thread(target=work_on)
    person.start()
    try:
        files = [tmp_path / f"{n}.db" for n in range(5)]
        for file in files:
            back_up(database, file)
    finally:
        stop.set()
        person.join(30)

    counts = [counted(file, "notices") for file in files]
    assert written
    assert [count % 2 for count in counts] == [0] * 5
    assert counts == sorted(counts)


def test_a_file_that_is_there_is_never_overwritten(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "monday.db"
    file.write_text("something dear")

    with pytest.raises(BackupRefused, match="is there already"):
        back_up(database, file)

    assert file.read_text() == "something dear"


def test_postgresql_is_left_to_its_own_tools(postgres_url: str, tmp_path: Path) -> None:
    opened = Database(postgres_url, trail_key=TRAIL_KEY)

    with pytest.raises(BackupRefused, match="pg_dump --format=custom"):
        back_up(opened, tmp_path / "monday.db")
    opened.close()
    with pytest.raises(BackupRefused, match="pg_restore --clean"):
        sqlite_file(postgres_url)


def test_a_database_in_use_is_not_touched(database: Database, sqlite_url: str) -> None:
    with database.read():
        pass

    with pytest.raises(BackupRefused, match="stop Plumbline"), held_alone(sqlite_file(sqlite_url)):
        pass


def test_while_it_is_held_alone_nobody_else_gets_in(database: Database, sqlite_url: str) -> None:
    database.close()

    target = sqlite_file(sqlite_url)
    with (
        held_alone(target),
        closing(sqlite3.connect(target, timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("SELECT count(*) FROM people")


def test_what_is_put_in_place_is_the_copy_and_what_stood_there_is_kept(
    database: Database, sqlite_url: str, tmp_path: Path
) -> None:
    file, target = tmp_path / "monday.db", sqlite_file(sqlite_url)
    back_up(database, file)
    with database.write() as work:
        work.notices.queue(kind="a", subject_id=1, person_id=1, now=NOW)
    database.close()

    with held_alone(target) as live, a_copy_of(file, target) as copy:
        kept = keep_aside(live, tmp_path / "before.db")
        put_in_place(copy, live)

    assert kept is not None
    assert (counted(target, "notices"), counted(kept, "notices")) == (0, 1)
    assert not list(target.parent.glob(".*restoring*"))


def test_a_host_without_a_database_gets_the_backup(database: Database, tmp_path: Path) -> None:
    file, target = tmp_path / "monday.db", tmp_path / "new host" / "council.db"
    back_up(database, file)

    with held_alone(target) as live, a_copy_of(file, target) as copy:
        kept = keep_aside(live, tmp_path / "before.db")
        put_in_place(copy, live)

    assert kept is None
    assert counted(target, "people") == 10


@pytest.mark.parametrize("damage", ["no database", "cut off", "a page overwritten", "a dangling row"])
def test_a_damaged_backup_is_refused(database: Database, tmp_path: Path, damage: str) -> None:
    file = tmp_path / "monday.db"
    back_up(database, file)
    whole = file.read_bytes()
    match damage:
        case "no database":
            file.write_text("This is a letter.")
        case "cut off":
            file.write_bytes(whole[: len(whole) // 2])
        case "a page overwritten":
            file.write_bytes(whole[:8192] + b"\xff" * 65536 + whole[8192 + 65536 :])
        case _:
            with closing(sqlite3.connect(file)) as connection:
                connection.execute("UPDATE teams SET service_id = 99")
                connection.commit()

    with pytest.raises(BackupRefused), a_copy_of(file, tmp_path / "target.db"):
        pass

    assert not (tmp_path / "target.db").exists()
