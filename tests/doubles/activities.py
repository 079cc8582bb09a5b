"""Activities as Teams sends them, with defaults, so that a test shows only what matters."""

from typing import Any
from uuid import uuid4

from tests.doubles.entra import TENANT

BOT_ID = "28:plumbline"
PERSON_ID = "29:person"
DIRECTORY_ID = "33333333-aaaa-bbbb-cccc-000000000003"
CONVERSATION_ID = "a:personal"


def activity(service_url: str, **changes: Any) -> dict[str, Any]:
    """A message in the personal chat."""
    return {
        "type": "message",
        "id": f"1:{uuid4().hex}",
        "timestamp": "2026-05-05T09:00:00.1234567Z",
        "channelId": "msteams",
        "serviceUrl": service_url,
        "from": {"id": PERSON_ID, "name": "Somebody", "aadObjectId": DIRECTORY_ID},
        "recipient": {"id": BOT_ID, "name": "Plumbline"},
        "conversation": {"id": CONVERSATION_ID, "conversationType": "personal", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}},
        "locale": "en-GB",
        **changes,
    }


def message(service_url: str, text: str, **changes: Any) -> dict[str, Any]:
    """A typed line."""
    return activity(service_url, text=text, textFormat="plain", **changes)


def submit(service_url: str, data: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """An Action.Submit: a message without text."""
    return activity(service_url, value=data, **changes)


def press(service_url: str, data: dict[str, Any], *, verb: str = "press", **changes: Any) -> dict[str, Any]:
    """An Action.Execute."""
    value = {"action": {"type": "Action.Execute", "verb": verb, "data": data}, "trigger": "manual"}
    return activity(service_url, type="invoke", name="adaptiveCard/action", value=value, **changes)


def dialog(service_url: str, name: str, data: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A dialog's fetch or submit: `name` is "task/fetch" or "task/submit"."""
    value = {"data": data, "context": {"theme": "default"}}
    return activity(service_url, type="invoke", name=name, value=value, **changes)


def consent(service_url: str, value: Any, **changes: Any) -> dict[str, Any]:
    """The answer to a file consent card."""
    return activity(service_url, type="invoke", name="fileConsent/invoke", value=value, **changes)


def installation(service_url: str, action: str = "add", **changes: Any) -> dict[str, Any]:
    """The bot is installed ("add") or removed ("remove")."""
    return activity(service_url, type="installationUpdate", action=action, **changes)


def members_changed(service_url: str, *, added: tuple[str, ...] = (), removed: tuple[str, ...] = ()) -> Any:
    """People (or the bot) came or went."""
    changes: dict[str, Any] = {"type": "conversationUpdate"}
    if added:
        changes["membersAdded"] = [{"id": person} for person in added]
    if removed:
        changes["membersRemoved"] = [{"id": person} for person in removed]
    return activity(service_url, **changes)
