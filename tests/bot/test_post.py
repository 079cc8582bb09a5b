"""The courier's post speaks to chats and channels alike."""

import aiohttp

from bot.edge.connector import Connector
from bot.edge.credentials import NoToken
from bot.edge.hosts import HostList
from bot.post import TeamsPost
from domain.delivery import Blocked, Sent
from storage.reach import Address
from tests.doubles.connector import Fault, running_connector

MESSAGE = {"type": "message", "summary": "Figures", "text": "Figures"}


async def test_a_person_gets_a_message_in_their_chat_and_a_channel_a_post_of_its_own() -> None:
    async with running_connector() as teams, aiohttp.ClientSession() as http:
        post = TeamsPost(Connector(http, NoToken(), HostList(("127.0.0.1",))))
        chat = Address("a:1", teams.service_url, "tenant", "29:alex", "28:bot")
        channel = Address("19:qa@thread.tacv2", teams.service_url, "tenant", "", "28:bot")

        in_chat = await post.send(chat, MESSAGE)
        in_channel = await post.send(channel, MESSAGE)
        teams.fail_next(Fault(403, code="BotDisabledByAdmin"))
        refused = await post.send(channel, MESSAGE)

    assert [arrived.verb for arrived in teams.arrived] == ["send", "create", "create"]
    assert isinstance(in_chat, Sent)
    assert isinstance(in_channel, Sent)
    assert in_channel.id in teams.posts
    assert refused == Blocked("BotDisabledByAdmin")
