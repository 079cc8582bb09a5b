"""The stand-ins of the edge, for those who try the door, and databases in memory, since they try it often."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.bot.conftest import door, entra, file_host, service, settings, teams
from tests.security.grounds import ground, seeded, seeded_url

__all__ = ["door", "entra", "file_host", "ground", "seeded", "seeded_url", "service", "settings", "teams"]

MEMORY = Path("/dev/shm")
ROOM = 128 * 1024 * 1024
"""In bytes. A database of a test and what it writes ahead take a few megabytes."""


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder of the test's own, where a commit waits for no disk if the machine has such a place."""
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM):
        yield tmp_path
        return
    with TemporaryDirectory(prefix="plumbline-", dir=MEMORY) as name:
        yield Path(name)


@pytest.fixture
def sqlite_url(sqlite_template: Path, quick_folder: Path) -> str:
    """A migrated SQLite database of the test's own."""
    path = quick_folder / "council.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"
