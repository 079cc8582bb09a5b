"""What a request must be before any part of the bot sees it."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from bot.edge.gate import LARGEST_BODY, Gate, Refused
from bot.edge.hosts import HostList
from tests.doubles.activities import message
from tests.doubles.connector import TeamsConnector
from tests.doubles.door import Door, open_door
from tests.doubles.entra import TENANT, Entra
from tests.doubles.settings import demo_settings

OTHER_TENANT = "99999999-aaaa-bbbb-cccc-000000000009"


async def _post_raw(door: Door, body: Any, content_type: str = "application/json") -> int:
    headers = {**door.entra.authorization(door.teams.service_url), "Content-Type": content_type}
    response = await door.http.post("/api/messages", data=body, headers=headers)
    return response.status


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe",
        b"\xed\xa0\x80",
        b'{"type": NaN}',
        b'{"type": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 20_000,
    ],
    ids=[
        "empty",
        "cut",
        "list",
        "null",
        "text",
        "not UTF-8",
        "half a character",
        "NaN",
        "endless number",
        "deep list",
        "deep object",
    ],
)
async def test_a_body_that_is_no_activity_is_answered_400(door: Door, body: bytes) -> None:
    assert await _post_raw(door, body) == 400
    assert door.bot.turns == []


@pytest.mark.parametrize(
    "changes",
    [
        {"type": None},
        {"type": ""},
        {"type": 5},
        {"channelId": None},
        {"channelId": ["msteams"]},
        {"serviceUrl": None},
        {"serviceUrl": {"a": 1}},
        {"conversation": None},
        {"conversation": "a:1"},
        {"conversation": {"id": 7}},
        {"conversation": {"id": "a:1", "conversationType": 3}},
        {"from": None},
        {"from": {"name": "no id"}},
        {"from": {"id": "29:x", "aadObjectId": ["a"]}},
        {"recipient": "28:bot"},
        {"text": {"not": "text"}},
        {"membersAdded": "29:x"},
        {"membersAdded": ["29:x"]},
        {"attachments": {"contentType": "x"}},
        {"attachments": [{"contentType": 1}]},
        {"entities": [1]},
        {"replyToId": 12},
    ],
    ids=str,
)
async def test_an_activity_with_a_part_of_the_wrong_type_is_answered_400(
    door: Door, changes: dict[str, Any]
) -> None:
    activity = {**message(door.teams.service_url, "hello"), **changes}

    assert await _post_raw(door, json.dumps(activity)) == 400
    assert door.bot.turns == []


async def test_raw_bytes_of_half_a_character_are_answered_400(door: Door) -> None:
    body = json.dumps(message(door.teams.service_url, "half X")).encode().replace(b"X", b"\xed\xa0\xbd")

    assert await _post_raw(door, body) == 400
    assert door.bot.turns == []


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
async def test_numbers_json_does_not_have_are_answered_400(door: Door, number: float) -> None:
    body = json.dumps(message(door.teams.service_url, "hi", value={"n": number})).encode()

    assert await _post_raw(door, body) == 400
    assert door.bot.turns == []


@pytest.mark.parametrize("text", ["half \ud83d", "nul \x00"], ids=["half a character", "NUL"])
async def test_text_no_database_can_hold_is_answered_400(door: Door, text: str) -> None:
    body = json.dumps(message(door.teams.service_url, text)).encode()

    assert await _post_raw(door, body) == 400
    assert door.bot.turns == []


async def test_whole_characters_written_as_escapes_are_fine(door: Door) -> None:
    body = json.dumps(message(door.teams.service_url, "well done 👏 \\u0000")).encode()

    assert await _post_raw(door, body) == 200
    assert door.bot.turns[0].text == "well done 👏 \\u0000"


@pytest.mark.parametrize("expectation", ["foo", "100-continue, foo", ""])
async def test_an_expectation_nobody_knows_is_passed_over(door: Door, expectation: str) -> None:
    body = json.dumps(message(door.teams.service_url, "hello"))
    proof = door.entra.authorization(door.teams.service_url)
    headers = {**proof, "Content-Type": "application/json", "Expect": expectation}

    response = await door.http.post("/api/messages", data=body, headers=headers)
    unproved = await door.http.post("/api/messages", data=body, headers={"Expect": expectation})

    assert (response.status, unproved.status) == (200, 401)
    assert [turn.text for turn in door.bot.turns] == ["hello"]


async def test_a_client_that_waits_to_be_asked_for_the_body_is_asked(door: Door) -> None:
    body = message(door.teams.service_url, "hello")

    response = await door.post(body, expect100=True)

    assert response.status == 200
    assert [turn.text for turn in door.bot.turns] == ["hello"]


async def test_a_body_that_is_not_declared_as_json_is_answered_400(door: Door) -> None:
    body = json.dumps(message(door.teams.service_url, "hi")).encode()

    assert await _post_raw(door, body, "text/plain") == 400
    assert await _post_raw(door, body, "application/json; charset=utf-8") == 200


async def _in_pieces(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 32 * 1024):
        yield body[start : start + 32 * 1024]
        await asyncio.sleep(0)


def _of_size(service_url: str, size: int) -> bytes:
    empty = json.dumps(message(service_url, "")).encode()
    return json.dumps(message(service_url, "x" * (size - len(empty)))).encode()


@pytest.mark.parametrize(
    ("size", "status"), [(LARGEST_BODY, 200), (LARGEST_BODY + 1, 413)], ids=["at the limit", "over it"]
)
@pytest.mark.parametrize("chunked", [False, True], ids=["announced", "chunked"])
async def test_bodies_over_256_kib_are_answered_413(
    door: Door, size: int, status: int, chunked: bool
) -> None:
    body = _of_size(door.teams.service_url, size)

    answered = await _post_raw(door, _in_pieces(body) if chunked else body)

    assert len(body) == size
    assert answered == status
    assert len(door.bot.turns) == (1 if status == 200 else 0)


async def test_an_announced_length_over_the_limit_is_refused_without_reading(door: Door) -> None:
    response = await door.http.post("/api/messages", data=b"x" * (LARGEST_BODY + 1))

    assert response.status == 413


@pytest.mark.parametrize("channel", ["webchat", "emulator", "MSTEAMS", "directline"])
async def test_another_channel_is_answered_403(door: Door, channel: str) -> None:
    response = await door.post(message(door.teams.service_url, "hi", channelId=channel))

    assert response.status == 403
    assert door.bot.turns == []


@pytest.mark.parametrize(
    ("data", "in_conversation", "status"),
    [
        ({"tenant": {"id": TENANT}}, None, 200),
        ({"tenant": {"id": TENANT.upper()}}, TENANT, 200),
        (None, TENANT, 200),
        ({}, None, 403),
        (None, None, 403),
        ("tenant", None, 403),
        ({"tenant": TENANT}, None, 403),
        ({"tenant": {"id": OTHER_TENANT}}, None, 403),
        ({"tenant": {"id": OTHER_TENANT}}, TENANT, 403),
        ({"tenant": {"id": TENANT}}, OTHER_TENANT, 403),
    ],
)
async def test_only_tenants_on_the_list_are_let_in(
    door: Door, data: Any, in_conversation: str | None, status: int
) -> None:
    conversation = {"id": "a:1", "tenantId": in_conversation}

    response = await door.post(
        message(door.teams.service_url, "hi", channelData=data, conversation=conversation)
    )

    assert response.status == status
    assert len(door.bot.turns) == (1 if status == 200 else 0)


@pytest.mark.parametrize("conversation", [{"id": "a:1", "tenantId": TENANT}, {"id": "a:1"}])
async def test_the_turn_knows_the_tenant_although_the_sdk_drops_it(
    door: Door, conversation: dict[str, str]
) -> None:
    await door.post(message(door.teams.service_url, "hi", conversation=conversation))

    assert door.bot.turns[0].conversation.tenant_id == TENANT


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net.attacker.example/emea/",
        "https://attacker.example/emea/",
        "http://smba.trafficmanager.net/emea/",
        "file:///etc/passwd",
        "not a url",
    ],
)
async def test_a_service_url_outside_the_list_is_answered_403_even_when_signed(door: Door, url: str) -> None:
    response = await door.post(message(url, "hi"))

    assert response.status == 403
    assert door.bot.turns == []


async def test_the_demo_takes_requests_without_a_token_from_this_machine(
    entra: Entra, teams: TeamsConnector
) -> None:
    async with open_door(demo_settings(), entra, teams) as door:
        url = "http://localhost:56150/_connector"

        response = await door.http.post("/api/messages", json=message(url, "hello"))

        assert response.status == 200
        assert [turn.text for turn in door.bot.turns] == ["hello"]


async def test_the_demo_sends_to_this_machine_alone(entra: Entra, teams: TeamsConnector) -> None:
    async with open_door(demo_settings(), entra, teams) as door:
        elsewhere = message("https://smba.trafficmanager.net/emea/", "hello")

        response = await door.http.post("/api/messages", json=elsewhere)

        assert response.status == 403
        assert door.bot.turns == []


async def test_a_web_page_cannot_post_plain_text_to_the_demo(entra: Entra, teams: TeamsConnector) -> None:
    async with open_door(demo_settings(), entra, teams) as door:
        body = json.dumps(message("http://localhost:56150/_connector", "hello"))

        response = await door.http.post("/api/messages", data=body, headers={"Content-Type": "text/plain"})

        assert response.status == 400
        assert door.bot.turns == []


class _Peer:
    def __init__(self, address: object) -> None:
        self._address = address

    def get_extra_info(self, name: str, default: object = None) -> object:
        return self._address if name == "peername" else default


@pytest.mark.parametrize("peer", [("192.0.2.7", 40000), ("fe80::1", 1, 0, 0), None, "", ("nonsense", 1)])
async def test_the_demo_refuses_other_machines_whatever_their_headers_say(peer: object) -> None:
    gate = Gate(None, HostList(("localhost",)), ())
    request: web.Request = make_mocked_request(
        "POST", "/api/messages", headers={"X-Forwarded-For": "127.0.0.1"}, transport=_Peer(peer)
    )

    with pytest.raises(Refused) as refused:
        await gate.admit(request)

    assert refused.value.status == 401
