"""Where the hostile tests happen: a council with everybody in it, made once and copied for each of them."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.asking import clock
from cards.payloads import Payload
from dialogs.answering import HANDLERS
from dialogs.press import Outcome, Press
from dialogs.turn import Reply
from domain.framework import Framework
from domain.people import Person
from storage.database import Database
from storage.tables import notices
from tests.builders import a_council
from tests.databases import TRAIL_KEY
from tests.security.scenes import Scene, a_scene
from workflows.council import Council

RENEWED_AFTER = 40
"""Payloads. What they change wears the scene out: a round is approved, an audit submitted."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """A database file with everybody and everything in it, not to be opened but copied."""

    path: Path
    scene: Scene


@pytest.fixture(scope="session")
def seeded(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, framework: Framework) -> Seeded:
    """The scene, once for all tests."""
    path = tmp_path_factory.mktemp("seeded") / "council.db"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}", trail_key=TRAIL_KEY)
    council = a_council(database, framework)
    with council.write() as work:
        scene = a_scene(work, council)
        # A courier would otherwise deliver the same hundred notices in each test that runs one.
        work.people._connection.execute(sa.update(notices).values(due_at=clock() + timedelta(days=365)))
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return Seeded(path, scene)


@pytest.fixture
def seeded_url(seeded: Seeded, quick_folder: Path) -> str:
    """A copy of it, of the test's own."""
    path = quick_folder / "seeded.db"
    shutil.copy(seeded.path, path)
    return f"sqlite:///{path}"


@dataclass
class Ground:
    """What is fuzzed. It is as good as new after every `RENEWED_AFTER` uses."""

    council: Council
    seeded: Seeded
    used: int = field(default=0)

    @property
    def scene(self) -> Scene:
        """Who is there and what there is to ask for."""
        return self.seeded.scene

    @property
    def everyone(self) -> list[Person]:
        """Whoever has a part in the scene."""
        return list(self.scene.people.values())

    def use(self) -> None:
        """Count a payload, and put everything back from time to time.

        The engine stays: a new one would have to learn every statement again.
        """
        self.used += 1
        if self.used % RENEWED_AFTER:
            return
        fresh = self.council.database.engine.raw_connection()
        try:
            with closing(sqlite3.connect(self.seeded.path)) as source:
                source.backup(fresh.driver_connection)  # type: ignore[arg-type]
        finally:
            fresh.close()


@pytest.fixture
def ground(seeded_url: str, seeded: Seeded, framework: Framework) -> Iterator[Ground]:
    """A ground on a copy of the scene."""
    database = Database(seeded_url, trail_key=TRAIL_KEY)
    yield Ground(a_council(database, framework), seeded)
    database.close()


@contextmanager
def counted(kind: type[Payload]) -> Iterator[Counter[str]]:
    """How often this payload's handler came to its end, by "show" and "act"."""
    handler = HANDLERS[kind]
    ends: Counter[str] = Counter()

    def show(press: Press, outcome: Outcome) -> Reply:
        reply = handler.show(press, outcome)
        ends["show"] += 1
        return reply

    def act(press: Press) -> Outcome:
        outcome = handler.act(press) if handler.act else {}
        ends["act"] += 1
        return outcome

    HANDLERS[kind] = replace(handler, show=show, act=act if handler.act else None)
    try:
        yield ends
    finally:
        HANDLERS[kind] = handler
