"""Every press delivered four times, in two ids, to two replicas: one effect, and the same answer."""

import asyncio
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.asking import clock
from bot.settings import Settings
from cards.payloads import _REGISTRY
from tests.builders import Staff
from tests.doubles import activities
from tests.doubles.connector import TeamsConnector
from tests.doubles.entra import Entra
from tests.doubles.service import Service, open_service
from tests.doubles.settings import signed_in_settings
from tests.faults.grounds import a_ground
from tests.faults.pressing import Press
from tests.faults.writing_presses import every_press, left_behind
from workflows.council import Busy, Council

VERBS = {kind.VERB for kind in _REGISTRY.values() if kind.WRITES}


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


async def test_every_press_has_one_effect_however_often_and_wherever_it_is_delivered(
    council: Council, people: Staff, settings: Settings, entra: Entra, teams: TeamsConnector
) -> None:
    pressed = set()
    ground = a_ground(council, people)
    async with open_service(settings, entra, teams) as one, open_service(settings, entra, teams) as other:
        for press in every_press(ground):
            verb = press.payload.VERB
            await _until_nothing_is_sent(council)
            before = _found(council)

            answers = await _delivered_four_times(press, one, other)

            assert [status for status, _ in answers] == [200] * 4, verb
            shown = [_without_fresh_words(answer) for _, answer in answers]
            assert shown[1:] == shown[:1] * 3, verb
            changed = _found(council)
            changed.subtract(before)
            assert {what: more for what, more in changed.items() if more} == press.leaves, verb
            pressed.add(verb)
    assert pressed == VERBS


async def _until_nothing_is_sent(council: Council) -> None:
    """A card may say how many cannot be reached, and what is being sent would change that between answers."""
    while True:
        with council.read() as view:
            if not view.outbox.overdue(clock()).count:
                return
        await asyncio.sleep(0.02)


async def _delivered_four_times(press: Press, one: Service, other: Service) -> list[tuple[int, Any]]:
    """The answers to two activities at two replicas, all of them at once."""
    caller = one.caller(press.person)
    first, second = (caller.activity(activities.press, press.data) for _ in range(2))
    assert first["id"] != second["id"]
    deliveries = ((one, first), (other, first), (other, second), (one, second))
    return await asyncio.gather(*(_answered(replica, activity) for replica, activity in deliveries))


async def _answered(replica: Service, activity: dict[str, Any]) -> tuple[int, Any]:
    """The answer; pressed again while a crowded machine says that it is busy, as nothing was saved then."""
    status, answer = await replica.post(activity)
    while str(Busy()) in str(answer):
        status, answer = await replica.post(activity)
    return status, answer


def _found(council: Council) -> Counter[str]:
    with council.read() as view:
        return left_behind(view)


def _without_fresh_words(answer: Any) -> str:
    return re.sub(r"'nonce': '[0-9a-f]+", "'nonce': '", str(answer))
