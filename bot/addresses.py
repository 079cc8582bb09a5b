"""Where a turn came from, and whether that is worth storing again."""

import time
from collections.abc import Callable

from botbuilder.schema import Activity

from bot.edge.references import tenant_of
from workflows.people import Address
from workflows.places import ChannelPlace

REMEMBERED = 5000
REMEMBERED_SECONDS = 60.0


class KnownAddresses:
    """The addresses this process stored lately, so that a press costs no look-up for one.

    Kept briefly and bounded. The courier or another replica may have noted meanwhile that the person
    blocked or removed the app, and then their next press has to say that they are back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._stored: dict[str, tuple[Address, float]] = {}

    def is_news(self, directory_id: str, address: Address) -> bool:
        """Whether this address should be stored."""
        stored, until = self._stored.get(directory_id, (None, 0.0))
        return stored != address or self._clock() >= until

    def stored(self, directory_id: str, address: Address) -> None:
        """It has been stored."""
        self._stored.pop(directory_id, None)
        while len(self._stored) >= REMEMBERED:
            self._stored.pop(next(iter(self._stored)))
        self._stored[directory_id] = (address, self._clock() + REMEMBERED_SECONDS)

    def forget(self, directory_id: str) -> None:
        """Store the next one, whatever it is."""
        self._stored.pop(directory_id, None)


def is_personal(activity: Activity) -> bool:
    """Whether this is the person's own chat with the bot."""
    kind = activity.conversation.conversation_type
    return kind == "personal" or (kind is None and not activity.conversation.is_group)


def address_of(activity: Activity) -> Address | None:
    """The person's own chat, or None when this turn came through another."""
    if not is_personal(activity) or activity.recipient is None:
        return None
    return Address(
        conversation_id=activity.conversation.id,
        service_url=activity.service_url,
        tenant_id=_tenant(activity),
        mri=activity.from_property.id,
        bot_id=activity.recipient.id,
    )


def channel_of(activity: Activity) -> ChannelPlace | None:
    """The channel of a team that this turn came from; None for a chat of people."""
    data = activity.channel_data if isinstance(activity.channel_data, dict) else {}
    team, channel = data.get("team"), data.get("channel")
    team_ref = team.get("id") if isinstance(team, dict) else None
    if is_personal(activity) or not team_ref or activity.recipient is None:
        return None
    named = channel if isinstance(channel, dict) else {}
    # Replies come from the thread: the channel's id with the first message's behind it.
    conversation_id = named.get("id") or activity.conversation.id.partition(";")[0]
    team_name = team.get("name") if isinstance(team, dict) else ""
    return ChannelPlace(
        conversation_id=str(conversation_id),
        team_ref=str(team_ref),
        name=str(named.get("name") or team_name or ""),
        service_url=activity.service_url,
        tenant_id=activity.conversation.tenant_id
        or tenant_of({"channelData": data, "conversation": {}})
        or "",
        bot_id=activity.recipient.id,
    )


def _tenant(activity: Activity) -> str:
    tenant = tenant_of({"channelData": activity.channel_data, "conversation": {}})
    return activity.conversation.tenant_id or tenant or ""
