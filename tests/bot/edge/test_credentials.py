"""The bot's own token: one request for all who wait, renewed in time, never on the event loop."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import jwt
import pytest

from bot.edge.credentials import (
    RENEW_BEFORE_SECONDS,
    CachedToken,
    CredentialsUnavailable,
    NoToken,
    acquire_token,
    token_source,
)
from tests.doubles.certificate import certificate_pem, key_pem
from tests.doubles.entra import APP_ID, TENANT, Entra, new_key
from tests.doubles.settings import demo_settings, signed_in_settings


class Issuer:
    """Answers like MSAL and remembers on which thread it was asked."""

    def __init__(self) -> None:
        self.asked_on: list[int] = []
        self.failing = False

    def __call__(self) -> dict[str, Any]:
        self.asked_on.append(threading.get_ident())
        if self.failing:
            return {"error": "temporarily_unavailable", "error_description": "try later"}
        return {"access_token": f"token-{len(self.asked_on)}", "expires_in": 3600}


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def test_everybody_who_waits_shares_one_request_off_the_event_loop() -> None:
    issuer = Issuer()
    source = CachedToken(issuer)

    found = await asyncio.gather(*(source.bearer() for _ in range(30)))

    assert set(found) == {"token-1"}
    assert len(issuer.asked_on) == 1
    assert issuer.asked_on[0] != threading.get_ident()


@pytest.mark.parametrize(
    ("later", "token"),
    [(3600 - RENEW_BEFORE_SECONDS - 1, "token-1"), (3600 - RENEW_BEFORE_SECONDS, "token-2")],
    ids=["still fresh", "about to end"],
)
async def test_the_token_is_renewed_shortly_before_it_ends(later: int, token: str) -> None:
    clock = Clock()
    source = CachedToken(Issuer(), clock=clock)
    await source.bearer()
    clock.now += later

    assert await source.bearer() == token


async def test_a_failing_renewal_goes_unnoticed_while_the_old_token_lasts() -> None:
    clock, issuer = Clock(), Issuer()
    source = CachedToken(issuer, clock=clock)
    await source.bearer()
    issuer.failing = True

    clock.now += 3600 - RENEW_BEFORE_SECONDS
    assert await source.bearer() == "token-1"

    clock.now += RENEW_BEFORE_SECONDS
    with pytest.raises(CredentialsUnavailable, match="temporarily_unavailable"):
        await source.bearer()


async def test_a_sender_giving_up_does_not_take_the_token_from_the_others() -> None:
    source = CachedToken(Issuer())
    leaving = asyncio.create_task(source.bearer())
    staying = asyncio.create_task(source.bearer())
    await asyncio.sleep(0)

    leaving.cancel()

    assert await staying == "token-1"


async def test_a_token_teams_refused_is_not_used_again() -> None:
    source = CachedToken(Issuer())
    await source.bearer()

    source.forget()

    assert await source.bearer() == "token-2"


async def test_an_issuer_that_raises_is_reported_without_its_text() -> None:
    def broken() -> dict[str, Any]:
        raise ConnectionError("https://login.example/?client_secret=hush")

    with pytest.raises(CredentialsUnavailable) as problem:
        await CachedToken(broken).bearer()

    assert str(problem.value) == "ConnectionError"


async def test_the_demo_asks_nobody() -> None:
    source = token_source(demo_settings())

    assert isinstance(source, NoToken)
    assert await source.bearer() is None


class Answered:
    """An HTTP answer as MSAL's library sees it."""

    def __init__(self, status: int, text: str) -> None:
        self.status_code = status
        self.text = text
        self.headers: dict[str, str] = {}


class EntraOverHttp:
    """MSAL insists on https, so its HTTP library is replaced by this record of its requests."""

    def __init__(self) -> None:
        self.form: dict[str, str] = {}
        self.address = ""
        self.params: dict[str, str] = {}

    def get(self, url: str, params: Any = None, **options: Any) -> Answered:
        if "openid-configuration" not in url:
            self.address, self.params = url, dict(params or {})
            return Answered(200, '{"access_token": "from-identity", "expires_in": "3600", "resource": "r"}')
        base = f"https://login.microsoftonline.com/{TENANT}"
        return Answered(
            200,
            f'{{"issuer": "{base}/v2.0", "token_endpoint": "{base}/oauth2/v2.0/token",'
            f' "authorization_endpoint": "{base}/oauth2/v2.0/authorize"}}',
        )

    def post(self, url: str, data: Any = None, **options: Any) -> Answered:
        self.address, self.form = url, dict(data)
        return Answered(200, '{"access_token": "from-entra", "expires_in": 3599, "token_type": "Bearer"}')

    def close(self) -> None:
        """Nothing is open."""


def test_a_secret_is_exchanged_for_a_token_of_the_councils_own_tenant(entra: Entra) -> None:
    http = EntraOverHttp()

    answer = acquire_token(signed_in_settings(entra), http)

    assert answer["access_token"] == "from-entra"
    assert http.address == f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token"
    assert http.form["client_id"] == APP_ID
    assert http.form["client_secret"] == "a secret for tests"
    assert http.form["scope"] == "https://api.botframework.com/.default"


def test_a_certificate_signs_for_the_bot_and_no_secret_travels(entra: Entra, tmp_path: Path) -> None:
    key = new_key("certificate").private
    file = tmp_path / "bot.pem"
    file.write_bytes(key_pem(key, "open sesame") + certificate_pem(key))
    settings = signed_in_settings(
        entra, credential="certificate", certificate_file=file, certificate_password="open sesame"
    )
    http = EntraOverHttp()

    answer = acquire_token(settings, http)

    claims = jwt.decode(
        http.form["client_assertion"], key.public_key(), algorithms=["PS256"], audience=http.address
    )
    assert answer["access_token"] == "from-entra"
    assert claims["iss"] == APP_ID
    assert "client_secret" not in http.form


def test_a_managed_identity_asks_its_own_endpoint(entra: Entra) -> None:
    http = EntraOverHttp()

    answer = acquire_token(signed_in_settings(entra, credential="managed_identity"), http)

    assert answer["access_token"] == "from-identity"
    assert http.params["client_id"] == APP_ID
    assert http.params["resource"] == "https://api.botframework.com"
