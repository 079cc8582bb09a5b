"""The stand-ins for what we do not own."""

from collections.abc import AsyncIterator

import pytest

from tests.doubles.connector import TeamsConnector, running_connector
from tests.doubles.door import Door, open_door
from tests.doubles.entra import Entra, running_entra
from tests.doubles.files import FileHost, running_file_host
from tests.doubles.settings import signed_in_settings


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
