"""Activities as JSON and as the SDK's objects, without msrest in between.

The SDK's own reader takes 0.3 ms for a small press and loses `conversation.tenantId`; its writer takes
over 4 ms for a large card. Only the parts Teams sends are read.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any

import orjson
from botbuilder.schema import (
    Activity,
    Attachment,
    ChannelAccount,
    ConversationAccount,
    Entity,
    MessageReaction,
)
from msrest.serialization import Model


class NotAnActivity(Exception):
    """A part of the JSON is not of the type that part always has."""


_TEXTS = {
    "type": "type",
    "id": "id",
    "localTimezone": "local_timezone",
    "serviceUrl": "service_url",
    "channelId": "channel_id",
    "textFormat": "text_format",
    "topicName": "topic_name",
    "locale": "locale",
    "text": "text",
    "summary": "summary",
    "action": "action",
    "replyToId": "reply_to_id",
    "label": "label",
    "valueType": "value_type",
    "name": "name",
    "importance": "importance",
}
_ACCOUNT_TEXTS = {"id": "id", "name": "name", "aadObjectId": "aad_object_id", "role": "role"}
_CONVERSATION_TEXTS = {
    **_ACCOUNT_TEXTS,
    "conversationType": "conversation_type",
    "tenantId": "tenant_id",
}
_ATTACHMENT_TEXTS = {
    "contentType": "content_type",
    "contentUrl": "content_url",
    "name": "name",
    "thumbnailUrl": "thumbnail_url",
}


def from_wire(wire: Mapping[str, Any]) -> Activity:
    """The SDK's Activity for this JSON; unknown parts are left out. Raises NotAnActivity."""
    activity = Activity()
    _texts(activity, wire, _TEXTS)
    activity.timestamp = _instant(wire.get("timestamp"))
    activity.local_timestamp = _instant(wire.get("localTimestamp"))
    activity.from_property = _one(_account, wire, "from")
    activity.recipient = _one(_account, wire, "recipient")
    activity.conversation = _one(_conversation, wire, "conversation")
    activity.members_added = _many(_account, wire, "membersAdded")
    activity.members_removed = _many(_account, wire, "membersRemoved")
    activity.reactions_added = _many(_reaction, wire, "reactionsAdded")
    activity.reactions_removed = _many(_reaction, wire, "reactionsRemoved")
    activity.attachments = _many(_attachment, wire, "attachments")
    activity.entities = _many(_entity, wire, "entities")
    activity.channel_data = wire.get("channelData")
    activity.value = wire.get("value")
    return activity


def fields_of(activity: Activity | Mapping[str, Any]) -> dict[str, Any]:
    """The activity's fields under their JSON names, one level deep, ready for `to_json`."""
    return dict(activity) if isinstance(activity, Mapping) else _plain_model(activity)


def to_json(value: object) -> bytes:
    """The JSON of plain values with the SDK's objects anywhere in them. Raises TypeError."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_PASSTHROUGH_DATACLASS)


def _plain(value: object) -> object:
    if isinstance(value, Model):
        return _plain_model(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _plain_model(model: Any) -> dict[str, Any]:
    fields = dict(model.additional_properties or {})
    for name, spec in model._attribute_map.items():
        found = getattr(model, name)
        if found is not None:
            # The schema's "tenantID" is a slip; Teams reads and writes "tenantId".
            fields["tenantId" if spec["key"] == "tenantID" else spec["key"]] = found
    return fields


def _texts(target: object, wire: Mapping[str, Any], names: Mapping[str, str]) -> None:
    for key, name in names.items():
        value = wire.get(key)
        if value is not None:
            if not isinstance(value, str):
                raise NotAnActivity(key)
            setattr(target, name, value)


def _rest(wire: Mapping[str, Any], known: Iterable[str]) -> dict[str, Any]:
    return {key: value for key, value in wire.items() if key not in known}


def _account(wire: Mapping[str, Any]) -> ChannelAccount:
    account = ChannelAccount()
    _texts(account, wire, _ACCOUNT_TEXTS)
    account.additional_properties = _rest(wire, _ACCOUNT_TEXTS)
    return account


def _conversation(wire: Mapping[str, Any]) -> ConversationAccount:
    conversation = ConversationAccount()
    _texts(conversation, wire, _CONVERSATION_TEXTS)
    conversation.is_group = wire.get("isGroup") is True
    return conversation


def _attachment(wire: Mapping[str, Any]) -> Attachment:
    attachment = Attachment()
    _texts(attachment, wire, _ATTACHMENT_TEXTS)
    attachment.content = wire.get("content")
    return attachment


def _entity(wire: Mapping[str, Any]) -> Entity:
    entity = Entity()
    _texts(entity, wire, {"type": "type"})
    entity.additional_properties = _rest(wire, ("type",))
    return entity


def _reaction(wire: Mapping[str, Any]) -> MessageReaction:
    reaction = MessageReaction()
    _texts(reaction, wire, {"type": "type"})
    return reaction


def _one(build: Callable[[Mapping[str, Any]], Any], wire: Mapping[str, Any], key: str) -> Any:
    value = wire.get(key)
    if value is None:
        return None
    if not isinstance(value, dict):
        raise NotAnActivity(key)
    return build(value)


def _many(build: Callable[[Mapping[str, Any]], Any], wire: Mapping[str, Any], key: str) -> list[Any] | None:
    value = wire.get(key)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise NotAnActivity(key)
    return [build(item) for item in value]


def _instant(value: object) -> datetime | None:
    """The moment written there; None when it cannot be read, since nothing we decide hangs on it."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
