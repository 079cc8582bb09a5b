"""Signing keys change without notice, and their home is not always up."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.edge.keys import FRESH_SECONDS, REFETCH_SECONDS, KeysUnavailable, SigningKeys
from tests.doubles.activities import message
from tests.doubles.door import Door
from tests.doubles.entra import Entra, new_key, running_entra


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def keys(entra: Entra, clock: Clock) -> AsyncIterator[SigningKeys]:
    async with aiohttp.ClientSession() as http:
        signing_keys = SigningKeys(http, entra.metadata_url, clock=clock)
        yield signing_keys
        await signing_keys.close()


async def test_a_known_key_is_fetched_once(keys: SigningKeys, entra: Entra) -> None:
    found = [await keys.find("key-1") for _ in range(20)]

    assert all(key is not None and key.id == "key-1" for key in found)
    assert entra.key_fetches == 1


async def test_everybody_who_waits_shares_one_fetch(keys: SigningKeys, entra: Entra) -> None:
    found = await asyncio.gather(*(keys.find("key-1") for _ in range(50)))

    assert all(found)
    assert entra.key_fetches == 1


async def test_a_caller_hanging_up_does_not_take_the_keys_from_the_others(
    keys: SigningKeys, entra: Entra
) -> None:
    leaving = asyncio.create_task(keys.find("key-1"))
    staying = asyncio.create_task(keys.find("key-1"))
    await asyncio.sleep(0)

    leaving.cancel()

    assert await staying is not None


async def test_a_new_key_is_found_within_five_seconds_of_a_rotation(
    keys: SigningKeys, entra: Entra, clock: Clock
) -> None:
    await keys.find("key-1")
    entra.rotate("key-2")
    clock.now += REFETCH_SECONDS

    assert await keys.find("key-2") is not None
    assert await keys.find("key-1") is None
    assert REFETCH_SECONDS <= 5


async def test_a_rotation_is_accepted_at_the_door(door: Door) -> None:
    url = door.teams.service_url
    await door.post(message(url, "before"))
    assert door.edge.keys is not None
    door.edge.keys._refetch_seconds = 0
    door.entra.rotate("key-2")

    response = await door.post(message(url, "after"))

    assert response.status == 200
    assert [turn.text for turn in door.bot.turns] == ["before", "after"]


async def test_a_flood_of_unknown_key_ids_fetches_once(keys: SigningKeys, entra: Entra, clock: Clock) -> None:
    await keys.find("key-1")
    clock.now += REFETCH_SECONDS

    found = await asyncio.gather(*(keys.find(f"made-up-{n}") for n in range(200)))

    assert not any(found)
    assert entra.key_fetches == 2


async def test_unknown_key_ids_one_after_another_fetch_once_in_a_while(
    keys: SigningKeys, entra: Entra, clock: Clock
) -> None:
    for n in range(30):
        await keys.find(f"made-up-{n}")
    clock.now += REFETCH_SECONDS
    for n in range(30):
        await keys.find(f"made-up-too-{n}")

    assert entra.key_fetches == 2


async def test_keys_are_kept_while_their_endpoint_is_down(
    keys: SigningKeys, entra: Entra, clock: Clock
) -> None:
    await keys.find("key-1")
    entra.down = True
    clock.now += 3 * FRESH_SECONDS

    first = await keys.find("key-1")
    await keys.find("made-up")

    assert first is not None
    assert await keys.find("key-1") is not None


async def test_stale_keys_are_renewed_behind_the_back_of_a_request(
    keys: SigningKeys, entra: Entra, clock: Clock
) -> None:
    await keys.find("key-1")
    entra.keys.append(new_key("key-2"))
    clock.now += FRESH_SECONDS + 1

    await keys.find("key-1")
    async with asyncio.timeout(5):
        while entra.key_fetches < 2:
            await asyncio.sleep(0.001)
    assert await keys.find("key-2") is not None

    assert entra.key_fetches == 2


async def test_without_any_key_a_good_token_is_answered_401_until_the_endpoint_is_back(door: Door) -> None:
    url = door.teams.service_url
    assert door.edge.keys is not None
    await door.edge.keys.warm()
    door.edge.keys._keys = {}
    door.edge.keys._refetch_seconds = 0
    door.entra.down = True

    while_down = await door.post(message(url, "hello"))
    door.entra.down = False
    afterwards = await door.post(message(url, "hello again"))

    assert (while_down.status, afterwards.status) == (401, 200)
    assert [turn.text for turn in door.bot.turns] == ["hello again"]


async def test_short_keys_and_keys_without_endorsements_are_left_out(keys: SigningKeys, entra: Entra) -> None:
    entra.keys.append(new_key("short", bits=1024))
    nameless = new_key("unendorsed")
    nameless.endorsements = None  # type: ignore[assignment]
    entra.keys.append(nameless)

    assert await keys.find("key-1") is not None
    assert await keys.find("short") is None
    assert await keys.find("unendorsed") is None


async def test_an_answer_without_usable_keys_replaces_nothing(
    keys: SigningKeys, entra: Entra, clock: Clock
) -> None:
    await keys.find("key-1")
    entra.keys = []
    clock.now += REFETCH_SECONDS

    await keys.find("made-up")

    assert await keys.find("key-1") is not None


async def test_the_keys_of_another_address_are_not_taken_from_a_redirect(
    keys: SigningKeys, entra: Entra
) -> None:
    async with running_entra() as elsewhere:
        elsewhere.rotate("attackers")
        entra.redirect_to = f"{elsewhere.url}/keys"

        found = await keys.find("attackers")

        assert found is None
        assert elsewhere.key_fetches == 0


@pytest.mark.parametrize(
    "address",
    ["http://login.example/keys", "http://127.0.0.1/keys", "ftp://login.example/keys", "keys", "", None, 5],
)
async def test_keys_are_not_read_from_an_unsafe_address(address: object) -> None:
    async with aiohttp.ClientSession() as http:
        signing_keys = SigningKeys(http, "https://login.example/openid")

        with pytest.raises(KeysUnavailable):
            signing_keys._keys_address({"jwks_uri": address})
