"""What a caller must prove before any turn runs: forged, odd and replayed tokens, and new signing keys."""

from typing import Any

import pytest

from bot.edge.keys import REFETCH_SECONDS
from tests.builders import staff
from tests.doubles import activities
from tests.doubles.activities import message
from tests.doubles.door import Door
from tests.doubles.entra import TENANT, new_key
from tests.doubles.service import Service
from tests.security.forged_tokens import EMULATOR, FORGED, Forge
from tests.security.test_permission_cells import stored

OTHER_TENANT = "99999999-aaaa-bbbb-cccc-000000000009"


def test_the_table_is_as_long_as_it_should_be() -> None:
    assert len(FORGED) >= 40


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
async def test_a_forged_token_is_answered_401_and_no_turn_runs(door: Door, forge: Forge) -> None:
    url = door.teams.service_url
    header = {"Authorization": forge(door.entra, url)}

    response = await door.http.post("/api/messages", json=message(url, "hello"), headers=header)

    assert response.status == 401
    assert door.bot.turns == []


async def test_without_any_header_the_answer_is_401(door: Door) -> None:
    response = await door.http.post("/api/messages", json=message(door.teams.service_url, "hello"))

    assert response.status == 401
    assert door.bot.turns == []


@pytest.mark.parametrize("where", ["address", "cookie", "other header", "body"])
async def test_a_genuine_token_in_the_wrong_place_is_answered_401(door: Door, where: str) -> None:
    url = door.teams.service_url
    token = door.entra.token(url)
    body: dict[str, Any] = message(url, "hello")
    options: dict[str, Any] = {
        "address": {"params": {"access_token": token}},
        "cookie": {"cookies": {"Authorization": f"Bearer {token}"}},
        "other header": {"headers": {"X-Authorization": f"Bearer {token}"}},
        "body": {},
    }[where]

    response = await door.http.post("/api/messages", json={**body, "access_token": token}, **options)

    assert response.status == 401
    assert door.bot.turns == []


REPLAYED: dict[str, dict[str, Any]] = {
    "with another service URL": {"serviceUrl": "http://127.0.0.1:9/elsewhere/"},
    "with an attacker's service URL": {"serviceUrl": "https://attacker.example/"},
    "with the service URL without its slash": {"serviceUrl": None},
    "on another channel": {"channelId": "webchat"},
    "on the emulator's channel": {"channelId": "emulator"},
    "for another tenant": {
        "channelData": {"tenant": {"id": OTHER_TENANT}},
        "conversation": {"id": "a:1", "tenantId": OTHER_TENANT},
    },
    "for a tenant that the conversation contradicts": {
        "channelData": {"tenant": {"id": TENANT}},
        "conversation": {"id": "a:1", "tenantId": OTHER_TENANT},
    },
    "for no tenant": {"channelData": {}, "conversation": {"id": "a:1"}},
}
"""Changes to the body around a genuine token; each is to be answered 403."""


@pytest.mark.parametrize("changes", REPLAYED.values(), ids=REPLAYED.keys())
async def test_a_genuine_token_replayed_elsewhere_is_answered_403(
    door: Door, changes: dict[str, Any]
) -> None:
    url = door.teams.service_url
    token = door.entra.token(url)
    body = {**message(url, "hello"), **changes}
    if body["serviceUrl"] is None:
        body["serviceUrl"] = url.rstrip("/")

    response = await door.post(body, token=token)

    assert response.status == 403
    assert door.bot.turns == []


async def test_a_token_for_another_service_url_is_answered_403(door: Door) -> None:
    url = door.teams.service_url

    response = await door.post(message(url, "hello"), token=door.entra.token("https://smba.example/uk/"))

    assert response.status == 403
    assert door.bot.turns == []


@pytest.mark.parametrize("endorsements", [[], ["webchat"], ["msteams "], ["MSTEAMS"]])
async def test_a_key_that_may_not_speak_for_teams_is_answered_403(
    door: Door, endorsements: list[str]
) -> None:
    url = door.teams.service_url
    odd = new_key("other-channel", endorsements=endorsements)
    door.entra.keys.append(odd)

    response = await door.post(message(url, "hello"), token=door.entra.token(url, key=odd))

    assert response.status == 403
    assert door.bot.turns == []


async def test_what_the_emulator_sends_is_refused_as_a_whole(door: Door) -> None:
    url = door.teams.service_url
    token = door.entra.token(url, iss=EMULATOR, appid="emulator", ver="1.0", without=("serviceurl",))

    response = await door.post(message(url, "hello", channelId="emulator"), token=token)

    assert response.status == 401
    assert door.bot.turns == []


async def test_a_replay_with_another_body_alone_cannot_be_told_from_a_genuine_request(door: Door) -> None:
    """The token does not cover the body. docs/security.md says so, and what limits a replay."""
    url = door.teams.service_url
    token = door.entra.token(url)

    first = await door.post(message(url, "what Teams sent"), token=token)
    second = await door.post(message(url, "what somebody else sent"), token=token)

    assert (first.status, second.status) == (200, 200)
    assert [turn.text for turn in door.bot.turns] == ["what Teams sent", "what somebody else sent"]


async def test_a_new_signing_key_is_accepted_within_five_seconds_whoever_asked_just_before(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, keys = door.teams.service_url, door.edge.keys
    assert keys is not None
    await keys.warm()
    seconds = [0.0]
    monkeypatch.setattr(keys, "_clock", lambda: 1000.0 + seconds[0])
    monkeypatch.setattr(keys, "_tried_at", None)
    # The worst moment: a made-up key id has just used up the fetch that the new key will need.
    await door.post(message(url, "forged"), token=door.entra.token(url, key=new_key("forger")))
    door.entra.rotate("key-2")
    answers = {}

    while 200 not in answers.values() and seconds[0] < 60:
        response = await door.post(message(url, "genuine"), token=door.entra.token(url))
        answers[seconds[0]] = response.status
        seconds[0] += 0.5

    assert [status for at, status in answers.items() if at < REFETCH_SECONDS] == [401] * 6
    assert max(answers) <= 5
    assert [turn.text for turn in door.bot.turns] == ["genuine"]


async def test_a_withdrawn_key_is_refused_as_soon_as_the_new_ones_are_known(door: Door) -> None:
    url, keys = door.teams.service_url, door.edge.keys
    assert keys is not None
    withdrawn = door.entra.token(url)
    await keys.warm()
    keys._refetch_seconds = 0
    door.entra.rotate("key-2")

    fresh = await door.post(message(url, "genuine"), token=door.entra.token(url))
    stale = await door.post(message(url, "with the withdrawn key"), token=withdrawn)

    assert (fresh.status, stale.status) == (200, 401)
    assert [turn.text for turn in door.bot.turns] == ["genuine"]


async def test_the_whole_process_stores_and_sends_nothing_for_a_forged_token(
    service: Service,
) -> None:
    clocks_own = {"occurrences", "calendar_marks", "leases", "paces", "trail_heads", "trail_seals"}
    with service.council.write() as work:
        people = staff(work)
    alex = service.caller(people.auditor)
    asks = alex.activity(activities.message, "my audits")
    before = stored(service.council, without=clocks_own)

    answered = []
    for name, forge in FORGED.items():
        headers = {"Authorization": forge(service.entra, service.teams.service_url)}
        async with service.http.post(service.url, json=asks, headers=headers) as response:
            answered.append((name, response.status))

    assert [(name, status) for name, status in answered if status != 401] == []
    assert stored(service.council, without=clocks_own) == before
    assert service.teams.arrived == []
