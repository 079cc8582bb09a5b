"""Every press delivered four times, in two ids, to two replicas: one effect, and the same answer."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from tests.builders import Staff
from tests.dialogs.test_repeated_presses import (
    Prepared,
    accepting,
    commenting,
    raising_an_alert,
)
from tests.doubles import activities
from tests.doubles.connector import TeamsConnector
from tests.doubles.entra import Entra
from tests.doubles.service import open_service
from tests.doubles.settings import signed_in_settings
from workflows.council import Council

PRESSES = [accepting, commenting, raising_an_alert]


@pytest.fixture
def settings(entra: Entra, database_url: str, tmp_path: Path) -> Settings:
    """Sign-in against the stand-in, once on each engine."""
    return signed_in_settings(
        entra,
        port=0,
        database_url=database_url,
        turn_threads=4,
        trail_export_dir=tmp_path / "trail",
        mail_folder=tmp_path / "mail",
    )


@pytest.mark.parametrize("prepare", PRESSES, ids=lambda one: one.__name__.replace("_", " "))
async def test_a_press_has_one_effect_however_often_and_wherever_it_is_delivered(
    council: Council,
    people: Staff,
    settings: Settings,
    entra: Entra,
    teams: TeamsConnector,
    prepare: Callable[[Council, Staff], Prepared],
) -> None:
    press = prepare(council, people)
    async with open_service(settings, entra, teams) as one, open_service(settings, entra, teams) as other:
        caller = one.caller(press.person)
        first, second = (caller.activity(activities.press, press.data) for _ in range(2))

        deliveries = ((one, first), (other, first), (other, second), (one, second))
        answers = await asyncio.gather(*(replica.post(activity) for replica, activity in deliveries))

    assert first["id"] != second["id"]
    assert [status for status, _ in answers] == [200] * 4
    shown = [_without_fresh_words(answer) for _, answer in answers]
    assert shown[1:] == shown[:1] * 3
    with council.read() as view:
        assert press.effects(view) == press.once


def _without_fresh_words(answer: Any) -> str:
    return re.sub(r"'nonce': '[0-9a-f]+'", "'nonce': ''", str(answer))
