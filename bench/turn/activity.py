"""What Teams posts when someone presses a button in their chat with the bot."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SERVICE_URL = "https://smba.trafficmanager.net/uk/"
APP_ID = "6d1f6f3a-54a0-4a0e-9a5e-0f2c3f6b7a10"
BOT_ID = f"28:{APP_ID}"
TENANT_ID = "3b7d2c58-0d5e-4f0b-8f63-5f1f1f9c2e44"
CARD_ANSWER = "application/vnd.microsoft.card.adaptive"


@dataclass(frozen=True, slots=True)
class Presser:
    """Someone in their own chat with the bot."""

    directory_id: str
    name: str

    @property
    def mri(self) -> str:
        """The person's Teams id."""
        return f"29:{self.directory_id}"

    @property
    def conversation_id(self) -> str:
        """The chat's id."""
        return f"a:{self.directory_id}"


def press(presser: Presser, verb: str, data: Mapping[str, Any], *, number: int) -> bytes:
    """The JSON body of one press; `number` tells one delivery from the next."""
    minute, second = divmod(number // 1000, 60)
    moment = f"{9 + minute // 60 % 12:02d}:{minute % 60:02d}:{second:02d}.{number % 1000:03d}"
    activity = {
        "name": "adaptiveCard/action",
        "type": "invoke",
        "timestamp": f"2026-05-06T{moment}Z",
        "localTimestamp": f"2026-05-06T{moment}+01:00",
        "localTimezone": "Europe/London",
        "id": f"f:{number:032d}",
        "channelId": "msteams",
        "serviceUrl": SERVICE_URL,
        "from": {"id": presser.mri, "name": presser.name, "aadObjectId": presser.directory_id},
        "conversation": {
            "conversationType": "personal",
            "tenantId": TENANT_ID,
            "id": presser.conversation_id,
        },
        "recipient": {"id": BOT_ID, "name": "Plumbline"},
        "entities": [
            {
                "locale": "en-GB",
                "country": "GB",
                "platform": "Web",
                "timezone": "Europe/London",
                "type": "clientInfo",
            }
        ],
        "channelData": {
            "tenant": {"id": TENANT_ID},
            "source": {"name": "message"},
            "legacy": {"replyToId": "1:1nDqQ0tX0fW8"},
        },
        "replyToId": "1778054400000",
        "value": {
            "action": {"type": "Action.Execute", "title": "Save", "verb": verb, "data": dict(data)},
            "trigger": "manual",
        },
        "locale": "en-GB",
    }
    return json.dumps(activity).encode()


def request(body: bytes, token: str | None) -> bytes:
    """The HTTP request around a body, as the connector sends it."""
    sign_in = f"Authorization: Bearer {token}\r\n" if token else ""
    head = (
        "POST /api/messages HTTP/1.1\r\n"
        "Host: 127.0.0.1\r\n"
        "User-Agent: Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)\r\n"
        "Content-Type: application/json; charset=utf-8\r\n"
        f"{sign_in}Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
