"""A turn's answer goes out once, whatever the bot does."""

import json
import logging
from typing import Any

import pytest
from botbuilder.core import InvokeResponse, MessageFactory, TurnContext
from botbuilder.schema import Activity

from bot.edge.adapter import NotDelivered
from bot.edge.answers import answer_invoke
from bot.edge.connector import Connector
from bot.edge.outcomes import Blocked, Throttled
from tests.doubles.activities import CONVERSATION_ID, activity, dialog, message, press
from tests.doubles.connector import Fault
from tests.doubles.door import Door

CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "£ and é"}]}
CARD_ANSWER = {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": CARD}


async def _with_answer_invoke(context: TurnContext) -> None:
    answer_invoke(context, CARD_ANSWER)


async def _with_bytes(context: TurnContext) -> None:
    answer_invoke(context, json.dumps(CARD_ANSWER).encode())


async def _with_the_sdks_own_way(context: TurnContext) -> None:
    response = InvokeResponse(status=200, body=CARD_ANSWER)
    await context.send_activity(Activity(type="invokeResponse", value=response))


@pytest.mark.parametrize("reply", [_with_answer_invoke, _with_bytes, _with_the_sdks_own_way])
async def test_a_press_is_answered_200_with_the_card_serialised_once(door: Door, reply: Any) -> None:
    door.bot.reply = reply

    response = await door.post(press(door.teams.service_url, {"audit": 7}))

    assert response.status == 200
    assert response.content_type == "application/json"
    assert await response.json() == CARD_ANSWER
    assert door.teams.arrived == []


async def test_the_press_reaches_the_bot_as_the_sdks_activity(door: Door) -> None:
    door.bot.reply = _with_answer_invoke

    await door.post(press(door.teams.service_url, {"audit": 7}, verb="save"))

    turn = door.bot.turns[0]
    assert isinstance(turn, Activity)
    assert (turn.type, turn.name) == ("invoke", "adaptiveCard/action")
    assert turn.value["action"] == {"type": "Action.Execute", "verb": "save", "data": {"audit": 7}}


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        [],
        {},
        {"action": None},
        {"action": "Action.Execute"},
        {"action": {}},
        {"action": {"type": "Action.Submit"}},
        {"action": {"type": "Action.Execute", "verb": 5}},
        {"action": {"type": "Action.Execute", "verb": "save", "data": "text"}},
    ],
    ids=str,
)
async def test_a_malformed_card_action_is_answered_400_and_no_turn_runs(door: Door, value: Any) -> None:
    url = door.teams.service_url

    response = await door.post(activity(url, type="invoke", name="adaptiveCard/action", value=value))

    assert response.status == 400
    assert (await response.json())["type"] == "application/vnd.microsoft.error"
    assert door.bot.turns == []


@pytest.mark.parametrize("name", ["task/fetch", "task/submit"])
@pytest.mark.parametrize("value", [None, "text", [], {"data": "text"}], ids=str)
async def test_a_malformed_dialog_request_is_answered_400(door: Door, name: str, value: Any) -> None:
    response = await door.post(activity(door.teams.service_url, type="invoke", name=name, value=value))

    assert response.status == 400
    assert door.bot.turns == []


@pytest.mark.parametrize("name", ["composeExtension/query", "made/up", None])
async def test_an_invoke_the_bot_does_not_know_is_answered_400(door: Door, name: str | None) -> None:
    response = await door.post(activity(door.teams.service_url, type="invoke", name=name, value={}))

    assert response.status == 400


async def test_a_typed_line_is_answered_through_the_connector_as_a_reply(door: Door) -> None:
    async def echo(context: TurnContext) -> None:
        answer = await context.send_activity(MessageFactory.text(f"You said {context.activity.text}"))
        assert answer.id in door.teams.posts

    door.bot.reply = echo
    incoming = message(door.teams.service_url, "hello")

    response = await door.post(incoming)

    (arrived,) = door.teams.arrived
    assert response.status == 200
    assert (arrived.verb, arrived.conversation_id, arrived.activity_id) == (
        "reply",
        CONVERSATION_ID,
        incoming["id"],
    )
    assert arrived.text == "You said hello"
    assert arrived.body["recipient"]["id"] == incoming["from"]["id"]
    assert arrived.body["conversation"]["tenantId"] == incoming["conversation"]["tenantId"]
    assert arrived.authorization == "Bearer bot-token"


async def test_a_turn_can_update_and_take_away_what_it_posted(door: Door) -> None:
    async def three_steps(context: TurnContext) -> None:
        first = await context.send_activity("first")
        await context.update_activity(Activity(id=first.id, type="message", text="second"))
        assert door.teams.posts[first.id]["text"] == "second"
        await context.delete_activity(first.id)

    door.bot.reply = three_steps

    await door.post(message(door.teams.service_url, "go"))

    assert [a.verb for a in door.teams.arrived] == ["reply", "update", "delete"]
    assert door.teams.posts == {}


async def test_what_teams_does_not_take_is_raised_with_its_outcome(door: Door) -> None:
    seen: list[Exception] = []

    async def send(context: TurnContext) -> None:
        try:
            await context.send_activity("hello")
        except NotDelivered as error:
            seen.append(error)

    door.bot.reply = send
    door.teams.fail_next(Fault(403, code="BotDisabledByAdmin"))

    await door.post(message(door.teams.service_url, "go"))

    assert isinstance(seen[0], NotDelivered)
    assert seen[0].outcome == Blocked("BotDisabledByAdmin")


async def test_teams_refusing_an_answer_is_not_answered_with_one_more_message(door: Door) -> None:
    async def send(context: TurnContext) -> None:
        await context.send_activity("hello")

    door.bot.reply = send
    door.teams.fail_next(Fault(429, headers={"Retry-After": "5"}))

    response = await door.post(message(door.teams.service_url, "go"))

    assert response.status == 200
    assert [a.text for a in door.teams.arrived] == ["hello"]


SECRET_TEXT = "the child said something in confidence"


async def _break(context: TurnContext) -> None:
    raise ValueError(SECRET_TEXT)


def _reference(caplog: pytest.LogCaptureFixture) -> str:
    (record,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    return record.getMessage().split()[2]


def _assert_nothing_leaked(caplog: pytest.LogCaptureFixture) -> None:
    logged = "\n".join(r.getMessage() + (r.exc_text or "") for r in caplog.records)
    assert SECRET_TEXT not in logged
    assert "ValueError" in logged
    assert "_break" in logged


async def test_a_fault_in_a_message_turn_gives_a_kind_text_with_a_number(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    door.bot.reply = _break

    response = await door.post(message(door.teams.service_url, SECRET_TEXT))

    (arrived,) = door.teams.sent()
    assert response.status == 200
    assert arrived.text is not None
    assert arrived.text.startswith("Sorry")
    assert _reference(caplog) in arrived.text
    _assert_nothing_leaked(caplog)


async def test_a_fault_in_a_press_gives_an_error_card_answer_with_a_number(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    door.bot.reply = _break

    response = await door.post(press(door.teams.service_url, {"rationale": SECRET_TEXT}))

    answer = await response.json()
    assert response.status == 200
    assert (answer["statusCode"], answer["type"]) == (500, "application/vnd.microsoft.error")
    assert _reference(caplog) in answer["value"]["message"]
    assert door.teams.sent() == []
    _assert_nothing_leaked(caplog)


@pytest.mark.parametrize("name", ["task/fetch", "task/submit"])
async def test_a_fault_in_a_dialog_closes_it_with_a_kind_text(
    door: Door, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    door.bot.reply = _break

    response = await door.post(dialog(door.teams.service_url, name, {"page": "planning"}))

    task = (await response.json())["task"]
    assert response.status == 200
    assert task["type"] == "message"
    assert _reference(caplog) in task["value"]


@pytest.mark.parametrize("kind", ["conversationUpdate", "installationUpdate", "messageReaction"])
async def test_a_fault_in_an_announcement_bothers_nobody(
    door: Door, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    door.bot.reply = _break

    response = await door.post(activity(door.teams.service_url, type=kind))

    assert response.status == 200
    assert door.teams.sent() == []
    assert _reference(caplog)


async def test_a_fault_is_answered_even_when_teams_takes_no_apology(door: Door) -> None:
    door.bot.reply = _break
    door.teams.fail_next(Fault(500))

    response = await door.post(message(door.teams.service_url, "hello"))

    assert response.status == 200


async def test_an_answer_without_json_form_becomes_an_apology(door: Door) -> None:
    async def odd(context: TurnContext) -> None:
        answer_invoke(context, {"value": object()})

    door.bot.reply = odd

    response = await door.post(press(door.teams.service_url, {}))

    assert response.status == 200
    assert (await response.json())["type"] == "application/vnd.microsoft.error"


async def test_a_proactive_turn_uses_the_same_connector(door: Door) -> None:
    async def greet(context: TurnContext) -> None:
        await context.send_activity("good morning")

    await door.post(message(door.teams.service_url, "hello"))
    reference = TurnContext.get_conversation_reference(door.bot.turns[0])

    await door.edge.adapter.continue_conversation(reference, greet)

    assert [a.text for a in door.teams.sent(CONVERSATION_ID)] == ["good morning"]


async def test_an_answer_that_our_own_pace_holds_back_is_no_fault(
    door: Door, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_room(*_given: object, **_more: object) -> Throttled:
        return Throttled(9.0, ours=True)

    async def answering(context: TurnContext) -> None:
        await context.send_activity("help")

    monkeypatch.setattr(Connector, "send", no_room)
    door.bot.reply = answering

    with caplog.at_level(logging.INFO):
        response = await door.post(message(door.teams.service_url, "help"))

    assert response.status == 200
    assert [record.levelname for record in caplog.records if "held back" in record.message] == ["INFO"]
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


async def test_an_answer_that_teams_refuses_is_still_recorded(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    async def answering(context: TurnContext) -> None:
        await context.send_activity("help")

    door.bot.reply = answering
    door.teams.fail_next(Fault(429))

    await door.post(message(door.teams.service_url, "help"))

    assert [record.levelname for record in caplog.records if "turn failed" in record.message] == ["ERROR"]
