"""Where a person or channel can be reached, kept as plain JSON that outlives any SDK."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from botbuilder.schema import Activity


@dataclass(frozen=True, slots=True)
class ConversationRef:
    """One conversation of the bot."""

    service_url: str
    conversation_id: str
    tenant_id: str | None = None
    bot_id: str | None = None
    """The bot's own id there ("28:…")."""
    user_id: str | None = None
    """The person's Teams id ("29:…"); empty for a channel."""
    kind: str | None = None
    """"personal", "groupChat" or "channel"."""

    @classmethod
    def from_activity(cls, activity: Mapping[str, Any]) -> Self:
        """The conversation an incoming activity belongs to, from its JSON as `bot.edge.gate` passed it."""
        conversation = activity["conversation"]
        recipient = activity.get("recipient") or {}
        return cls(
            service_url=activity["serviceUrl"],
            conversation_id=conversation["id"],
            tenant_id=tenant_of(activity),
            bot_id=recipient.get("id"),
            user_id=activity["from"]["id"],
            kind=conversation.get("conversationType"),
        )

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The reference `to_json` gave. Raises KeyError when it names no conversation or service."""
        return cls(
            service_url=stored["serviceUrl"],
            conversation_id=stored["conversationId"],
            tenant_id=stored.get("tenantId"),
            bot_id=stored.get("botId"),
            user_id=stored.get("userId"),
            kind=stored.get("conversationType"),
        )

    @classmethod
    def of_turn(cls, activity: Activity) -> Self:
        """The conversation of a turn's activity, or of a reply to it, within its tenant."""
        conversation = activity.conversation
        return cls(activity.service_url, conversation.id, conversation.tenant_id)

    def to_json(self) -> dict[str, str]:
        """Camel-case JSON values, without the empty ones."""
        values = {
            "serviceUrl": self.service_url,
            "conversationId": self.conversation_id,
            "tenantId": self.tenant_id,
            "botId": self.bot_id,
            "userId": self.user_id,
            "conversationType": self.kind,
        }
        return {key: value for key, value in values.items() if value is not None}


def tenant_of(activity: Mapping[str, Any]) -> str | None:
    """The tenant an activity comes from, in lower case; None when it names none or two different ones.

    The SDK's schema looks for `tenantID` and so loses the `tenantId` that Teams sends.
    """
    data = activity.get("channelData")
    tenant = data.get("tenant") if isinstance(data, dict) else None
    named = {
        value.lower()
        for value in (
            tenant.get("id") if isinstance(tenant, dict) else None,
            activity["conversation"].get("tenantId"),
        )
        if isinstance(value, str) and value
    }
    return named.pop() if len(named) == 1 else None
