"""The edge as a whole, with a token from Entra's stand-in instead of one put into its hands."""

import asyncio
from typing import Any

import pytest
from botbuilder.core import TurnContext

from bot.edge import credentials, open_edge
from bot.edge.outcomes import Sent
from bot.edge.references import ConversationRef
from tests.doubles.activities import message
from tests.doubles.connector import TeamsConnector
from tests.doubles.door import Door, open_door
from tests.doubles.entra import Entra
from tests.doubles.settings import demo_settings, signed_in_settings


async def test_one_bot_token_serves_every_turn(
    entra: Entra, teams: TeamsConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def acquire(settings: object) -> dict[str, Any]:
        asked.append(settings)
        return {"access_token": "from-entra", "expires_in": 3600}

    monkeypatch.setattr(credentials, "acquire_token", acquire)
    async with open_edge(signed_in_settings(entra)) as edge:
        ref = ConversationRef(teams.service_url, "a:1")
        outcomes = await asyncio.gather(*(edge.connector.send(ref, {"text": str(n)}) for n in range(10)))

    assert all(isinstance(outcome, Sent) for outcome in outcomes)
    assert {arrived.authorization for arrived in teams.arrived} == {"Bearer from-entra"}
    assert len(asked) == 1


async def test_turns_at_once_do_not_mix_up_their_answers(door: Door) -> None:
    async def echo(context: TurnContext) -> None:
        await asyncio.sleep(0.001)
        await context.send_activity(context.activity.text)

    door.bot.reply = echo

    def said(n: int) -> dict[str, Any]:
        return message(door.teams.service_url, f"line {n}", conversation={"id": f"a:{n}"})

    await asyncio.gather(*(door.post(said(n)) for n in range(40)))

    assert {a.conversation_id: a.text for a in door.teams.sent()} == {
        f"a:{n}": f"line {n}" for n in range(40)
    }


async def test_the_demo_answers_the_local_client_without_a_token(entra: Entra, teams: TeamsConnector) -> None:
    async def echo(context: TurnContext) -> None:
        await context.send_activity("hello")

    async with open_door(demo_settings(), entra, teams) as door:
        door.bot.reply = echo
        await door.http.post("/api/messages", json=message(teams.service_url, "hi"))

    assert [(a.text, a.authorization) for a in teams.sent()] == [("hello", None)]
    assert entra.key_fetches == 0


async def test_the_keys_are_at_hand_before_the_first_person_writes(entra: Entra) -> None:
    async with open_edge(signed_in_settings(entra)):
        async with asyncio.timeout(5):
            while entra.key_fetches == 0:
                await asyncio.sleep(0.001)

    assert entra.key_fetches == 1


async def test_the_bot_starts_while_the_key_endpoint_is_down(entra: Entra, teams: TeamsConnector) -> None:
    entra.down = True

    async with open_door(signed_in_settings(entra), entra, teams) as door:
        response = await door.post(message(teams.service_url, "hi"))

    assert response.status == 401
