"""The release of the database's engine, and that an older one than the docs allow is refused."""

from pathlib import Path

import pytest

from storage import server_version
from storage.database import Database
from storage.migrating import migrate
from storage.server_version import EngineTooOld, engine_name, require_new_enough

ROOT = Path(__file__).parents[2]


def test_this_release_is_new_enough_and_named(database: Database) -> None:
    require_new_enough(database)

    name, _, release = engine_name(database).partition(" ")
    assert name == ("SQLite" if database.is_sqlite else "PostgreSQL")
    assert release[0].isdigit()


def test_an_older_one_is_refused_with_what_is_needed(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_version, "OLDEST_POSTGRESQL", (99,))
    monkeypatch.setattr(server_version, "OLDEST_SQLITE", (99, 2))

    with pytest.raises(EngineTooOld, match=r"needs 99(\.2)? or newer"):
        require_new_enough(database)
    with pytest.raises(EngineTooOld):
        migrate(database)


@pytest.mark.parametrize(("release", "taken"), [((14, 12), False), ((15, 0), True), ((16, 4), True)])
def test_the_line_is_where_the_docs_draw_it(
    database: Database, monkeypatch: pytest.MonkeyPatch, release: tuple[int, ...], taken: bool
) -> None:
    monkeypatch.setattr(server_version, "_release", lambda _database: release)
    monkeypatch.setattr(type(database), "is_sqlite", property(lambda _self: False))

    if taken:
        require_new_enough(database)
    else:
        with pytest.raises(EngineTooOld, match=r"PostgreSQL 14\.12, but Plumbline needs 15 or newer"):
            require_new_enough(database)


@pytest.mark.parametrize("file", ["README.md", "docs/running.md"])
def test_the_docs_name_what_is_checked(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")

    assert f"PostgreSQL {server_version.OLDEST_POSTGRESQL[0]} or newer" in text
    assert ".".join(map(str, server_version.OLDEST_SQLITE)) + " or newer" in text
