"""The stand-ins for what we do not own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.bot.commands import bare_terminal, terminal
from tests.doubles.connector import TeamsConnector, running_connector
from tests.doubles.door import Door, open_door
from tests.doubles.entra import Entra, running_entra
from tests.doubles.files import FileHost, running_file_host
from tests.doubles.service import Service, open_service
from tests.doubles.settings import signed_in_settings

__all__ = ["bare_terminal", "terminal"]


@pytest.fixture
async def entra() -> AsyncIterator[Entra]:
    async with running_entra() as running:
        yield running


@pytest.fixture
async def teams() -> AsyncIterator[TeamsConnector]:
    async with running_connector() as running:
        yield running


@pytest.fixture
async def file_host() -> AsyncIterator[FileHost]:
    async with running_file_host() as running:
        yield running


@pytest.fixture
async def door(entra: Entra, teams: TeamsConnector) -> AsyncIterator[Door]:
    async with open_door(signed_in_settings(entra), entra, teams) as opened:
        yield opened


@pytest.fixture
def settings(entra: Entra, sqlite_url: str, tmp_path: Path) -> Settings:
    """Sign-in against the stand-in, and a migrated database of the test's own."""
    return signed_in_settings(
        entra,
        port=0,
        database_url=sqlite_url,
        turn_threads=4,
        trail_export_dir=tmp_path / "trail",
        mail_folder=tmp_path / "mail",
    )


@pytest.fixture
async def service(settings: Settings, entra: Entra, teams: TeamsConnector) -> AsyncIterator[Service]:
    """The whole process."""
    async with open_service(settings, entra, teams) as running:
        yield running
