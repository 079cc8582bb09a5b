"""Our reading of activities agrees with the SDK's, and our writing loses nothing."""

import json
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest
from botbuilder.core import CardFactory, MessageFactory, TurnContext
from botbuilder.schema import Activity, ActivityTypes, ConversationAccount

from bot.edge.activities import fields_of, from_wire, to_json
from tests.doubles.activities import activity, dialog, installation, members_changed, message, press, submit
from tests.doubles.entra import TENANT

URL = "https://smba.trafficmanager.net/emea/"
MENTION = {
    "type": "mention",
    "text": "<at>Plumbline</at>",
    "mentioned": {"id": "28:plumbline", "name": "Plumbline"},
}
FILE = {
    "contentType": "application/vnd.microsoft.teams.file.download.info",
    "contentUrl": "https://council.sharepoint.com/staff.csv",
    "name": "staff.csv",
    "content": {"downloadUrl": "https://council.sharepoint.com/d?x=1", "fileType": "csv"},
}
INCOMING = {
    "typed line": message(URL, "hello"),
    "mention": message(URL, "<at>Plumbline</at> status", entities=[MENTION]),
    "attached file": message(URL, "", attachments=[FILE]),
    "submit": submit(URL, {"verb": "save"}),
    "press": press(URL, {"verb": "save"}),
    "dialog": dialog(URL, "task/fetch", {"page": "planning"}),
    "install": installation(URL),
    "members": members_changed(URL, added=("29:a", "29:b")),
    "reaction": activity(URL, type="messageReaction", reactionsAdded=[{"type": "like"}], replyToId="1:2"),
}


def _comparable(value: Any) -> Any:
    """An SDK object as plain values, without what neither reading is used for."""
    if hasattr(value, "_attribute_map"):
        names = {name for name in value._attribute_map if name not in {"local_timestamp", "timestamp"}}
        return {name: _comparable(getattr(value, name)) for name in names if getattr(value, name) is not None}
    if isinstance(value, list):
        return [_comparable(item) for item in value]
    return value


@pytest.mark.parametrize("wire", INCOMING.values(), ids=INCOMING.keys())
def test_an_activity_is_read_as_the_sdk_reads_it(wire: dict[str, Any]) -> None:
    theirs = _comparable(Activity().deserialize(deepcopy(wire)))
    theirs["conversation"] = {**theirs["conversation"], "tenant_id": TENANT, "is_group": False}

    ours = _comparable(from_wire(wire))

    assert ours == theirs


def test_a_mention_can_be_taken_out_of_the_text() -> None:
    read = from_wire(INCOMING["mention"])

    assert TurnContext.remove_recipient_mention(read).strip() == "status"


def test_the_moment_is_aware_and_an_unreadable_one_is_left_out() -> None:
    assert from_wire(message(URL, "x")).timestamp == datetime(2026, 5, 5, 9, 0, 0, 123456, tzinfo=UTC)
    assert from_wire(message(URL, "x", timestamp="yesterday")).timestamp is None
    assert from_wire(message(URL, "x", timestamp="2026-05-05T09:00:00")).timestamp is None


def test_an_activity_is_written_as_the_sdk_writes_it() -> None:
    card = {"type": "AdaptiveCard", "version": "1.5", "body": []}
    outgoing = MessageFactory.attachment(CardFactory.adaptive_card(card), text="see the card")
    outgoing.type = ActivityTypes.message

    written = json.loads(to_json(fields_of(outgoing)))

    assert written == outgoing.serialize()


def test_the_tenant_is_written_under_the_name_teams_reads() -> None:
    outgoing = Activity(type="message", conversation=ConversationAccount(id="a:1", tenant_id=TENANT))

    written = json.loads(to_json(fields_of(outgoing)))

    assert written["conversation"] == {"id": "a:1", "tenantId": TENANT}


@pytest.mark.parametrize("value", [object(), {1, 2}, {1: "a number as a name"}])
def test_what_has_no_json_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        to_json({"value": value})
