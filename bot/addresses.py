"""Where a turn came from, and whether that is worth storing again."""

import time
from collections.abc import Callable

from botbuilder.schema import Activity

from bot.edge.references import tenant_of
from workflows.people import Address

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
    tenant = activity.conversation.tenant_id or tenant_of(
        {"channelData": activity.channel_data, "conversation": {}}
    )
    return Address(
        conversation_id=activity.conversation.id,
        service_url=activity.service_url,
        tenant_id=tenant or "",
        mri=activity.from_property.id,
        bot_id=activity.recipient.id,
    )
