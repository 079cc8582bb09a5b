"""Whoever typed something hears of it, although Teams would not take the answer at once."""

import asyncio

import pytest
from botbuilder.core import TurnContext

from bot.edge.unheard import SAID, Unheard
from tests.doubles.activities import message
from tests.doubles.connector import Arrived, Fault
from tests.doubles.door import Door


@pytest.fixture(autouse=True)
def soon(door: Door) -> None:
    door.edge.adapter.unheard = Unheard(door.edge.connector, seconds=(0.05, 0.05, 0.05))


async def told(door: Door) -> list[Arrived]:
    """The words sent later, once nobody waits any more."""
    async with asyncio.timeout(30):
        while door.edge.adapter.unheard._telling:
            await asyncio.sleep(0.01)
    return [arrived for arrived in door.teams.arrived if arrived.text == SAID]


async def echo(context: TurnContext) -> None:
    await context.send_activity("It is saved.")


@pytest.mark.parametrize(
    "fault", [Fault(429, headers={"Retry-After": "1"}, verb="reply"), Fault(503, verb="reply")]
)
async def test_an_answer_that_was_refused_for_the_moment_is_made_up_for(door: Door, fault: Fault) -> None:
    door.bot.reply = echo
    door.teams.fail_next(fault)

    response = await door.post(message(door.teams.service_url, "my audits"))

    (said,) = await told(door)
    assert response.status == 200
    assert said.verb == "send"


async def test_it_is_tried_again_and_said_once(door: Door) -> None:
    door.bot.reply = echo
    for fault in (Fault(503, verb="reply"), Fault(503, verb="reply"), Fault(503, verb="send")):
        door.teams.fail_next(fault)

    for _ in range(2):
        await door.post(message(door.teams.service_url, "my audits"))

    await told(door)
    said = [body for body in door.teams.posts.values() if body.get("text") == SAID]
    assert len(said) == 1


async def test_where_teams_will_take_nothing_nothing_more_is_sent(door: Door) -> None:
    door.bot.reply = echo
    door.teams.fail_next(Fault(403, code="BotDisabledByAdmin", verb="reply"))

    await door.post(message(door.teams.service_url, "my audits"))

    assert await told(door) == []


async def test_a_process_that_ends_waits_for_none_of_it(door: Door) -> None:
    door.edge.adapter.unheard = Unheard(door.edge.connector, seconds=(3600.0,))
    door.bot.reply = echo
    door.teams.fail_next(Fault(503, verb="reply"))
    await door.post(message(door.teams.service_url, "my audits"))

    await door.edge.adapter.unheard.close()

    assert await told(door) == []
