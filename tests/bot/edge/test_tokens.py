"""Only what Teams' connector signed for this bot and this activity becomes a turn."""

import base64
import hmac
import json
import time
from collections.abc import Callable

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.doubles.activities import message
from tests.doubles.door import Door
from tests.doubles.entra import Entra, new_key

Forge = Callable[[Entra, str], str]


def _part(values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).rstrip(b"=").decode()


def _unsigned(entra: Entra, url: str) -> str:
    claims = jwt.decode(entra.token(url), options={"verify_signature": False})
    return f"{_part({'alg': 'none', 'typ': 'JWT', 'kid': 'key-1'})}.{_part(claims)}."


def _signed_with_public_key(entra: Entra, url: str) -> str:
    """The classic confusion: the public key used as a shared secret."""
    claims = jwt.decode(entra.token(url), options={"verify_signature": False})
    public = entra.keys[0].private.public_key()
    secret = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed = f"{_part({'alg': 'HS256', 'typ': 'JWT', 'kid': 'key-1'})}.{_part(claims)}"
    signature = hmac.digest(secret, signed.encode(), "sha256")
    return f"{signed}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def _other_body(entra: Entra, url: str) -> str:
    """A genuine signature under claims it was not made for."""
    head, _, signature = entra.token(url).split(".")
    claims = jwt.decode(entra.token(url), options={"verify_signature": False})
    return f"{head}.{_part({**claims, 'extra': 1})}.{signature}"


def _stolen_key_id(entra: Entra, url: str) -> str:
    forged = new_key("forger")
    return entra.token(url, key=forged, headers={"kid": "key-1"})


def now() -> int:
    """The moment in whole seconds, read when a token is made: a run may last longer than the clock skew."""
    return int(time.time())


UNPROVEN: dict[str, Forge] = {
    "no algorithm": _unsigned,
    "the public key as a secret": _signed_with_public_key,
    "claims changed after signing": _other_body,
    "another key under a known id": _stolen_key_id,
    "a key that is not published": lambda e, u: e.token(u, key=new_key("forger")),
    "RS384": lambda e, u: e.token(u, algorithm="RS384"),
    "RS512": lambda e, u: e.token(u, algorithm="RS512"),
    "PS256": lambda e, u: e.token(u, algorithm="PS256"),
    "a critical header": lambda e, u: e.token(u, headers={"crit": ["b64"], "b64": True}),
    "no key id": lambda e, u: e.token(u, headers={"kid": ""}),
    "a key id beyond reason": lambda e, u: e.token(u, headers={"kid": "k" * 5000}),
    "expired": lambda e, u: e.token(u, exp=now() - 3600, nbf=now() - 7200),
    "expired just beyond the clock skew": lambda e, u: e.token(u, exp=now() - 310),
    "no expiry": lambda e, u: e.token(u, without=("exp",)),
    "an expiry that is no number": lambda e, u: e.token(u, exp="soon"),
    "an endless expiry": lambda e, u: e.token(u, exp=float("inf")),
    "not valid yet": lambda e, u: e.token(u, nbf=now() + 3600),
    "issued by somebody else": lambda e, u: e.token(u, iss="https://sts.windows.net/other/"),
    "no issuer": lambda e, u: e.token(u, without=("iss",)),
    "meant for another bot": lambda e, u: e.token(u, aud="another-app"),
    "meant for several bots": lambda e, u: e.token(
        u, aud=["another-app", "11111111-aaaa-bbbb-cccc-000000000001"]
    ),
    "no audience": lambda e, u: e.token(u, without=("aud",)),
    "no service URL": lambda e, u: e.token(u, without=("serviceurl",)),
    "a service URL that is no text": lambda e, u: e.token(u, serviceurl=[u]),
    "claims that are no object": lambda e, u: f"{e.token(u).split('.')[0]}.{_part([1])}.AAAA",
    "garbage": lambda e, u: "not.a.token",
    "far too long": lambda e, u: "a" * 4000 + "." + "b" * 4000,
    "not even ASCII": lambda e, u: "t\u00f6ken",
}


@pytest.mark.parametrize("forge", UNPROVEN.values(), ids=UNPROVEN.keys())
async def test_a_token_that_proves_nothing_is_answered_401_and_no_turn_runs(door: Door, forge: Forge) -> None:
    url = door.teams.service_url

    response = await door.post(message(url, "hello"), token=forge(door.entra, url))

    assert response.status == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert door.bot.turns == []


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Bearer a b"])
async def test_a_request_without_a_bearer_token_is_answered_401(door: Door, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}

    response = await door.http.post(
        "/api/messages", json=message(door.teams.service_url, "hi"), headers=headers
    )

    assert response.status == 401
    assert door.bot.turns == []


@pytest.mark.parametrize("good_first", [True, False])
async def test_two_authorization_headers_are_refused_whichever_is_good(door: Door, good_first: bool) -> None:
    url = door.teams.service_url
    tokens = sorted(["x", door.entra.token(url)], key=len, reverse=good_first)
    headers = [("Authorization", f"Bearer {token}") for token in tokens]

    response = await door.http.post("/api/messages", json=message(url, "hi"), headers=headers)

    assert response.status in {400, 401}
    assert door.bot.turns == []


async def test_a_genuine_token_becomes_one_turn(door: Door) -> None:
    response = await door.post(message(door.teams.service_url, "hello"))

    assert response.status == 200
    assert [turn.text for turn in door.bot.turns] == ["hello"]


@pytest.mark.parametrize(("claim", "seconds"), [("exp", -200), ("nbf", 200)], ids=["expired", "early"])
async def test_clocks_may_differ_by_five_minutes(door: Door, claim: str, seconds: int) -> None:
    url = door.teams.service_url
    changes = {claim: now() + seconds}

    response = await door.post(message(url, "hello"), token=door.entra.token(url, **changes))

    assert response.status == 200


async def test_a_token_for_another_service_url_is_answered_403(door: Door) -> None:
    url = door.teams.service_url

    response = await door.post(message(url, "hello"), token=door.entra.token(url + "elsewhere/"))

    assert response.status == 403
    assert door.bot.turns == []


@pytest.mark.parametrize("endorsements", [[], ["webchat"], ["MSTEAMS-like"]])
async def test_a_key_not_endorsed_for_teams_is_answered_403(door: Door, endorsements: list[str]) -> None:
    url = door.teams.service_url
    odd = new_key("webchat-key", endorsements=endorsements)
    door.entra.keys.append(odd)

    response = await door.post(message(url, "hello"), token=door.entra.token(url, key=odd))

    assert response.status == 403
    assert door.bot.turns == []


async def test_the_token_is_judged_before_the_body(door: Door) -> None:
    headers = {"Authorization": "Bearer not.a.token", "Content-Type": "application/json"}

    response = await door.http.post("/api/messages", data=b"{ not json", headers=headers)

    assert response.status == 401
