"""Where somebody can be reached, kept as plain JSON."""

import json

import pytest

from bot.edge.references import ConversationRef
from tests.doubles.activities import BOT_ID, CONVERSATION_ID, PERSON_ID, message
from tests.doubles.entra import TENANT

URL = "https://smba.trafficmanager.net/emea/"


def test_a_reference_survives_its_journey_through_json() -> None:
    ref = ConversationRef.from_activity(message(URL, "hello"))

    stored = json.loads(json.dumps(ref.to_json()))

    assert ref == ConversationRef(URL, CONVERSATION_ID, TENANT, BOT_ID, PERSON_ID, "personal")
    assert ConversationRef.from_json(stored) == ref


def test_empty_parts_are_not_stored() -> None:
    assert ConversationRef(URL, "a:1").to_json() == {"serviceUrl": URL, "conversationId": "a:1"}


def test_a_stored_reference_without_a_conversation_is_refused() -> None:
    with pytest.raises(KeyError):
        ConversationRef.from_json({"serviceUrl": URL})
