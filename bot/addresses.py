"""Where a turn came from, and whether that is worth storing again."""

from botbuilder.schema import Activity

from bot.edge.references import tenant_of
from workflows.people import Address

REMEMBERED = 5000


class KnownAddresses:
    """The addresses this process stored lately, so that a press costs no look-up for one.

    Bounded: the oldest are forgotten first, and storing one again does no harm.
    """

    def __init__(self) -> None:
        self._stored: dict[str, Address] = {}

    def is_news(self, directory_id: str, address: Address) -> bool:
        """Whether this address should be stored; it counts as stored from now on."""
        if self._stored.get(directory_id) == address:
            return False
        while len(self._stored) >= REMEMBERED:
            self._stored.pop(next(iter(self._stored)))
        self._stored[directory_id] = address
        return True

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
