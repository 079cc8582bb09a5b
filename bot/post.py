"""The courier's post: Teams' connector under the names the courier knows."""

from collections.abc import Mapping
from typing import Any

from bot.edge.connector import Connector
from bot.edge.outcomes import Created
from bot.edge.references import ConversationRef
from scheduler.ports import Outcome, Sent
from workflows.people import Address


class TeamsPost:
    """Sends to people's own chats and to channels."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector

    async def send(self, address: Address, activity: Mapping[str, Any]) -> Outcome:
        """What became of a new message in this chat, or of a new post in this channel."""
        if address.mri:
            return await self._connector.send(_ref(address), activity)
        outcome = await self._connector.create_post(
            address.service_url,
            bot_id=address.bot_id,
            tenant_id=address.tenant_id,
            channel_id=address.conversation_id,
            activity=activity,
        )
        if isinstance(outcome, Created):
            return Sent(outcome.activity_id, outcome.conversation_id)
        return outcome

    async def update(self, address: Address, activity_id: str, activity: Mapping[str, Any]) -> Outcome:
        """What became of replacing a message already posted there."""
        return await self._connector.update(_ref(address), activity_id, activity)


def _ref(address: Address) -> ConversationRef:
    return ConversationRef(
        service_url=address.service_url,
        conversation_id=address.conversation_id,
        tenant_id=address.tenant_id or None,
        bot_id=address.bot_id,
        user_id=address.mri,
        kind="personal",
    )
